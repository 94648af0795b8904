// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <utility>

#include "engine/calendar/term.h"

// Rules of terms, built in one line each, for the tests of the calendar.

namespace tests {

using engine::calendar::DayCount;
using engine::calendar::LegalDate;
using engine::calendar::RollPolicy;
using engine::calendar::SuspensionGround;
using engine::calendar::TermDirection;
using engine::calendar::TermRule;
using engine::calendar::TermUnit;

inline const RollPolicy kNoRoll{false, false, {}};

inline LegalDate day(const char* text) {
    return engine::calendar::parse_legal_date(text).value();
}

inline engine::base::Instant at(const char* text) {
    return engine::calendar::parse_instant(text).value();
}

inline TermRule days_from(const char* from, int count) {
    TermRule rule;
    rule.from = day(from);
    rule.count = count;
    return rule;
}

inline TermRule months_from(const char* from, int count) {
    TermRule rule = days_from(from, count);
    rule.unit = TermUnit::months;
    return rule;
}

inline TermRule backwards(TermRule rule) {
    rule.direction = TermDirection::backward;
    return rule;
}

inline TermRule working(TermRule rule) {
    rule.day_count = DayCount::working;
    return rule;
}

inline TermRule clear(TermRule rule) {
    rule.both_ends_clear = true;
    return rule;
}

inline TermRule saturday_rolls(TermRule rule) {
    rule.roll.saturday_rolls = true;
    return rule;
}

inline TermRule suspended(TermRule rule, const char* first, const char* last) {
    rule.suspensions.push_back({day(first), day(last), SuspensionGround::provvedimento});
    return rule;
}

}  // namespace tests
