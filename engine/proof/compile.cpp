// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/compile.h"

#include <algorithm>
#include <set>

#include "engine/definition/task_acts.h"
#include "engine/definition/walk.h"
#include "engine/proof/compile_action.h"
#include "engine/proof/compile_signals.h"
#include "engine/proof/deeds.h"
#include "engine/proof/guards.h"
#include "engine/proof/liveness.h"

namespace engine::proof {
namespace {

std::size_t place_of(const WorkflowDefinition& machine, const std::string& state) {
    std::size_t place = 0;
    for (const auto& [name, one] : machine.states) {
        if (name == state) {
            return place;
        }
        ++place;
    }
    return kStays;
}

class Compiler {
  public:
    Compiler(const Catalog& catalog, Scene scene, Detail detail)
        : catalog_(catalog), detail_(detail), out_{std::move(scene), {}, {}} {}

    CompiledScene run() {
        for (std::size_t place = 0; place < out_.scene.places.size(); ++place) {
            add_frame(place);
        }
        out_.tracking = track(out_.scene, out_.model.layout, detail_);
        if (detail_ == Detail::kin) {
            track_kin(out_.scene, out_.model.layout);
        }
        note_options();
        note_obligations();
        remember_deeds(out_.scene, out_.tracking, out_.model);
        for (std::size_t place = 0; place < out_.scene.places.size(); ++place) {
            add_events(place);
        }
        for (std::size_t place = 0; place < out_.scene.places.size(); ++place) {
            fill(place);
        }
        find_dead_bytes(out_.scene, out_.model);
        return std::move(out_);
    }

  private:
    const WorkflowDefinition& machine(std::size_t place) const {
        return *out_.scene.places[place].definition;
    }
    MachineModel& model(std::size_t place) { return out_.model.machines[place]; }

    /// The bytes that every instance has.
    void add_frame(std::size_t place) {
        MachineModel one;
        Layout& layout = out_.model.layout;
        one.state = layout.add(Kind::state, place, "");
        one.previous = layout.add(Kind::previous, place, "");
        if (place > 0) {
            one.others = layout.add(Kind::others, place, "");
        }
        one.initial = place_of(machine(place), machine(place).initial);
        out_.model.machines.push_back(std::move(one));
    }

    void note_options() {
        const auto& variables = out_.model.layout.variables();
        out_.model.options.resize(variables.size());
        for (std::size_t at = 0; at < variables.size(); ++at) {
            const Variable& one = variables[at];
            if (one.kind == Kind::value) {
                out_.model.options[at] = out_.tracking.options[{one.place, one.name}];
            } else if (one.kind == Kind::initiative) {
                out_.model.options[at] = out_.tracking.parameters[one.name];
            }
        }
    }

    void note_obligations() {
        for (const auto& [name, deadline] : out_.scene.machine().deadlines) {
            const bool is_duty = deadline.kind == DeadlineKind::obligation ||
                                 deadline.kind == DeadlineKind::recurring;
            if (is_duty && !deadline.met_by.empty() && out_.model.obligations.size() < 60) {
                out_.model.obligations.push_back(name);
            }
        }
    }

    std::vector<Slot> make_slots(std::size_t place, const std::vector<std::string>& takes,
                                 const std::vector<std::string>& may_take) const {
        std::vector<Slot> slots;
        const auto add = [&](const std::string& name, bool is_required) {
            const auto options = out_.tracking.options.find({place, name});
            const auto* field = machine(place).fields.find(name);
            if (options == out_.tracking.options.end() || field == nullptr) {
                return;
            }
            Slot slot{name, {}, out_.model.layout.find(Kind::value, place, name)};
            if (!is_required) {
                slot.codes.push_back(kNotGiven);
            }
            if (accepts_another(*field, options->second)) {
                slot.codes.push_back(kOther);
            }
            for (std::size_t index = 0; index < options->second.size(); ++index) {
                if (accepts(*field, options->second[index])) {
                    slot.codes.push_back(static_cast<unsigned char>(kFirstOption + index));
                }
            }
            if (accepts(*field, "\"\"") || accepts(*field, "[]")) {
                slot.codes.push_back(kEmpty);
            }
            slots.push_back(std::move(slot));
        };
        for (const std::string& name : takes) {
            add(name, true);
        }
        for (const std::string& name : may_take) {
            add(name, false);
        }
        return slots;
    }

