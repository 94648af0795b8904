// SPDX-License-Identifier: EUPL-1.2
#include <nlohmann/json.hpp>

#include "tests/simulation/part_maker.h"

namespace tests::simulation {
namespace {

bool comes(const Place& place, const std::string& field) {
    return std::find(place.payload.begin(), place.payload.end(), field) != place.payload.end();
}

/// A deadline of the instance, or sometimes of the one above.
Json make_reference(Dice& dice, const Place& place, std::vector<std::string> Shape::*names) {
    const Shape* parent = place.parent();
    if (parent != nullptr && dice.chance(35) && !(parent->*names).empty()) {
        return {{"name", dice.pick(parent->*names)}, {"of", "parent"}};
    }
    return (place.own.*names).empty() ? Json(place.own.closings.front())
                                      : Json(dice.pick(place.own.*names));
}

Json make_document(Dice& dice, const Place& place, bool is_signed) {
    const std::string name = is_signed ? "atto" : dice.pick_word({"atto", "nota"});
    return place.own.parent && dice.chance(25) ? Json{{"name", name}, {"of", "parent"}}
                                               : Json(name);
}

Json make_deadline_guard(Dice& dice, const Place& place) {
    switch (dice.below(8)) {
        case 0:
        case 1:
        case 2:
        case 3: return {{"deadline_open", make_reference(dice, place, &Shape::closings)}};
        case 4: return {{"deadline_passed", make_reference(dice, place, &Shape::closings)}};
        case 5: return {{"within_term", dice.pick(place.own.deadlines())}};
        case 6:
            return place.own.obligations.empty()
                       ? Json{{"deadline_open", dice.pick(place.own.closings)}}
                       : Json{{"deadline_met", dice.pick(place.own.obligations)}};
        default:
            return {{"suspension_unused",
                     {{"deadline", dice.pick(place.own.closings)},
                      {"ground", dice.pick_word({"art_2_c_7", "provvedimento"})}}}};
    }
}

Json make_document_guard(Dice& dice, const Place& place) {
    switch (dice.below(4)) {
        case 0: return {{"document_present", make_document(dice, place, false)}};
        case 1: return {{"document_signed", make_document(dice, place, true)}};
        case 2: return {{"not", {{"document_published", make_document(dice, place, false)}}}};
        default:
            return comes(place, "impronta")
                       ? Json{{"document_version_is",
                               {{"document", "atto"}, {"value", {{"payload", "impronta"}}}}}}
                       : Json{{"document_published", "atto"}};
    }
}

Json make_value_guard(Dice& dice, const Place& place) {
    switch (dice.below(4)) {
        case 0:
            return {{"value_present",
                     comes(place, "testo") ? Json{{"payload", "testo"}} : Json{{"own", "numero"}}}};
        case 1:
            return {{"value_in",
                     {{"value", comes(place, "scelta") ? Json{{"payload", "scelta"}}
                                                       : Json{{"own", "scelta"}}},
                      {"options", {"uno", "due"}}}}};
        case 2:
            return {{"date_at_least",
                     {{"date", make_day_source(dice, place)},
                      {"from", "now"},
                      {"plus_days", dice.between(0, 5)}}}};
        default: return {{"check_passed", "numero_pari"}};
    }
}

Json make_list(Dice& dice, const Place& place) {
    if (!place.own.children.empty() && dice.chance(70)) {
        const auto& [list, index] = dice.pick(place.own.children);
        const Shape& child = place.shapes[index];
        Json json{{"path", list}};
        if (!child.children.empty() && dice.chance(30)) {
            json["path"] = list + "/" + child.children.front().first;
        } else if (dice.chance(40)) {
            json[dice.pick_word({"in", "not_in"})] = Json::array({dice.pick(child.states)});
        }
        if (dice.chance(30)) {
            json["settled"] = true;
        }
        return json;
    }
    return {{"path", place.own.list}, {"of", "parent"}};
}

Json make_relative_guard(Dice& dice, const Place& place) {
    if (place.own.children.empty() && !place.own.parent) {
        return make_value_guard(dice, place);
    }
    if (place.own.parent && dice.chance(25)) {
        return {{"parent_in", {dice.pick(place.parent()->states), place.parent()->states.front()}}};
    }
    Json list = place.own.children.empty() ? Json{{"path", place.own.list}, {"of", "parent"}}
                : !place.own.parent        ? make_list(dice, Place{place.shapes, place.own})
                                           : make_list(dice, place);
    if (list["path"].get<std::string>().empty()) {
        list = {{"path", place.own.children.front().first}};
    }
    switch (dice.below(5)) {
        case 0: list["at_least"] = dice.between(1, 2); return {{"children_count", list}};
        case 1: list["at_most"] = dice.between(0, 4); return {{"children_count", list}};
        case 2: return {{"children_all", list}};
        case 3: return {{"party_among", list}};
        default: return {{"party_not_among", list}};
    }
}

Json make_person_guard(Dice& dice, const Place& place) {
    const Json events = Json::array({dice.pick(act_names())});
    switch (dice.below(4)) {
        case 0: return {{"actor_performed", {{"events", events}}}};
        case 1: return {{"event_performed", {{"events", events}}}};
        case 2: {
            Json params{{"events", events}};
            if (!place.own.children.empty() && dice.chance(50)) {
                params["path"] = place.own.children.front().first;
            }
            return {{"actor_not_performed", params}};
        }
        default: return {{"task_done", dice.pick_word({"compito_a", "compito_b"})}};
    }
}

Json make_predicate(Dice& dice, const Place& place) {
    switch (dice.below(10)) {
        case 0:
        case 1:
        case 2:
        case 3: return make_deadline_guard(dice, place);
        case 4:
        case 5: return make_document_guard(dice, place);
        case 6:
        case 7: return make_value_guard(dice, place);
        case 8: return make_relative_guard(dice, place);
        default: return make_person_guard(dice, place);
    }
}

}  // namespace

Json make_day_source(Dice& dice, const Place& place) {
    if (comes(place, "giorno") && dice.chance(60)) {
        return {{"payload", "giorno"}};
    }
    switch (dice.below(4)) {
        case 0: return {{"own", "giorno"}};
        case 1: return {{"deadline", place.own.closings.front()}};
        case 2:
            return place.own.parent ? Json{{dice.pick_word({"parent", "root"}), "giorno"}}
                                    : Json{{"own", "giorno"}};
        default:
            return place.own.parent ? Json{{"parent_deadline", place.parent()->closings.front()}}
                                    : Json{{"initiative", "termine_finale"}};
    }
}

Json make_guard(Dice& dice, const Place& place, int depth) {
    if (depth == 0 || dice.chance(55)) {
        return make_predicate(dice, place);
    }
    if (dice.chance(20)) {
        return {{"not", make_guard(dice, place, depth - 1)}};
    }
    Json parts = Json::array();
    for (int count = dice.between(1, 3); count > 0; --count) {
        parts.push_back(make_guard(dice, place, depth - 1));
    }
    return {{dice.chance(70) ? "all" : "any", parts}};
}

}  // namespace tests::simulation
