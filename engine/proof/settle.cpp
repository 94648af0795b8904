// SPDX-License-Identifier: EUPL-1.2
// What follows an act by itself: openings, signals and automatic transitions, in the order in which
// the engine takes them (runtime/cascade).
#include <algorithm>
#include <tuple>

#include "engine/proof/moves.h"
#include "engine/proof/perform.h"

namespace engine::proof {

namespace {

/// After so many follow-ups an act may be going round: what comes back to where another way of it
/// has been leads nowhere new.
constexpr int kLongForAnAct = 8;

using PendingFollowUp = std::tuple<FollowUp::What, std::size_t, const Step*>;
/// Where a course is, and what it has still before it: to look once more at what goes by itself, in
/// a state where that was looked at, changes nothing.
using Standing = std::tuple<Config, std::uint64_t, Hiding, std::vector<PendingFollowUp>>;

Standing standing_of(const Course& course) {
    std::vector<PendingFollowUp> pending;
    for (std::size_t at = course.next; at < course.queue.size(); ++at) {
        const FollowUp& one = course.queue[at];
        const PendingFollowUp next{one.what, one.place, one.step};
        const bool is_known = one.what == FollowUp::What::automatic &&
                              std::find(pending.begin(), pending.end(), next) != pending.end();
        if (!is_known) {
            pending.push_back(next);
        }
    }
    return {course.config, course.started, course.hiding, std::move(pending)};
}

}  // namespace

void Performer::note_circle(const Course& course) {
    // The last half of the trail is inside the circle.
    Circle circle;
    for (std::size_t index = course.trail.size() / 4 * 2; index + 1 < course.trail.size();
         index += 2) {
        circle.states.emplace(course.trail[index], course.trail[index + 1] - 1);
    }
    circles_.try_emplace(std::move(circle), Turn{course.way, course.opened});
}

std::vector<Course> Performer::follow(Course course, const FollowUp& follow_up) {
    if (follow_up.what == FollowUp::What::opening) {
        return open_child(std::move(course), *follow_up.step);
    }
    const MachineModel& machine = model_.machines[follow_up.place];
    const unsigned char state = read(course.config, machine.state);
    std::vector<Course> out;
    if (state == 0) {
        out.push_back(std::move(course));
        return out;
    }
    if (follow_up.what == FollowUp::What::automatic) {
        const auto& ways = machine.states[state - 1U].automatic;
        if (ways.empty()) {
            out.push_back(std::move(course));
            return out;
        }
        return take_ways(std::move(course), follow_up.place, ways, {}, true);
    }
    return take_signal(std::move(course), *follow_up.step);
}

/// One that does not know the event, or refuses it, is left as it is.
std::vector<Course> Performer::take_signal(Course course, const Step& step) {
    const MachineModel& machine = model_.machines[step.place];
    std::vector<Course> out;
    if (!step.states[read(course.config, machine.state)]) {
        out.push_back(std::move(course));
        return out;
    }
    if (step.arrives == Truth::maybe) {
        course.is_certain = false;
        out.push_back(course);
    }
    const Event& event = machine.events[step.event];
    for_each_payload(event.slots, [&](const Payload& payload) {
        Course here = course;
        here.is_certain = course.is_certain && event.slots.empty();
        const Doing doing{&payload, 0};
        for (const Chosen& chosen : choose(here.config, step.place, event.ways, doing)) {
            Course one = here;
            one.is_certain = here.is_certain && chosen.is_certain;
            one.is_far |= chosen.is_far;
            one.hiding.insert(chosen.hiding.begin(), chosen.hiding.end());
            if (chosen.way == nullptr) {
                out.push_back(std::move(one));
                continue;
            }
            ++one.follow_ups;
            keep(one, step.place, event, doing);
            auto taken = take_way(std::move(one), step.place, *chosen.way, doing);
            std::move(taken.begin(), taken.end(), std::back_inserter(out));
        }
    });
    return out;
}

std::vector<Course> Performer::settle(std::vector<Course> courses) {
    std::vector<Course> settled;
    std::set<std::tuple<Config, std::uint64_t, bool, bool>> known;
    std::map<Standing, int> been;  ///< after how few follow-ups
    std::size_t steps = 0;
    while (!courses.empty()) {
        Course course = std::move(courses.back());
        courses.pop_back();
        if (course.next == course.queue.size()) {
            const bool hangs = !course.hiding.empty();
            if (known.emplace(course.config, course.started, hangs, course.is_far).second) {
                settled.push_back(std::move(course));
            }
            continue;
        }
        if (course.follow_ups > kMaxFollowUps) {
            if (course.is_certain && course.hiding.empty()) {
                note_circle(course);
            }
            continue;  // the engine refuses such an act
        }
        // One that is certain goes on, to be told as a circle: it has no other ways.
        if (!course.is_certain && course.follow_ups > kLongForAnAct) {
            const auto [entry, is_new] = been.try_emplace(standing_of(course), course.follow_ups);
            if (!is_new && entry->second <= course.follow_ups) {
                continue;
            }
            entry->second = course.follow_ups;
        }
        if (++steps > kMaxCourses) {
            has_overflowed_ = true;
            break;
        }
        const FollowUp follow_up = course.queue[course.next++];
        auto after = follow(std::move(course), follow_up);
        std::move(after.begin(), after.end(), std::back_inserter(courses));
    }
    return settled;
}

}  // namespace engine::proof
