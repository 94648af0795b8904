// SPDX-License-Identifier: EUPL-1.2
#include "api/routes/json_replies.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "api/http/letters.h"

namespace api::routes {

nlohmann::ordered_json parse_kept(const std::string& json) {
    auto parsed = nlohmann::ordered_json::parse(json, nullptr, false);
    return parsed.is_discarded() ? nlohmann::ordered_json(nullptr) : parsed;
}

http::Response json_reply(int status, const nlohmann::ordered_json& body) {
    http::Response response;
    response.status = status;
    response.headers.add("Content-Type", "application/json");
    response.body = body.dump();
    return response;
}

std::string version_tag(std::int64_t version) {
    return fmt::format("\"{}\"", version);
}

http::Response page_reply(const http::Request& request, nlohmann::ordered_json items,
                          const std::string& next) {
    nlohmann::ordered_json body{{"elementi", std::move(items)}, {"successiva", nullptr}};
    if (!next.empty()) {
        std::string link = request.target.path + "?";
        for (const auto& [name, value] : request.target.query.items()) {
            if (name != "dopo") {
                link += percent_encode(name) + "=" + percent_encode(value) + "&";
            }
        }
        body["successiva"] = link + "dopo=" + percent_encode(next);
    }
    return json_reply(200, body);
}

std::string percent_encode(std::string_view text) {
    std::string encoded;
    for (const char letter : text) {
        const bool is_unreserved = http::is_letter_or_digit(letter) || letter == '-' ||
                                   letter == '.' || letter == '_' || letter == '~';
        if (is_unreserved) {
            encoded += letter;
        } else {
            encoded += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
        }
    }
    return encoded;
}

}  // namespace api::routes
