// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "api/http/message.h"

namespace api::routes {

/// JSON that the program keeps as text; null when there is none.
nlohmann::ordered_json parse_kept(const std::string& json);

/// Body as compact JSON.
http::Response json_reply(int status, const nlohmann::ordered_json& body);

/// `"12"`, for `ETag`.
std::string version_tag(std::int64_t version);

/// `{"elementi": [...], "successiva": link or null}`: the link is this request's with another
/// `dopo`.
http::Response page_reply(const http::Request& request, nlohmann::ordered_json items,
                          const std::string& next);

/// Text with what is not unreserved in RFC 3986 as `%XX`.
std::string percent_encode(std::string_view text);

}  // namespace api::routes
