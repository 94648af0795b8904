// SPDX-License-Identifier: EUPL-1.2
// What one step does to one configuration.
#include "engine/proof/perform.h"

namespace engine::proof {

using Verb = Step::Verb;

void Performer::change_duty(Course& course, const Step& step) const {
    if (step.value != 0 && step.verb == Verb::start) {
        course.started |= std::uint64_t{1} << (step.value - 1);
    }
}

/// False when the act is refused.
bool Performer::change_term(Course& course, const Step& step) const {
    change_duty(course, step);
    if (step.verb == Verb::suspend && step.from != kNowhere) {
        const bool runs = step.at == kNowhere || read(course.config, step.at) == running;
        if (runs) {
            write(course.config, step.from, 1);
        }
    }
    if (step.at == kNowhere) {
        return true;
    }
    const unsigned char term = read(course.config, step.at);
    if (term == kHidden) {
        return true;
    }
    switch (step.verb) {
        case Verb::start: write(course.config, step.at, running); return true;
        case Verb::move: return term == running;
        case Verb::reopen:
            if (term == never || term == running || term >= suspended) {
                return false;
            }
            write(course.config, step.at, running);
            return true;
        case Verb::cancel:
            if (term == running || term >= suspended) {
                write(course.config, step.at, cancelled);
            }
            return true;
        case Verb::suspend:
            if (term == running) {
                write(course.config, step.at, step.value);
            }
            return true;
        case Verb::resume:
            if (term == step.value) {
                write(course.config, step.at, running);
            }
            return true;
        default: return true;
    }
}

/// One step that has one outcome; false when the act is refused.
bool Performer::change(Course& course, std::size_t place, const Step& step,
                       const Doing& doing) const {
    const unsigned char now = step.at == kNowhere ? 0 : read(course.config, step.at);
    switch (step.verb) {
        case Verb::put: write(course.config, step.at, step.value); return true;
        case Verb::copy:
            write(course.config, step.at, step.values[read(course.config, step.from)]);
            return true;
        case Verb::take: {
            const unsigned char code =
                doing.payload == nullptr ? kNotGiven : (*doing.payload)[step.from];
            if (code != kNotGiven) {
                write(course.config, step.at, step.values[code]);
            }
            return true;
        }
        case Verb::add_bits:
            write(course.config, step.at, static_cast<unsigned char>(now | step.value));
            return true;
        case Verb::end_task:
            if ((now & open_duty) != 0) {
                write(course.config, step.at,
                      static_cast<unsigned char>((now & ~open_duty) | step.value));
            }
            return true;
        case Verb::publish:
            write(course.config, step.at, static_cast<unsigned char>(now | published));
            return (now & present) != 0;
        case Verb::need_paper:
            write(course.config, step.at, static_cast<unsigned char>(now | frozen));
            return (now & present) != 0;
        case Verb::impossible: return false;
        case Verb::open_child:
            course.openings.push_back({FollowUp::What::opening, place, &step});
            return true;
        case Verb::send_signal:
            course.signals.push_back({FollowUp::What::signal, step.place, &step});
            return true;
        default: return change_term(course, step);
    }
}

}  // namespace engine::proof
