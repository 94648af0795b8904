// SPDX-License-Identifier: EUPL-1.2
#include "api/pages/form_data.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/http/letters.h"
#include "api/http/target.h"

namespace api::pages {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;

constexpr std::string_view kSpaces = " \t\r\n";
constexpr std::string_view kUrlEncoded = "application/x-www-form-urlencoded";
constexpr std::string_view kMultipart = "multipart/form-data";
constexpr std::string_view kLineEnd = "\r\n";
/// RFC 2046 allows 70 letters.
constexpr std::size_t kMaxBoundaryBytes = 70;

tl::unexpected<engine::base::Error> refuse() {
    return fail(ErrorCode::malformed,
                "I dati del modulo non si leggono. Torna alla pagina precedente e riprova.");
}

tl::unexpected<engine::base::Error> refuse_many() {
    return fail(ErrorCode::payload_too_large, "Il modulo ha troppi campi.");
}

/// Browsers end the lines of a text with CR LF; what is kept and hashed has line feeds.
std::string with_line_feeds(std::string text) {
    std::erase(text, '\r');
    return text;
}

std::string trimmed(const std::string& text) {
    const std::size_t from = text.find_first_not_of(kSpaces);
    return from == std::string::npos ? std::string{}
                                     : text.substr(from, text.find_last_not_of(kSpaces) - from + 1);
}

Result<FormData> read_pairs(std::string_view body) {
    const auto pairs = http::parse_form(body);
    if (!pairs) {
        return fail(pairs.error());
    }
    FormData form;
    for (const auto& [name, value] : pairs->items()) {
        form.fields.emplace_back(name, with_line_feeds(value));
    }
    return form;
}

/// The parameter of a header's value: `form-data; name="x"` → x. Browsers write quotes inside a
/// value as %22 (HTML, multipart form data).
std::optional<std::string> find_parameter(std::string_view value, std::string_view name) {
    const std::string mark = fmt::format("{}=\"", name);
    for (std::size_t at = value.find(mark); at != std::string_view::npos;
         at = value.find(mark, at + 1)) {
        const char before = at == 0 ? ' ' : value[at - 1];
        const std::size_t from = at + mark.size();
        const std::size_t end = value.find('"', from);
        if ((before == ' ' || before == ';') && end != std::string_view::npos) {
            return std::string(value.substr(from, end - from));
        }
    }
    return std::nullopt;
}

std::optional<std::string> find_boundary(std::string_view content_type) {
    constexpr std::string_view kMark = "boundary=";
    const std::size_t at = content_type.find(kMark);
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    std::string_view boundary = content_type.substr(at + kMark.size());
    boundary = boundary.substr(0, boundary.find(';'));
    if (boundary.size() >= 2 && boundary.front() == '"' && boundary.back() == '"') {
        boundary = boundary.substr(1, boundary.size() - 2);
    }
    const bool is_usable = !boundary.empty() && boundary.size() <= kMaxBoundaryBytes;
    return is_usable ? std::optional("--" + std::string(boundary)) : std::nullopt;
}

/// The value of a field of a part's head; `name` in lower case, with its colon.
std::string_view field_of(std::string_view head, std::string_view name) {
    for (std::string_view rest = head; !rest.empty();) {
        const std::size_t end = rest.find(kLineEnd);
        const std::string_view line = rest.substr(0, end);
        if (http::to_lower(line.substr(0, name.size())) == name) {
            return line.substr(name.size());
        }
        rest = end == std::string_view::npos ? "" : rest.substr(end + kLineEnd.size());
    }
    return {};
}

Result<void> add_part(FormData& form, std::string_view part) {
    const std::size_t gap = part.find("\r\n\r\n");
    if (gap == std::string_view::npos) {
        return refuse();
    }
    const std::string_view disposition = field_of(part.substr(0, gap), "content-disposition:");
    const std::string_view content = part.substr(gap + 4);
    const auto name = find_parameter(disposition, "name");
    if (!name || !http::is_utf8(disposition)) {
        return refuse();
    }
    if (const auto file_name = find_parameter(disposition, "filename")) {
        const auto type = field_of(part.substr(0, gap), "content-type:");
        form.files.push_back({*name, *file_name, std::string(type), std::string(content)});
        return {};
    }
    if (!http::is_utf8(content)) {
        return refuse();
    }
    form.fields.emplace_back(*name, with_line_feeds(std::string(content)));
    return {};
}

Result<FormData> parse_parts(std::string_view content_type, std::string_view body) {
    const auto boundary = find_boundary(content_type);
    if (!boundary || !body.starts_with(*boundary)) {
        return refuse();
    }
    FormData form;
    const std::string separator = std::string(kLineEnd) + *boundary;
    std::string_view rest = body.substr(boundary->size());
    while (rest.starts_with(kLineEnd)) {
        const std::size_t end = rest.find(separator, kLineEnd.size());
        if (end == std::string_view::npos) {
            return refuse();
        }
        if (form.fields.size() + form.files.size() == http::kMaxParameters) {
            return refuse_many();
        }
        const auto part = rest.substr(kLineEnd.size(), end - kLineEnd.size());
        if (auto added = add_part(form, part); !added) {
            return fail(added.error());
        }
        rest = rest.substr(end + separator.size());
    }
    return rest.starts_with("--") ? Result<FormData>(std::move(form)) : refuse();
}

}  // namespace

std::string FormData::text(std::string_view name) const {
    for (const auto& [field, value] : fields) {
        if (field == name) {
            return trimmed(value);
        }
    }
    return {};
}

std::vector<std::string> FormData::texts(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& [field, value] : fields) {
        if (field == name) {
            values.push_back(trimmed(value));
        }
    }
    return values;
}

bool FormData::contains(std::string_view name) const {
    return std::any_of(fields.begin(), fields.end(),
                       [&](const auto& field) { return field.first == name; });
}

const UploadedFile* FormData::find_file(std::string_view name) const {
    for (const UploadedFile& file : files) {
        if (file.field == name) {
            return &file;
        }
    }
    return nullptr;
}

Result<FormData> read_form(std::string_view content_type, std::string_view body) {
    const std::string type =
        http::to_lower(http::trim(content_type.substr(0, content_type.find(';'))));
    if (type == kUrlEncoded) {
        return read_pairs(body);
    }
    return type == kMultipart ? parse_parts(content_type, body) : refuse();
}

std::string percent_encode(std::string_view text) {
    std::string encoded;
    for (const char letter : text) {
        if (http::is_letter_or_digit(letter) || letter == '-' || letter == '_' || letter == '.') {
            encoded += letter;
        } else {
            encoded += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
        }
    }
    return encoded;
}

}  // namespace api::pages
