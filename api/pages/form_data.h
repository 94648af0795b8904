// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/result.h"

namespace api::pages {

struct UploadedFile {
    std::string field;
    std::string file_name;   ///< what the browser says: shown, never used as a path
    std::string media_type;  ///< what the browser says: Content-Type of the part
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
/// than http::kMaxParameters).
engine::base::Result<FormData> read_form(std::string_view content_type, std::string_view body);

/// `a b&c` → `a%20b%26c`, for an address.
std::string percent_encode(std::string_view text);

}  // namespace api::pages
