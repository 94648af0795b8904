// SPDX-License-Identifier: EUPL-1.2
#include <array>
#include <nlohmann/json.hpp>

#include "engine/base/ensure.h"
#include "engine/definition/parse_parts.h"

namespace engine::definition {
namespace {

constexpr std::array<std::string_view, std::variant_size_v<ActionVerb>> kActionNames{
    "start_deadline",   "move_deadline",  "reopen_deadline", "cancel_deadline",
    "suspend_deadline", "end_suspension", "start_task",      "complete_task",
    "cancel_task",      "open_child",     "signal",          "send",
    "publish",          "freeze",         "assign_number",   "set",
    "append",           "compute",        "record_silence",
};

calendar::SuspensionGround parse_ground(const Json& json) {
    return calendar::parse_suspension_ground(json.at("ground").get<std::string>()).value();
}

std::optional<ValueSource> parse_source_at(const Json& json, const char* key) {
    return json.contains(key) ? std::optional(parse_source(json.at(key))) : std::nullopt;
}

SuspendDeadline parse_suspend(const Json& json) {
    return {json.at("deadline").get<std::string>(), parse_ground(json),
            parse_source(json.at("after")), parse_source_at(json, "days"),
            parse_source_at(json, "until")};
}

EndSuspension parse_end_suspension(const Json& json) {
    return {json.at("deadline").get<std::string>(), parse_ground(json), parse_source(json.at("on")),
            json.value("plus_days", 0)};
}

Carried parse_carried(const Json& json) {
    Carried carried;
    if (json.contains("with")) {
        for (const auto& [field, source] : json.at("with").items()) {
            carried.emplace_back(field, parse_source(source));
        }
    }
    return carried;
}

OpenChild parse_open_child(const Json& json) {
    OpenChild action;
    if (json.is_string()) {
        action.child = json.get<std::string>();
        return action;
    }
    action.child = json.at("child").get<std::string>();
    action.event = json.value("event", "");
    action.party = parse_source_at(json, "party");
    action.office = parse_source_at(json, "office");
    if (json.contains("for_each")) {
        action.for_each = parse_children(json.at("for_each"));
    }
    action.with = parse_carried(json);
    return action;
}

Signal parse_signal(const Json& json) {
    const std::string to = json.at("to").get<std::string>();
    return {to == "parent"     ? SignalTarget::parent
            : to == "children" ? SignalTarget::children
                               : SignalTarget::siblings,
            json.value("path", ""),
            json.at("event").get<std::string>(),
            parse_names_at(json, "in"),
            json.value("same_party", false),
            parse_carried(json)};
}

ActionVerb parse_verb(std::string_view name, const Json& json) {
    if (name == "start_deadline")
        return StartDeadline{json.get<std::string>()};
    if (name == "move_deadline") {
        return MoveDeadline{json.at("deadline").get<std::string>(), parse_source(json.at("to"))};
    }
    if (name == "reopen_deadline") {
        return ReopenDeadline{json.at("deadline").get<std::string>(), parse_source(json.at("to"))};
    }
    if (name == "cancel_deadline")
        return CancelDeadline{json.get<std::string>()};
    if (name == "suspend_deadline")
        return parse_suspend(json);
    if (name == "end_suspension")
        return parse_end_suspension(json);
    if (name == "start_task")
        return StartTask{json.get<std::string>()};
    if (name == "complete_task")
        return CompleteTask{json.get<std::string>()};
    if (name == "cancel_task")
        return CancelTask{json.get<std::string>()};
    if (name == "open_child")
        return parse_open_child(json);
    if (name == "signal")
        return parse_signal(json);
    if (name == "send")
        return SendMessage{json.get<std::string>()};
    if (name == "publish")
        return PublishDocument{json.get<std::string>()};
    if (name == "freeze")
        return FreezeDocument{json.get<std::string>()};
    if (name == "assign_number")
        return AssignNumber{json.get<std::string>()};
    if (name == "set") {
        return SetValue{json.at("field").get<std::string>(), parse_source(json.at("value"))};
    }
    if (name == "append") {
        return AppendValue{json.at("field").get<std::string>(), parse_source(json.at("value"))};
    }
    if (name == "compute") {
        return ComputeValue{json.at("name").get<std::string>(), json.value("version", 1),
                            json.at("into").get<std::string>()};
    }
    base::ensure(name == "record_silence", "the schema allows no other action");
    return RecordSilence{json.at("deadline").get<std::string>(),
                         parse_source(json.at("counts_as"))};
}

}  // namespace

std::string_view action_name(const ActionVerb& verb) {
    return kActionNames.at(verb.index());
}

Action parse_action(const Json& json) {
    Action action;
    if (json.size() != (json.contains("when") ? 2U : 1U)) {
        throw PartError("Un'azione fa una cosa sola, con o senza «when»: " + json.dump());
    }
    for (const auto& [key, value] : json.items()) {
        if (key == "when") {
            action.when = parse_guard(value);
        } else {
            action.verb = parse_verb(key, value);
        }
    }
    return action;
}

std::vector<Action> parse_actions_at(const Json& json, const char* key) {
    std::vector<Action> actions;
    if (json.contains(key)) {
        for (const Json& action : json.at(key)) {
            actions.push_back(parse_action(action));
        }
    }
    return actions;
}

}  // namespace engine::definition
