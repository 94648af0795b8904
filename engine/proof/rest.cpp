// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/rest.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/definition/walk.h"

namespace engine::proof {
namespace {

using namespace definition;

/// An event and the machine that a signal brings it to.
using Message = std::pair<std::size_t, std::string>;

/// A change of state that no person makes: automatic, or the answer to a signal.
struct Motion {
    std::size_t machine = 0;
    std::string from;
    std::string to;
    std::string answers;  ///< the event that a signal brings; empty: automatic
    std::set<Message> sends;
    std::set<std::size_t> opens;  ///< machines
    bool is_over = false;         ///< it cannot be made for ever
};

// What goes on for ever makes some motions for ever. Such a motion lies on a circle of its machine,
// unless new instances of it are opened for ever; and when it answers a signal, one that goes on
// for ever sends it. Motions for which this fails are struck out until nothing changes.
class Motions {
  public:
    explicit Motions(const Catalog& catalog) : machines_(catalog.definitions()) {
        for (std::size_t place = 0; place < machines_.size(); ++place) {
            for_each_action(machine(place), [&](const std::string&, const Action& action) {
                if (const auto* signal = std::get_if<Signal>(&action.verb)) {
                    take_signal(place, *signal, sent_);
                }
            });
        }
        for (std::size_t place = 0; place < machines_.size(); ++place) {
            add_machine(place);
        }
        while (strike_out()) {
        }
    }

    bool is_left_in(const WorkflowDefinition& definition) const {
        return std::any_of(motions_.begin(), motions_.end(), [&](const Motion& motion) {
            return !motion.is_over && &machine(motion.machine) == &definition;
        });
    }

  private:
    const WorkflowDefinition& machine(std::size_t place) const { return *machines_[place]; }

    std::size_t find_child(std::size_t place, std::string_view list) const {
        const auto& child = *machine(place).children.find(list);
        const auto found = std::find_if(machines_.begin(), machines_.end(), [&](const auto& one) {
            return one->family == child.family && one->machine == child.machine &&
                   one->version == child.version;
        });
        return static_cast<std::size_t>(found - machines_.begin());
    }

    /// Whom a signal may reach.
    void take_signal(std::size_t place, const Signal& signal, std::set<Message>& messages) const {
        if (signal.to == SignalTarget::siblings) {
            messages.emplace(place, signal.event);
        } else if (signal.to == SignalTarget::parent) {
            for (std::size_t above = 0; above < machines_.size(); ++above) {
                for (const auto& [list, child] : machine(above).children) {
                    if (find_child(above, list) == place) {
                        messages.emplace(above, signal.event);
                    }
                }
            }
        } else {
            std::string_view path = signal.path;
            while (!path.empty()) {
                const std::size_t end = std::min(path.find('/'), path.size());
                place = find_child(place, path.substr(0, end));
                path.remove_prefix(std::min(end + 1, path.size()));
            }
            messages.emplace(place, signal.event);
        }
    }

    void add_machine(std::size_t place) {
        for (const auto& [name, state] : machine(place).states) {
            if (state.is_final) {
                continue;
            }
            for (const Branch& branch : state.automatic) {
                add_branch(place, name, branch, "");
            }
            for (const std::string& event : machine(place).events_of(name)) {
                if (sent_.contains({place, event})) {
                    for (const Branch& branch :
                         machine(place).find_transition(name, event)->branches) {
                        add_branch(place, name, branch, event);
                    }
                }
            }
        }
    }

    void add_branch(std::size_t place, const std::string& from, const Branch& branch,
                    const std::string& answers) {
        if (branch.target == "@previous") {
            for (const auto& [name, state] : machine(place).states) {
                if (!state.is_final) {
                    add(place, from, name, branch, answers);
                }
            }
        } else {
            add(place, from, branch.target.empty() ? from : branch.target, branch, answers);
        }
    }

    void add(std::size_t place, const std::string& from, const std::string& to,
             const Branch& branch, const std::string& answers) {
        Motion motion{place, from, to, answers, {}, {}, false};
        take_effects(place, branch.actions, motion);
        if (!branch.target.empty() && branch.target != "@previous") {
            take_effects(place, machine(place).states.find(to)->entry, motion);
        }
        motions_.push_back(std::move(motion));
    }

    void take_effects(std::size_t place, const std::vector<Action>& actions, Motion& motion) const {
        for (const Action& action : actions) {
            if (const auto* signal = std::get_if<Signal>(&action.verb)) {
                take_signal(place, *signal, motion.sends);
            } else if (const auto* opening = std::get_if<OpenChild>(&action.verb)) {
                motion.opens.insert(find_child(place, opening->child));
            }
        }
    }

    /// The states that motions of its machine lead to from `motion`, itself included.
    bool lies_on_circle(const Motion& motion) const {
        std::set<std::string> reached{motion.to};
        for (bool grows = true; grows;) {
            grows = false;
            for (const Motion& other : motions_) {
                const bool goes_on = !other.is_over && other.machine == motion.machine &&
                                     reached.contains(other.from);
                grows |= goes_on && reached.insert(other.to).second;
            }
        }
        return reached.contains(motion.from);
    }

    bool strike_out() {
        std::set<Message> sent;
        std::set<std::size_t> opened;
        for (const Motion& motion : motions_) {
            if (!motion.is_over) {
                sent.insert(motion.sends.begin(), motion.sends.end());
                opened.insert(motion.opens.begin(), motion.opens.end());
            }
        }
        bool has_struck = false;
        for (Motion& motion : motions_) {
            const bool is_answer_to_nobody =
                !motion.answers.empty() && !sent.contains({motion.machine, motion.answers});
            const bool is_over = is_answer_to_nobody ||
                                 (!opened.contains(motion.machine) && !lies_on_circle(motion));
            has_struck |= is_over && !motion.is_over;
            motion.is_over |= is_over;
        }
        return has_struck;
    }

    const std::vector<DefinitionPointer> machines_;
    std::set<Message> sent_;
    std::vector<Motion> motions_;
};

}  // namespace

bool comes_to_rest(const Catalog& catalog, const DefinitionPointer& definition) {
    return !Motions(catalog).is_left_in(*definition);
}

}  // namespace engine::proof
