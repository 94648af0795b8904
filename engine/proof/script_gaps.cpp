// SPDX-License-Identifier: EUPL-1.2
// What a proof with less detail took for granted: values, acts and terms that conditions count
// upon. The script makes them real, beside the way that the proof has found.
#include <fmt/format.h>

#include <algorithm>

#include "engine/proof/guards.h"
#include "engine/proof/script_writer.h"

namespace engine::proof {
namespace {

using calendar::LegalDate;

/// Acts beside the way that call for others: more is no longer a help.
constexpr int kMaxAside = 6;

Relation relation_of(SourceScope scope) {
    return scope == SourceScope::parent ? Relation::parent
           : scope == SourceScope::root ? Relation::root
                                        : Relation::own;
}

bool takes(const TransitionDefinition& transition, const std::string& field) {
    return has_name(transition.takes, field) || has_name(transition.may_take, field);
}

/// An act that changes values and leaves the state as it is; null when it has no such branch.
const Branch* find_staying(const TransitionDefinition& transition) {
    const auto found = std::find_if(transition.branches.begin(), transition.branches.end(),
                                    [](const Branch& branch) { return branch.target.empty(); });
    return found == transition.branches.end() ? nullptr : &*found;
}

}  // namespace

std::vector<const Event*> ScriptWriter::events_now(std::size_t place) {
    const MachineModel& here = model_.machines[place];
    const unsigned char state = read(*before_, here.state);
    std::vector<const Event*> events;
    if (state == 0 || alias(place).empty()) {
        return events;
    }
    for (const std::size_t index : here.states[state - 1U].events) {
        const Event& event = here.events[index];
        if (find_staying(*event.transition) != nullptr && !event.transition->by.empty()) {
            events.push_back(&event);
        }
    }
    return events;
}

template <class Fits>
bool ScriptWriter::act_aside(std::size_t place, const Fields& given, Fits fits) {
    if (aside_ == kMaxAside) {
        return false;
    }
    for (const Event* event : events_now(place)) {
        if (fits(*event)) {
            write_aside(place, *event, *find_staying(*event->transition), given);
            return true;
        }
    }
    return false;
}

void ScriptWriter::write_aside(std::size_t place, const Event& event, const Branch& branch,
                               Fields payload) {
    const Doer before = doer_;
    ++aside_;
    const auto& by = event.transition->by;
    doer_.role = has_name(by, before.role) ? before.role : choose_role(place, by, false, {});
    const bool same_side = is_party(place, doer_.role) == (before.person == kPartyAlias);
    doer_.person =
        same_side && !before.person.empty() ? before.person : person_of(place, doer_.role);
    if (branch.guard) {
        assume_answers(*branch.guard);
        prepare(place, *branch.guard, payload);
    }
    prepare_papers(place, branch.actions);
    payload = make_payload(place, event.transition->takes, {}, {}, std::move(payload));
    lines_.act(fmt::format("{}:{} {} su {}", doer_.role, doer_.person, event.name, alias(place)),
               payload);
    note_done(place, event.name);
    apply(place, &branch, payload);
    --aside_;
    doer_ = before;
}

void ScriptWriter::note_done(std::size_t place, const std::string& event) {
    world_->at(place).performed[event].insert(doer_.name());
}

bool ScriptWriter::has_done(const std::string& person, const std::vector<std::string>& events,
                            std::size_t place) {
    const auto& performed = world_->at(place).performed;
    return std::any_of(events.begin(), events.end(), [&](const std::string& event) {
        const auto found = performed.find(event);
        return found != performed.end() && (person.empty() || found->second.contains(person));
    });
}

bool ScriptWriter::is_barred(const Guard& guard, const std::string& person) {
    if (guard.kind == GuardKind::negation || guard.kind == GuardKind::any) {
        return false;
    }
    const auto* barred =
        guard.predicate ? std::get_if<ActorNotPerformed>(&*guard.predicate) : nullptr;
    for (std::size_t place = 0; barred != nullptr && place < scene_.places.size(); ++place) {
        if (has_done(person, barred->events, place)) {
            return true;
        }
    }
    return std::any_of(guard.parts.begin(), guard.parts.end(),
                       [&](const Guard& part) { return is_barred(part, person); });
}

std::string ScriptWriter::choose_allowed(const Guard& guard, const Doer& first) {
    if (!is_barred(guard, first.name())) {
        return first.person;
    }
    for (const char* other : kNames) {
        if (!is_barred(guard, Doer{first.role, other}.name())) {
            return other;
        }
    }
    return first.person;
}

/// Whose value it is, when it is kept and the script has not given it.
std::size_t ScriptWriter::find_missing(std::size_t from, const ValueSource& source) {
    const bool is_kept = source.scope == SourceScope::own || source.scope == SourceScope::parent ||
                         source.scope == SourceScope::root;
    const std::size_t place =
        is_kept ? scene_.find_relation(from, relation_of(source.scope)) : kNowhere;
    const bool is_there = place != kNowhere && world_->at(place).values.contains(source.name);
    return is_there ? kNowhere : place;
}

void ScriptWriter::ensure_date(std::size_t from, const ValueSource& source, LegalDate day) {
    const std::size_t place = find_missing(from, source);
    if (place != kNowhere) {
        give(place, {{source.name, base::render_text(calendar::render_legal_date(day))}});
    }
}

void ScriptWriter::ensure_value(std::size_t from, const ValueSource& source,
                                const std::vector<std::string>& options, Fields& payload) {
    if (source.scope == SourceScope::payload) {
        if (!options.empty()) {
            payload.try_emplace(source.name, options.front());
        }
        return;
    }
    const std::size_t place = find_missing(from, source);
    if (place == kNowhere) {
        return;
    }
    Fields given;
    if (!options.empty()) {
        given[source.name] = options.front();
    } else {
        fill(place, source.name, {}, given);
    }
    give(place, std::move(given));
}

void ScriptWriter::give(std::size_t place, Fields given) {
    if (given.empty()) {
        return;
    }
    const auto& [name, json] = *given.begin();
    if (!act_aside(place, given,
                   [&](const Event& event) { return takes(*event.transition, name); })) {
        wishes_.try_emplace({place, name}, json);
    }
}

/// What will be asked when no act can give it any more is given as soon as one can.
void ScriptWriter::grant_wishes() {
    for (std::size_t place = 0; place < scene_.places.size(); ++place) {
        for (const Event* known : events_now(place)) {
            const Event& event = *known;
            Fields given;
            for (const auto& [wish, json] : wishes_) {
                if (wish.first == place && takes(*event.transition, wish.second) &&
                    !world_->at(place).values.contains(wish.second)) {
                    given[wish.second] = json;
                }
            }
            if (!given.empty()) {
                write_aside(place, event, *find_staying(*event.transition), std::move(given));
            }
        }
    }
}

void ScriptWriter::ensure_performed(std::size_t from, const std::vector<std::string>& events,
                                    Relation of, const std::string& person) {
    const std::size_t place = scene_.find_relation(from, of);
    if (place != kNowhere && !has_done(person, events, place)) {
        act_aside(place, {}, [&](const Event& event) { return has_name(events, event.name); });
    }
}

void ScriptWriter::ensure_passed(std::size_t from, const Reference& deadline) {
    const std::size_t place = scene_.find_relation(from, deadline.of);
    if (place == kNowhere || model_.layout.find(Kind::deadline, place, deadline.name) != kNowhere) {
        return;  // the proof has let it pass itself
    }
    const auto& dues = world_->at(place).dues;
    const auto due = dues.find(deadline.name);
    if (due != dues.end() && due->second && world_->today() <= *due->second) {
        world_->set_today(due->second->plus_days(1));
        lines_.clock(world_->today());
    }
}

}  // namespace engine::proof
