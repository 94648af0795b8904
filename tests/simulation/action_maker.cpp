// SPDX-License-Identifier: EUPL-1.2
#include <nlohmann/json.hpp>

#include "tests/simulation/part_maker.h"

namespace tests::simulation {
namespace {

std::string make_ground(Dice& dice) {
    return dice.pick_word({"art_2_c_7", "art_10_bis", "legge", "provvedimento"});
}

Json make_suspension(Dice& dice, const Place& place) {
    Json params{{"deadline", dice.pick(place.own.deadlines())},
                {"ground", make_ground(dice)},
                {"after", dice.chance(70) ? Json("now") : make_day_source(dice, place)}};
    switch (dice.below(3)) {
        case 0: params["days"] = dice.between(1, 30); break;
        case 1: params["until"] = make_day_source(dice, place); break;
        default: params["ground"] = dice.pick_word({"legge", "provvedimento"});
    }
    return {{"suspend_deadline", params}};
}

Json make_deadline_action(Dice& dice, const Place& place) {
    const std::string name = dice.pick(place.own.deadlines());
    const Json to{{"deadline", name}, {"to", make_day_source(dice, place)}};
    // What has not begun cannot be moved, what runs cannot be opened again: mostly asked first.
    const auto asked = [&](const char* verb, const char* predicate) {
        return dice.chance(80) ? Json{{verb, to}, {"when", {{predicate, name}}}} : Json{{verb, to}};
    };
    switch (dice.below(9)) {
        case 0:
        case 1: return {{"start_deadline", name}};
        case 2: return asked("move_deadline", "deadline_open");
        case 3: return asked("reopen_deadline", "deadline_passed");
        case 4: return {{"cancel_deadline", name}};
        case 5:
        case 6: return make_suspension(dice, place);
        case 7:
            return {{"end_suspension",
                     {{"deadline", name},
                      {"ground", make_ground(dice)},
                      {"on", "now"},
                      {"plus_days", dice.between(0, 3)}}}};
        default:
            return {{"record_silence",
                     {{"deadline", name}, {"counts_as", dice.pick_word({"assenso", "nulla"})}}}};
    }
}

/// What travels beside the act's own fields: every machine knows them, every answer takes them.
void add_carried(Dice& dice, const Place& place, Json& params) {
    if (dice.chance(40)) {
        params["with"]["testo"] = dice.chance(50) ? Json("portato") : Json{{"own", "testo"}};
    }
    if (dice.chance(25)) {
        params["with"]["giorno"] = make_day_source(dice, place);
    }
}

Json make_opening(Dice& dice, const Place& place) {
    if (place.own.children.empty()) {
        return {{"send", "comunicazione"}};
    }
    Json params{{"child", dice.pick(place.own.children).first}};
    if (dice.chance(40)) {
        params["event"] = dice.pick(signal_names());
    }
    if (dice.chance(25)) {
        params["party"] = dice.pick_word({"A", "B"});
    } else if (dice.chance(30)) {
        // One for each body that is in a list already: its own, or that of those beside it.
        params["for_each"] = place.own.parent && dice.chance(40)
                                 ? Json{{"path", place.own.list}, {"of", "parent"}}
                                 : Json{{"path", dice.pick(place.own.children).first}};
    }
    add_carried(dice, place, params);
    return {{"open_child", params}};
}

Json make_signal(Dice& dice, const Place& place) {
    const std::string event = dice.pick(signal_names());
    if (place.own.parent && dice.chance(50)) {
        Json params =
            dice.chance(60)
                ? Json{{"to", "parent"}, {"event", event}}
                : Json{{"to", "siblings"}, {"event", event}, {"same_party", dice.chance(50)}};
        add_carried(dice, place, params);
        return {{"signal", params}};
    }
    if (place.own.children.empty()) {
        return {{"send", "sollecito"}};
    }
    const auto& [list, index] = dice.pick(place.own.children);
    Json params{{"to", "children"}, {"path", list}, {"event", event}};
    if (dice.chance(30)) {
        params["in"] = Json::array({dice.pick(place.shapes[index].states)});
    }
    add_carried(dice, place, params);
    return {{"signal", params}};
}

Json make_file_action(Dice& dice, const Place& place) {
    const std::string document = dice.pick_word({"atto", "nota"});
    switch (dice.below(6)) {
        case 0:
        case 1: return {{"send", dice.pick_word({"comunicazione", "sollecito"})}};
        case 2: return {{"publish", document}, {"when", {{"document_present", document}}}};
        case 3: return {{"freeze", document}, {"when", {{"document_present", document}}}};
        case 4:
            return place.may_signal && dice.chance(20) ? Json{{"publish", document}}
                                                       : Json{{"send", "comunicazione"}};
        default:
            return place.own.has_register && !place.payload.empty()
                       ? Json{{"assign_number", "protocollo"}}
                       : Json{{"send", "comunicazione"}};
    }
}

Json make_value_action(Dice& dice, const Place& place) {
    switch (dice.below(4)) {
        case 0: return {{"set", {{"field", "numero"}, {"value", dice.between(0, 9)}}}};
        case 1: return {{"set", {{"field", "giorno"}, {"value", make_day_source(dice, place)}}}};
        case 2: return {{"append", {{"field", "lista"}, {"value", dice.pick_word({"a", "b"})}}}};
        default: return {{"compute", {{"name", "riassunto"}, {"into", "sintesi"}}}};
    }
}

Json make_action(Dice& dice, const Place& place) {
    switch (dice.below(10)) {
        case 9: return make_opening(dice, place);
        case 0:
        case 1:
        case 2: return make_deadline_action(dice, place);
        case 3:
            return {{dice.pick_word({"start_task", "start_task", "complete_task", "cancel_task"}),
                     dice.pick_word({"compito_a", "compito_b"})}};
        case 4: return make_opening(dice, place);
        case 5: return place.may_signal ? make_signal(dice, place) : make_value_action(dice, place);
        case 6: return make_value_action(dice, place);
        default: return make_file_action(dice, place);
    }
}

}  // namespace

Json make_actions(Dice& dice, const Place& place, int most) {
    Json actions = Json::array();
    for (int count = dice.between(0, most); count > 0; --count) {
        Json action = make_action(dice, place);
        if (!action.contains("when") && dice.chance(25)) {
            action["when"] = make_guard(dice, place, 1);
        }
        actions.push_back(std::move(action));
    }
    return actions;
}

}  // namespace tests::simulation
