// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/http/message.h"
#include "api/http/problem_kinds.h"

namespace api::http {

/// What is known of a request that was refused: as far as it was read, and nothing of it judged.
struct Asked {
    std::string path;    ///< the target up to its query; empty: not known
    std::string accept;  ///< `Accept`
};

/// Looks for the two in the bytes of a head that may be neither whole nor well made.
Asked find_asked(std::string_view head);

/// Why the server does not pass a request on. Routes refuse with engine errors; these are the
/// refusals of the transport, most of which no engine error has a name for.
struct Refusal {
    std::string code;        ///< of problem_kinds()
    std::string message_it;  ///< what happened and what to do
    int retry_after_s = 0;   ///< 0: no `Retry-After`
    Asked asked = {};        ///< so that a person is told in a page

    int status() const { return problem_kind(code).status; }
};

/// `400 malformed`: the request breaks RFC 9110 or 9112.
Refusal malformed(std::string message_it);

/// `503 busy`, to be tried again in a moment.
Refusal busy(std::string message_it);

/// `503 answer_late`: what was asked may have been done.
Refusal answer_late();

/// `500 internal`: a bug of ours; the request id in the answer is the reference.
Refusal internal_failure();

/// An RFC 9457 answer: `{"type", "title", "status", "detail", "codice"}`, title and status those of
/// problem_kinds(). The reference is in the header X-Request-Id.
Response render_refusal(const Refusal& refusal);

/// The answer of a path that exists but not for this method: 405 with `Allow` (RFC 9110, 15.5.6).
/// `methods` are those of its routes; HEAD comes with GET, OPTIONS always.
Response method_not_allowed(const std::vector<std::string>& methods);

/// The answer to OPTIONS on a path: 204 with the same `Allow`.
Response allowed_methods(const std::vector<std::string>& methods);

/// "Not Found" for 404; empty for a number that HTTP does not register.
std::string_view reason_phrase(int status);

}  // namespace api::http
