// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/definition_maker.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "tests/simulation/part_maker.h"

namespace tests::simulation {
namespace {

const Json& data_schema() {
    static const Json kData = Json::parse(R"({"type": "object", "properties": {
        "testo": {"title": "Testo", "type": "string", "minLength": 1, "maxLength": 40},
        "personale": {"title": "Recapito", "type": "string", "maxLength": 40, "x-personal": true},
        "giorno": {"title": "Giorno", "type": "string", "format": "date", "maxLength": 16},
        "numero": {"title": "Numero", "type": "integer", "minimum": 0, "maximum": 9},
        "scelta": {"title": "Scelta", "type": "string", "enum": ["uno", "due", "tre"]},
        "lista": {"title": "Lista", "type": "array",
                  "items": {"type": "string", "maxLength": 10}},
        "titolare": {"title": "Titolare", "type": "string", "enum": ["p1", "p2", "p3"]},
        "impronta": {"title": "Impronta", "type": "string", "maxLength": 64},
        "sintesi": {"title": "Sintesi", "type": "object"}}})");
    return kData;
}

/// A day that is known when a term begins: nearly always.
Json make_first_day(Dice& dice, const Place& place) {
    return dice.chance(8) ? make_day_source(dice, place) : Json{{"own", "giorno"}};
}

Json make_due(Dice& dice, const Place& place) {
    Json due;
    switch (dice.below(9)) {
        case 0: due = {{"on", make_first_day(dice, place)}}; break;
        case 1:
            due = {{"days", dice.between(1, 9)}, {"before", make_first_day(dice, place)}};
            break;
        case 2:
            due = {{"days", dice.between(1, 40)}, {"after", make_first_day(dice, place)}};
            break;
        default:
            due = {
                {dice.pick_word({"days", "days", "working_days", "months"}), dice.between(1, 12)},
                {"after", "now"}};
    }
    if (due.contains("after") && dice.chance(8)) {
        due = {{"years", 1}, {"after", due["after"]}};
    }
    if (dice.chance(15)) {
        due["suspension_scope"] = dice.pick_word({"verifica_runts", "procedimenti_amministrativi"});
    }
    if (dice.chance(25)) {
        due["time"] = dice.pick_word({"12:00", "02:30", "23:59", "24:00"});
    }
    if (dice.chance(20)) {
        due["roll_saturday"] = true;
    } else if (dice.chance(20)) {
        due["roll_holiday"] = false;
    }
    if (dice.chance(15)) {
        due["patron"] = "12-07";
    }
    return due;
}

Json make_deadline(Dice& dice, const Place& place, const std::string& kind) {
    Json json{{"title", kind}, {"kind", kind}, {"due", make_due(dice, place)}};
    if (kind == "obligation" || kind == "recurring") {
        json["met_by"] = Json::array({dice.pick(act_names())});
    }
    if (kind == "recurring") {
        json["every_months"] = dice.between(1, 12);
    }
    if (dice.chance(35)) {
        json["remind_days"] = Json::array({1, 5});
        json["reminder"] = "sollecito";
    }
    Place due_place{place.shapes, place.own, {}, kind != "recurring" && dice.chance(50)};
    if (dice.chance(50)) {
        json["on_due"] = kind == "recurring" ? Json::array({{{"start_task", "compito_a"}}})
                                             : make_actions(dice, due_place, 2);
    }
    json["legal_basis"] = {"Norma di prova"};
    return json;
}

Json make_deadlines(Dice& dice, const Place& place) {
    Json json = Json::object();
    for (const std::string& name : place.own.closings) {
        json[name] = make_deadline(dice, place, "closing");
    }
    for (const std::string& name : place.own.obligations) {
        json[name] = make_deadline(dice, place, dice.pick_word({"obligation", "recurring"}));
    }
    for (const std::string& name : place.own.others) {
        json[name] = make_deadline(dice, place, dice.pick_word({"advisory", "minimum_notice"}));
    }
    return json;
}

/// A state further on: what nobody decides never goes back, or it would go round for ever.
std::string pick_later(Dice& dice, const Shape& shape, std::size_t index) {
    const std::size_t next = index + 1 + dice.below(shape.states.size() - index);
    return next < shape.states.size() ? shape.states[next] : dice.pick(shape.finals);
}

std::string pick_target(Dice& dice, const Shape& shape, std::size_t index) {
    switch (dice.below(5)) {
        case 0: return "";
        case 1: return dice.pick(shape.states);
        case 2: return index == 0 ? "" : "@previous";
        default: return pick_later(dice, shape, index);
    }
}

Json make_branch(Dice& dice, const Place& place, const std::string& title,
                 const std::string& target, bool has_guard) {
    Json branch{{"title", title}};
    if (has_guard) {
        branch["guard"] = make_guard(dice, place, dice.between(0, 2));
    }
    if (!target.empty()) {
        branch["target"] = target;
    }
    branch["do"] = make_actions(dice, place, 2);
    return branch;
}