    void add_event(std::size_t place, const std::string& name, const TransitionDefinition& one) {
        Event event;
        event.name = name;
        event.transition = &one;
        event.is_for_office = has_office_role(machine(place), one.by);
        event.is_for_party = has_party_role(machine(place), one.by);
        event.slots = make_slots(place, one.takes, one.may_take);
        event.performed = out_.model.layout.find(Kind::performed, place, name);
        const std::size_t bit = out_.tracking.find_deed({place, name});
        event.deed = bit < kMaxDeeds ? 1U << bit : 0;
        for (const auto& [deadline, definition] : machine(place).deadlines) {
            if (!has_name(definition.met_by, name)) {
                continue;
            }
            const std::size_t at = out_.model.layout.find(Kind::deadline, place, deadline);
            if (at != kNowhere) {
                event.meets.emplace_back(at, definition.kind == DeadlineKind::recurring);
            }
            const auto& duties = out_.model.obligations;
            const auto duty = std::find(duties.begin(), duties.end(), deadline);
            if (place == out_.scene.focus && duty != duties.end()) {
                event.obligations |= std::uint64_t{1} << (duty - duties.begin());
            }
        }
        model(place).events.push_back(std::move(event));
    }

    void add_events(std::size_t place) {
        std::map<const TransitionDefinition*, std::size_t> known;
        for (const auto& [name, state] : machine(place).states) {
            StateModel one;
            one.is_final = state.is_final;
            for (const std::string& event : machine(place).events_of(name)) {
                const auto* transition = machine(place).find_transition(name, event);
                if (known.try_emplace(transition, model(place).events.size()).second) {
                    add_event(place, event, *transition);
                }
                one.events.push_back(known.at(transition));
            }
            one.obtainable = place == out_.scene.focus
                                 ? find_obtainable(out_.scene, out_.tracking, out_.model, name)
                                 : 0;
            model(place).states.push_back(std::move(one));
        }
        // Looked at for one act: whoever opens it, a person or a relative.
        const bool is_for_an_act = out_.scene.is_alone && !out_.scene.asked.empty();
        if (machine(place).opening && !is_for_an_act) {
            const auto& opening = *machine(place).opening;
            model(place).opening = make_slots(place, opening.takes, opening.may_take);
        } else if (out_.scene.is_alone) {
            std::vector<std::string> names;
            for (const auto& [name, field] : machine(place).fields) {
                names.push_back(name);
            }
            model(place).opening = make_slots(place, {}, names);  // what a parent may give it
        }
    }

    Way make_way(std::size_t place, const Branch& branch, const TransitionDefinition* transition,
                 const std::vector<Slot>* slots) {
        Way way;
        way.branch = &branch;
        if (branch.guard) {
            way.guard = {GuardCompiler(out_.scene, out_.tracking, out_.model, place)
                             .compile(*branch.guard, slots)};
        }
        way.steps = compile_actions(place, branch.actions, transition, slots);
        way.target = branch.target.empty()          ? kStays
                     : branch.target == "@previous" ? kPrevious
                                                    : place_of(machine(place), branch.target);
        if (place == out_.scene.focus) {
            way.id = out_.model.ways++;
        }
        return way;
    }

    std::vector<Step> compile_actions(std::size_t place, const std::vector<Action>& actions,
                                      const TransitionDefinition* transition,
                                      const std::vector<Slot>* slots) {
        return ActionCompiler(out_.scene, out_.tracking, out_.model, place)
            .compile(actions, transition, slots);
    }

    std::vector<Way> make_ways(std::size_t place, const std::vector<Branch>& branches) {
        std::vector<Way> ways;
        for (const Branch& branch : branches) {
            ways.push_back(make_way(place, branch, nullptr, nullptr));
        }
        return ways;
    }

