// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace engine::base {

/// SHA-256 of the bytes, as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

/// The same of a file's bytes, however many; absent when it cannot be read.
std::optional<std::string> sha256_hex_of_file(const std::filesystem::path& path);

/// HMAC-SHA-256 of the bytes under a key, as 64 lower-case hexadecimal digits. Used where the
/// hashed value is guessable (a tax code, a yes or no) and must not be found by trying.
std::string keyed_sha256_hex(std::string_view key, std::string_view bytes);

}  // namespace engine::base
