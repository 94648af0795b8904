// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/moves.h"

#include <algorithm>

namespace engine::proof {
namespace {

/// Bits of `deeds` that are remembered, pushed together: the number of a pattern.
unsigned pattern_of(unsigned deeds, unsigned remembered) {
    unsigned pattern = 0;
    unsigned bit = 0;
    for (unsigned index = 0; index < kMaxDeeds; ++index) {
        if ((remembered >> index & 1U) != 0) {
            pattern |= (deeds >> index & 1U) << bit++;
        }
    }
    return pattern;
}

unsigned deeds_of(unsigned pattern, unsigned remembered) {
    unsigned deeds = 0;
    unsigned bit = 0;
    for (unsigned index = 0; index < kMaxDeeds; ++index) {
        if ((remembered >> index & 1U) != 0) {
            deeds |= (pattern >> bit++ & 1U) << index;
        }
    }
    return deeds;
}

class Moves {
  public:
    Moves(const CompiledScene& compiled, Performer& performer, const Config& config,
          const Takers& takers)
        : scene_(compiled.scene),
          model_(compiled.model),
          performer_(performer),
          config_(config),
          takers_(takers),
          circles_(performer.circles().size()) {}

    bool run() {
        for (std::size_t place = 0; place < model_.machines.size(); ++place) {
            const MachineModel& machine = model_.machines[place];
            const unsigned char state = read(config_, machine.state);
            if (state == 0) {
                break;
            }
            const StateModel& here = machine.states[state - 1U];
            if (!here.is_final) {
                for (const std::size_t event : here.events) {
                    add_event(place, event, here);
                }
                add_terms(place, machine, here);
                add_papers(place, machine, state);
                add_tasks(place, machine, state);
            }
            add_others(place, machine);
        }
        return has_overflowed_;
    }

  private:
    void note_turn(const Move& move) {
        if (performer_.circles().size() > circles_) {
            circles_ = performer_.circles().size();
            takers_.turn(move);
        }
    }

    void give(Move move, const std::vector<Course>& courses) {
        note_turn(move);
        for (const Course& course : courses) {
            Move one = move;
            one.opened = course.opened;
            one.way = course.way;
            one.is_far = course.is_far;
            one.hiding.insert(course.hiding.begin(), course.hiding.end());
            takers_.take(one, course);
        }
    }

    Mover mover_of(bool is_for_office) const {
        return is_for_office ? Mover::office : Mover::party;
    }

    void add_event(std::size_t place, std::size_t index, const StateModel& here) {
        const Event& event = model_.machines[place].events[index];
        if (!event.is_for_office && !event.is_for_party) {
            return;
        }
        has_overflowed_ |= for_each_payload(event.slots, [&](const Payload& payload) {
            for_each_person(place,
                            [&](unsigned deeds) { act(place, index, here, payload, deeds); });
        });
    }

    /// Somebody who has done nothing is always there, and one for each pattern that is remembered.
    void for_each_person(std::size_t place, const std::function<void(unsigned)>& visit) const {
        visit(0);
        const bool matters = model_.persons != kNowhere && place >= scene_.focus;
        const bool is_known = matters && read(config_, model_.persons) != kHidden;
        const unsigned patterns = is_known ? read(config_, model_.persons) : 0U;
        for (unsigned pattern = 1; pattern < 8; ++pattern) {
            if ((patterns >> pattern & 1U) != 0) {
                visit(deeds_of(pattern, model_.remembered_deeds));
            }
        }
    }

    /// The person may first do what anybody can do here: the fewest deeds that are enough.
    void act(std::size_t place, std::size_t index, const StateModel& here, const Payload& payload,
             unsigned deeds) {
        const Event& event = model_.machines[place].events[index];
        std::vector<unsigned> tries{0};
        for (unsigned bit = 0; bit < kMaxDeeds; ++bit) {
            if (event.asks_who && ((here.obtainable & ~deeds) >> bit & 1U) != 0) {
                const std::size_t count = tries.size();
                for (std::size_t at = 0; at < count; ++at) {
                    tries.push_back(tries[at] | 1U << bit);
                }
            }
        }
        std::stable_sort(tries.begin(), tries.end(), [](unsigned left, unsigned right) {
            return __builtin_popcount(left) < __builtin_popcount(right);
        });
        for (const unsigned needed : tries) {
            const Doing doing{&payload, deeds | needed};
            auto courses = performer_.take_event(config_, place, index, doing);
            Move move;
            move.what = Move::What::event;
            move.mover = mover_of(event.is_for_office);
            move.place = place;
            move.index = index;
            move.payload = payload;
            move.deeds_before = deeds;
            move.deeds_needed = needed;
            if (courses.empty()) {
                note_turn(move);
                continue;
            }
            for (Course& course : courses) {
                remember(course, place, deeds, deeds | needed | event.deed);
            }
            return give(std::move(move), courses);
        }
    }

