// SPDX-License-Identifier: EUPL-1.2
#include "api/routes/attachment.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "api/http/letters.h"
#include "api/http/target.h"

namespace api::routes {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;

constexpr std::string_view kPdf = "application/pdf";
constexpr std::string_view kSigned = "application/pkcs7-mime";
constexpr std::string_view kOdt = "application/vnd.oasis.opendocument.text";
constexpr std::string_view kDocx =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
constexpr std::string_view kPng = "image/png";
constexpr std::string_view kJpeg = "image/jpeg";
constexpr std::string_view kText = "text/plain";

/// What else text is called; the last, by a machine with Excel, of a CSV.
constexpr std::array<std::string_view, 5> kTexts{"text/csv", "text/xml", "application/xml",
                                                 "message/rfc822", "application/vnd.ms-excel"};
constexpr std::string_view kMimeAlias = "application/x-pkcs7-mime";

/// An ODT names its type in the first entry of the archive, a DOCX has a folder `word/`.
std::optional<std::string_view> detect_in_archive(std::string_view bytes) {
    constexpr std::size_t kFirstEntryBytes = 100;
    if (bytes.substr(0, kFirstEntryBytes).find(kOdt) != std::string_view::npos) {
        return kOdt;
    }
    return bytes.find("word/document.xml") != std::string_view::npos ? std::optional(kDocx)
                                                                     : std::nullopt;
}

/// A CMS envelope: a DER sequence whose first element is the object id of signed data.
bool is_signed_envelope(std::string_view bytes) {
    constexpr std::string_view kSignedData{"\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02", 11};
    constexpr std::size_t kHeaderBytes = 20;
    return bytes.starts_with('\x30') &&
           bytes.substr(0, kHeaderBytes).find(kSignedData) != std::string_view::npos;
}

bool is_text(std::string_view bytes) {
    const bool has_control = std::any_of(bytes.begin(), bytes.end(), [](char letter) {
        const bool is_layout = letter == '\n' || letter == '\r' || letter == '\t';
        return static_cast<unsigned char>(letter) < 0x20U && !is_layout;
    });
    return !bytes.empty() && !has_control && http::is_utf8(bytes);
}

}  // namespace

std::optional<std::string_view> detect_media_type(std::string_view bytes) {
    if (bytes.starts_with("%PDF-")) {
        return kPdf;
    }
    if (bytes.starts_with(std::string_view("\x89PNG\r\n\x1A\n", 8))) {
        return kPng;
    }
    if (bytes.starts_with("\xFF\xD8\xFF")) {
        return kJpeg;
    }
    if (bytes.starts_with(std::string_view("PK\x03\x04", 4))) {
        return detect_in_archive(bytes);
    }
    if (is_signed_envelope(bytes)) {
        return kSigned;
    }
    return is_text(bytes) ? std::optional(kText) : std::nullopt;
}

std::vector<std::string> attachment_media_types() {
    std::vector<std::string> types;
    for (const auto type : {kPdf, kSigned, kMimeAlias, kOdt, kDocx, kPng, kJpeg, kText}) {
        types.emplace_back(type);
    }
    types.insert(types.end(), kTexts.begin(), kTexts.end());
    return types;
}

bool is_declared_as(std::string_view detected, std::string_view declared) {
    return declared == detected || (detected == kSigned && declared == kMimeAlias) ||
           (detected == kText && std::find(kTexts.begin(), kTexts.end(), declared) != kTexts.end());
}

engine::base::Result<void> check_attachment(std::string_view bytes, std::string_view declared) {
    if (bytes.empty()) {
        return fail(ErrorCode::invalid_input, "Il file è vuoto: va inviato di nuovo, intero.");
    }
    if (bytes.size() > kMaxAttachmentBytes) {
        return fail(ErrorCode::payload_too_large,
                    fmt::format("Un allegato ha al massimo {} MB: oltre va diviso o ridotto.",
                                kMaxAttachmentBytes >> 20U));
    }
    const auto detected = detect_media_type(bytes);
    if (!detected || !is_declared_as(*detected, declared)) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("Il file non è di un formato ammesso, o non è quello che dice di "
                                "essere{}. Formati ammessi: {}.",
                                declared.empty() ? "" : fmt::format(" ({})", declared),
                                kAttachmentFormats));
    }
    return {};
}

std::string browser_media_type(std::string_view content_type, std::string_view bytes) {
    std::string declared = http::to_lower(content_type.substr(0, content_type.find(';')));
    declared.erase(0, declared.find_first_not_of(" \t"));
    declared.erase(declared.find_last_not_of(" \t") + 1);
    const bool is_unknown = declared.empty() || declared == "application/octet-stream";
    return is_unknown ? std::string(detect_media_type(bytes).value_or("")) : declared;
}

std::string_view extension_of(std::string_view media_type) {
    if (media_type == kPdf)
        return ".pdf";
    if (media_type == kSigned)
        return ".p7m";
    if (media_type == kOdt)
        return ".odt";
    if (media_type == kDocx)
        return ".docx";
    if (media_type == kPng)
        return ".png";
    if (media_type == kJpeg)
        return ".jpg";
    return media_type == kText ? ".txt" : ".bin";
}

}  // namespace api::routes
