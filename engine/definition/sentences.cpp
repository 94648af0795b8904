// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/sentences.h"

#include <fmt/format.h>

#include "engine/base/json.h"
#include "engine/definition/value_titles.h"

namespace engine::definition {
namespace {

std::string quote_events(const Kin& kin, const std::vector<std::string>& events, Relation of) {
    std::vector<std::string> quoted;
    for (const std::string& event : events) {
        quoted.push_back(quote_event(kin, event, of));
    }
    return join_quoted(quoted, " o ");
}

/// Events of the machine at the end of a path.
std::string quote_events_of_list(const Kin& kin, const ActorNotPerformed& p) {
    const auto machines = kin.find_list(p.of, p.path);
    return machines.empty() ? quote_events(kin, p.events, Relation::own)
                            : quote_events(*machines.front(), p.events, Relation::own);
}

std::string count_words(const std::string& number, const ChildrenCount& count) {
    const bool is_one = number == "1";
    return count.distinct_offices ? fmt::format("{} {}", number, is_one ? "ufficio" : "uffici")
                                  : fmt::format("{} {}", number, is_one ? "voce" : "voci");
}

std::string describe_count(const Kin& kin, const ChildrenCount& count) {
    const std::string of = (count.distinct_offices ? "uffici diversi di " : "") +
                           describe_children(kin, count.children);
    const auto words = [&](const std::optional<ValueSource>& source) {
        return source ? describe_source(kin, *source) : std::string("0");
    };
    const std::string least = words(count.at_least);
    const std::string most = words(count.at_most);
    if (count.at_least && count.at_most) {
        return least == most ? fmt::format("{}: esattamente {}", of, count_words(most, count))
                             : fmt::format("{}: da {} a {}", of, least, count_words(most, count));
    }
    if (!count.at_most) {
        return fmt::format("{}: almeno {}", of, count_words(least, count));
    }
    return most == "0" ? fmt::format("{}: {}", of,
                                     count.distinct_offices ? "nessun ufficio" : "nessuna voce")
                       : fmt::format("{}: al massimo {}", of, count_words(most, count));
}

/// "è indicato X" → "non è indicato X": a sentence that begins with its verb takes a plain "non".
std::string negate_sentence(const std::string& text) {
    for (const char* verb : {"è ", "c'è ", "risulta ", "nel fascicolo c'è "}) {
        const bool is_one = text.find("; ") == std::string::npos;
        if (is_one && text.starts_with(verb)) {
            const bool is_of_file = text.starts_with("nel fascicolo ");
            return is_of_file ? "nel fascicolo non " + text.substr(14) : "non " + text;
        }
    }
    return "non è vero che " + text;
}

/// What a condition looks at: of a field that acts also give, which of the two.
std::string describe_compared(const Kin& kin, const ValueSource& source) {
    const std::string text = describe_source(kin, source);
    return is_kept(kin.own(), source) ? "quanto risulta già in " + text : text;
}

/// One overload for each predicate: the condition it states.
struct PredicateSentence {
    const Kin& kin;
    const CheckTitle& check_title;