    /// The one who acts is taken to be alone with those deeds: nobody else can stand in.
    void remember(Course& course, std::size_t place, unsigned before, unsigned after) const {
        if (model_.persons == kNowhere || place < scene_.focus) {
            return;
        }
        unsigned patterns = read(course.config, model_.persons);
        const unsigned old = pattern_of(before, model_.remembered_deeds);
        const unsigned now = pattern_of(after, model_.remembered_deeds);
        patterns &= old == 0 ? ~0U : ~(1U << old);
        patterns |= now == 0 ? 0U : 1U << now;
        write(course.config, model_.persons, static_cast<unsigned char>(patterns));
    }

    void add_terms(std::size_t place, const MachineModel& machine, const StateModel& here) {
        for (std::size_t index = 0; index < machine.terms.size(); ++index) {
            const TermModel& term = machine.terms[index];
            const unsigned char now = read(config_, term.at);
            if (now == running || now == kHidden) {
                Move move;
                hang_on(move, term.at);
                move.what = Move::What::term;
                move.mover = Mover::time;
                move.place = place;
                move.index = index;
                move.deadline = term.name;
                give(std::move(move), performer_.pass(config_, place, term));
            }
        }
        for (const After& after : here.after) {
            if (after.at == kNowhere) {
                Move move;
                move.what = Move::What::waiting;
                move.mover = Mover::time;
                move.place = place;
                move.deadline = after.deadline;
                give(std::move(move), performer_.wait(config_, place, after));
            }
        }
    }

    void add_paper(std::size_t place, std::size_t index, bool is_signed_now, Mover mover) {
        const PaperModel& paper = model_.machines[place].papers[index];
        const auto bits = static_cast<unsigned char>((present | (is_signed_now ? is_signed : 0)) &
                                                     (paper.relevant | present));
        if (read(config_, paper.at) == bits) {
            return;
        }
        Config config = config_;
        write(config, paper.at, bits);
        Move move;
        move.what = Move::What::paper;
        move.mover = mover;
        move.place = place;
        move.index = index;
        move.is_signed = is_signed_now;
        hang_on(move, paper.at);
        give(std::move(move), performer_.settle_after(config, place));
    }

    void add_papers(std::size_t place, const MachineModel& machine, unsigned char state) {
        for (std::size_t index = 0; index < machine.papers.size(); ++index) {
            const PaperModel& paper = machine.papers[index];
            const unsigned char now = read(config_, paper.at);
            const bool is_locked =
                paper.is_final_once_frozen && now != kHidden && (now & frozen) != 0;
            if (!paper.states[state] || is_locked ||
                (!paper.is_for_office && !paper.is_for_party)) {
                continue;
            }
            const Mover mover = mover_of(paper.is_for_office);
            add_paper(place, index, false, mover);
            if (paper.is_signed_by_office) {
                add_paper(place, index, true, mover);
            } else if (paper.is_signed_by_party) {
                add_paper(place, index, true, Mover::party);
            }
        }
    }

    void add_tasks(std::size_t place, const MachineModel& machine, unsigned char state) {
        for (std::size_t index = 0; index < machine.tasks.size(); ++index) {
            const TaskModel& task = machine.tasks[index];
            const unsigned char now = read(config_, task.at);
            if ((now & open_duty) == 0 || !task.by_hand[state]) {
                continue;
            }
            Config config = config_;
            write(config, task.at, static_cast<unsigned char>((now & ~open_duty) | done_duty));
            Move move;
            move.what = Move::What::task;
            move.mover = mover_of(task.is_for_office);
            move.place = place;
            move.index = index;
            hang_on(move, task.at);
            give(std::move(move), performer_.settle_after(config, place));
        }
    }

    void hang_on(Move& move, std::size_t at) const {
        if (read(config_, at) == kHidden) {
            move.hiding.insert(at);
        }
    }

