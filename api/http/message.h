// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "api/http/target.h"
#include "engine/base/instant.h"

namespace api::http {

/// The header fields of a message, in the order in which they came. Names are compared without case
/// (RFC 9110, 5.1); values have no spaces around them and may hold bytes that are not UTF-8.
class Headers {
  public:
    Headers() = default;
    Headers(std::initializer_list<std::pair<std::string, std::string>> lines) : lines_(lines) {}

    void add(std::string name, std::string value) {
        lines_.emplace_back(std::move(name), std::move(value));
    }

    /// The value; lines of one name are joined by ", " (RFC 9110, 5.3). Names that allow one line
    /// only were refused when they came twice. Absent when there is no such line.
    std::optional<std::string> find(std::string_view name) const;

    std::size_t count(std::string_view name) const;

    /// The members of a list without the spaces around them: `Connection: close, x` → close, x.
    std::vector<std::string> list(std::string_view name) const;

    const std::vector<std::pair<std::string, std::string>>& lines() const { return lines_; }

  private:
    std::vector<std::pair<std::string, std::string>> lines_;
};

/// A request that is whole and that the strict layer let through.
struct Request {
    std::string method;    ///< GET, POST, PUT, PATCH, DELETE or OPTIONS; HEAD comes as GET
    bool is_head = false;  ///< HEAD was asked: the server leaves the body of the answer out
    Target target;
    std::string host;  ///< `name[:port]` that the client meant, in lower case; empty in HTTP/1.0
    Headers headers;
    std::string body;
    engine::base::Instant begun_at;     ///< when its first byte was read
    engine::base::Instant received_at;  ///< when the last byte was read; nobody asks the time again
    std::string peer_address;           ///< of the other end of the socket: a proxy's, behind one
    std::string request_id;             ///< of this server's making; the answer carries it
};

/// Bytes that many answers share: an asset, a page kept ready.
using SharedBytes = std::shared_ptr<const std::string>;

/// What goes out. `Content-Length`, `Connection`, `Date` and `X-Request-Id` are the server's to
/// write.
struct Response {
    int status = 200;  ///< 200 to 599
    Headers headers;
    std::variant<std::string, SharedBytes> body;

    /// Valid as long as this response is.
    std::string_view body_bytes() const;
};

/// Whether two ASCII texts differ at most in the case of letters.
bool equals_ignoring_case(std::string_view a, std::string_view b);

}  // namespace api::http
