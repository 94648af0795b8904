// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/pit_words.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/definition/sentences.h"
#include "engine/definition/walk.h"

namespace engine::proof {
namespace {

/// Whether an act would be possible if it did not matter who does it.
bool is_blocked_by_persons(const CompiledScene& compiled, const Config& config,
                           const StateModel& state) {
    for (const std::size_t index : state.events) {
        const Event& event = compiled.model.machines[compiled.scene.focus].events[index];
        if (!event.is_for_office) {
            continue;
        }
        for (const Way& way : event.ways) {
            const unsigned nobody = state.obtainable;
            Situation situation{compiled.model, config, nullptr, nobody, false};
            const bool holds =
                way.guard.empty() || evaluate(way.guard.front(), situation) != Truth::no;
            situation.forgives_persons = true;
            if (!holds && evaluate(way.guard.front(), situation) != Truth::no) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace

std::string find_pit_code(const CompiledScene& compiled, const Graph& graph, const Pit& pit) {
    const Config& config = graph.nodes[pit.node()].config;
    const MachineModel& focus = compiled.model.machines[compiled.scene.focus];
    const StateModel& state = focus.states[read(config, focus.state) - 1U];
    if (pit.a_party_can_help) {
        return "waits_for_party";
    }
    if (is_blocked_by_persons(compiled, config, state)) {
        return "two_person_rule";
    }
    const bool waits = std::any_of(state.after.begin(), state.after.end(), [&](const After& a) {
        return a.at != kNowhere && read(config, a.at) != running;
    });
    return waits ? "term_not_running" : "dead_end";
}

std::string describe_pit(const WorkflowDefinition& machine, const std::string& code,
                         const std::string& state) {
    const std::string title = quote_state(machine, state);
    if (code == "waits_for_party") {
        return fmt::format(
            "Dallo stato {} si arriva a una fine solo se agisce un ente: chi non "
            "fa niente tiene aperto il procedimento per sempre.",
            title);
    }
    if (code == "two_person_rule") {
        return fmt::format(
            "Dallo stato {} non si esce: nessuna persona può compiere l'atto che "
            "serve, perché chi deve averne compiuto un altro è anche chi non "
            "deve averlo compiuto.",
            title);
    }
    if (code == "term_not_running") {
        return fmt::format(
            "Lo stato {} aspetta un termine che qui può non decorrere: senza, "
            "non si arriva a nessuna fine.",
            title);
    }
    return fmt::format("Dallo stato {} può accadere che non si arrivi più a nessuna fine.", title);
}

std::string describe_unproved(const WorkflowDefinition& machine, std::size_t count,
                              const std::string& first) {
    return fmt::format(
        "«{}» con ciò che le sta sopra e sotto ha troppi casi: che se ne esca sempre non è "
        "dimostrato per {} {}, da {} in poi.",
        machine.title, count, count == 1 ? "stato" : "stati", quote_state(machine, first));
}

std::string describe_acts_left(const WorkflowDefinition& machine,
                               const std::vector<const Branch*>& left) {
    std::string first;
    for (const BranchPlace& place : find_branches(machine)) {
        if (place.branch == left.front()) {
            first = place.transition == nullptr ? place.path : "«" + place.transition->title + "»";
        }
    }
    const std::string which =
        left.size() == 1 ? first : fmt::format("{} e altri {}", first, left.size() - 1);
    return fmt::format(
        "«{}»: {}, anche a guardare un atto alla volta, ha troppi casi: che possa avvenire non è "
        "dimostrato.",
        machine.title, which);
}

std::string describe_unopened(const WorkflowDefinition& machine) {
    return fmt::format(
        "«{}» non si può aprire: nessuno ha «opening» e nessun procedimento la tiene tra i suoi "
        "figli.",
        machine.title);
}

std::string describe_too_many(const WorkflowDefinition& machine) {
    return fmt::format(
        "«{}» ha troppi casi perché si possano esaminare tutti: va divisa in macchine più piccole.",
        machine.title);
}

std::string describe_restless(const WorkflowDefinition& machine) {
    return fmt::format(
        "«{}» con ciò che le sta sopra e sotto ha troppi casi: che quanto avviene da sé si fermi "
        "sempre non è dimostrato.",
        machine.title);
}

}  // namespace engine::proof
