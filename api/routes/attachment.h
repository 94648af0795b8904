// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace api::routes {

/// Largest attachment, in bytes: a PEC carries 30 MB, and its encoding takes a third of them
/// (DM 2/11/2005, allegato, 6.4: at least 30 MB).
inline constexpr std::size_t kMaxAttachmentBytes = std::size_t{20} << 20U;
/// With room for the other parts of a form.
inline constexpr std::size_t kMaxAttachmentBodyBytes =
    kMaxAttachmentBytes + (std::size_t{64} << 10U);

/// What the bytes are, by what is in them, among the few formats that acts come in: `application/
/// pdf`, `application/pkcs7-mime` (.p7m), ODT, DOCX, PNG, JPEG, `text/plain`. What a client says of
/// them is never trusted. Absent: none of these.
std::optional<std::string_view> detect_media_type(std::string_view bytes);

/// Every type that a client may declare of an attachment.
std::vector<std::string> attachment_media_types();

/// Whether what a client declared may be those bytes: XML, CSV and e-mail are text.
bool is_declared_as(std::string_view detected, std::string_view declared);

/// Whether the bytes may be kept as an attachment: not empty, not too many, of a format that is
/// taken, and what `declared` says they are (a media type without parameters, in lower case).
/// The one rule, of programs and of pages.
/// Errors: payload_too_large, invalid_input.
engine::base::Result<void> check_attachment(std::string_view bytes, std::string_view declared);

/// What a browser declares of a file, as check_attachment takes it. Of a type that the machine does
/// not know a browser says `application/octet-stream`, or nothing: then it is what it is.
std::string browser_media_type(std::string_view content_type, std::string_view bytes);

/// The end of a file's name for a detected type: ".pdf".
std::string_view extension_of(std::string_view media_type);

/// The formats taken, for people.
inline constexpr const char* kAttachmentFormats =
    "PDF, P7M, ODT, DOCX, PNG, JPEG o testo (anche XML, CSV, EML)";

}  // namespace api::routes
