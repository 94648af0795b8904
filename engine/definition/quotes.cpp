// SPDX-License-Identifier: EUPL-1.2
// How the things of a definition are called: states, events, deadlines, lists, values.
#include <fmt/format.h>

#include <algorithm>

#include "engine/base/json.h"
#include "engine/definition/sentences.h"

namespace engine::definition {
namespace {

/// The short name of another machine, after what belongs to it: " (procedimento)".
std::string owner_words(const WorkflowDefinition& owner) {
    return fmt::format(" ({})", readable_name(owner.machine));
}

/// The title that a relation's machine gives, with whose it is; the bare name when none is known.
template <class T>
std::string quote_title(const Kin& kin, Named<T> WorkflowDefinition::*section,
                        const Reference& reference) {
    for (const WorkflowDefinition* machine : kin.find(reference.of)) {
        if (const T* found = (machine->*section).find(reference.name)) {
            const bool is_own = reference.of == Relation::own;
            return fmt::format("«{}»{}", found->title, is_own ? "" : owner_words(*machine));
        }
    }
    return fmt::format("«{}»", readable_name(reference.name));
}

const TransitionDefinition* find_event(const WorkflowDefinition& machine, std::string_view event) {
    for (const auto& [name, state] : machine.states) {
        if (const auto* found = state.on.find(event)) {
            return found;
        }
    }
    const SharedTransition* common = machine.shared.find(event);
    return common == nullptr ? nullptr : &common->transition;
}

/// A value of another machine; `unknown` says whose it is when the machine is not known.
std::string quote_value(const Kin& kin, Relation of, const std::string& name,
                        std::string_view unknown) {
    const std::string quoted = quote_title(kin, &WorkflowDefinition::fields, {name, of});
    return kin.find(of).empty() ? fmt::format("{} ({})", quoted, unknown) : quoted;
}

bool is_identifier(const std::string& text) {
    return text.find('_') != std::string::npos &&
           std::all_of(text.begin(), text.end(), [](char letter) {
               return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
                      letter == '_';
           });
}

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

std::string with_preposition(std::string_view preposition, const std::string& text) {
    const std::string_view joined = preposition == "di" ? "de" : preposition;
    if (text.starts_with("la ")) {
        return fmt::format("{}lla {}", joined, text.substr(3));
    }
    if (text.starts_with("il ")) {
        return fmt::format("{}l {}", joined, text.substr(3));
    }
    if (text.starts_with("l'")) {
        return fmt::format("{}ll'{}", joined, text.substr(2));
    }
    return fmt::format("{} {}", preposition, text);
}

std::string quote_event(const Kin& kin, std::string_view event, Relation of) {
    for (const WorkflowDefinition* machine : kin.find(of)) {
        if (const TransitionDefinition* found = find_event(*machine, event)) {
            return fmt::format("«{}»{}", found->title,
                               of == Relation::own ? "" : owner_words(*machine));
        }
    }
    return fmt::format("«{}»", readable_name(event));
}

std::string quote_deadline(const Kin& kin, const Reference& reference) {
    return quote_title(kin, &WorkflowDefinition::deadlines, reference);
}

std::string name_deadline(const Kin& kin, const Reference& reference) {
    const std::string quoted = quote_deadline(kin, reference);
    return quoted.starts_with("«Termine ") ? quoted : "termine " + quoted;
}

std::string quote_document(const Kin& kin, const Reference& reference) {
    return quote_title(kin, &WorkflowDefinition::documents, reference);
}

std::string quote_state(const Kin& kin, std::string_view state) {
    return quote_states({&kin.own()}, {std::string(state)});
}

std::string quote_states(const std::vector<const WorkflowDefinition*>& machines,
                         const std::vector<std::string>& states) {
    std::vector<std::string> quoted;
    for (const std::string& name : states) {
        std::string title = readable_name(name);
        for (const WorkflowDefinition* machine : machines) {
            if (const StateDefinition* found = machine->states.find(name)) {
                title = found->title;
                break;
            }
        }
        quoted.push_back(fmt::format("«{}»", title));
    }
    return join_quoted(quoted, " o ");
}

std::string quote_list(const Kin& kin, std::string_view path, Relation of) {
    const std::size_t slash = path.rfind('/');
    const std::string last(slash == std::string_view::npos ? path : path.substr(slash + 1));
    if (slash == std::string_view::npos) {
        return quote_title(kin, &WorkflowDefinition::children, {last, of});
    }
    const auto above = path.substr(0, slash);
    const auto machines = kin.find_list(of, above);
    const ChildDefinition* child =
        machines.empty() ? nullptr : machines.front()->children.find(last);
    return fmt::format("«{}» di {}", child == nullptr ? readable_name(last) : child->title,
                       quote_list(kin, above, of));
}

std::string join_quoted(const std::vector<std::string>& quoted, std::string_view last_joint) {
    std::string text;
    for (std::size_t index = 0; index < quoted.size(); ++index) {
        text += index == 0 ? "" : index + 1 == quoted.size() ? std::string(last_joint) : ", ";
        text += quoted[index];
    }
    return text;
}

std::string describe_children(const Kin& kin, const Children& children) {
    std::vector<const WorkflowDefinition*> machines;
    const auto lists = kin.find_list(children.of, children.path);
    for (const DefinitionPointer& one : lists) {
        machines.push_back(one.get());
    }
    std::string text = quote_list(kin, children.path, children.of);
    if (children.office) {
        text += " " + with_preposition("di", describe_source(kin, *children.office));
    }
    if (children.settled) {
        text += " in uno stato finale";
    }
    if (!children.in.empty()) {
        text += fmt::format(" in stato {}", quote_states(machines, children.in));
    }
    if (!children.not_in.empty()) {
        text +=
            fmt::format(" (escluse quelle in stato {})", quote_states(machines, children.not_in));
    }
    return text;
}

std::string describe_constant(const std::string& json) {
    if (const auto text = base::read_text(json)) {
        return fmt::format("«{}»", is_identifier(*text) ? readable_name(*text) : *text);
    }
    if (const auto flag = base::read_flag(json)) {
        return *flag ? "«sì»" : "«no»";
    }
    return json;
}

std::string describe_source(const Kin& kin, const ValueSource& source) {
    switch (source.scope) {
        case SourceScope::constant: return describe_constant(source.name);
        case SourceScope::now: return "la data dell'atto";
        case SourceScope::instant: return "l'istante dell'atto";
        case SourceScope::own:
        case SourceScope::payload:
            return quote_title(kin, &WorkflowDefinition::fields, {source.name, Relation::own});
        case SourceScope::parent:
            return quote_value(kin, Relation::parent, source.name, "dal procedimento");
        case SourceScope::root:
            return quote_value(kin, Relation::root, source.name, "dal procedimento");
        case SourceScope::initiative:
            return fmt::format("«{}» (dall'iniziativa regionale)", readable_name(source.name));
        case SourceScope::parent_deadline:
            return fmt::format("l'ultimo giorno del {}",
                               name_deadline(kin, {source.name, Relation::parent}));
        case SourceScope::deadline:
            return fmt::format("l'ultimo giorno del {}",
                               name_deadline(kin, {source.name, Relation::own}));
    }
    return "";
}

}  // namespace engine::definition