    std::string operator()(const DeadlineOpen& p) const {
        return fmt::format("non è scaduto il {}", name_deadline(kin, p.deadline));
    }
    std::string operator()(const DeadlinePassed& p) const {
        return fmt::format("è scaduto il {}", name_deadline(kin, p.deadline));
    }
    std::string operator()(const WithinTerm& p) const {
        return fmt::format("c'è ancora il tempo del {}",
                           name_deadline(kin, {p.deadline, Relation::own}));
    }
    std::string operator()(const DeadlineMet& p) const {
        return fmt::format("è adempiuto il {}", name_deadline(kin, p.deadline));
    }
    std::string operator()(const SuspensionUnused& p) const {
        return fmt::format("il {} non è già stato sospeso per lo stesso motivo ({})",
                           name_deadline(kin, {p.deadline, Relation::own}),
                           describe_ground(p.ground));
    }
    std::string operator()(const DocumentPresent& p) const {
        return fmt::format("nel fascicolo c'è {}", quote_document(kin, p.document));
    }
    std::string operator()(const DocumentSigned& p) const {
        return fmt::format("{} risulta firmato", quote_document(kin, p.document));
    }
    std::string operator()(const DocumentPublished& p) const {
        return fmt::format("{} è pubblicato", quote_document(kin, p.document));
    }
    std::string operator()(const DocumentVersionIs& p) const {
        return fmt::format("{} è ancora la versione di {}", describe_compared(kin, p.value),
                           quote_document(kin, p.document));
    }
    std::string operator()(const ValuePresent& p) const {
        return fmt::format("{} {}",
                           is_kept(kin.own(), p.value) ? "risulta già indicato" : "è indicato",
                           describe_source(kin, p.value));
    }
    std::string operator()(const ValueIn& p) const {
        std::vector<std::string> options;
        for (const std::string& option : p.options) {
            options.push_back(quote_option(kin, p.value, option));
        }
        return fmt::format("{} è {}", describe_compared(kin, p.value), join_quoted(options, " o "));
    }
    std::string operator()(const DateAtLeast& p) const {
        const std::string days = describe_source(kin, p.plus_days);
        const std::string from = describe_compared(kin, p.from);
        const std::string date = describe_compared(kin, p.date);
        if (days == "0") {
            return fmt::format("{} non viene prima {}", date, with_preposition("di", from));
        }
        return days == "1" ? fmt::format("{} viene dopo {}", date, from)
                           : fmt::format("tra {} e {} ci sono almeno {} giorni", from, date, days);
    }
    std::string operator()(const ChildrenCount& p) const { return describe_count(kin, p); }
    std::string operator()(const ChildrenAll& p) const {
        Children all = p.children;
        all.in.clear();
        all.not_in.clear();
        all.settled = false;
        std::vector<const WorkflowDefinition*> machines;
        const auto lists = kin.find_list(p.children.of, p.children.path);
        for (const DefinitionPointer& one : lists) {
            machines.push_back(one.get());
        }
        std::string where;
        if (p.children.settled) {
            where += " in uno stato finale";
        }
        if (!p.children.in.empty()) {
            where += fmt::format(" in stato {}", quote_states(machines, p.children.in));
        }
        if (!p.children.not_in.empty()) {
            where += fmt::format(" in uno stato diverso da {}",
                                 quote_states(machines, p.children.not_in));
        }
        return fmt::format("{}: tutte le voci sono{}", describe_children(kin, all), where);
    }
    std::string operator()(const PartyAmong& p) const {
        return fmt::format("l'ente ha una voce in {}", describe_children(kin, p.children));
    }
    std::string operator()(const PartyNotAmong& p) const {
        return fmt::format("l'ente non ha un'altra voce in {}", describe_children(kin, p.children));
    }
    std::string operator()(const ParentIn& p) const {
        const auto above = kin.find(Relation::parent);
        const std::string whose =
            above.empty()
                ? "il procedimento"
                : fmt::format("il fascicolo superiore ({})", readable_name(above.front()->machine));
        return fmt::format("{} è nello stato {}", whose, quote_states(above, p.states));
    }
    std::string operator()(const ActorPerformed& p) const {
        return fmt::format("chi agisce ha già compiuto {}", quote_events(kin, p.events, p.of));
    }
    std::string operator()(const EventPerformed& p) const {
        return fmt::format("qualcuno ha già compiuto {}", quote_events(kin, p.events, p.of));
    }
    std::string operator()(const ActorNotPerformed& p) const {
        if (p.path.empty()) {
            return fmt::format("chi agisce non ha compiuto {}", quote_events(kin, p.events, p.of));
        }
        return fmt::format("chi agisce non ha compiuto {} in {}", quote_events_of_list(kin, p),
                           quote_list(kin, p.path, p.of));
    }
    std::string operator()(const TaskDone& p) const {
        const TaskDefinition* task = kin.own().tasks.find(p.task);
        return fmt::format("è concluso il compito «{}»",
                           task == nullptr ? readable_name(p.task) : task->title);
    }
    std::string operator()(const LaterThan& p) const {
        return fmt::format("{} viene dopo {}", describe_compared(kin, p.value),
                           describe_compared(kin, p.than));
    }
    std::string operator()(const ActorIs& p) const {
        return fmt::format("chi agisce è la persona indicata in {}",
                           describe_source(kin, p.person));
    }
    std::string operator()(const CheckPassed& p) const { return check_title(p.name, p.version); }
};

/// What is said when a condition must not hold: its own words where "non è vero che" reads badly.
std::string describe_negation(const Kin& kin, const Guard& part, const CheckTitle& check_title) {
    if (part.predicate) {
        if (const auto* open = std::get_if<DeadlineOpen>(&*part.predicate)) {
            return fmt::format("è scaduto, o non decorre ancora, il {}",
                               name_deadline(kin, open->deadline));
        }
        if (const auto* value = std::get_if<ValueIn>(&*part.predicate)) {
            std::vector<std::string> options;
            for (const std::string& option : value->options) {
                options.push_back(quote_option(kin, value->value, option));
            }
            return fmt::format("{} non è {}", describe_compared(kin, value->value),
                               join_quoted(options, " né "));
        }
        if (const auto* paper = std::get_if<DocumentSigned>(&*part.predicate)) {
            return fmt::format("{} non risulta firmato", quote_document(kin, paper->document));
        }
        if (const auto* paper = std::get_if<DocumentPublished>(&*part.predicate)) {
            return fmt::format("{} non è pubblicato", quote_document(kin, paper->document));
        }
    }
    const std::string text = describe_guard(kin, part, check_title);
    return negate_sentence(part.parts.size() > 1 ? fmt::format("({})", text) : text);
}

}  // namespace

bool is_kept(const WorkflowDefinition& machine, const ValueSource& source) {
    return source.scope == SourceScope::own && machine.kept_and_given.contains(source.name);
}

std::string describe_predicate(const Kin& kin, const Predicate& predicate,
                               const CheckTitle& check_title) {
    return std::visit(PredicateSentence{kin, check_title}, predicate);
}

std::string describe_guard(const Kin& kin, const Guard& guard, const CheckTitle& check_title) {
    if (guard.kind == GuardKind::predicate) {
        return describe_predicate(kin, *guard.predicate, check_title);
    }
    if (guard.kind == GuardKind::negation) {
        return describe_negation(kin, guard.parts.front(), check_title);
    }
    std::string text;
    for (const Guard& part : guard.parts) {
        text += text.empty() ? "" : guard.kind == GuardKind::any ? "; oppure " : "; ";
        const std::string inner = describe_guard(kin, part, check_title);
        const bool is_mixed = part.kind != guard.kind && part.parts.size() > 1;
        text += is_mixed ? fmt::format("({})", inner) : inner;
    }
    return text;
}

}  // namespace engine::definition