    void add_signal(const Step& signal, Mover mover) {
        const unsigned char state = read(config_, model_.machines[signal.place].state);
        if (state == 0 || !signal.states[state]) {
            return;
        }
        Move move;
        move.what = Move::What::others;
        move.mover = mover;
        move.place = signal.place;
        move.index = signal.event;
        if (scene_.is_alone) {
            move.hiding.insert(kNowhere);
        }
        give(std::move(move), performer_.send(config_, signal));
    }

    /// What others of the same list may cause: never a way out, for there may be none. What comes
    /// from a list that is not followed is one where the office can open it and act in it.
    void add_others(std::size_t place, const MachineModel& machine) {
        for (const auto& [signal, is_for_office] : machine.from_below) {
            add_signal(signal, mover_of(is_for_office));
        }
        if (place > 0 && read(config_, machine.others) != 0) {
            for (const Step& signal : machine.from_others) {
                add_signal(signal, Mover::others);
            }
        }
    }

    const Scene& scene_;
    const Model& model_;
    Performer& performer_;
    const Config& config_;
    const Takers& takers_;
    std::size_t circles_;  ///< known so far
    bool has_overflowed_ = false;
};

}  // namespace

bool for_each_payload(const std::vector<Slot>& slots,
                      const std::function<void(const Payload&)>& visit) {
    std::vector<std::size_t> at(slots.size(), 0);
    for (const Slot& slot : slots) {
        if (slot.codes.empty()) {
            return false;  // nothing that its schema accepts: the act cannot be
        }
    }
    for (std::size_t count = 0; count < kMaxPayloads; ++count) {
        Payload payload;
        for (std::size_t slot = 0; slot < slots.size(); ++slot) {
            payload.push_back(slots[slot].codes[at[slot]]);
        }
        visit(payload);
        std::size_t turn = 0;
        while (turn < slots.size() && ++at[turn] == slots[turn].codes.size()) {
            at[turn++] = 0;
        }
        if (turn == slots.size()) {
            return false;
        }
    }
    return true;
}

void for_each_move(const CompiledScene& compiled, Performer& performer, const Config& config,
                   const Takers& takers, bool& has_overflowed) {
    has_overflowed |= Moves(compiled, performer, config, takers).run();
}

void for_each_opening(const CompiledScene& compiled, Performer& performer, const Takers& takers,
                      bool& has_overflowed) {
    const Model& model = compiled.model;
    const bool is_opened_by_kin =
        compiled.scene.is_alone && !compiled.scene.machine().opening.has_value();
    std::vector<Slot> parameters;
    std::vector<std::size_t> places;
    const auto is_hidden = [&](std::size_t at) { return at != kNowhere && !model.follows(at); };
    const auto& variables = model.layout.variables();
    for (std::size_t at = 0; at < variables.size(); ++at) {
        if (variables[at].kind == Kind::initiative) {
            Slot slot{variables[at].name, {}, at};
            for (std::size_t code = 0; code < kFirstOption + model.options[at].size(); ++code) {
                slot.codes.push_back(static_cast<unsigned char>(code));
            }
            slot.codes.resize(is_hidden(at) ? 1 : slot.codes.size());
            parameters.push_back(std::move(slot));
            places.push_back(at);
        }
    }
    // No condition looks at what comes with the opening but where it is kept.
    std::vector<Slot> given = model.machines.front().opening;
    for (Slot& slot : given) {
        slot.codes.resize(is_hidden(slot.own) ? std::min<std::size_t>(1, slot.codes.size())
                                              : slot.codes.size());
    }
    has_overflowed |= for_each_payload(parameters, [&](const Payload& chosen) {
        Config config = model.make_blank();
        for (std::size_t index = 0; index < chosen.size(); ++index) {
            write(config, places[index], chosen[index]);
        }
        has_overflowed |= for_each_payload(given, [&](const Payload& payload) {
            Move move;
            move.payload = payload;
            const std::size_t circles = performer.circles().size();
            const auto courses = performer.open(config, payload);
            if (performer.circles().size() > circles) {
                takers.turn(move);
            }
            for (const Course& course : courses) {
                move.opened = course.opened;
                move.hiding = course.hiding;
                if (is_opened_by_kin) {
                    move.hiding.insert(kNowhere);
                }
                takers.take(move, course);
            }
        });
    });
}

}  // namespace engine::proof
