// SPDX-License-Identifier: EUPL-1.2
#include "api/http/raw_head.h"

#include <algorithm>

#include "api/http/letters.h"

namespace api::http {
namespace {

/// Method, spaces and version around the target.
constexpr std::size_t kAroundTarget = 64;

Refusal target_too_long() {
    return {"target_too_long", "L'indirizzo richiesto è troppo lungo: va accorciato.", 0};
}

Refusal head_too_large() {
    return {"head_too_large",
            "Le intestazioni della richiesta sono troppe o troppo lunghe: vanno ridotte (spesso "
            "basta cancellare i cookie di questo sito).",
            0};
}

/// `HTTP/` and two digits, whatever they are (RFC 9112, 2.3).
bool is_version(std::string_view text) {
    return text.size() == 8 && text.starts_with("HTTP/") && is_digit(text[5]) && text[6] == '.' &&
           is_digit(text[7]);
}

std::optional<Refusal> check_request_line(std::string_view line, std::size_t max_target) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last || !is_token(line.substr(0, first))) {
        return malformed("La prima riga della richiesta non è «metodo indirizzo versione».");
    }
    const std::string_view target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);
    const bool is_plain = std::all_of(target.begin(), target.end(), [](char letter) {
        return letter != ' ' && !is_control(letter) && static_cast<unsigned char>(letter) < 0x80U;
    });
    if (target.empty() || !is_plain) {
        return malformed("L'indirizzo richiesto contiene un carattere che non può stare lì.");
    }
    if (!is_version(version)) {
        return malformed("La versione di HTTP non è scritta come si deve.");
    }
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        return Refusal{"version_not_supported", "Questo server parla solo HTTP/1.1.", 0};
    }
    return target.size() > max_target ? std::optional(target_too_long()) : std::nullopt;
}

std::optional<Refusal> check_field_line(std::string_view line) {
    if (line.front() == ' ' || line.front() == '\t') {
        return malformed("Un'intestazione continua sulla riga dopo: va scritta su una riga sola.");
    }
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
        return malformed("Un'intestazione non è scritta «nome: valore», senza spazi nel nome.");
    }
    const std::string_view value = line.substr(colon + 1);
    const bool has_control = std::any_of(value.begin(), value.end(), [](char letter) {
        return is_control(letter) && letter != '\t';
    });
    return has_control
               ? std::optional(malformed("Un'intestazione contiene un carattere di controllo."))
               : std::nullopt;
}

}  // namespace

std::optional<Refusal> RawHead::read(std::string_view bytes) {
    if (!bytes.empty() && !is_token_letter(bytes.front())) {
        return malformed("La richiesta non è HTTP (questa porta non parla TLS).");
    }
    while (!size_) {
        const std::size_t end = bytes.find('\n', line_start_);
        if (end == std::string_view::npos) {
            break;
        }
        const std::string_view line = bytes.substr(line_start_, end - line_start_);
        // A CR anywhere else is found as a control character of its line.
        if (!line.ends_with('\r')) {
            return malformed("Una riga della richiesta non finisce con CR LF.");
        }
        if (auto refusal = read_line(line.substr(0, line.size() - 1))) {
            return refusal;
        }
        line_start_ = end + 1;
    }
    return check_sizes(bytes);
}

std::optional<Refusal> RawHead::read_line(std::string_view line) {
    ++lines_;
    if (lines_ == 1) {
        return check_request_line(line, limits_.target_bytes);
    }
    if (line.empty()) {
        size_ = line_start_ + 2;
        return std::nullopt;
    }
    if (lines_ - 1 > limits_.fields) {
        return head_too_large();
    }
    return check_field_line(line);
}

std::optional<Refusal> RawHead::check_sizes(std::string_view bytes) const {
    if (lines_ == 0 && bytes.size() > limits_.target_bytes + kAroundTarget) {
        return target_too_long();
    }
    const std::size_t known = size_.value_or(bytes.size());
    return known > limits_.head_bytes ? std::optional(head_too_large()) : std::nullopt;
}

}  // namespace api::http
