// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/sentences.h"

#include <fmt/format.h>

#include "engine/base/json.h"

namespace engine::definition {
namespace {

template <class T>
std::string quote_title(const Named<T>& section, const Reference& reference) {
    const T* found = reference.of == Relation::own ? section.find(reference.name) : nullptr;
    return fmt::format("«{}»", found == nullptr ? readable_name(reference.name) : found->title);
}

std::string field_title(const WorkflowDefinition& definition, const std::string& name) {
    const FieldDefinition* field = definition.fields.find(name);
    return field == nullptr ? readable_name(name) : field->title;
}

std::string describe_constant(const std::string& json) {
    if (const auto text = base::read_text(json)) {
        return fmt::format("«{}»", *text);
    }
    if (const auto flag = base::read_flag(json)) {
        return *flag ? "sì" : "no";
    }
    return json;
}

std::string quote_events(const WorkflowDefinition& definition,
                         const std::vector<std::string>& events) {
    std::vector<std::string> quoted;
    for (const std::string& event : events) {
        quoted.push_back(quote_event(definition, event));
    }
    return join_quoted(quoted, " o ");
}

std::string quote_states(const std::vector<std::string>& states) {
    std::vector<std::string> quoted;
    for (const std::string& state : states) {
        quoted.push_back(fmt::format("«{}»", readable_name(state)));
    }
    return join_quoted(quoted, " o ");
}

std::string describe_count(const WorkflowDefinition& definition, const ChildrenCount& count) {
    const std::string of = (count.distinct_offices ? "uffici diversi di " : "") +
                           describe_children(definition, count.children);
    const auto words = [&](const std::optional<ValueSource>& source) {
        return source ? describe_source(definition, *source) : std::string("0");
    };
    const std::string least = words(count.at_least);
    const std::string most = words(count.at_most);
    if (count.at_least && count.at_most) {
        return least == most ? fmt::format("{}: sono esattamente {}", of, least)
                             : fmt::format("{}: sono da {} a {}", of, least, most);
    }
    if (!count.at_most) {
        return fmt::format("{}: sono almeno {}", of, least);
    }
    return most == "0" ? fmt::format("{}: non ce n'è nessuna", of)
                       : fmt::format("{}: sono al massimo {}", of, most);
}

/// "è indicato X" → "non è indicato X": a sentence that begins with its verb takes a plain "non".
std::string negate_sentence(const std::string& text) {
    for (const char* verb : {"è ", "c'è ", "nel fascicolo c'è "}) {
        const bool is_one = text.find("; ") == std::string::npos;
        if (is_one && text.starts_with(verb)) {
            const bool is_of_file = text.starts_with("nel fascicolo ");
            return is_of_file ? "nel fascicolo non " + text.substr(14) : "non " + text;
        }
    }
    return "non è vero che " + text;
}

/// One overload for each predicate: the condition it states.
struct PredicateSentence {
    const WorkflowDefinition& definition;
    const CheckTitle& check_title;

