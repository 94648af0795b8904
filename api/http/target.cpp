// SPDX-License-Identifier: EUPL-1.2
#include "api/http/target.h"

#include <algorithm>

#include "api/http/letters.h"

namespace api::http {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;

enum class LineEnds { refused, allowed };

int hex_value(char letter) {
    if (letter >= '0' && letter <= '9') {
        return letter - '0';
    }
    const char lower = to_lower(letter);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool holds_control(std::string_view text, LineEnds line_ends) {
    return std::any_of(text.begin(), text.end(), [&](char letter) {
        const bool is_line_end = letter == '\r' || letter == '\n' || letter == '\t';
        return is_control(letter) && !(is_line_end && line_ends == LineEnds::allowed);
    });
}

/// Absent when a `%` is not followed by two hexadecimal digits, or the result is no plain text.
std::optional<std::string> decode(std::string_view text, bool plus_is_space, LineEnds line_ends) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded += plus_is_space && text[i] == '+' ? ' ' : text[i];
            continue;
        }
        const int high = i + 1 < text.size() ? hex_value(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
        if (high < 0 || low < 0) {
            return std::nullopt;
        }
        decoded += static_cast<char>(high * 16 + low);
        i += 2;
    }
    if (!is_utf8(decoded) || holds_control(decoded, line_ends)) {
        return std::nullopt;
    }
    return decoded;
}

Result<Parameters> parse_pairs(std::string_view text, LineEnds line_ends) {
    Parameters parameters;
    for (const std::string_view item : split(text, '&')) {
        if (item.empty()) {
            continue;
        }
        const std::size_t equals = std::min(item.find('='), item.size());
        const std::string_view value = item.substr(std::min(equals + 1, item.size()));
        auto name = decode(item.substr(0, equals), true, line_ends);
        auto decoded = decode(value, true, line_ends);
        if (!name || !decoded) {
            return fail(ErrorCode::malformed,
                        "Un parametro non è leggibile: va scritto in UTF-8 con codifica «%».");
        }
        parameters.add(std::move(*name), std::move(*decoded));
        if (parameters.items().size() > kMaxParameters) {
            return fail(ErrorCode::malformed, "Ci sono troppi parametri: vanno ridotti.");
        }
    }
    return parameters;
}

/// `pchar`, `/` and `?` of RFC 3986 (3.3, 3.4), with `%`, which `decode` judges.
bool is_target_letter(char letter) {
    constexpr std::string_view kMarks = "-._~!$&'()*+,;=:@/?%";
    return is_letter_or_digit(letter) || kMarks.find(letter) != std::string_view::npos;
}

/// Fills path, segments and query from `/path?query`.
Result<Target> parse_path(Target target, std::string_view text) {
    const std::size_t question = std::min(text.find('?'), text.size());
    target.path = std::string(text.substr(0, question));
    if (!target.path.starts_with('/')) {
        return fail(ErrorCode::malformed, "L'indirizzo richiesto non comincia con «/».");
    }
    if (!std::all_of(text.begin(), text.end(), is_target_letter)) {
        return fail(ErrorCode::malformed,
                    "L'indirizzo contiene un carattere che va scritto con codifica «%».");
    }
    if (target.path != "/") {
        for (const std::string_view part : split(std::string_view(target.path).substr(1), '/')) {
            auto segment = decode(part, false, LineEnds::refused);
            if (!segment || *segment == "." || *segment == "..") {
                return fail(ErrorCode::malformed, "Il percorso richiesto non è valido.");
            }
            target.segments.push_back(std::move(*segment));
        }
    }
    auto query = parse_pairs(text.substr(std::min(question + 1, text.size())), LineEnds::allowed);
    if (!query) {
        return fail(query.error());
    }
    target.query = std::move(*query);
    return target;
}

/// The rest after `http://` or `https://`; absent for anything else.
std::optional<std::string_view> after_scheme(std::string_view text) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (to_lower(text.substr(0, scheme.size())) == scheme) {
            return text.substr(scheme.size());
        }
    }
    return std::nullopt;
}

Result<Target> parse_absolute(std::string_view rest) {
    Target target;
    target.form = TargetForm::absolute;
    const std::size_t end = std::min(rest.find_first_of("/?"), rest.size());
    if (!is_authority(rest.substr(0, end))) {
        return fail(ErrorCode::malformed, "Il nome del sito nell'indirizzo non è valido.");
    }
    target.authority = to_lower(rest.substr(0, end));
    const std::string_view path = rest.substr(end);
    return parse_path(std::move(target),
                      path.starts_with('/') ? std::string(path) : '/' + std::string(path));
}

