// SPDX-License-Identifier: EUPL-1.2
#include "engine/cursor.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <vector>

namespace engine {
namespace {

/// Names and ids are short: a longer cursor is none of ours.
constexpr std::size_t kMaxCursorBytes = 1000;
/// List, sort, id, name, occurrence.
constexpr std::size_t kParts = 5;

std::optional<std::string> bytes_of(std::string_view hex) {
    std::string bytes;
    if (hex.size() > kMaxCursorBytes || hex.size() % 2 != 0) {
        return std::nullopt;
    }
    for (std::size_t at = 0; at < hex.size(); at += 2) {
        unsigned int byte = 0;
        const auto [end, error] = std::from_chars(hex.data() + at, hex.data() + at + 2, byte, 16);
        if (error != std::errc{} || end != hex.data() + at + 2) {
            return std::nullopt;
        }
        bytes.push_back(static_cast<char>(byte));
    }
    return bytes;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines(1);
    for (const char letter : text) {
        if (letter == '\n') {
            lines.emplace_back();
        } else {
            lines.back().push_back(letter);
        }
    }
    return lines;
}

std::optional<std::int64_t> number_of(const std::string& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_whole = error == std::errc{} && end == text.data() + text.size();
    return is_whole ? std::optional(number) : std::nullopt;
}

std::optional<store::ListKey> key_of(ListName list, std::string_view cursor) {
    const auto bytes = bytes_of(cursor);
    const auto parts = bytes ? lines_of(*bytes) : std::vector<std::string>{};
    if (parts.size() != kParts || parts[0] != std::string(1, static_cast<char>(list))) {
        return std::nullopt;
    }
    const auto sort = number_of(parts[1]);
    const auto occurrence = number_of(parts[4]);
    return sort && occurrence
               ? std::optional(store::ListKey{*sort, parts[2], parts[3], *occurrence})
               : std::nullopt;
}

}  // namespace

std::string render_cursor(ListName list, const store::ListKey& key) {
    const std::string text = fmt::format("{}\n{}\n{}\n{}\n{}", static_cast<char>(list), key.sort,
                                         key.id, key.name, key.occurrence);
    std::string hex;
    for (const char byte : text) {
        hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    }
    return hex;
}

base::Result<store::ListKey> parse_cursor(ListName list, std::string_view cursor) {
    auto key = key_of(list, cursor);
    if (!key) {
        return base::fail({base::ErrorCode::invalid_query,
                           "Il punto da cui continuare non è di questo elenco: va usato com'è "
                           "quello ricevuto con la pagina precedente, o si riparte dalla prima.",
                           {{"/dopo", "cursor", "non è un punto di questo elenco", {}}}});
    }
    return std::move(*key);
}

}  // namespace engine