    std::string operator()(const DeadlineOpen& p) const {
        return fmt::format("non è scaduto il termine {}", quote_deadline(definition, p.deadline));
    }
    std::string operator()(const DeadlinePassed& p) const {
        return fmt::format("è scaduto il termine {}", quote_deadline(definition, p.deadline));
    }
    std::string operator()(const WithinTerm& p) const {
        return fmt::format("c'è ancora il tempo del termine {}",
                           quote_deadline(definition, {p.deadline, Relation::own}));
    }
    std::string operator()(const DeadlineMet& p) const {
        return fmt::format("è adempiuto il termine {}", quote_deadline(definition, p.deadline));
    }
    std::string operator()(const SuspensionUnused& p) const {
        return fmt::format("il termine {} non è già stato sospeso per lo stesso motivo ({})",
                           quote_deadline(definition, {p.deadline, Relation::own}),
                           describe_ground(p.ground));
    }
    std::string operator()(const DocumentPresent& p) const {
        return fmt::format("nel fascicolo c'è {}", quote_document(definition, p.document));
    }
    std::string operator()(const DocumentSigned& p) const {
        return fmt::format("{} risulta firmato", quote_document(definition, p.document));
    }
    std::string operator()(const DocumentPublished& p) const {
        return fmt::format("{} è pubblicato", quote_document(definition, p.document));
    }
    std::string operator()(const DocumentVersionIs& p) const {
        return fmt::format("{} è ancora la versione di {}", describe_source(definition, p.value),
                           quote_document(definition, p.document));
    }
    std::string operator()(const ValuePresent& p) const {
        return fmt::format("è indicato {}", describe_source(definition, p.value));
    }
    std::string operator()(const ValueIn& p) const {
        std::vector<std::string> options;
        for (const std::string& option : p.options) {
            options.push_back(describe_constant(option));
        }
        return fmt::format("{} è {}", describe_source(definition, p.value),
                           join_quoted(options, " o "));
    }
    std::string operator()(const DateAtLeast& p) const {
        const std::string days = describe_source(definition, p.plus_days);
        return days == "0"
                   ? fmt::format("{} non viene prima di {}", describe_source(definition, p.date),
                                 describe_source(definition, p.from))
                   : fmt::format("tra {} e {} ci sono almeno {} giorni",
                                 describe_source(definition, p.from),
                                 describe_source(definition, p.date), days);
    }
    std::string operator()(const ChildrenCount& p) const { return describe_count(definition, p); }
    std::string operator()(const ChildrenAll& p) const {
        Children all = p.children;
        all.in.clear();
        all.not_in.clear();
        all.settled = false;
        std::string where;
        if (p.children.settled) {
            where += " in uno stato finale";
        }
        if (!p.children.in.empty()) {
            where += fmt::format(" in stato {}", quote_states(p.children.in));
        }
        if (!p.children.not_in.empty()) {
            where += fmt::format(" in uno stato diverso da {}", quote_states(p.children.not_in));
        }
        return fmt::format("{}: sono tutte{}", describe_children(definition, all), where);
    }
    std::string operator()(const PartyAmong& p) const {
        return fmt::format("l'ente ne ha una tra {}", describe_children(definition, p.children));
    }
    std::string operator()(const PartyNotAmong& p) const {
        return fmt::format("l'ente non ne ha un'altra tra {}",
                           describe_children(definition, p.children));
    }
    std::string operator()(const ParentIn& p) const {
        return fmt::format("il procedimento è nello stato {}", quote_states(p.states));
    }
    std::string operator()(const ActorPerformed& p) const {
        return fmt::format("chi agisce ha già compiuto {}", quote_events(definition, p.events));
    }
    std::string operator()(const EventPerformed& p) const {
        return fmt::format("qualcuno ha già compiuto {}", quote_events(definition, p.events));
    }
    std::string operator()(const ActorNotPerformed& p) const {
        const std::string where =
            p.path.empty() ? "" : fmt::format(" in {}", quote_list(definition, p.path));
        return fmt::format("chi agisce non ha compiuto {}{}", quote_events(definition, p.events),
                           where);
    }
    std::string operator()(const TaskDone& p) const {
        const TaskDefinition* task = definition.tasks.find(p.task);
        return fmt::format("è concluso il compito «{}»",
                           task == nullptr ? readable_name(p.task) : task->title);
    }
    std::string operator()(const LaterThan& p) const {
        return fmt::format("{} viene dopo {}", describe_source(definition, p.value),
                           describe_source(definition, p.than));
    }
    std::string operator()(const ActorIs& p) const {
        return fmt::format("chi agisce è la persona indicata in {}",
                           describe_source(definition, p.person));
    }
    std::string operator()(const CheckPassed& p) const { return check_title(p.name, p.version); }
};

}  // namespace

std::string readable_name(std::string_view name) {
    std::string text(name);
    for (char& letter : text) {
        letter = letter == '_' ? ' ' : letter;
    }
    return text;
}

std::string describe_ground(calendar::SuspensionGround ground) {
    switch (ground) {
        case calendar::SuspensionGround::art_2_c_7: return "art. 2 c. 7 L. 241/1990";
        case calendar::SuspensionGround::art_10_bis: return "art. 10-bis L. 241/1990";
        case calendar::SuspensionGround::legge: return "legge";
        case calendar::SuspensionGround::provvedimento: return "provvedimento di sospensione";
    }
    return "";
}

std::string quote_event(const WorkflowDefinition& definition, std::string_view event) {
    for (const auto& [name, state] : definition.states) {
        if (const auto* found = state.on.find(event); found != nullptr) {
            return fmt::format("«{}»", found->title);
        }
    }
    const SharedTransition* common = definition.shared.find(event);
    return fmt::format("«{}»", common == nullptr ? readable_name(event) : common->transition.title);
}

std::string quote_deadline(const WorkflowDefinition& definition, const Reference& reference) {
    return quote_title(definition.deadlines, reference);
}

std::string quote_document(const WorkflowDefinition& definition, const Reference& reference) {
    return quote_title(definition.documents, reference);
}

std::string quote_state(const WorkflowDefinition& definition, std::string_view state) {
    const StateDefinition* found = definition.states.find(state);
    return fmt::format("«{}»", found == nullptr ? readable_name(state) : found->title);
}

std::string quote_list(const WorkflowDefinition& definition, std::string_view path) {
    const ChildDefinition* child = definition.children.find(path);
    return fmt::format("«{}»", child == nullptr ? readable_name(path) : child->title);
}

std::string join_quoted(const std::vector<std::string>& quoted, std::string_view last_joint) {
    std::string text;
    for (std::size_t index = 0; index < quoted.size(); ++index) {
        text += index == 0 ? "" : index + 1 == quoted.size() ? std::string(last_joint) : ", ";
        text += quoted[index];
    }
    return text;
}

std::string describe_children(const WorkflowDefinition& definition, const Children& children) {
    std::string text = quote_list(definition, children.path);
    if (children.office) {
        text += fmt::format(" di {}", describe_source(definition, *children.office));
    }
    if (children.settled) {
        text += " in uno stato finale";
    }
    if (!children.in.empty()) {
        text += fmt::format(" in stato {}", quote_states(children.in));
    }
    if (!children.not_in.empty()) {
        text += fmt::format(" (escluse quelle in stato {})", quote_states(children.not_in));
    }
    return text;
}

std::string describe_source(const WorkflowDefinition& definition, const ValueSource& source) {
    switch (source.scope) {
        case SourceScope::constant: return describe_constant(source.name);
        case SourceScope::now: return "la data dell'atto";
        case SourceScope::instant: return "l'istante dell'atto";
        case SourceScope::own:
        case SourceScope::payload: return fmt::format("«{}»", field_title(definition, source.name));
        case SourceScope::parent:
        case SourceScope::root:
            return fmt::format("«{}» (dal procedimento)", readable_name(source.name));
        case SourceScope::initiative:
            return fmt::format("«{}» (dall'iniziativa regionale)", readable_name(source.name));
        case SourceScope::parent_deadline:
            return fmt::format("l'ultimo giorno del «{}» (del procedimento)",
                               readable_name(source.name));
        case SourceScope::deadline:
            return fmt::format("l'ultimo giorno del {}",
                               quote_deadline(definition, {source.name, Relation::own}));
    }
    return "";
}

std::string describe_predicate(const WorkflowDefinition& definition, const Predicate& predicate,
                               const CheckTitle& check_title) {
    return std::visit(PredicateSentence{definition, check_title}, predicate);
}

std::string describe_guard(const WorkflowDefinition& definition, const Guard& guard,
                           const CheckTitle& check_title) {
    if (guard.kind == GuardKind::predicate) {
        return describe_predicate(definition, *guard.predicate, check_title);
    }
    std::string text;
    for (const Guard& part : guard.parts) {
        text += text.empty() ? "" : guard.kind == GuardKind::any ? "; oppure " : "; ";
        const std::string inner = describe_guard(definition, part, check_title);
        text += part.kind == GuardKind::any && guard.kind == GuardKind::all
                    ? fmt::format("({})", inner)
                    : inner;
    }
    return guard.kind == GuardKind::negation ? negate_sentence(text) : text;
}

}  // namespace engine::definition
