// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/script_world.h"

#include <algorithm>

#include "engine/calendar/local_time.h"
#include "engine/calendar/term.h"
#include "engine/proof/guards.h"

namespace engine::proof {
namespace {

using base::Fields;
using calendar::LegalDate;

/// Monday, with no holiday near: the day every script begins on.
LegalDate first_day() {
    return LegalDate::of(2026, 2, 2);
}
/// Days between the first day of a script and the earliest day written in a definition.
constexpr int kDaysBefore = 60;

std::optional<std::string> find_field(const Fields& fields, const std::string& name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::nullopt : std::optional(found->second);
}

std::optional<LegalDate> read_date(const std::optional<std::string>& json) {
    const auto text = json ? base::read_text(*json) : std::nullopt;
    const auto moment =
        text ? calendar::parse_local_moment(*text)
             : base::Result<calendar::LocalMoment>(base::fail(base::ErrorCode::malformed, ""));
    return moment ? std::optional(moment->date) : std::nullopt;
}

}  // namespace

ScriptWorld::ScriptWorld(const Scene& scene, const base::Fields& initiative)
    : scene_(scene), initiative_(initiative), today_(first_day()), instances_(scene.places.size()) {
    for (const Place& place : scene.places) {
        for (const auto& [name, deadline] : place.definition->deadlines) {
            const auto& on = deadline.due.on ? *deadline.due.on : deadline.due.from;
            const auto day = on.scope == SourceScope::constant ? read_date(on.name) : std::nullopt;
            if (day && day->plus_days(-kDaysBefore) < today_) {
                today_ = day->plus_days(-kDaysBefore);
            }
        }
    }
}

std::optional<std::string> ScriptWorld::find(const ValueSource& source, std::size_t place,
                                             const Fields& payload) const {
    const auto in_place = [&](Relation relation) -> const ScriptInstance* {
        const std::size_t other = scene_.find_relation(place, relation);
        return other == kNowhere ? nullptr : &instances_[other];
    };
    const auto value_in = [&](Relation relation) {
        const auto* instance = in_place(relation);
        return instance == nullptr ? std::nullopt : find_field(instance->values, source.name);
    };
    const auto due_in = [&](Relation relation) -> std::optional<std::string> {
        const auto* instance = in_place(relation);
        const auto due = instance == nullptr ? std::map<std::string, std::optional<LegalDate>>{}
                                             : instance->dues;
        const auto found = due.find(source.name);
        return found == due.end() || !found->second
                   ? std::nullopt
                   : std::optional(base::render_text(calendar::render_legal_date(*found->second)));
    };
    switch (source.scope) {
        case SourceScope::constant: return source.name;
        case SourceScope::now: return base::render_text(calendar::render_legal_date(today_));
        case SourceScope::instant:
            return base::render_text(calendar::render_legal_date(today_) + "T08:00:00.000Z");
        case SourceScope::own: return value_in(Relation::own);
        case SourceScope::parent: return value_in(Relation::parent);
        case SourceScope::root: return value_in(Relation::root);
        case SourceScope::initiative: return find_field(initiative_, source.name);
        case SourceScope::payload: return find_field(payload, source.name);
        case SourceScope::deadline: return due_in(Relation::own);
        case SourceScope::parent_deadline: return due_in(Relation::parent);
    }
    return std::nullopt;
}

std::optional<LegalDate> ScriptWorld::find_date(const ValueSource& source, std::size_t place,
                                                const Fields& payload) const {
    return read_date(find(source, place, payload));
}

std::optional<int> ScriptWorld::find_count(const ValueSource& source, std::size_t place,
                                           const Fields& payload) const {
    const auto json = find(source, place, payload);
    const auto number = json ? base::read_integer(*json) : std::nullopt;
    return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

void ScriptWorld::start(const std::string& name, std::size_t place, const Fields& payload) {
    const auto* deadline = scene_.places[place].definition->deadlines.find(name);
    auto& due = instances_[place].dues[name];
    due.reset();
    if (deadline == nullptr) {
        return;
    }
    const DueRule& rule = deadline->due;
    if (rule.on) {
        const auto day = find_date(*rule.on, place, payload);
        const auto term =
            day ? calendar::fix_term(*day, std::nullopt, {})
                : base::Result<calendar::Term>(base::fail(base::ErrorCode::malformed, ""));
        due = term ? std::optional(term->due_date) : std::nullopt;
        return;
    }
    const auto from = find_date(rule.from, place, payload);
    const auto count = find_count(rule.count, place, payload);
    if (from && count) {
        calendar::TermRule term;
        term.from = *from;
        term.count = *count;
        term.unit = rule.unit;
        term.direction = rule.direction;
        term.day_count = rule.day_count;
        term.both_ends_clear = rule.both_ends_clear;
        const auto computed = calendar::compute_term(term);
        due = computed ? std::optional(computed->due_date) : std::nullopt;
    }
}

/// Absent when it hangs on something else than values, or on one that may still be given.
std::optional<bool> ScriptWorld::decide(const Predicate& predicate, std::size_t place) const {
    const auto* there = std::get_if<ValuePresent>(&predicate);
    const auto* among = std::get_if<ValueIn>(&predicate);
    const ValueSource* source = there ? &there->value : among ? &among->value : nullptr;
    if (source == nullptr || source->scope == SourceScope::payload) {
        return std::nullopt;
    }
    const auto value = find(*source, place, {});
    if (!value || is_empty_json(*value)) {
        return source->scope == SourceScope::initiative ? std::optional(false) : std::nullopt;
    }
    return there != nullptr || has_name(among->options, *value);
}

bool ScriptWorld::rules_out(const Guard& guard, std::size_t place, bool wanted) const {
    if (guard.predicate) {
        const auto decided = decide(*guard.predicate, place);
        return decided && *decided != wanted;
    }
    if (guard.kind == GuardKind::negation) {
        return rules_out(guard.parts.front(), place, !wanted);
    }
    const auto is_out = [&](const Guard& part) { return rules_out(part, place, wanted); };
    return (guard.kind == GuardKind::all) == wanted
               ? std::any_of(guard.parts.begin(), guard.parts.end(), is_out)
               : std::all_of(guard.parts.begin(), guard.parts.end(), is_out);
}

void ScriptWorld::run(const std::vector<Action>& actions, std::size_t place,
                      const Fields& payload) {
    for (const Action& action : actions) {
        if (!action.when || !rules_out(*action.when, place, true)) {
            run_one(action.verb, place, payload);
        }
    }
}

void ScriptWorld::run_one(const ActionVerb& verb, std::size_t place, const Fields& payload) {
    ScriptInstance& own = instances_[place];
    if (const auto* started = std::get_if<StartDeadline>(&verb)) {
        start(started->deadline, place, payload);
    } else if (const auto* moved = std::get_if<MoveDeadline>(&verb)) {
        own.dues[moved->deadline] = find_date(moved->to, place, payload);
    } else if (const auto* again = std::get_if<ReopenDeadline>(&verb)) {
        own.dues[again->deadline] = find_date(again->to, place, payload);
    } else if (const auto* set = std::get_if<SetValue>(&verb)) {
        if (const auto value = find(set->value, place, payload)) {
            own.values[set->field] = *value;
        }
    } else if (const auto* publish = std::get_if<PublishDocument>(&verb)) {
        own.papers[publish->document].is_published = true;
    } else if (const auto* opening = std::get_if<OpenChild>(&verb);
               opening != nullptr && !opening->for_each) {
        OpenedChild child{opening->event, {}};
        for (const auto& [field, source] : opening->with) {
            if (const auto value = find(source, place, payload)) {
                child.with[field] = *value;
            }
        }
        own.opened[opening->child].push_back(std::move(child));
    }
}

}  // namespace engine::proof
