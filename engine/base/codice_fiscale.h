// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace engine::base {

/// What the form of a tax code tells, and no more: who holds it only the registers know.
enum class TaxCodeKind {
    numeric,   ///< 11 digits: a body, a VAT number, or the provisional code of a person
    personal,  ///< 16 characters: a natural person
};

/// A formally valid tax code: text, never a number, because leading zeros count.
struct TaxCode {
    std::string text;  ///< upper case, no spaces, no `IT` prefix
    TaxCodeKind kind = TaxCodeKind::numeric;

    bool operator==(const TaxCode&) const = default;
};

/// Longest text taken as a tax code: 16 characters typed with a space after each one are 31, and
/// anything over twice that is another thing pasted by mistake.
inline constexpr std::size_t kMaxTaxCodeBytes = 64;

/// Reads a tax code typed by a person: spaces anywhere, lower case and `IT` before 11 digits are
/// taken away; then form, date of birth and check character are verified. No message repeats the
/// code (personal data) or tells what would make it pass (a typing mistake must be looked for, not
/// covered up).
/// Errors: malformed (nothing but spaces), payload_too_large, invalid_input (not a valid code).
/// Legal: DM 23/12/1976 (form and check character, replacement letters for equal codes).
Result<TaxCode> parse_tax_code(std::string_view text);

}  // namespace engine::base