/// Branches with titles of their own, by which the journal tells which one was taken.
Json make_branches(Dice& dice, const Place& place, const std::string& event, std::size_t index,
                   const std::string& last_target) {
    Json branches = Json::array();
    const int count = dice.between(0, 2);
    for (int number = 0; number < count; ++number) {
        branches.push_back(make_branch(dice, place, fmt::format("{} {} {}", event, index, number),
                                       pick_target(dice, place.own, index), true));
    }
    branches.push_back(make_branch(dice, place, fmt::format("{} {} ultimo", event, index),
                                   last_target, dice.chance(35)));
    return branches;
}

Json make_roles(Dice& dice) {
    Json roles = Json::array({dice.pick_word({"funzionario", "dirigente"})});
    if (dice.chance(60)) {
        roles.push_back("ente");
    }
    if (dice.chance(25)) {
        roles.push_back("regione");
    }
    return roles;
}

Json make_transition(Dice& dice, const Place& outer, const std::string& event, std::size_t index,
                     const std::string& last_target) {
    Json takes = Json::array();
    Json may_take = Json::array();
    Place place{outer.shapes, outer.own, {}, true};
    for (const char* field :
         {"testo", "giorno", "numero", "scelta", "impronta", "personale", "titolare"}) {
        const int roll = dice.between(1, 10);
        if (roll <= 4) {
            (roll <= 1 ? takes : may_take).push_back(field);
            place.payload.emplace_back(field);
        }
    }
    return {{"title", event},
            {"by", make_roles(dice)},
            {"takes", takes},
            {"may_take", may_take},
            {"branches", make_branches(dice, place, event, index, last_target)}};
}

Json make_state(Dice& dice, const Place& place, std::size_t index) {
    const Shape& shape = place.own;
    const std::string next =
        index + 1 < shape.states.size() ? shape.states[index + 1] : shape.finals.front();
    Json state{{"title", shape.states[index]}, {"on", Json::object()}};
    state["on"]["avanza"] = make_transition(dice, place, "avanza", index, next);
    if (index == 0 || dice.chance(50)) {
        state["on"]["atto_a"] =
            make_transition(dice, place, "atto_a", index, pick_target(dice, shape, index));
    }
    const Place quiet{place.shapes, place.own, {}, false};
    if (dice.chance(60)) {
        state["after"][dice.pick(shape.closings)] =
            make_branches(dice, quiet, "dopo", index, pick_later(dice, shape, index));
    }
    if (dice.chance(25)) {
        state["automatic"] = Json::array({make_branch(dice, quiet, fmt::format("da sé {}", index),
                                                      pick_later(dice, shape, index), true)});
    }
    state["entry"] = Json::array();
    if (index == 0 && shape.parent) {
        // Terms are counted from it: a child begins with what the one above knows.
        state["entry"].push_back(
            {{"set", {{"field", "giorno"}, {"value", {{"parent", "giorno"}}}}}});
    }
    for (Json& action : make_actions(dice, Place{place.shapes, place.own, {}, index > 0}, 2)) {
        // What the first state cannot do would let nobody open it.
        const bool needs_more = action.contains("reopen_deadline") ||
                                action.contains("move_deadline") || action.contains("publish");
        if (index > 0 || !needs_more || action.contains("when")) {
            state["entry"].push_back(std::move(action));
        }
    }
    return state;
}

/// Every deadline starts somewhere: on entering a state.
void start_deadlines(Dice& dice, const Shape& shape, Json& states) {
    for (const std::string& name : shape.deadlines()) {
        const std::string& state = dice.chance(50) ? shape.states.front() : dice.pick(shape.states);
        states[state]["entry"].push_back({{"start_deadline", name}});
    }
}

Json make_states(Dice& dice, const Place& place) {
    Json states = Json::object();
    for (std::size_t index = 0; index < place.own.states.size(); ++index) {
        states[place.own.states[index]] = make_state(dice, place, index);
    }
    start_deadlines(dice, place.own, states);
    states["pausa"] = {
        {"title", "pausa"},
        {"on",
         {{"riprendi",
           {{"title", "riprendi"}, {"by", {"funzionario"}}, {"target", "@previous"}}}}}};
    for (const std::string& name : place.own.finals) {
        states[name] = {{"title", name}, {"final", true}};
        if (dice.chance(30)) {
            states[name]["entry"] = Json::array({{{"send", "comunicazione"}}});
        }
    }
    return states;
}

