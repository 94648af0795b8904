// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"

namespace api::http {

/// Names with values, decoded, in the order in which they were written; a name may come many times.
class Parameters {
  public:
    void add(std::string name, std::string value) {
        items_.emplace_back(std::move(name), std::move(value));
    }

    /// The value of a name that comes once; absent when it does not come.
    /// A name that comes more than once gives its first value: ask `count` where that matters.
    std::optional<std::string> find(std::string_view name) const;

    std::size_t count(std::string_view name) const;

    /// Every value of the name, in order.
    std::vector<std::string> find_all(std::string_view name) const;

    const std::vector<std::pair<std::string, std::string>>& items() const { return items_; }

  private:
    std::vector<std::pair<std::string, std::string>> items_;
};

/// The four ways to write what is asked for (RFC 9112, 3.2).
enum class TargetForm { origin, absolute, authority, asterisk };

/// What is asked for.
struct Target {
    TargetForm form = TargetForm::origin;
    std::string authority;  ///< `name[:port]` in lower case; absolute and authority form
    std::string path;       ///< as it was written, without the query; empty for `*`
    std::vector<std::string> segments;  ///< `/a/b%2Fc/` → "a", "b/c", ""; `/` → none
    Parameters query;
};

/// Reads a request target. Every decoded text is UTF-8 without control characters; segments `.` and
/// `..`, however they are written, are refused: our own links never hold them.
/// Errors: malformed, also when the form does not go with the method (RFC 9112, 3.2.3 and 3.2.4).
engine::base::Result<Target> parse_target(std::string_view method, std::string_view text);

/// Reads `application/x-www-form-urlencoded` text: a query, or the body of a form. `+` is a space.
/// Texts may hold line ends and tabs (a box of many lines), no other control character.
/// Errors: malformed (a broken `%`, not UTF-8, more than kMaxParameters).
engine::base::Result<Parameters> parse_form(std::string_view text);

/// A form of ours has fewer than a hundred fields; more is a mistake or an attack.
inline constexpr std::size_t kMaxParameters = 500;

/// Whether the text is `name[:port]`, as `Host` must be: a name or IPv4 address, or an IPv6 address
/// in brackets. Empty names are refused (RFC 9110, 4.2.1).
bool is_authority(std::string_view text);

/// Whether the bytes are UTF-8 (no overlong forms, no surrogates).
bool is_utf8(std::string_view text);

}  // namespace api::http
