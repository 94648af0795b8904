// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>

#include "api/http/message.h"
#include "api/http/refusal.h"

namespace api::http {

/// A head as the parser read it: what RFC 9112 asks of it is checked here, before any route.
struct Head {
    std::string method;
    std::string target;
    int minor_version = 1;  ///< HTTP/1.0 or 1.1
    Headers headers;
};

/// What RFC 9110 and 9112 refuse and the parser lets through: `Host`, framing, methods,
/// expectations, repeated fields that may come once. The first thing that is wrong, or nothing.
std::optional<Refusal> check_head(const Head& head);

/// Whether the connection goes on after this request: HTTP/1.1 without `Connection: close`.
/// HTTP/1.0 always ends: its `keep-alive` is an extension that proxies get wrong (RFC 9112, 9.3).
bool keeps_alive(const Head& head);

/// Whether the client waits for `100 Continue` before it sends the body (RFC 9110, 10.1.1).
bool expects_continue(const Head& head);

/// Makes the request of a head that passed check_head; body, instant, peer and id are left to fill.
/// Errors: malformed (a target that cannot be read).
engine::base::Result<Request> make_request(Head head);

}  // namespace api::http
