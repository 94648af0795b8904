// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"

namespace api::pages {

/// Most fields of one form: the longest act of a notice has about eighty.
inline constexpr std::size_t kMaxFormFields = 1000;

struct UploadedFile {
    std::string field;
    std::string file_name;  ///< what the browser says: shown, never used as a path
    std::string bytes;
};

/// What a browser sends of a form. Line ends of texts are line feeds.
struct FormData {
    std::vector<std::pair<std::string, std::string>> fields;  ///< in order, a name may come again
    std::vector<UploadedFile> files;

    /// The first value, without the spaces around it; empty when there is none.
    std::string text(std::string_view name) const;
    /// Every value of a name.
    std::vector<std::string> texts(std::string_view name) const;
    bool contains(std::string_view name) const;
    const UploadedFile* find_file(std::string_view name) const;
};

/// Reads `application/x-www-form-urlencoded` or `multipart/form-data`.
/// Errors: malformed (another type, broken encoding, not UTF-8); payload_too_large (more fields
/// than kMaxFormFields).
engine::base::Result<FormData> parse_form(std::string_view content_type, std::string_view body);

/// The same for the query of an address, without `?`.
engine::base::Result<FormData> parse_query(std::string_view query);

/// `a b&c` → `a%20b%26c`, for an address.
std::string percent_encode(std::string_view text);

}  // namespace api::pages
