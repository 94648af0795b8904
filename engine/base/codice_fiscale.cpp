// SPDX-License-Identifier: EUPL-1.2
#include "engine/base/codice_fiscale.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace engine::base {
namespace {

constexpr std::size_t kNumericLength = 11;
constexpr std::size_t kPersonalLength = 16;
/// Where digits stand in a personal code: year, day, number of the municipality. When two people
/// would have the same code, any of these digits may be replaced by its letter.
constexpr std::array<std::size_t, 7> kDigitPositions = {6, 7, 9, 10, 12, 13, 14};
/// The letters that replace the digits 0 to 9.
constexpr std::string_view kReplacementLetters = "LMNPQRSTUV";
/// The letters of the months, January first.
constexpr std::string_view kMonthLetters = "ABCDEHLMPRST";
constexpr std::size_t kMonthPosition = 8;
constexpr std::size_t kDayPosition = 9;
/// A woman's day of birth is written with this added.
constexpr int kFemaleDayOffset = 40;
/// February has 29: two digits of the year do not tell the century.
constexpr std::array<int, 12> kMonthLengths = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
/// Weight of A to Z (and of 0 to 9, as A to J) in the odd positions, counted from one.
constexpr std::array<int, 26> kOddWeights = {1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                                             20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};

bool is_digit(char character) {
    return character >= '0' && character <= '9';
}

bool is_letter(char character) {
    return character >= 'A' && character <= 'Z';
}

bool is_space(char character) {
    return std::string_view(" \t\n\r\v\f").find(character) != std::string_view::npos;
}

char to_upper(char character) {
    const bool is_lower = character >= 'a' && character <= 'z';
    return is_lower ? static_cast<char>(character - 'a' + 'A') : character;
}

tl::unexpected<Error> refuse(std::string message_it) {
    return fail(ErrorCode::invalid_input, std::move(message_it));
}

std::string normalise(std::string_view text) {
    std::string code;
    for (const char character : text) {
        if (!is_space(character)) {
            code.push_back(to_upper(character));
        }
    }
    if (code.size() == kNumericLength + 2 && code.starts_with("IT") &&
        std::all_of(code.begin() + 2, code.end(), is_digit)) {
        code.erase(0, 2);
    }
    return code;
}

/// The digit written at a numeric position, as such or as its replacement letter.
std::optional<int> read_digit(char character) {
    if (is_digit(character)) {
        return character - '0';
    }
    const auto place = kReplacementLetters.find(character);
    return place == std::string_view::npos ? std::nullopt : std::optional(static_cast<int>(place));
}

bool has_right_check_digit(std::string_view code) {
    int sum = 0;
    for (std::size_t index = 0; index < code.size(); ++index) {
        const int digit = code[index] - '0';
        const int doubled = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
        sum += index % 2 == 0 ? digit : doubled;
    }
    return sum % 10 == 0;
}

bool has_right_check_letter(std::string_view code) {
    int sum = 0;
    for (std::size_t index = 0; index + 1 < code.size(); ++index) {
        const int value = is_digit(code[index]) ? code[index] - '0' : code[index] - 'A';
        sum += index % 2 == 0 ? kOddWeights[static_cast<std::size_t>(value)] : value;
    }
    return code.back() == static_cast<char>('A' + sum % 26);
}

/// What is wrong in the form of a personal code, the date and the check letter apart.
std::optional<std::string> find_form_problem(std::string_view code) {
    for (std::size_t index = 0; index < code.size(); ++index) {
        const bool is_numeric = std::find(kDigitPositions.begin(), kDigitPositions.end(), index) !=
                                kDigitPositions.end();
        if (is_numeric && !read_digit(code[index])) {
            return fmt::format("Il carattere {} del codice fiscale deve essere una cifra.",
                               index + 1);
        }
        if (!is_numeric && !is_letter(code[index])) {
            return fmt::format("Il carattere {} del codice fiscale deve essere una lettera.",
                               index + 1);
        }
    }
    return std::nullopt;
}

/// What is wrong in the date of birth of a personal code of good form.
std::optional<std::string> find_birth_problem(std::string_view code) {
    const auto month = kMonthLetters.find(code[kMonthPosition]);
    if (month == std::string_view::npos) {
        return "La lettera del mese di nascita (carattere 9) non indica nessun mese.";
    }
    const int written = *read_digit(code[kDayPosition]) * 10 + *read_digit(code[kDayPosition + 1]);
    const int day = written > kFemaleDayOffset ? written - kFemaleDayOffset : written;
    if (day < 1 || day > kMonthLengths[month]) {
        return "Il giorno di nascita (caratteri 10 e 11) non esiste in quel mese.";
    }
    return std::nullopt;
}

Result<TaxCode> check_numeric(std::string code) {
    if (!std::all_of(code.begin(), code.end(), is_digit)) {
        return refuse("Un codice fiscale di 11 caratteri è fatto di sole cifre.");
    }
    if (code.find_first_not_of('0') == std::string::npos) {
        // It passes the check digit, so forms receive it as a filler.
        return refuse("Undici zeri non sono il codice fiscale di nessuno.");
    }
    if (!has_right_check_digit(code)) {
        return refuse(
            "La cifra di controllo non corrisponde: c'è un errore di battitura, va riletto tutto "
            "il codice.");
    }
    return TaxCode{std::move(code), TaxCodeKind::numeric};
}

Result<TaxCode> check_personal(std::string code) {
    if (auto problem = find_form_problem(code)) {
        return refuse(std::move(*problem));
    }
    if (auto problem = find_birth_problem(code)) {
        return refuse(std::move(*problem));
    }
    if (!has_right_check_letter(code)) {
        return refuse(
            "La lettera di controllo non corrisponde: c'è un errore di battitura, va riletto tutto "
            "il codice.");
    }
    return TaxCode{std::move(code), TaxCodeKind::personal};
}

}  // namespace

Result<TaxCode> parse_tax_code(std::string_view text) {
    if (text.size() > kMaxTaxCodeBytes) {
        return fail(ErrorCode::payload_too_large,
                    fmt::format("Il testo supera {} caratteri: non è un codice fiscale.",
                                kMaxTaxCodeBytes));
    }
    std::string code = normalise(text);
    if (code.empty()) {
        return fail(ErrorCode::malformed, "Manca il codice fiscale da verificare.");
    }
    const auto is_allowed = [](char one) { return is_digit(one) || is_letter(one); };
    if (!std::all_of(code.begin(), code.end(), is_allowed)) {
        return refuse("Il codice fiscale contiene un carattere che non è né cifra né lettera A-Z.");
    }
    if (code.size() == kNumericLength) {
        return check_numeric(std::move(code));
    }
    if (code.size() == kPersonalLength) {
        return check_personal(std::move(code));
    }
    return refuse(fmt::format(
        "La lunghezza è {}: devono essere 11 cifre, o 16 caratteri per una persona.", code.size()));
}

}  // namespace engine::base
