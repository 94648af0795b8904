// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http/message.h"
#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/calendar/legal_date.h"
#include "engine/queries.h"

// How routes read what programs send: strictly, so that a mistyped name is told and not ignored.

namespace api::routes {

/// Reads the parameters of a query. What is wrong is gathered, and told all at once by `finish`.
class QueryReader {
  public:
    /// Any parameter not among `names`, and any that comes twice but for those in `many`, is a
    /// mistake.
    QueryReader(const http::Parameters& query, std::initializer_list<std::string_view> names,
                std::initializer_list<std::string_view> many = {});

    std::string text(std::string_view name);  ///< empty when it is not there
    std::vector<std::string> texts(std::string_view name);
    /// The code of an administration that there is; empty when it is not there.
    std::string office(std::string_view name);
    /// The tax code of a body, as it is recorded; empty when it is not there. One that no body can
    /// have is a mistake: an empty list would say that nothing is waited for.
    std::string party(std::string_view name);
    /// The id of a procedure; empty when it is not there. Whether there is such a one is not told
    /// here: who may not see it learns nothing.
    std::string instance(std::string_view name);
    /// `true` or `false`; absent when it is not there.
    std::optional<bool> flag(std::string_view name);
    std::optional<std::int64_t> integer(std::string_view name, std::int64_t least,
                                        std::int64_t most);
    /// A day (`2025-06-30`: the midnight that opens it) or an instant, Rome's when it has no
    /// offset.
    std::optional<engine::base::Instant> instant(std::string_view name);
    std::optional<engine::calendar::LegalDate> date(std::string_view name);
    /// `dopo` and `limite`.
    engine::PageRequest page();

    /// One more mistake, about a parameter.
    void refuse(std::string_view name, std::string_view code, std::string message_it);
    /// Errors: invalid_query, with every mistake.
    engine::base::Result<void> finish();

  private:
    const http::Parameters& query_;
    std::vector<engine::base::ErrorDetail> details_;
};

/// The fields of a JSON body, an object with no name but these. The router has refused bodies of
/// another type (Route::body_types).
/// Errors: malformed, payload_too_large, invalid_input (a name that is not known, with pointers).
engine::base::Result<engine::base::Fields> read_body(const http::Request& request,
                                                     std::initializer_list<std::string_view> names);

/// `Idempotency-Key`. Errors: malformed (absent, or not 1 to 100 visible ASCII letters).
engine::base::Result<std::string> read_idempotency_key(const http::Request& request);

/// `If-Match: "12"`. Errors: version_required (absent, or `*`), malformed.
engine::base::Result<std::int64_t> read_if_match(const http::Request& request);

/// The same where it may be left out.
engine::base::Result<std::optional<std::int64_t>> find_if_match(const http::Request& request);

/// `Content-Type` without its parameters, in lower case; empty when there is none.
std::string media_type_of(const http::Request& request);

}  // namespace api::routes
