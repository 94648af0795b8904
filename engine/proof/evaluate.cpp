// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/evaluate.h"

#include <algorithm>

namespace engine::proof {
namespace {

using Shape = Condition::Shape;

Truth look_up(const std::vector<Truth>& table, unsigned char value) {
    return table[std::min<std::size_t>(value, table.size() - 1)];
}

/// The instance that is followed stands for one or for many; the others of its list are unknown.
Truth judge_count(const Condition& condition, bool is_counted, bool has_others) {
    if (!is_counted) {
        return has_others ? Truth::maybe : (condition.at_least <= 0 ? Truth::yes : Truth::no);
    }
    if (condition.at_most < 1) {
        return Truth::no;
    }
    const bool holds_for_one = condition.at_least <= 1;
    const bool holds_for_many = condition.at_most == std::numeric_limits<std::int64_t>::max();
    return holds_for_one && holds_for_many ? Truth::yes : Truth::maybe;
}

Truth judge_children(const Condition& condition, const Situation& situation) {
    const auto& machines = situation.model.machines;
    bool has_others = false;
    for (std::size_t place = condition.owner + 1; place <= condition.at; ++place) {
        has_others |= read(situation.config, machines[place].others) != 0;
    }
    const unsigned char state = read(situation.config, machines[condition.at].state);
    const bool is_counted = state != 0 && look_up(condition.table, state) == Truth::yes;
    switch (condition.ask) {
        case Condition::Ask::count: return judge_count(condition, is_counted, has_others);
        case Condition::Ask::every:
            return state != 0 && !is_counted ? Truth::no : has_others ? Truth::maybe : Truth::yes;
        case Condition::Ask::party: return is_counted || has_others ? Truth::maybe : Truth::no;
        case Condition::Ask::no_party: return is_counted || has_others ? Truth::maybe : Truth::yes;
    }
    return Truth::maybe;
}

Truth judge_person(const Condition& condition, const Situation& situation) {
    if (situation.forgives_persons) {
        return Truth::yes;
    }
    const bool has_deed = (situation.deeds & condition.mask) != 0;
    if (condition.wants_deed && !has_deed && situation.model.persons != kNowhere &&
        read(situation.config, situation.model.persons) == kHidden) {
        return Truth::unknown;
    }
    return has_deed == condition.wants_deed ? Truth::yes : Truth::no;
}

}  // namespace

void add_hiding(const Condition& condition, const Situation& situation, Hiding& hiding) {
    if (evaluate(condition, situation) != Truth::unknown) {
        return;
    }
    switch (condition.shape) {
        case Shape::byte: hiding.insert(condition.at); return;
        case Shape::person: hiding.insert(situation.model.persons); return;
        case Shape::fixed: hiding.insert(kNowhere); return;
        default:
            for (const Condition& part : condition.parts) {
                add_hiding(part, situation, hiding);
            }
    }
}

Truth evaluate(const Condition& condition, const Situation& situation) {
    if (condition.is_out_of_reach && !situation.reaches_all) {
        return Truth::no;
    }
    Truth truth = condition.shape == Shape::any ? Truth::no : Truth::yes;
    switch (condition.shape) {
        case Shape::fixed: return condition.fixed;
        case Shape::byte: {
            const unsigned char value = read(situation.config, condition.at);
            return value == kHidden ? Truth::unknown : look_up(condition.table, value);
        }
        case Shape::payload:
            return situation.payload == nullptr
                       ? Truth::maybe
                       : look_up(condition.table, (*situation.payload)[condition.at]);
        case Shape::children: return judge_children(condition, situation);
        case Shape::person: return judge_person(condition, situation);
        case Shape::negation: return opposite(evaluate(condition.parts.front(), situation));
        case Shape::all:
            for (const Condition& part : condition.parts) {
                truth = both(truth, evaluate(part, situation));
            }
            return truth;
        case Shape::any:
            for (const Condition& part : condition.parts) {
                truth = either(truth, evaluate(part, situation));
            }
            return truth;
    }
    return truth;
}

}  // namespace engine::proof