bool is_port(std::string_view text) {
    constexpr std::size_t kMaxDigits = 5;
    constexpr int kMaxPort = 65535;
    int port = 0;
    for (const char digit : text.substr(0, kMaxDigits)) {
        port = port * 10 + (digit - '0');
    }
    return text.size() <= kMaxDigits && port <= kMaxPort &&
           std::all_of(text.begin(), text.end(), is_digit);
}

/// The letters of an address in brackets; whether it is a real one does not concern us.
bool is_ip_literal(std::string_view text) {
    constexpr std::string_view kLetters = "0123456789abcdefABCDEF:.";
    return text.size() > 2 && text.ends_with(']') &&
           text.substr(1, text.size() - 2).find_first_not_of(kLetters) == std::string_view::npos;
}

/// `reg-name` of RFC 3986 (3.2.2) without `%`: a name in DNS has none.
bool is_registered_name(std::string_view text) {
    constexpr std::string_view kMarks = "-._~!$&'()*+;=";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char letter) {
        return is_letter_or_digit(letter) || kMarks.find(letter) != std::string_view::npos;
    });
}

/// How many bytes the sequence that begins with this byte has, and the least code point it may
/// hold.
struct Utf8Shape {
    std::size_t size = 0;  ///< 0: no sequence begins so
    char32_t least = 0;
    char32_t first_bits = 0;
};

Utf8Shape utf8_shape(unsigned char first) {
    if (first < 0x80U) {
        return {1, 0, first};
    }
    if ((first & 0xE0U) == 0xC0U) {
        return {2, 0x80, first & 0x1FU};
    }
    if ((first & 0xF0U) == 0xE0U) {
        return {3, 0x800, first & 0x0FU};
    }
    if ((first & 0xF8U) == 0xF0U) {
        return {4, 0x10000, first & 0x07U};
    }
    return {};
}

}  // namespace

std::optional<std::string> Parameters::find(std::string_view name) const {
    const auto found = std::find_if(items_.begin(), items_.end(),
                                    [&](const auto& item) { return item.first == name; });
    return found == items_.end() ? std::nullopt : std::optional(found->second);
}

std::size_t Parameters::count(std::string_view name) const {
    return static_cast<std::size_t>(std::count_if(
        items_.begin(), items_.end(), [&](const auto& item) { return item.first == name; }));
}

std::vector<std::string> Parameters::find_all(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& [own, value] : items_) {
        if (own == name) {
            values.push_back(value);
        }
    }
    return values;
}

Result<Target> parse_target(std::string_view method, std::string_view text) {
    if (method == "CONNECT") {
        const bool has_port = text.rfind(':') != std::string_view::npos && !text.ends_with(':');
        if (!is_authority(text) || !has_port) {
            return fail(ErrorCode::malformed, "CONNECT vuole un nome e una porta.");
        }
        Target target;
        target.form = TargetForm::authority;
        target.authority = to_lower(text);
        return target;
    }
    if (text == "*") {
        if (method != "OPTIONS") {
            return fail(ErrorCode::malformed, "L'indirizzo «*» vale solo per OPTIONS.");
        }
        Target target;
        target.form = TargetForm::asterisk;
        return target;
    }
    const auto rest = after_scheme(text);
    return rest ? parse_absolute(*rest) : parse_path(Target{}, text);
}

Result<Parameters> parse_form(std::string_view text) {
    return parse_pairs(text, LineEnds::allowed);
}

bool is_authority(std::string_view text) {
    const std::size_t bracket = text.starts_with('[') ? text.find(']') : 0;
    if (bracket == std::string_view::npos) {
        return false;
    }
    const std::size_t colon = std::min(text.find(':', bracket), text.size());
    const std::string_view host = text.substr(0, colon);
    const std::string_view port = text.substr(std::min(colon + 1, text.size()));
    return is_port(port) &&
           (text.starts_with('[') ? is_ip_literal(host) : is_registered_name(host));
}

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const Utf8Shape shape = utf8_shape(static_cast<unsigned char>(text[i]));
        if (shape.size == 0 || i + shape.size > text.size()) {
            return false;
        }
        char32_t code_point = shape.first_bits;
        for (std::size_t k = 1; k < shape.size; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xC0U) != 0x80U) {
                return false;
            }
            code_point = (code_point << 6U) | (next & 0x3FU);
        }
        const bool is_surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
        if (code_point < shape.least || code_point > 0x10FFFF || is_surrogate) {
            return false;
        }
        i += shape.size;
    }
    return true;
}

}  // namespace api::http
