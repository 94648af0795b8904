// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/json_probe.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace tests {
namespace {

using Json = nlohmann::json;

Json find(const std::string& text, const std::string& pointer) {
    const Json parsed = Json::parse(text, nullptr, false);
    if (parsed.is_discarded()) {
        ADD_FAILURE() << "no JSON: " << text.substr(0, 500);
        return {};
    }
    const Json::json_pointer place(pointer);
    return parsed.contains(place) ? parsed.at(place) : Json(Json::value_t::discarded);
}

}  // namespace

std::string json_at(const std::string& text, const std::string& pointer) {
    const Json found = find(text, pointer);
    if (found.is_discarded()) {
        return "(assente)";
    }
    return found.is_string() ? found.get<std::string>() : found.dump();
}

std::size_t json_size(const std::string& text, const std::string& pointer) {
    const Json found = find(text, pointer);
    return found.is_structured() ? found.size() : 0;
}

std::vector<std::string> json_keys(const std::string& text, const std::string& pointer) {
    std::vector<std::string> keys;
    const Json found = find(text, pointer);
    if (found.is_object()) {
        for (const auto& [key, value] : found.items()) {
            keys.push_back(key);
        }
    }
    return keys;
}

}  // namespace tests
