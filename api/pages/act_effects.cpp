// SPDX-License-Identifier: EUPL-1.2
#include "api/pages/act_effects.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/pages/words.h"

namespace api::pages {
namespace {

using engine::definition::Action;
using engine::definition::Branch;
using engine::definition::WorkflowDefinition;
using nlohmann::json;

template <class Section>
std::string quoted(const Section& section, const std::string& name) {
    const auto* found = section.find(name);
    return fmt::format("«{}»", found == nullptr ? choice_words(name) : found->title);
}

/// One overload for each action that people notice; empty for what the program keeps for itself.
struct NoticedEffect {
    const WorkflowDefinition& definition;

    std::string term(std::string_view verb, const std::string& name) const {
        return fmt::format("{}: {}.", verb, quoted(definition.deadlines, name));
    }
    std::string role(const std::string& name) const {
        const auto* found = definition.roles.find(name);
        return name == "party" ? "l'ente" : found == nullptr ? choice_words(name) : found->title;
    }

    std::string operator()(const engine::definition::StartDeadline& a) const {
        return term("Comincia un termine", a.deadline);
    }
    std::string operator()(const engine::definition::MoveDeadline& a) const {
        return term("Si sposta il termine", a.deadline);
    }
    std::string operator()(const engine::definition::ReopenDeadline& a) const {
        return term("Si riapre il termine", a.deadline);
    }
    std::string operator()(const engine::definition::CancelDeadline& a) const {
        return term("Cade il termine", a.deadline);
    }
    std::string operator()(const engine::definition::SuspendDeadline& a) const {
        return term("Si sospende il termine", a.deadline);
    }
    std::string operator()(const engine::definition::EndSuspension& a) const {
        return term("Riprende il termine", a.deadline);
    }
    std::string operator()(const engine::definition::StartTask& a) const {
        const auto* task = definition.tasks.find(a.task);
        return task == nullptr
                   ? ""
                   : fmt::format("Nasce un compito per {}: «{}».", role(task->role), task->title);
    }
    std::string operator()(const engine::definition::CompleteTask& a) const {
        return fmt::format("Si chiude il compito {}.", quoted(definition.tasks, a.task));
    }
    std::string operator()(const engine::definition::OpenChild& a) const {
        return fmt::format("Si apre un fascicolo in {}.", quoted(definition.children, a.child));
    }
    std::string operator()(const engine::definition::SendMessage& a) const {
        const auto* message = definition.messages.find(a.message);
        if (message == nullptr) {
            return "";
        }
        return message->channel == engine::definition::MessageChannel::notice_board
                   ? fmt::format("Si pubblica all'albo «{}».", message->title)
                   : fmt::format("Parte una comunicazione per {}: «{}».", role(message->to),
                                 message->title);
    }
    std::string operator()(const engine::definition::PublishDocument& a) const {
        return fmt::format("Si pubblica {}.", quoted(definition.documents, a.document));
    }
    std::string operator()(const engine::definition::AssignNumber&) const {
        return "Si assegna il numero di registro.";
    }
    template <class Other>
    std::string operator()(const Other&) const {
        return "";
    }
};

bool has_title(const WorkflowDefinition& definition, const std::string& field) {
    const auto* found = definition.fields.find(field);
    return found != nullptr && found->title != field;
}

/// Whether people can read what the action is about: values without a title are the program's own.
bool can_be_told(const WorkflowDefinition& definition, const Action& action) {
    if (const auto* set = std::get_if<engine::definition::SetValue>(&action.verb)) {
        return has_title(definition, set->field);
    }
    if (const auto* append = std::get_if<engine::definition::AppendValue>(&action.verb)) {
        return has_title(definition, append->field);
    }
    if (const auto* compute = std::get_if<engine::definition::ComputeValue>(&action.verb)) {
        return has_title(definition, compute->field);
    }
    return true;
}

std::string target_words(const WorkflowDefinition& definition, const Branch& branch) {
    if (branch.target.empty()) {
        return "Lo stato non cambia.";
    }
    const auto* state = definition.states.find(branch.target);
    return state == nullptr ? "Si torna allo stato di prima."
                            : fmt::format("Lo stato diventa «{}».", state->title);
}

void add_once(json& list, const std::string& text) {
    const bool is_known = std::any_of(list.begin(), list.end(),
                                      [&](const json& one) { return one.at("testo") == text; });
    if (!text.empty() && !is_known) {
        list.push_back({{"testo", text}});
    }
}

json branch_json(const PageCall& page, const ActForm& form, const Branch& branch) {
    const WorkflowDefinition& definition = *form.definition;
    const engine::definition::Kin kin(definition, page.call.service.catalog());
    const engine::definition::CheckTitle check_title = [&page](std::string_view name, int version) {
        const auto* check = page.site.checks().find(name, version);
        return check == nullptr ? std::string(name) : check->condition_it;
    };
    json noticed = {{{"testo", target_words(definition, branch)}}};
    json rest = json::array();
    const auto tell = [&](const std::vector<Action>& actions) {
        for (const Action& action : actions) {
            const std::string words =
                action.when ? "" : std::visit(NoticedEffect{definition}, action.verb);
            if (!words.empty()) {
                add_once(noticed, words);
            } else if (can_be_told(definition, action)) {
                add_once(rest, as_sentence(
                                   engine::definition::describe_action(kin, action, check_title)));
            }
        }
    };
    tell(branch.actions);
    if (const auto* state = definition.states.find(branch.target)) {
        tell(state->entry);
    }
    const std::string when =
        form.has_ways && branch.guard
            ? as_sentence(engine::definition::describe_guard(kin, *branch.guard, check_title))
            : "";
    return {{"esito", form.has_ways ? branch.title : ""},
            {"effetti", std::move(noticed)},
            {"quando", when},
            {"ha_altro", !when.empty() || !rest.empty()},
            {"ha_voci", !rest.empty()},
            {"altro", std::move(rest)}};
}

}  // namespace

json outcome_json(const PageCall& page, const ActForm& form, const Branch* branch) {
    if (branch == nullptr) {
        return {{"effetti", {{{"testo", "Si apre un fascicolo nuovo, con il suo giornale."}}}}};
    }
    return branch_json(page, form, *branch);
}

}  // namespace api::pages
