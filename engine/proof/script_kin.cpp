// SPDX-License-Identifier: EUPL-1.2
// Others of a list: a condition may ask for two, and the proof follows one. The script opens the
// others beside its line and brings them where the condition looks.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "engine/base/codice_fiscale.h"
#include "engine/proof/guards.h"
#include "engine/proof/sample.h"
#include "engine/proof/script_writer.h"

namespace engine::proof {
namespace {

/// More than these are no help to a reader: what is missing is said.
constexpr std::size_t kMaxKin = 12;

/// Tax code of the n-th made-up body besides the first.
std::string make_party(int number) {
    for (int last = 0; last < 10; ++last) {
        const std::string code = fmt::format("99000{:02}010{}", number + 10, last);
        if (base::parse_tax_code(code)) {
            return code;
        }
    }
    return kSampleParty;
}

/// The action that opens one child of the list; null when the branch has none.
const OpenChild* find_opening(const Branch& branch, const std::string& list) {
    for (const Action& action : branch.actions) {
        const auto* opening = std::get_if<OpenChild>(&action.verb);
        if (opening != nullptr && opening->child == list && !opening->for_each) {
            return opening;
        }
    }
    return nullptr;
}

/// The action that always opens one child of the list for each of another; null without one.
const OpenChild* find_each_in(const std::vector<Action>& actions, const std::string& list) {
    for (const Action& action : actions) {
        const auto* opening = std::get_if<OpenChild>(&action.verb);
        if (opening != nullptr && opening->child == list && opening->for_each && !action.when) {
            return opening;
        }
    }
    return nullptr;
}

}  // namespace

std::vector<std::size_t> ScriptWriter::kin_of(std::size_t parent, const std::string& list) const {
    std::vector<std::size_t> kin;
    for (std::size_t place = model_.machines.size(); place < scene_.places.size(); ++place) {
        if (scene_.places[place].beside == parent && scene_.places[place].list == list) {
            kin.push_back(place);
        }
    }
    return kin;
}

/// Whether the one that the proof follows counts: before the move in hand, or after it when that is
/// what the list is brought together for.
bool ScriptWriter::has_followed(std::size_t place, const Children& children) const {
    if (place >= model_.machines.size()) {
        return false;
    }
    const unsigned char after = after_ == nullptr ? 0 : read(*after_, model_.machines[place].state);
    const auto& states = machine(place).states;
    return counts(children, machine(place), state_of(place)) ||
           (after != 0 && counts(children, machine(place), (states.begin() + (after - 1))->first));
}

void ScriptWriter::ensure_kin(std::size_t from, const Children& children, std::size_t least) {
    const std::size_t parent = scene_.find_relation(from, children.of);
    if (least == 0 || parent == kNowhere || children.path.find('/') != std::string::npos) {
        return;
    }
    const std::size_t followed = scene_.find_child(parent, children.path);
    const std::size_t more = least - (has_followed(followed, children) ? 1 : 0);
    if (more == 0 && after_ != nullptr) {
        return;  // the move does it, and not before
    }
    settle_kin(from, children);
    const auto kin = kin_of(parent, children.path);
    const auto counted =
        static_cast<std::size_t>(std::count_if(kin.begin(), kin.end(), [&](std::size_t place) {
            return counts(children, machine(place), state_of(place));
        }));
    const std::size_t wanted = counted < more ? kin.size() + more - counted : 0;
    if (between_ && wanted > 0 && wanted <= kMaxKin && bring_kin({parent, children, wanted})) {
        return;  // it waits for them, and they can still come
    }
    const bool can_wait = parent < model_.machines.size() && wanted <= kMaxKin;
    if (can_wait && wanted > 0) {
        wish_for_kin({parent, children, wanted});
        lines_.remark(fmt::format("In «{}» ne servono {}: gli altri vanno aperti a mano.",
                                  children.path, least));
    }
}

std::string ScriptWriter::find_body(std::size_t from, const Children& children) {
    const std::size_t parent = scene_.find_relation(from, children.of);
    const bool is_list = children.path.find('/') == std::string::npos;
    if (parent >= model_.machines.size() || !is_list || !world_->at(from).party.empty()) {
        return "";
    }
    const std::size_t followed = scene_.find_child(parent, children.path);
    if (has_followed(followed, children)) {
        return world_->at(followed).party;
    }
    settle_kin(from, children);
    const auto kin = kin_of(parent, children.path);
    for (const std::size_t place : kin) {
        if (counts(children, machine(place), state_of(place))) {
            return world_->at(place).party;
        }
    }
    wish_for_kin({parent, children, kin.size() + 1});
    return "";
}

/// Once for each list: what cannot be had is not asked for at every writing.
void ScriptWriter::wish_for_kin(KinWish wish) {
    const auto same = [&](const KinWish& one) {
        return one.parent == wish.parent && one.children.path == wish.children.path &&
               one.count == wish.count;
    };
    if (std::none_of(wishes_.kin.begin(), wishes_.kin.end(), same)) {
        wishes_.kin.push_back(std::move(wish));
    }
}

void ScriptWriter::settle_kin(std::size_t from, const Children& children) {
    const std::size_t parent = scene_.find_relation(from, children.of);
    if (parent == kNowhere) {
        return;
    }
    for (const std::size_t place : kin_of(parent, children.path)) {
        bring_to(place, children);
    }
}

/// The machine of a list; null where there is none.
DefinitionPointer ScriptWriter::find_child_machine(std::size_t parent,
                                                   const std::string& list) const {
    const auto* child = machine(parent).children.find(list);
    return child == nullptr ? nullptr
                            : catalog_.find(child->family, child->machine, child->version);
}

/// Opens others and brings them where the condition looks; false when there are not enough.
bool ScriptWriter::bring_kin(const KinWish& wish) {
    const std::string& list = wish.children.path;
    while (kin_of(wish.parent, list).size() < wish.count && open_kin(wish.parent, list)) {
        bring_to(scene_.places.size() - 1, wish.children);
    }
    return kin_of(wish.parent, list).size() >= wish.count;
}

/// Another of the list, of a body of its own; false when no act opens one where its parent stands.
bool ScriptWriter::open_kin(std::size_t parent, const std::string& list) {
    const auto definition = find_child_machine(parent, list);
    if (!definition || aside_ > 0) {
        return false;
    }
    for (const Deedable& act : acts_now(parent)) {
        const OpenChild* opening = find_opening(*act.branch, list);
        if (opening == nullptr) {
            continue;
        }
        Fields payload;
        if (opening->party || has_party_role(machine(parent), act.transition->by)) {
            name_party(*opening, payload);
        }
        const std::string named = fmt::format("F{}", ++instances_);
        const std::size_t before = world_->at(parent).opened[list].size();
        payload = write_aside(parent, act, std::move(payload), named);
        if (world_->at(parent).opened[list].size() == before) {
            return false;  // it opens one only where something else holds
        }
        add_opened(parent, list, named, std::exchange(party_, ""), std::move(payload));
        return true;
    }
    return false;
}

/// What the act opens first, the only one that a script can name, when that is in a list of which
/// the proof follows none; else null.
const OpenChild* ScriptWriter::find_unfollowed(std::size_t place, const Branch& branch) const {
    for (const Action& action : branch.actions) {
        const auto* opening = std::get_if<OpenChild>(&action.verb);
        if (opening != nullptr) {
            const bool is_sure = !opening->for_each && !action.when;
            const std::size_t followed = scene_.find_child(place, opening->child);
            return is_sure && followed >= model_.machines.size() ? opening : nullptr;
        }
    }
    return nullptr;
}

/// The last of the list, beside the line from now on: a condition may ask for it later. Its first
/// values are those of the payload that it knows, and those that its parent gives it.
void ScriptWriter::add_opened(std::size_t parent, const std::string& list, const std::string& named,
                              const std::string& party, Fields payload) {
    const OpenedChild child = world_->at(parent).opened[list].back();
    for (const auto& [field, json] : child.with) {
        payload[field] = json;
    }
    add_kin({find_child_machine(parent, list), list, parent}, named, party, child.event);
    begin(scene_.places.size() - 1, payload);
}

/// The proof now follows another of the list: the one it followed stays, beside the line.
void ScriptWriter::set_beside(std::size_t place) {
    const std::string state = state_of(place);
    if (place == 0 || state.empty() || world_->at(place).alias.empty()) {
        return;
    }
    const std::size_t at = scene_.places.size();
    for (std::size_t below = model_.machines.size(); below < at; ++below) {
        Place& child = scene_.places[below];
        child.beside = child.beside == place ? at : child.beside;  // it takes its own along
    }
    scene_.places.push_back(
        {scene_.places[place].definition, scene_.places[place].list, scene_.find_parent(place)});
    world_->add_place();
    ScriptInstance& beside = world_->at(at);
    beside = world_->at(place);
    beside.state = state;
    beside.party = beside.party.empty() ? kPartyAlias : beside.party;
}

/// A new body, which the opening names or which acts itself.
void ScriptWriter::name_party(const OpenChild& opening, Fields& payload) {
    const std::string code = make_party(++parties_);
    party_ = fmt::format("ente{}", parties_ + 1);
    party_codes_[party_] = code;
    lines_.add(fmt::format("ente {} {}", party_, code));
    if (opening.party && opening.party->scope == SourceScope::payload) {
        payload[opening.party->name] = base::render_text(code);
    }
}

/// What opens a child that a move has opened, when it opens one for each of a list; else null.
const OpenChild* ScriptWriter::find_each(const Move& move, std::size_t opened) const {
    const std::size_t parent = scene_.find_parent(opened);
    if (parent == kNowhere || move.way == nullptr) {
        return nullptr;
    }
    const std::string& list = scene_.places[opened].list;
    const auto& states = machine(parent).states;
    if (parent != move.place) {
        return find_each_in(states.find(machine(parent).initial)->entry, list);
    }
    const Branch& branch = *move.way->branch;
    const auto* entered = states.find(branch.target);
    const OpenChild* by_act = find_each_in(branch.actions, list);
    return by_act != nullptr || entered == nullptr ? by_act : find_each_in(entered->entry, list);
}

void ScriptWriter::open_each(std::size_t place, const std::vector<Action>& actions) {
    for (const Action& action : actions) {
        const auto* opening = std::get_if<OpenChild>(&action.verb);
        if (opening != nullptr && opening->for_each) {
            open_for_each(place, *opening);
        }
    }
}

/// One child for each body that has one of those beside the line: named by its body. The first is
/// the one that the proof follows, where it has just been opened.
void ScriptWriter::open_for_each(std::size_t parent, const OpenChild& opening) {
    const auto definition = find_child_machine(parent, opening.child);
    const Children& sources = *opening.for_each;
    const std::size_t above = scene_.find_relation(parent, sources.of);
    if (!definition || above == kNowhere || alias(parent).empty()) {
        return;
    }
    const std::size_t followed = scene_.find_child(parent, opening.child);
    for (const std::size_t source : kin_of(above, sources.path)) {
        if (!counts(sources, machine(source), state_of(source))) {
            continue;
        }
        const std::string party = world_->at(source).party;
        const std::string named = fmt::format("F{}", ++instances_);
        lines_.add(
            fmt::format("chiama {} {}:{} di {}", named, opening.child, party, alias(parent)));
        if (unnamed_.erase(followed) > 0) {
            world_->at(followed).alias = named;
            world_->at(followed).party = party;
        } else {
            add_kin({definition, opening.child, parent}, named, party, opening.event);
        }
    }
}

void ScriptWriter::add_kin(Place place, const std::string& named, const std::string& party,
                           const std::string& first_event) {
    const auto definition = place.definition;
    const std::size_t at = scene_.places.size();
    scene_.places.push_back(std::move(place));
    world_->add_place();
    ScriptInstance& instance = world_->at(at);
    instance.alias = named;
    instance.party = party;
    instance.state = definition->initial;
    const auto* at_once = definition->find_transition(definition->initial, first_event);
    if (at_once != nullptr) {
        move_kin(at, at_once->branches.front().target);
    }
}

/// Nowhere when the target is empty, back where it came from when it says so.
void ScriptWriter::move_kin(std::size_t place, const std::string& target) {
    ScriptInstance& one = world_->at(place);
    const std::string to = target == "@previous" ? one.previous : target;
    if (!to.empty()) {
        one.previous = std::exchange(one.state, to);
    }
}

/// What an act says to its children moves those beside the line too.
void ScriptWriter::signal_kin(std::size_t place, const std::vector<Action>& actions) {
    open_each(place, actions);
    for (const Action& action : actions) {
        const auto* signal = std::get_if<Signal>(&action.verb);
        if (signal == nullptr || (action.when && world_->rules_out(*action.when, place, true))) {
            continue;
        }
        if (signal->to == SignalTarget::parent) {
            tell_parent(place, *signal);
        }
        if (signal->to != SignalTarget::children) {
            continue;
        }
        for (const std::size_t kin : kin_of(place, signal->path)) {
            const std::string& state = world_->at(kin).state;
            const auto* heard = machine(kin).find_transition(state, signal->event);
            const bool is_meant = signal->in.empty() || has_name(signal->in, state);
            if (is_meant && heard != nullptr) {
                move_kin(kin, heard->branches.front().target);
            }
        }
    }
}

/// Those beside the line that wait for their parent to get there go on by themselves.
void ScriptWriter::follow_parent(std::size_t parent, const std::string& state) {
    for (std::size_t place = model_.machines.size(); place < scene_.places.size(); ++place) {
        const auto* here = machine(place).states.find(world_->at(place).state);
        if (scene_.places[place].beside != parent || here == nullptr) {
            continue;
        }
        for (const Branch& branch : here->automatic) {
            const auto* parent_in = branch.guard && branch.guard->predicate
                                        ? std::get_if<ParentIn>(&*branch.guard->predicate)
                                        : nullptr;
            if (parent_in != nullptr && has_name(parent_in->states, state)) {
                move_kin(place, branch.target);
                break;
            }
        }
    }
}

}  // namespace engine::proof
