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

std::string ScriptWriter::state_of(std::size_t place) const {
    if (between_ && between_->first == place) {
        return between_->second;
    }
    if (place >= model_.machines.size()) {
        return world_->at(place).state;
    }
    const unsigned char state = read(*before_, model_.machines[place].state);
    return state == 0 ? "" : (machine(place).states.begin() + (state - 1))->first;
}

std::vector<Deedable> ScriptWriter::acts_now(std::size_t place) const {
    const std::string state = state_of(place);
    std::vector<Deedable> acts;
    if (state.empty() || world_->at(place).alias.empty()) {
        return acts;
    }
    for (const std::string& event : machine(place).events_of(state)) {
        const auto* transition = machine(place).find_transition(state, event);
        const Branch* branch = find_staying(*transition);
        if (branch != nullptr && !transition->by.empty()) {
            acts.push_back({event, transition, branch});
        }
    }
    return acts;
}

template <class Fits>
bool ScriptWriter::act_aside(std::size_t place, const Fields& given, Fits fits) {
    if (aside_ == kMaxAside) {
        return false;
    }
    for (const Deedable& act : acts_now(place)) {
        if (fits(act)) {
            write_aside(place, act, given);
            return true;
        }
    }
    return false;
}

/// Gives what came with the act.
Fields ScriptWriter::write_aside(std::size_t place, const Deedable& act, Fields payload,
                                 const std::string& named) {
    const Doer before = doer_;
    ++aside_;
    const auto& by = act.transition->by;
    doer_.role =
        has_name(by, before.role) ? before.role : choose_role(place, by, !party_.empty(), {});
    const bool may_be_same =
        !is_party(place, doer_.role) && std::count(kNames.begin(), kNames.end(), before.person) > 0;
    doer_.person = may_be_same ? before.person : person_of(place, doer_.role);
    if (act.branch->guard && !is_party(place, doer_.role)) {
        doer_.person = choose_allowed(*act.branch->guard, doer_);
    }
    assume_checks(act.transition->branches, act.branch);
    if (act.branch->guard) {
        prepare(place, *act.branch->guard, payload);
        wait_for_given(place, *act.branch->guard, payload);
    }
    prepare_papers(place, act.branch->actions);
    payload = make_payload(place, act.transition->takes, {}, {}, std::move(payload));
    write_act(place, doer_, act.event, named, payload);
    note_done(place, act.event);
    apply(place, act.branch, payload);
    --aside_;
    doer_ = before;
    return payload;
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
    const Fields given{{source.name, base::render_text(calendar::render_legal_date(day))}};
    if (place != kNowhere && !give(place, given)) {
        wish_for(place, given);
    }
}

void ScriptWriter::ensure_value(std::size_t from, const ValueSource& source,
                                const std::vector<std::string>& options, Fields& payload) {
    if (source.scope == SourceScope::payload) {
        if (!options.empty()) {
            payload.try_emplace(source.name, options.front());
        } else {
            fill(from, source.name, {}, payload);
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
    const bool is_there = (!given.empty() && give(place, given)) ||
                          set_aside(place, source.name, options) ||
                          bring_from_child(place, source.name);
    if (!is_there) {
        wish_for(place, given);
    }
}

/// False when no act takes it now.
bool ScriptWriter::give(std::size_t place, const Fields& given) {
    return act_aside(place, given, [&](const Deedable& act) {
        return takes(*act.transition, given.begin()->first);
    });
}

void ScriptWriter::wish_for(std::size_t place, const Fields& given) {
    if (place < model_.machines.size()) {
        for (const auto& [name, json] : given) {
            wishes_.values.try_emplace({place, name}, json);
        }
    }
}

/// Does an act that sets it; false when there is none now.
bool ScriptWriter::set_aside(std::size_t place, const std::string& field,
                             const std::vector<std::string>& options) {
    return act_aside(place, {}, [&](const Deedable& act) {
        const auto& actions = act.branch->actions;
        return std::any_of(actions.begin(), actions.end(), [&](const Action& action) {
            const auto* set = std::get_if<SetValue>(&action.verb);
            return set != nullptr && set->field == field &&
                   (options.empty() || has_name(options, set->value.name));
        });
    });
}

/// What will be asked when no act can give it any more is given as soon as one can.
void ScriptWriter::grant_wishes() {
    for (std::size_t place = 0; place < model_.machines.size(); ++place) {
        for (const Deedable& act : acts_now(place)) {
            Fields given;
            for (const auto& [wish, json] : wishes_.values) {
                if (wish.first == place && takes(*act.transition, wish.second) &&
                    !world_->at(place).values.contains(wish.second)) {
                    given[wish.second] = json;
                }
            }
            if (!given.empty()) {
                write_aside(place, act, std::move(given));
            }
        }
    }
    for (std::size_t at = 0; at < wishes_.kin.size(); ++at) {
        bring_kin(KinWish(wishes_.kin[at]));  // what it brings about may wish for more
    }
}

void ScriptWriter::ensure_performed(std::size_t from, const std::vector<std::string>& events,
                                    Relation of, const std::string& person) {
    const std::size_t place = scene_.find_relation(from, of);
    if (place == kNowhere || has_done(person, events, place)) {
        return;
    }
    const bool must_be_same = !person.empty();
    act_aside(place, {}, [&](const Deedable& act) {
        return has_name(events, act.event) &&
               (!must_be_same || has_name(act.transition->by, doer_.role));
    });
}

void ScriptWriter::ensure_passed(std::size_t from, const Reference& deadline) {
    const std::size_t place = scene_.find_relation(from, deadline.of);
    const bool is_beside = from >= model_.machines.size();
    const bool is_followed =
        model_.follows(model_.layout.find(Kind::deadline, place, deadline.name));
    if (place == kNowhere || (is_followed && !is_beside)) {
        return;  // the proof has let it pass itself, for those on the line
    }
    pass(place, deadline.name);
}

/// Waits until the day after a term that the script knows.
void ScriptWriter::pass(std::size_t place, const std::string& deadline) {
    const auto& dues = world_->at(place).dues;
    const auto due = dues.find(deadline);
    if (due != dues.end() && due->second && world_->today() <= *due->second) {
        world_->set_today(due->second->plus_days(1));
        lines_.clock(world_->today());
    }
}

}  // namespace engine::proof
