// SPDX-License-Identifier: EUPL-1.2
#include "engine/runtime/outcome_json.h"

#include <nlohmann/json.hpp>

namespace engine::runtime {
namespace {

using Json = nlohmann::json;

Json render_registration(const machine::Registration& row) {
    return Json{{"register", row.register_name},
                {"office", row.office},
                {"year", row.year},
                {"number", row.number},
                {"at", row.registered_at.utc_ms}};
}

machine::Registration read_registration(const Json& json) {
    return {json.at("register").get<std::string>(), json.at("office").get<std::string>(),
            json.at("year").get<int>(), json.at("number").get<std::int64_t>(),
            base::Instant{json.at("at").get<std::int64_t>()}};
}

Json render_available(const machine::AvailableEvent& event) {
    Json refusals = Json::array();
    for (const auto& refusal : event.refusals) {
        refusals.push_back({{"pointer", refusal.pointer},
                            {"code", refusal.code},
                            {"message", refusal.message_it},
                            {"legal_basis", refusal.legal_basis}});
    }
    return Json{{"event", event.event}, {"title", event.title}, {"refusals", refusals}};
}

machine::AvailableEvent read_available(const Json& json) {
    machine::AvailableEvent event{
        json.at("event").get<std::string>(), json.at("title").get<std::string>(), {}};
    for (const Json& refusal : json.at("refusals")) {
        event.refusals.push_back({refusal.at("pointer").get<std::string>(),
                                  refusal.at("code").get<std::string>(),
                                  refusal.at("message").get<std::string>(),
                                  refusal.at("legal_basis").get<std::vector<std::string>>()});
    }
    return event;
}

Outcome read_outcome(const Json& json) {
    Outcome outcome;
    outcome.instance = base::InstanceId{json.at("instance").get<std::string>()};
    outcome.version = json.at("version").get<std::int64_t>();
    outcome.state = json.at("state").get<std::string>();
    outcome.title = json.at("title").get<std::string>();
    if (json.contains("registration")) {
        outcome.registration = read_registration(json.at("registration"));
    }
    for (const Json& id : json.at("opened")) {
        outcome.opened.emplace_back(id.get<std::string>());
    }
    for (const Json& event : json.at("available")) {
        outcome.available.push_back(read_available(event));
    }
    return outcome;
}

}  // namespace

std::string render_outcome(const Outcome& outcome) {
    Json json{{"instance", outcome.instance.text},
              {"version", outcome.version},
              {"state", outcome.state},
              {"title", outcome.title},
              {"opened", Json::array()},
              {"available", Json::array()}};
    if (outcome.registration) {
        json["registration"] = render_registration(*outcome.registration);
    }
    for (const base::InstanceId& id : outcome.opened) {
        json["opened"].push_back(id.text);
    }
    for (const auto& event : outcome.available) {
        json["available"].push_back(render_available(event));
    }
    return json.dump();
}

base::Result<Outcome> parse_outcome(std::string_view json) {
    try {
        return read_outcome(Json::parse(json));
    } catch (const std::exception&) {
        return base::fail(base::ErrorCode::storage_corrupt,
                          "La risposta conservata non è leggibile.");
    }
}

}  // namespace engine::runtime
