// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/compile_guard.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/calendar/suspension.h"
#include "engine/proof/guards.h"

namespace engine::proof {
namespace {

constexpr Truth kNo = Truth::no;
constexpr Truth kMaybe = Truth::maybe;
constexpr Truth kYes = Truth::yes;

Truth as_truth(bool holds) {
    return holds ? kYes : kNo;
}

}  // namespace

Condition GuardCompiler::fixed(Truth truth) {
    Condition condition;
    condition.fixed = truth;
    return condition;
}

Condition GuardCompiler::look(std::size_t at, std::vector<Truth> table) {
    Condition condition;
    condition.shape = Condition::Shape::byte;
    condition.at = at;
    condition.table = std::move(table);
    return condition;
}

Condition GuardCompiler::compile(const Guard& guard, const std::vector<Slot>* slots) {
    slots_ = slots;
    if (guard.kind == GuardKind::predicate) {
        return std::visit(*this, *guard.predicate);
    }
    Condition condition;
    condition.shape = guard.kind == GuardKind::all   ? Condition::Shape::all
                      : guard.kind == GuardKind::any ? Condition::Shape::any
                                                     : Condition::Shape::negation;
    for (const Guard& part : guard.parts) {
        condition.parts.push_back(compile(part, slots));
    }
    return condition;
}

Condition GuardCompiler::deadline(const Reference& reference, std::vector<Truth> table) const {
    const std::size_t place = scene_.find_relation(place_, reference.of);
    if (place == kNowhere) {
        return fixed(scene_.is_alone ? Truth::unknown : kNo);
    }
    const std::size_t at = model_.layout.find(Kind::deadline, place, reference.name);
    return at == kNowhere ? fixed(kMaybe) : look(at, std::move(table));
}

// The order is that of Term: never, running, passed, cancelled, met, suspended (and above).

Condition GuardCompiler::operator()(const DeadlineOpen& p) const {
    return deadline(p.deadline, {kNo, kYes, kNo, kNo, kMaybe, kYes});
}

Condition GuardCompiler::operator()(const DeadlinePassed& p) const {
    return deadline(p.deadline, {kNo, kNo, kYes, kNo, kMaybe, kNo});
}

Condition GuardCompiler::operator()(const DeadlineMet& p) const {
    return deadline(p.deadline, {kNo, kNo, kNo, kNo, kYes, kNo});
}

Condition GuardCompiler::operator()(const SuspensionUnused& p) const {
    const auto name = fmt::format("{}:{}", p.deadline, calendar::suspension_ground_name(p.ground));
    const std::size_t at = model_.layout.find(Kind::ground, place_, name);
    return at == kNowhere ? fixed(kMaybe) : look(at, {kYes, kNo});
}

Condition GuardCompiler::paper(const Reference& reference, unsigned char bit) const {
    if (reference.of != Relation::own || place_ != scene_.focus) {
        return fixed(kMaybe);
    }
    const std::size_t at = model_.layout.find(Kind::document, place_, reference.name);
    if (at == kNowhere) {
        // A new version, signed and not published, can be added just before the act, or left out.
        return fixed(kMaybe);
    }
    std::vector<Truth> table;
    for (unsigned value = 0; value < 16; ++value) {
        table.push_back(as_truth((value & bit) != 0));
    }
    return look(at, std::move(table));
}

Condition GuardCompiler::operator()(const DocumentVersionIs& p) const {
    Condition condition;
    condition.shape = Condition::Shape::all;
    condition.parts = {paper(p.document, present), fixed(both(kMaybe, is_available(p.value)))};
    return condition;
}

std::size_t GuardCompiler::find_byte(const ValueSource& source) const {
    const auto in_place = [&](Relation relation) {
        const std::size_t place = scene_.find_relation(place_, relation);
        return place == kNowhere ? kNowhere : model_.layout.find(Kind::value, place, source.name);
    };
    switch (source.scope) {
        case SourceScope::own: return in_place(Relation::own);
        case SourceScope::parent: return in_place(Relation::parent);
        case SourceScope::root: return in_place(Relation::root);
        case SourceScope::initiative: return model_.layout.find(Kind::initiative, 0, source.name);
        default: return kNowhere;
    }
}

/// A child is given, when it opens, the fields that come with its parent's act.
Truth GuardCompiler::is_available(const ValueSource& source) const {
    const auto in_place = [&](std::size_t place) {
        if (place == kNowhere) {
            return scene_.is_alone ? Truth::unknown : kNo;
        }
        const bool is_written =
            is_ever_written(*scene_.places[place].definition, source.name) || scene_.is_alone ||
            (place > 0 && is_ever_brought(*scene_.places[place - 1].definition, source.name));
        return is_written ? kMaybe : kNo;
    };
    switch (source.scope) {
        case SourceScope::own: return in_place(place_);
        case SourceScope::parent: return in_place(scene_.find_relation(place_, Relation::parent));
        case SourceScope::root: return in_place(scene_.find_relation(place_, Relation::root));
        default: return kMaybe;
    }
}

/// Without options: whether there is a value.
Condition GuardCompiler::compare(const ValueSource& source,
                                 const std::vector<std::string>* options) const {
    const std::size_t at = find_byte(source);
    const std::vector<std::string>* known = nullptr;
    std::size_t slot = kNowhere;
    if (at != kNowhere) {
        known = &model_.options[at];
    } else if (source.scope == SourceScope::payload && slots_ != nullptr) {
        const auto found = std::find_if(slots_->begin(), slots_->end(),
                                        [&](const Slot& one) { return one.field == source.name; });
        const auto texts = tracking_.options.find({place_, source.name});
        if (found == slots_->end() || texts == tracking_.options.end()) {
            return fixed(kMaybe);
        }
        slot = static_cast<std::size_t>(found - slots_->begin());
        known = &texts->second;
    }
    if (known == nullptr) {
        return fixed(is_available(source));
    }
    const bool has_empty =
        options != nullptr && std::any_of(options->begin(), options->end(),
                                          [](const auto& one) { return is_empty_json(one); });
    std::vector<Truth> table{has_empty ? kMaybe : kNo, as_truth(options == nullptr)};
    for (const std::string& text : *known) {
        table.push_back(as_truth(options == nullptr || has_name(*options, text)));
    }
    table.push_back(kNo);  // not given
    Condition condition = look(at, std::move(table));
    if (slot != kNowhere) {
        condition.shape = Condition::Shape::payload;
        condition.at = slot;
    }
    return condition;
}

Condition GuardCompiler::operator()(const ValuePresent& p) const {
    return compare(p.value, nullptr);
}

Condition GuardCompiler::operator()(const ValueIn& p) const {
    return compare(p.value, &p.options);
}

Condition GuardCompiler::operator()(const DateAtLeast& p) const {
    return fixed(both(is_available(p.date), both(is_available(p.from), is_available(p.plus_days))));
}

Condition GuardCompiler::operator()(const LaterThan& p) const {
    return fixed(both(is_available(p.value), is_available(p.than)));
}

Condition GuardCompiler::children(const Children& children, Condition::Ask ask) const {
    const std::size_t below =
        children.of == Relation::own ? scene_.find_path(place_, children.path) : kNowhere;
    if (below == kNowhere && scene_.is_alone) {
        return fixed(Truth::unknown);
    }
    // Of which office the one that is followed is, nobody knows.
    if (below == kNowhere || children.office) {
        return fixed(kMaybe);
    }
    Condition condition;
    condition.shape = Condition::Shape::children;
    condition.ask = ask;
    condition.owner = place_;
    condition.at = below;
    condition.table.push_back(kNo);  // not opened
    for (const auto& [name, state] : scene_.places[below].definition->states) {
        condition.table.push_back(as_truth(children.includes(name, state.is_final)));
    }
    return condition;
}

Condition GuardCompiler::operator()(const ChildrenCount& p) const {
    Condition condition = children(p.children, Condition::Ask::count);
    // A number that only the act knows: more than one, so that one may not be enough.
    const auto number = [](const ValueSource& source) {
        const bool is_written = source.scope == SourceScope::constant;
        return is_written ? base::read_integer(source.name).value_or(2) : std::int64_t{2};
    };
    condition.at_least = p.at_least ? number(*p.at_least) : 0;
    const bool is_far = p.distinct_offices || p.children.path.find('/') != std::string::npos;
    condition.is_out_of_reach = is_far && condition.at_least > 0;
    condition.at_most = p.at_most ? number(*p.at_most) : condition.at_most;
    return condition;
}

Condition GuardCompiler::operator()(const ChildrenAll& p) const {
    return children(p.children, Condition::Ask::every);
}

Condition GuardCompiler::operator()(const PartyAmong& p) const {
    return children(p.children, Condition::Ask::party);
}

Condition GuardCompiler::operator()(const PartyNotAmong& p) const {
    return children(p.children, Condition::Ask::no_party);
}

Condition GuardCompiler::operator()(const ParentIn& p) const {
    if (place_ == 0) {
        return fixed(scene_.is_alone ? Truth::unknown : kNo);
    }
    std::vector<Truth> table{kNo};
    for (const auto& [name, state] : scene_.places[place_ - 1].definition->states) {
        table.push_back(as_truth(has_name(p.states, name)));
    }
    return look(model_.machines[place_ - 1].state, std::move(table));
}

Condition GuardCompiler::deeds(const std::vector<Deed>& asked, bool wants_deed) const {
    Condition condition;
    condition.shape = Condition::Shape::person;
    condition.wants_deed = wants_deed;
    for (const Deed& deed : asked) {
        if (deed.place == kNowhere && scene_.is_alone) {
            return fixed(Truth::unknown);  // what somebody has done elsewhere is not looked at
        }
        const std::size_t bit = tracking_.find_deed(deed);
        if (place_ != scene_.focus || bit >= kMaxDeeds) {
            return fixed(kMaybe);
        }
        condition.mask |= 1U << bit;
    }
    return condition;
}

Condition GuardCompiler::operator()(const ActorPerformed& p) const {
    std::vector<Deed> asked;
    for (const std::string& event : p.events) {
        asked.push_back({scene_.find_relation(place_, p.of), event});
    }
    return deeds(asked, true);
}

Condition GuardCompiler::operator()(const ActorNotPerformed& p) const {
    if (is_beside(p)) {
        return fixed(kMaybe);
    }
    const std::size_t place =
        p.path.empty() ? scene_.find_relation(place_, p.of) : scene_.find_path(place_, p.path);
    std::vector<Deed> asked;
    for (const std::string& event : p.events) {
        asked.push_back({place, event});
    }
    return deeds(asked, false);
}

Condition GuardCompiler::operator()(const EventPerformed& p) const {
    const std::size_t place = scene_.find_relation(place_, p.of);
    Condition condition;
    condition.shape = Condition::Shape::any;
    for (const std::string& event : p.events) {
        const std::size_t at = model_.layout.find(Kind::performed, place, event);
        condition.parts.push_back(at == kNowhere ? fixed(kMaybe) : look(at, {kNo, kYes}));
    }
    return condition;
}

Condition GuardCompiler::operator()(const TaskDone& p) const {
    const std::size_t at = model_.layout.find(Kind::task, place_, p.task);
    return at == kNowhere ? fixed(kMaybe) : look(at, {kNo, kNo, kYes, kYes});
}

}  // namespace engine::proof
