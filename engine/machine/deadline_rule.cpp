// SPDX-License-Identifier: EUPL-1.2
#include "engine/machine/deadline_rule.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/machine/read_source.h"

namespace engine::machine {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;
using calendar::LegalDate;
using Json = nlohmann::json;

bool read_flag_or(const std::optional<definition::ValueSource>& source, const Facts& facts,
                  const base::Fields& payload, bool otherwise) {
    const auto json = source ? read_source(*source, facts, payload) : std::nullopt;
    return json ? base::read_flag(*json).value_or(otherwise) : otherwise;
}

Result<calendar::RollPolicy> resolve_roll(const definition::DueRule& due, const Facts& facts,
                                          const base::Fields& payload) {
    calendar::RollPolicy roll;
    roll.known_on = facts.times.acted_on;
    roll.holiday_rolls = read_flag_or(due.roll_holiday, facts, payload, true);
    roll.saturday_rolls = read_flag_or(due.roll_saturday, facts, payload, false);
    const auto patron = due.patron ? read_source(*due.patron, facts, payload) : std::nullopt;
    const auto text = patron ? base::read_text(*patron) : std::nullopt;
    if (text) {
        auto day = calendar::parse_patron_day(*text);
        if (!day) {
            return fail(day.error());
        }
        roll.patrons.push_back(*day);
    }
    return roll;
}

Result<void> resolve_time(const definition::DueRule& due, const Facts& facts,
                          const base::Fields& payload, DeadlineRule& rule) {
    const auto json = due.time ? read_source(*due.time, facts, payload) : std::nullopt;
    const auto text = json ? base::read_text(*json) : std::nullopt;
    if (text) {
        auto time = calendar::parse_time_of_day(*text);
        if (!time) {
            return fail(time.error());
        }
        rule.term.time = *time;
    }
    return {};
}

Result<void> resolve_fixed(const definition::DueRule& due, const Facts& facts,
                           const base::Fields& payload, DeadlineRule& rule) {
    auto moment = read_moment(*due.on, facts, payload);
    if (!moment) {
        return fail(moment.error());
    }
    rule.fixed_on = moment->date;
    rule.term.from = facts.times.acted_on;
    rule.term.time = moment->time ? moment->time : rule.term.time;
    return {};
}

Result<void> resolve_counted(const definition::DueRule& due, const Facts& facts,
                             const base::Fields& payload, DeadlineRule& rule) {
    auto from = read_moment(due.from, facts, payload);
    if (!from) {
        return fail(from.error());
    }
    auto count = read_count(due.count, facts, payload);
    if (!count) {
        return fail(count.error());
    }
    rule.term.from = from->date;
    rule.term.count = *count;
    rule.term.unit = due.unit;
    rule.term.day_count = due.day_count;
    rule.term.direction = due.direction;
    rule.term.both_ends_clear = due.both_ends_clear;
    return {};
}

Json render_suspension(const calendar::Suspension& suspension) {
    return Json{{"first", calendar::render_legal_date(suspension.first)},
                {"last", calendar::render_legal_date(suspension.last)},
                {"ground", calendar::suspension_ground_name(suspension.ground)}};
}

LegalDate read_date(const Json& json) {
    return calendar::parse_legal_date(json.get<std::string>()).value();
}

calendar::SuspensionGround read_ground(const Json& json) {
    return calendar::parse_suspension_ground(json.get<std::string>()).value();
}

Json render_roll(const calendar::RollPolicy& roll) {
    Json patrons = Json::array();
    for (const auto& patron : roll.patrons) {
        patrons.push_back(
            {static_cast<unsigned>(patron.day.month()), static_cast<unsigned>(patron.day.day())});
    }
    Json json{
        {"holiday", roll.holiday_rolls}, {"saturday", roll.saturday_rolls}, {"patrons", patrons}};
    if (roll.known_on) {
        json["known_on"] = calendar::render_legal_date(*roll.known_on);
    }
    return json;
}

calendar::RollPolicy read_roll(const Json& json) {
    calendar::RollPolicy roll{json.at("holiday").get<bool>(), json.at("saturday").get<bool>(), {}};
    for (const Json& patron : json.at("patrons")) {
        roll.patrons.push_back(
            {std::chrono::month_day{std::chrono::month{patron.at(0).get<unsigned>()},
                                    std::chrono::day{patron.at(1).get<unsigned>()}}});
    }
    if (json.contains("known_on")) {
        roll.known_on = read_date(json.at("known_on"));
    }
    return roll;
}

void read_counting(const Json& json, calendar::TermRule& term) {
    term.count = json.value("count", 0);
    const int unit = json.value("unit", 0);
    if (unit < 0 || unit > static_cast<int>(calendar::TermUnit::years)) {
        throw std::invalid_argument("unknown unit in a rule");
    }
    term.unit = static_cast<calendar::TermUnit>(unit);
    term.direction = json.value("backward", false) ? calendar::TermDirection::backward
                                                   : calendar::TermDirection::forward;
    term.day_count =
        json.value("working", false) ? calendar::DayCount::working : calendar::DayCount::calendar;
    term.both_ends_clear = json.value("clear", false);
}

DeadlineRule read_rule(const Json& json) {
    DeadlineRule rule;
    rule.term.from = read_date(json.at("from"));
    read_counting(json, rule.term);
    rule.term.roll = read_roll(json.at("roll"));
    if (json.contains("fixed_on")) {
        rule.fixed_on = read_date(json.at("fixed_on"));
    }
    if (json.contains("time_ms")) {
        rule.term.time = calendar::TimeOfDay{json.at("time_ms").get<std::int64_t>()};
    }
    for (const Json& one : json.value("suspensions", Json::array())) {
        rule.term.suspensions.push_back(
            {read_date(one.at("first")), read_date(one.at("last")), read_ground(one.at("ground"))});
    }
    if (json.contains("anchor")) {
        rule.anchor = read_date(json.at("anchor"));
    }
    for (const Json& one : json.value("used_grounds", Json::array())) {
        rule.used_grounds.push_back(read_ground(one));
    }
    if (json.contains("suspended_from")) {
        rule.suspended_from = read_date(json.at("suspended_from"));
        rule.suspended_on = read_ground(json.at("suspended_on"));
    }
    return rule;
}

}  // namespace

