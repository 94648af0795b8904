// SPDX-License-Identifier: EUPL-1.2
#include "workflows/comuni/offices.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

#include "engine/base/embedded.h"
#include "engine/base/json.h"

namespace workflows::comuni {
namespace {

constexpr std::array<std::string_view, 2> kFiles{"workflows/comuni/ats.json",
                                                 "workflows/comuni/uffici.json"};

std::map<std::string, std::string> read_offices() {
    std::map<std::string, std::string> offices;
    for (const auto& file : engine::base::embedded_files()) {
        if (std::find(kFiles.begin(), kFiles.end(), file.path) == kFiles.end()) {
            continue;
        }
        const auto names = engine::base::parse_json(file.bytes);
        for (const auto& [code, name] : names.value().at("nomi").items()) {
            offices.emplace(code, name.get<std::string>());
        }
    }
    return offices;
}

}  // namespace

const std::map<std::string, std::string>& known_offices() {
    static const std::map<std::string, std::string> kOffices = read_offices();
    return kOffices;
}

std::string office_codes_words() {
    std::string words;
    for (const auto& [code, name] : known_offices()) {
        words += (words.empty() ? "" : ", ") + code;
    }
    return words;
}

}  // namespace workflows::comuni