/// What a signal causes: it stays or goes on, and tells nobody.
Json make_answer(Dice& dice, const Place& place, const std::string& event) {
    const Place quiet{place.shapes, place.own, {"testo"}, false};
    Json branches = Json::array();
    if (dice.chance(50)) {
        branches.push_back(
            make_branch(dice, quiet, event + " fine", dice.pick(place.own.finals), true));
    }
    branches.push_back(make_branch(dice, quiet, event + " resta", "", dice.chance(50)));
    return {{"title", event}, {"may_take", {"testo", "giorno"}}, {"branches", branches}};
}

Json make_shared(Dice& dice, const Place& place) {
    Json shared = Json::object();
    shared["atto_b"] = make_transition(dice, place, "atto_b", 1, "");
    shared["atto_b"]["except"] = {"pausa", place.own.states.front()};
    shared["sospendi"] = {
        {"title", "sospendi"}, {"by", {"dirigente"}}, {"except", {"pausa"}}, {"target", "pausa"}};
    shared["chiudi"] = {
        {"title", "chiudi"}, {"by", {"dirigente"}}, {"target", place.own.finals.back()}};
    if (dice.chance(50)) {
        shared["chiudi"]["guard"] = {{"document_signed", "atto"}};
    }
    for (const std::string& event : signal_names()) {
        shared[event] = make_answer(dice, place, event);
    }
    return shared;
}

/// Somebody may hold the role of those who decide, and then an act of another is noted, too.
Json make_role_definitions(Dice& dice, const Place& place) {
    Json roles{{"funzionario", {{"title", "Funzionario"}}},
               {"dirigente", {{"title", "Dirigente"}}},
               {"ente", {{"title", "Ente"}, {"scope", "party"}}},
               {"regione", {{"title", "Regione"}, {"scope", "everywhere"}}}};
    if (dice.chance(50)) {
        Json& role = roles[dice.pick_word({"funzionario", "dirigente"})];
        const bool is_above = place.own.parent && dice.chance(50);
        role["holder"] = {{is_above ? "parent" : "own", "titolare"}};
        role["on_other"] = Json::array({{{"start_task", "compito_b"}}, {{"send", "sollecito"}}});
    }
    return roles;
}

Json make_head(Dice& dice, const Place& place) {
    const Shape& shape = place.own;
    return {{"id", kFamily},
            {"machine", shape.machine},
            {"version", 1},
            {"title", fmt::format("Macchina {}", shape.machine)},
            {"legal_basis", {"Norma di prova"}},
            {"root", shape.is_root || !shape.parent},
            {"lasting", shape.is_lasting},
            {"initial", shape.states.front()},
            {"roles", make_role_definitions(dice, place)},
            {"data", data_schema()}};
}

Json make_machine(Dice& dice, const std::vector<Shape>& shapes, const Shape& shape) {
    const Place place{shapes, shape};
    Json json = make_head(dice, place);
    if (!shape.parent) {
        json["opening"] = {{"by", {"funzionario", "ente"}},
                           {"takes", {"giorno"}},
                           {"may_take", {"testo", "numero", "scelta", "titolare"}}};
    }
    if (shape.has_register) {
        json["registers"] = {"protocollo"};
    }
    for (const auto& [list, index] : shape.children) {
        json["children"][list] = {
            {"title", list}, {"id", kFamily}, {"machine", shapes[index].machine}, {"version", 1}};
    }
    json["deadlines"] = make_deadlines(dice, place);
    json["tasks"] = {
        {"compito_a",
         {{"title", "Primo"}, {"role", "funzionario"}, {"due", {{"days", 5}, {"after", "now"}}}}},
        {"compito_b", {{"title", "Secondo"}, {"role", "dirigente"}}}};
    json["documents"] = {
        {"atto", {{"title", "Atto"}, {"by", {"funzionario"}}, {"signed_by", "dirigente"}}},
        {"nota", {{"title", "Nota"}, {"by", {"funzionario", "ente"}}}}};
    json["messages"] = {
        {"comunicazione",
         {{"title", "Comunicazione"},
          {"template", "comunicazione"},
          {"to", "party"},
          {"channel", "pec"}}},
        {"sollecito",
         {{"title", "Sollecito"}, {"template", "comunicazione"}, {"to", "funzionario"}}}};
    json["states"] = make_states(dice, place);
    json["shared"] = make_shared(dice, place);
    if (dice.chance(50)) {
        json["after"][dice.pick(shape.closings)] = Json::array(
            {make_branch(dice, Place{shapes, shape}, "dopo tutti", dice.pick(shape.finals), true)});
    }
    return json;
}

}  // namespace

std::vector<std::string> make_definitions(std::uint64_t seed) {
    Dice dice(seed);
    const auto shapes = make_shapes(dice);
    std::vector<std::string> texts;
    for (const Shape& shape : shapes) {
        texts.push_back(make_machine(dice, shapes, shape).dump(1));
    }
    return texts;
}

}  // namespace tests::simulation
