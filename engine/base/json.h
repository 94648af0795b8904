// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

// The one door for JSON text. Domain types never hold a JSON tree: a value whose shape only a
// definition knows (a field of a notice, of an application) travels as compact JSON text, so that
// headers stay light and what is hashed is what is stored.

namespace engine::base {

/// Field name → compact JSON text of its value: `{"termine": "\"2025-05-16\"", "posti": "3"}`.
using Fields = std::map<std::string, std::string>;

/// Largest JSON text taken from outside: a long application with its declarations is under 100 kB.
inline constexpr std::size_t kMaxJsonBytes = 1U << 20U;
/// Deepest nesting taken from outside: our schemas need fewer than ten levels.
inline constexpr std::size_t kMaxJsonDepth = 32;

/// Parses RFC 8259 text and nothing else: no key twice, no digit lost, within the limits above.
/// Errors: malformed (with the position), payload_too_large.
Result<nlohmann::json> parse_json(std::string_view text);

/// The same, keeping the order in which keys were written (for definitions that people read).
Result<nlohmann::ordered_json> parse_ordered_json(std::string_view text);

/// Compact text with keys in byte order: equal values give equal bytes.
/// Errors: as parse_json.
Result<std::string> canonical_json(std::string_view text);

/// Splits a JSON object into its fields. Errors: as parse_json; malformed when it is no object.
Result<Fields> parse_fields(std::string_view object_text);

/// The object made of the fields; the inverse of parse_fields.
std::string render_fields(const Fields& fields);

/// Reads a value of the asked type; absent when the text holds another type.
std::optional<std::string> read_text(std::string_view json);
std::optional<std::int64_t> read_integer(std::string_view json);
std::optional<bool> read_flag(std::string_view json);
/// The texts of an array of texts; empty when it is anything else.
std::vector<std::string> read_texts(std::string_view json);

/// Every text inside a value, however deep, the keys of objects apart.
std::vector<std::string> texts_within(std::string_view json);

/// The array with one more element; an array of its own when `array_json` is none.
std::string append_json(std::string_view array_json, std::string_view element_json);

/// JSON text of a value.
std::string render_text(std::string_view value);
std::string render_integer(std::int64_t value);
std::string render_flag(bool value);
std::string render_texts(const std::vector<std::string>& values);

}  // namespace engine::base