bool DeadlineRule::has_used(calendar::SuspensionGround ground) const {
    const auto& suspensions = term.suspensions;
    return (suspended_from && suspended_on == ground) ||
           std::find(used_grounds.begin(), used_grounds.end(), ground) != used_grounds.end() ||
           std::any_of(suspensions.begin(), suspensions.end(),
                       [&](const auto& suspension) { return suspension.ground == ground; });
}

Result<DeadlineRule> resolve_due(const definition::DueRule& due, const Facts& facts,
                                 const base::Fields& payload) {
    DeadlineRule rule;
    auto roll = resolve_roll(due, facts, payload);
    if (!roll) {
        return fail(roll.error());
    }
    rule.term.roll = *roll;
    if (auto done = resolve_time(due, facts, payload, rule); !done) {
        return fail(done.error());
    }
    if (!due.suspension_scope.empty()) {
        for (const auto& law : calendar::find_legal_suspensions(due.suspension_scope)) {
            rule.term.suspensions.push_back(law.days);
        }
    }
    auto done = due.on ? resolve_fixed(due, facts, payload, rule)
                       : resolve_counted(due, facts, payload, rule);
    if (!done) {
        return fail(done.error());
    }
    return rule;
}

Result<calendar::Term> compute_due(const DeadlineRule& rule) {
    if (!rule.fixed_on) {
        return calendar::compute_term(rule.term);
    }
    const auto days = (rule.fixed_on->day() - rule.term.from.day()).count();
    if (rule.term.suspensions.empty() || days <= 0) {
        return calendar::fix_term(*rule.fixed_on, rule.term.time, rule.term.roll);
    }
    // A suspended date moves on: what remains is what was left on the day the suspension began.
    calendar::TermRule counted = rule.term;
    counted.count = static_cast<int>(days);
    return calendar::compute_term(counted);
}

Result<void> set_due(Deadline& deadline, const DeadlineRule& rule) {
    deadline.rule.text = render_deadline_rule(rule);
    if (rule.suspended_from) {
        deadline.status = DeadlineStatus::suspended;
        deadline.due_date.reset();
        deadline.bound.reset();
        return {};
    }
    auto term = compute_due(rule);
    if (!term) {
        return fail(term.error());
    }
    deadline.status = DeadlineStatus::running;
    deadline.due_date = calendar::render_legal_date(term->due_date);
    deadline.bound = term->bound;
    // Canonical, so that the journal gives back the same bytes.
    deadline.term.text = base::canonical_json(calendar::render_term_json(*term)).value();
    return {};
}

std::string render_deadline_rule(const DeadlineRule& rule) {
    Json json{{"from", calendar::render_legal_date(rule.term.from)},
              {"roll", render_roll(rule.term.roll)}};
    if (rule.fixed_on) {
        json["fixed_on"] = calendar::render_legal_date(*rule.fixed_on);
    } else {
        json["count"] = rule.term.count;
        json["unit"] = static_cast<int>(rule.term.unit);
        json["backward"] = rule.term.direction == calendar::TermDirection::backward;
        json["working"] = rule.term.day_count == calendar::DayCount::working;
        json["clear"] = rule.term.both_ends_clear;
    }
    if (rule.term.time) {
        json["time_ms"] = rule.term.time->ms;
    }
    for (const auto& suspension : rule.term.suspensions) {
        json["suspensions"].push_back(render_suspension(suspension));
    }
    if (rule.anchor) {
        json["anchor"] = calendar::render_legal_date(*rule.anchor);
    }
    for (const auto ground : rule.used_grounds) {
        json["used_grounds"].push_back(calendar::suspension_ground_name(ground));
    }
    if (rule.suspended_from) {
        json["suspended_from"] = calendar::render_legal_date(*rule.suspended_from);
        json["suspended_on"] = calendar::suspension_ground_name(rule.suspended_on);
    }
    return json.dump();
}

Result<DeadlineRule> parse_deadline_rule(std::string_view json) {
    try {
        return read_rule(Json::parse(json));
    } catch (const std::exception&) {
        return fail(ErrorCode::storage_corrupt, "La regola di un termine non è leggibile.");
    }
}

}  // namespace engine::machine
