// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <span>
#include <string_view>

namespace api::http {

/// One way in which a request is refused: what is the same whenever it happens.
struct ProblemKind {
    std::string_view code;      ///< stable, for programs
    int status = 500;           ///< of the answer
    std::string_view title_it;  ///< for people (RFC 9457, 3.1.3)
};

/// THE table of refusals, of the transport, of the engine and of the service alike, by status.
std::span<const ProblemKind> problem_kinds();

/// Errors: BugError for a code that is not in the table.
const ProblemKind& problem_kind(std::string_view code);

}  // namespace api::http
