// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "api/http/message.h"
#include "api/http/refusal.h"
#include "engine/base/error.h"

namespace api::routes {

/// What an RFC 9457 answer says.
struct Problem {
    std::string code;       ///< of http::problem_kinds(): stable, for programs
    std::string detail_it;  ///< what happened and what to do
    std::vector<engine::base::ErrorDetail> details = {};
    int retry_after_s = 0;  ///< 0: no `Retry-After`

    int status() const { return http::problem_kind(code).status; }
};

/// The status of an error, as http::problem_kinds() says.
int status_of(engine::base::ErrorCode code);

/// What is said of an error of the engine. Of `internal` and damaged storage only that it happened:
/// the cause is in the log, under the request's id.
Problem problem_of(const engine::base::Error& error);

/// `application/problem+json`: `{"type", "title", "status", "detail", "codice", "riferimento",
/// "dettagli": [{"puntatore", "codice", "messaggio", "fonti": [text]}]}`; `reference` is the
/// request's id.
http::Response render_problem(const Problem& problem, const std::string& reference);

}  // namespace api::routes
