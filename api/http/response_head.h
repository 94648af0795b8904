// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

#include "api/http/message.h"

namespace api::http {

/// What the server adds to every response.
struct ResponseFrame {
    engine::base::Instant now;
    std::string_view request_id;
    bool goes_on = true;  ///< false: `Connection: close`
};

/// The status line and the fields, down to the empty line. `Content-Length` counts the body also
/// when it is then left out (HEAD).
/// Errors: BugError for what a route must not do: a status HTTP has no name for, a name that is no
/// token, a value with control characters (a line end would be a second header), a field that is
/// the server's, a body with 204 or 304.
std::string render_response_head(const Response& response, const ResponseFrame& frame);

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110, 5.6.7).
std::string render_http_date(engine::base::Instant instant);

}  // namespace api::http
