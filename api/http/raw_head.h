// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "api/http/refusal.h"

namespace api::http {

/// The largest head (request line and fields) that is read.
struct HeadLimits {
    std::size_t target_bytes = 8'000;  ///< RFC 9112, 3: at least 8000 octets
    std::size_t head_bytes = 16'384;   ///< what Apache and nginx take, twice
    std::size_t fields = 100;          ///< a browser behind two proxies sends thirty
};

/// Judges the bytes of a head as they come, before any parser sees them: line ends, folded lines,
/// letters, limits. After a parser they would be invisible. It reads nothing for others: what the
/// head *means* is the parser's and check_head's.
class RawHead {
  public:
    explicit RawHead(HeadLimits limits) : limits_(limits) {}

    /// Looks at what is new in `bytes`, which hold the head from its first byte and perhaps more.
    /// Gives the first thing that is wrong; nothing is asked after that.
    std::optional<Refusal> read(std::string_view bytes);

    /// How many bytes the head has, empty line included; absent until it is whole.
    std::optional<std::size_t> size() const { return size_; }

  private:
    std::optional<Refusal> read_line(std::string_view line);
    std::optional<Refusal> check_sizes(std::string_view bytes) const;

    HeadLimits limits_;
    std::size_t line_start_ = 0;
    std::size_t lines_ = 0;
    std::optional<std::size_t> size_;
};

}  // namespace api::http
