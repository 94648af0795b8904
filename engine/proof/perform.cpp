// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/perform.h"

#include <algorithm>

namespace engine::proof {
namespace {

using Verb = Step::Verb;

bool is_live(unsigned char term) {
    return term == running || term == passed || term >= suspended;
}

}  // namespace

std::vector<Performer::Chosen> Performer::choose(const Config& config, std::size_t place,
                                                 const std::vector<Way>& ways, const Doing& doing) {
    std::vector<Chosen> chosen;
    bool is_certain = true;
    Hiding hiding;
    for (const Way& way : ways) {
        Situation situation{model_, config, doing.payload, doing.deeds, false};
        const Truth truth = way.guard.empty() ? Truth::yes : evaluate(way.guard.front(), situation);
        if (truth == Truth::unknown) {
            add_hiding(way.guard.front(), situation, hiding);
        }
        if (place == scene_.focus) {
            situation.forgives_persons = true;
            const bool would_hold =
                truth != Truth::no || evaluate(way.guard.front(), situation) != Truth::no;
            is_possible_[way.id] = is_possible_[way.id] || truth != Truth::no;
            is_possible_for_somebody_[way.id] = is_possible_for_somebody_[way.id] || would_hold;
        }
        if (truth != Truth::no) {
            chosen.push_back({&way, is_certain && truth == Truth::yes,
                              truth == Truth::maybe && is_far(way, config, doing), hiding});
        }
        if (truth == Truth::yes) {
            return chosen;
        }
        is_certain = is_certain && truth == Truth::no;
    }
    chosen.push_back({nullptr, is_certain, false, std::move(hiding)});
    return chosen;
}

/// Whether the way hangs on others that no script brings together.
bool Performer::is_far(const Way& way, const Config& config, const Doing& doing) const {
    Situation situation{model_, config, doing.payload, doing.deeds};
    situation.reaches_all = false;
    return evaluate(way.guard.front(), situation) == Truth::no;
}

/// Whether a step looks at a byte that is not followed, so that it may be refused.
bool Performer::goes_on_hidden(const Course& course, const Step& step) const {
    const bool asks = step.verb == Verb::move || step.verb == Verb::reopen ||
                      step.verb == Verb::publish || step.verb == Verb::need_paper;
    return asks && step.at != kNowhere && read(course.config, step.at) == kHidden;
}

/// One course for each value that may be put.
void Performer::put_each(const Course& course, const Step& step, std::vector<Course>& out) const {
    const bool is_copied = step.verb == Verb::copy;
    if (read(course.config, step.at) == kHidden) {
        out.push_back(course);
        return;
    }
    const std::set<unsigned char> values(step.values.begin(), step.values.end());
    for (const unsigned char value : values) {
        out.push_back(course);
        write(out.back().config, step.at, value);
        out.back().is_certain = course.is_certain && values.size() == 1;
        if (is_copied) {
            out.back().hiding.insert(step.from);
        } else if (step.hangs_on_kin) {
            out.back().hiding.insert(kNowhere);
        }
    }
}

void Performer::run_step(Course course, std::size_t place, const Step& step, const Doing& doing,
                         std::vector<Course>& out) {
    const Situation situation{model_, course.config, doing.payload, doing.deeds, false};
    const Truth asked = step.when.empty() ? Truth::yes : evaluate(step.when.front(), situation);
    const Truth when = step.verb == Verb::open_child ? both(asked, step.arrives) : asked;
    if (asked == Truth::unknown) {
        add_hiding(step.when.front(), situation, course.hiding);
    }
    if (when != Truth::yes) {
        out.push_back(course);
        out.back().is_certain = course.is_certain && when == Truth::no;
        if (when == Truth::no) {
            return;
        }
        course.is_certain = false;
    }
    if (step.verb == Verb::put_any ||
        (step.verb == Verb::copy && read(course.config, step.from) == kHidden)) {
        return put_each(course, step, out);
    }
    if (goes_on_hidden(course, step)) {
        course.hiding.insert(step.at);
    }
    if (change(course, place, step, doing)) {
        out.push_back(std::move(course));
    }
}

std::vector<Course> Performer::run(std::vector<Course> courses, std::size_t place,
                                   const std::vector<Step>& steps, const Doing& doing) {
    for (const Step& step : steps) {
        std::vector<Course> after;
        for (Course& course : courses) {
            run_step(std::move(course), place, step, doing, after);
        }
        courses = std::move(after);
        if (courses.size() > kMaxCourses) {
            has_overflowed_ = true;
            courses.resize(kMaxCourses);
        }
    }
    return courses;
}

void Performer::enter(Course& course, std::size_t place, std::size_t target) const {
    const MachineModel& machine = model_.machines[place];
    const unsigned char before = read(course.config, machine.state);
    const unsigned char to = target == kPrevious ? read(course.config, machine.previous)
                                                 : static_cast<unsigned char>(target + 1);
    write(course.config, machine.previous, before);
    write(course.config, machine.state, to);
}

/// What arrives with an act is kept, what it meets ends, what was done is remembered.
void Performer::keep(Course& course, std::size_t place, const Event& event,
                     const Doing& doing) const {
    for (std::size_t slot = 0; slot < event.slots.size() && doing.payload != nullptr; ++slot) {
        const unsigned char code = (*doing.payload)[slot];
        if (event.slots[slot].own != kNowhere && code != kNotGiven) {
            write(course.config, event.slots[slot].own, code);
        }
    }
    for (const auto& [at, comes_back] : event.meets) {
        if (is_live(read(course.config, at))) {
            write(course.config, at, comes_back ? running : met);
        }
    }
    if (place == scene_.focus) {
        course.met |= event.obligations;
    }
}

void Performer::watch(Course& course, std::size_t place) const {
    auto& queue = course.queue;
    queue.insert(queue.end(), course.openings.begin(), course.openings.end());
    queue.insert(queue.end(), course.signals.begin(), course.signals.end());
    course.openings.clear();
    course.signals.clear();
    const auto look_at = [&](std::size_t other) {
        if (model_.machines[other].has_automatic) {
            queue.push_back({FollowUp::What::automatic, other, nullptr});
        }
    };
    for (std::size_t above = place + 1; above-- > 0;) {
        look_at(above);
    }
    if (place + 1 < model_.machines.size()) {
        look_at(place + 1);
    }
}

std::vector<Course> Performer::take_way(Course course, std::size_t place, const Way& way,
                                        const Doing& doing) {
    course.trail.push_back(place);
    course.trail.push_back(read(course.config, model_.machines[place].state));
    std::vector<Course> one;
    one.push_back(std::move(course));
    auto courses = run(std::move(one), place, way.steps, doing);
    if (way.target != kStays) {
        std::vector<Course> entered;
        for (Course& here : courses) {
            enter(here, place, way.target);
            const unsigned char state = read(here.config, model_.machines[place].state);
            if (state == 0) {
                continue;  // there is no state it came from
            }
            std::vector<Course> after;
            after.push_back(std::move(here));
            if (way.target != kPrevious) {
                after = run(std::move(after), place,
                            model_.machines[place].states[state - 1U].entry, doing);
            }
            std::move(after.begin(), after.end(), std::back_inserter(entered));
        }
        courses = std::move(entered);
    }
    for (Course& here : courses) {
        watch(here, place);
    }
    return courses;
}

std::vector<Course> Performer::take_ways(Course course, std::size_t place,
                                         const std::vector<Way>& ways, const Doing& doing,
                                         bool stays) {
    std::vector<Course> out;
    for (const Chosen& one : choose(course.config, place, ways, doing)) {
        Course here = course;
        here.is_certain = course.is_certain && one.is_certain;
        here.is_far = course.is_far || one.is_far;
        here.hiding.insert(one.hiding.begin(), one.hiding.end());
        if (one.way != nullptr) {
            ++here.follow_ups;
            here.way = here.way != nullptr ? here.way : one.way;
            auto taken = take_way(std::move(here), place, *one.way, doing);
            std::move(taken.begin(), taken.end(), std::back_inserter(out));
        } else if (stays) {
            out.push_back(std::move(here));
        }
    }
    return out;
}

std::vector<Course> Performer::take_event(const Config& config, std::size_t place,
                                          std::size_t event, const Doing& doing) {
    const Event& one = model_.machines[place].events[event];
    std::vector<Course> out;
    Course course;
    course.config = config;
    // The guard sees the values as they were before the act.
    for (const Chosen& chosen : choose(config, place, one.ways, doing)) {
        if (chosen.way == nullptr) {
            continue;
        }
        Course here = course;
        here.is_certain = chosen.is_certain;
        here.is_far = chosen.is_far;
        here.hiding = chosen.hiding;
        here.way = chosen.way;
        keep(here, place, one, doing);
        if (one.performed != kNowhere) {
            write(here.config, one.performed, 1);
        }
        auto taken = take_way(std::move(here), place, *chosen.way, doing);
        std::move(taken.begin(), taken.end(), std::back_inserter(out));
    }
    return settle(std::move(out));
}

std::vector<Course> Performer::pass(const Config& config, std::size_t place,
                                    const TermModel& term) {
    std::vector<Course> courses(1);
    courses.front().config = config;
    write(courses.front().config, term.at, passed);
    courses = run(std::move(courses), place, term.on_due, {});
    std::vector<Course> out;
    for (Course& course : courses) {
        const auto& state =
            model_.machines[place].states[read(course.config, model_.machines[place].state) - 1U];
        watch(course, place);
        const auto waiting = std::find_if(state.after.begin(), state.after.end(),
                                          [&](const After& one) { return one.at == term.at; });
        std::vector<Course> taken;
        if (waiting == state.after.end()) {
            taken.push_back(std::move(course));
        } else {
            taken = take_ways(std::move(course), place, waiting->ways, {}, true);
        }
        for (Course& here : taken) {
            if (term.comes_back && read(here.config, term.at) == passed) {
                write(here.config, term.at, running);
            }
            out.push_back(std::move(here));
        }
    }
    return settle(std::move(out));
}

std::vector<Course> Performer::wait(const Config& config, std::size_t place, const After& after) {
    Course course;
    course.config = config;
    return settle(take_ways(std::move(course), place, after.ways, {}, false));
}

std::vector<Course> Performer::begin(Course course, std::size_t place,
                                     const std::vector<Step>& given) {
    const MachineModel& machine = model_.machines[place];
    write(course.config, machine.state, 0);
    write(course.config, machine.previous, 0);
    course.opened.push_back(place);
    enter(course, place, machine.initial);
    std::vector<Course> one;
    one.push_back(std::move(course));
    auto courses = run(std::move(one), place, given, {});
    courses = run(std::move(courses), place, machine.states[machine.initial].entry, {});
    for (Course& here : courses) {
        watch(here, place);
    }
    return courses;
}

std::vector<Course> Performer::open(const Config& config, const Payload& payload) {
    Course course;
    course.config = config;
    const auto& slots = model_.machines.front().opening;
    for (std::size_t slot = 0; slot < slots.size(); ++slot) {
        if (slots[slot].own != kNowhere && payload[slot] != kNotGiven) {
            write(course.config, slots[slot].own, payload[slot]);
        }
    }
    return settle(begin(std::move(course), 0, {}));
}

/// A new one beside an old one: either may be the one that is followed.
std::vector<Course> Performer::open_child(Course course, const Step& step) {
    const MachineModel& child = model_.machines[step.place];
    std::vector<Course> out;
    if (read(course.config, child.state) != 0) {
        write(course.config, child.others, 1);
        out.push_back(course);
        const auto& variables = model_.layout.variables();
        for (std::size_t at = 0; at < variables.size(); ++at) {
            const bool is_below = variables[at].kind != Kind::initiative &&
                                  variables[at].place >= step.place && at != child.others;
            if (is_below) {
                write(course.config, at, 0);
            }
        }
        course.is_certain = false;
    }
    auto begun = begin(std::move(course), step.place, step.inside);
    for (Course& here : begun) {
        if (step.event != kNowhere) {
            auto taken =
                take_ways(std::move(here), step.place, child.events[step.event].ways, {}, true);
            std::move(taken.begin(), taken.end(), std::back_inserter(out));
        } else {
            out.push_back(std::move(here));
        }
    }
    return out;
}

std::vector<Course> Performer::send(const Config& config, const Step& signal) {
    std::vector<Course> courses(1);
    courses.front().config = config;
    courses.front().queue.push_back({FollowUp::What::signal, signal.place, &signal});
    return settle(std::move(courses));
}

std::vector<Course> Performer::settle_after(const Config& config, std::size_t place) {
    std::vector<Course> courses(1);
    courses.front().config = config;
    watch(courses.front(), place);
    return settle(std::move(courses));
}

}  // namespace engine::proof
