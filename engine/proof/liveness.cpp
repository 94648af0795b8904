// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/liveness.h"

#include <set>

namespace engine::proof {
namespace {

using Bytes = std::set<std::size_t>;

void add_read(const Condition& condition, Bytes& read) {
    if (condition.shape == Condition::Shape::byte) {
        read.insert(condition.at);
    }
    for (const Condition& part : condition.parts) {
        add_read(part, read);
    }
}

bool has_person(const Condition& condition) {
    if (condition.shape == Condition::Shape::person) {
        return true;
    }
    for (const Condition& part : condition.parts) {
        if (has_person(part)) {
            return true;
        }
    }
    return false;
}

/// What steps read before they write it, and what they surely write.
void follow_steps(const std::vector<Step>& steps, Bytes& read, Bytes& written) {
    using Verb = Step::Verb;
    for (const Step& step : steps) {
        for (const Condition& when : step.when) {
            add_read(when, read);
        }
        const bool overwrites = step.verb == Verb::put || step.verb == Verb::put_any ||
                                step.verb == Verb::copy || step.verb == Verb::start;
        const bool reads_it = step.verb == Verb::move || step.verb == Verb::reopen ||
                              step.verb == Verb::publish || step.verb == Verb::need_paper;
        if (step.verb == Verb::copy) {
            read.insert(step.from);
        }
        if (reads_it && step.at != kNowhere) {
            read.insert(step.at);
        }
        if (overwrites && step.when.empty() && step.at != kNowhere && !read.contains(step.at)) {
            written.insert(step.at);
        }
    }
}

class Liveness {
  public:
    Liveness(const Scene& scene, Model& model)
        : model_(model), machine_(model.machines[scene.focus]), live_(machine_.states.size()) {
        for (const auto& variable : model.layout.variables()) {
            const std::size_t at = places_++;
            const bool is_own = variable.place == scene.focus && variable.kind != Kind::initiative;
            const bool is_frame = variable.kind == Kind::state || variable.kind == Kind::others ||
                                  variable.kind == Kind::previous;
            if (is_own && !is_frame) {
                own_.insert(at);
            }
        }
        // Those above and below may look at a deadline or a value of the focus at any time.
        for (std::size_t place = 0; place < scene.places.size(); ++place) {
            if (place != scene.focus) {
                take_foreign(model.machines[place]);
            }
        }
    }

    void run() {
        for (bool changes = true; changes;) {
            changes = false;
            for (std::size_t state = 0; state < machine_.states.size(); ++state) {
                Bytes live = find_live(state);
                changes |= live != live_[state];
                live_[state] = std::move(live);
            }
        }
        for (std::size_t state = 0; state < machine_.states.size(); ++state) {
            for (const std::size_t at : own_) {
                if (!live_[state].contains(at) && !foreign_.contains(at)) {
                    machine_.states[state].dead.push_back(at);
                }
            }
        }
    }

  private:
    void take_ways(const std::vector<Way>& ways, Bytes& read) {
        for (const Way& way : ways) {
            for (const Condition& guard : way.guard) {
                add_read(guard, read);
            }
            Bytes written;
            follow_steps(way.steps, read, written);
        }
    }

    void take_foreign(const MachineModel& machine) {
        for (const Event& event : machine.events) {
            take_ways(event.ways, foreign_);
        }
        for (const StateModel& state : machine.states) {
            take_ways(state.automatic, foreign_);
            for (const After& after : state.after) {
                take_ways(after.ways, foreign_);
            }
            Bytes written;
            follow_steps(state.entry, foreign_, written);
        }
    }

    void add_way(std::size_t state, const Way& way, Bytes& live) const {
        for (const Condition& guard : way.guard) {
            add_read(guard, live);
            if (model_.persons != kNowhere && has_person(guard)) {
                live.insert(model_.persons);
            }
        }
        Bytes read;
        Bytes written;
        follow_steps(way.steps, read, written);
        const auto add_after = [&](std::size_t target, bool enters) {
            Bytes first = read;
            Bytes then = written;
            if (enters) {
                follow_steps(machine_.states[target].entry, first, then);
            }
            live.insert(first.begin(), first.end());
            for (const std::size_t at : live_[target]) {
                if (!then.contains(at)) {
                    live.insert(at);
                }
            }
        };
        if (way.target == kPrevious) {
            for (std::size_t target = 0; target < live_.size(); ++target) {
                add_after(target, false);
            }
        } else {
            add_after(way.target == kStays ? state : way.target, way.target != kStays);
        }
    }

    Bytes find_live(std::size_t state) const {
        const StateModel& here = machine_.states[state];
        Bytes live = live_[state];
        if (here.is_final) {
            return live;
        }
        for (const std::size_t event : here.events) {
            for (const Way& way : machine_.events[event].ways) {
                add_way(state, way, live);
            }
        }
        for (const After& after : here.after) {
            live.insert(after.at);
            for (const Way& way : after.ways) {
                add_way(state, way, live);
            }
        }
        for (const Way& way : here.automatic) {
            add_way(state, way, live);
        }
        for (const TermModel& term : machine_.terms) {
            if (!term.on_due.empty()) {
                live.insert(term.at);
                Bytes written;
                follow_steps(term.on_due, live, written);
            }
        }
        return live;
    }

    Model& model_;
    MachineModel& machine_;
    std::vector<Bytes> live_;
    Bytes own_;
    Bytes foreign_;
    std::size_t places_ = 0;
};

}  // namespace

void find_dead_bytes(const Scene& scene, Model& model) {
    Liveness(scene, model).run();
}

}  // namespace engine::proof