    void fill_state(std::size_t place, const StateDefinition& state, StateModel& one) {
        for (const auto* waiting : {&state.after, &machine(place).after}) {
            for (const auto& [deadline, branches] : *waiting) {
                const bool is_own = waiting == &state.after;
                if (is_own || (!state.is_final && !state.after.contains(deadline))) {
                    one.after.push_back({deadline,
                                         out_.model.layout.find(Kind::deadline, place, deadline),
                                         make_ways(place, branches)});
                }
            }
        }
        one.automatic = make_ways(place, state.automatic);
        model(place).has_automatic |= !one.automatic.empty();
        one.entry = compile_actions(place, state.entry, nullptr, nullptr);
        const auto returns = [](const std::vector<Way>& ways) {
            return std::any_of(ways.begin(), ways.end(),
                               [](const Way& way) { return way.target == kPrevious; });
        };
        one.uses_previous = returns(one.automatic);
        for (const After& after : one.after) {
            one.uses_previous |= returns(after.ways);
        }
        for (const std::size_t event : one.events) {
            one.uses_previous |= returns(model(place).events[event].ways);
        }
    }

    void fill(std::size_t place) {
        for (Event& event : model(place).events) {
            for (const Branch& branch : event.transition->branches) {
                event.ways.push_back(make_way(place, branch, event.transition, &event.slots));
                event.asks_who |=
                    place == out_.scene.focus && branch.guard && asks_who_acts(*branch.guard);
            }
        }
        std::size_t index = 0;
        for (const auto& [name, state] : machine(place).states) {
            fill_state(place, state, model(place).states[index++]);
        }
        for (const auto& [name, deadline] : machine(place).deadlines) {
            const std::size_t at = out_.model.layout.find(Kind::deadline, place, name);
            if (at != kNowhere) {
                model(place).terms.push_back(
                    {at, name, deadline.kind == DeadlineKind::recurring,
                     compile_actions(place, deadline.on_due, nullptr, nullptr)});
            }
        }
        fill_papers(place);
        fill_outer_signals(catalog_, out_.scene, place, out_.model);
    }

    void fill_papers(std::size_t place) {
        for (const auto& [name, document] : machine(place).documents) {
            const std::size_t at = out_.model.layout.find(Kind::document, place, name);
            if (at == kNowhere) {
                continue;
            }
            PaperModel one;
            one.at = at;
            one.name = name;
            one.relevant = static_cast<unsigned char>(out_.tracking.papers[name].asked);
            one.is_for_office = has_office_role(machine(place), document.by);
            one.is_for_party = has_party_role(machine(place), document.by);
            one.is_signed_by_office = has_office_role(machine(place), {document.signed_by});
            one.is_signed_by_party = has_party_role(machine(place), {document.signed_by});
            one.is_final_once_frozen = document.is_final_once_frozen;
            one.states.push_back(false);
            for (const auto& [state_name, state] : machine(place).states) {
                one.states.push_back(!state.is_final &&
                                     (document.in.empty() || has_name(document.in, state_name)));
            }
            model(place).papers.push_back(std::move(one));
        }
        for (const auto& [name, task] : machine(place).tasks) {
            const std::size_t at = out_.model.layout.find(Kind::task, place, name);
            if (at != kNowhere) {
                TaskModel one{at, name, has_office_role(machine(place), {task.role}), {false}};
                for (const auto& [state_name, state] : machine(place).states) {
                    one.by_hand.push_back(
                        !state.is_final &&
                        definition::find_task_acts(machine(place), state_name, name).empty());
                }
                model(place).tasks.push_back(std::move(one));
            }
        }
    }

    const Catalog& catalog_;
    Detail detail_;
    CompiledScene out_;
};

}  // namespace

CompiledScene compile(const Catalog& catalog, Scene scene, Detail detail) {
    return Compiler(catalog, std::move(scene), detail).run();
}

}  // namespace engine::proof
