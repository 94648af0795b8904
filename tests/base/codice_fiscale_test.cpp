// SPDX-License-Identifier: EUPL-1.2
#include "engine/base/codice_fiscale.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using engine::base::ErrorCode;
using engine::base::kMaxTaxCodeBytes;
using engine::base::parse_tax_code;
using engine::base::TaxCodeKind;

void expect_refused(const std::string& text, const std::string& reason) {
    SCOPED_TRACE(text);

    const auto code = parse_tax_code(text);

    ASSERT_FALSE(code);
    EXPECT_EQ(code.error().code, ErrorCode::invalid_input);
    EXPECT_NE(code.error().message_it.find(reason), std::string::npos) << code.error().message_it;
}

void expect_accepted(const std::string& text, const std::string& expected, TaxCodeKind kind) {
    SCOPED_TRACE(text);

    const auto code = parse_tax_code(text);

    ASSERT_TRUE(code) << code.error().message_it;
    EXPECT_EQ(code->text, expected);
    EXPECT_EQ(code->kind, kind);
}

TEST(TaxCode, RefusesNumericCodesWithAWrongCheckDigit) {
    expect_refused("93000990503", "cifra di controllo");
    expect_refused("02613260188", "cifra di controllo");
    expect_refused("20613260187", "cifra di controllo");
}

TEST(TaxCode, RefusesElevenZerosThoughTheirCheckDigitIsRight) {
    expect_refused("00000000000", "Undici zeri");
    expect_refused("IT 000 0000 0000", "Undici zeri");
}

TEST(TaxCode, RefusesAnotherLength) {
    expect_refused("1", "lunghezza è 1:");
    expect_refused("0261326018", "lunghezza è 10:");
    expect_refused("026132601870", "lunghezza è 12:");
    expect_refused("RSSMRA80A01H501", "lunghezza è 15:");
    expect_refused("RSSMRA80A01H501UU", "lunghezza è 17:");
    expect_refused("ITRSSMRA80A01H501U", "lunghezza è 18:");
    expect_refused("ITIT02613260187", "lunghezza è 15:");
}

TEST(TaxCode, RefusesLettersAmongElevenCharacters) {
    expect_refused("0261326018A", "sole cifre");
    expect_refused("IT026132601", "sole cifre");
}

TEST(TaxCode, RefusesCharactersOutsideLettersAndDigits) {
    const std::string reason = "né cifra né lettera";
    expect_refused("0261326018é", reason);
    expect_refused("RSSMRA80A01H501\u00d9", reason);
    expect_refused("RSSMRA-80A01-H501U", reason);
    expect_refused("02613260187.", reason);
    expect_refused("026132\u00a060187", reason);
    expect_refused("\xff\xfe", reason);
    expect_refused(std::string("02613260187\0", 12), reason);
    expect_refused("０２６１３２６０１８７", reason);
}

TEST(TaxCode, RefusesPersonalCodesWithAWrongCheckLetter) {
    expect_refused("VRDLGI70B55F205X", "lettera di controllo");
    expect_refused("RSSMRA80A01H501A", "lettera di controllo");
    expect_refused("RSSMRA80A01H50MU", "lettera di controllo");
}

TEST(TaxCode, RefusesPersonalCodesOfAnotherForm) {
    expect_refused("R5SMRA80A01H501U", "carattere 2 del codice fiscale deve essere una lettera");
    expect_refused("RSSMRA8BA01H501U", "carattere 8 del codice fiscale deve essere una cifra");
    expect_refused("RSSMRA80101H501U", "carattere 9 del codice fiscale deve essere una lettera");
    expect_refused("RSSMRA80AZ1H501U", "carattere 10 del codice fiscale deve essere una cifra");
    expect_refused("RSSMRA80A0150112", "carattere 12 del codice fiscale deve essere una lettera");
    expect_refused("RSSMRA80A01H50ZU", "carattere 15 del codice fiscale deve essere una cifra");
    expect_refused("RSSMRA80A01H5011", "carattere 16 del codice fiscale deve essere una lettera");
}

TEST(TaxCode, RefusesMonthsThatDoNotExist) {
    expect_refused("RSSMRA80F01H501G", "mese di nascita");
}

TEST(TaxCode, RefusesDaysThatDoNotExistThoughTheCheckLetterIsRight) {
    const std::vector<std::string> codes = {
        "RSSMRA80A00H501V", "RSSMRA80A32H501C", "RSSMRA80A40H501Z", "RSSMRA80A72H501G",
        "RSSMRA80D31H501D", "RSSMRA80D71H501H", "RSSMRA80B30H501X",
    };
    for (const auto& code : codes) {
        expect_refused(code, "giorno di nascita");
    }
}

TEST(TaxCode, NeverTellsWhatWouldMakeTheCodePass) {
    const auto numeric = parse_tax_code("02613260188");
    const auto same_numeric = parse_tax_code("02613260181");
    const auto personal = parse_tax_code("VRDLGI70B55F205X");
    const auto same_personal = parse_tax_code("RSSMRA80A01H501A");

    // The same words whatever the right character is: nothing can follow from them.
    ASSERT_FALSE(numeric || same_numeric || personal || same_personal);
    EXPECT_EQ(numeric.error(), same_numeric.error());
    EXPECT_EQ(personal.error(), same_personal.error());
}

TEST(TaxCode, RefusesNothingAndTooMuchWithCodesOfTheirOwn) {
    EXPECT_EQ(parse_tax_code("").error().code, ErrorCode::malformed);
    EXPECT_EQ(parse_tax_code(" \t\n").error().code, ErrorCode::malformed);
    EXPECT_EQ(parse_tax_code(std::string(kMaxTaxCodeBytes, '1')).error().code,
              ErrorCode::invalid_input);
    EXPECT_EQ(parse_tax_code(std::string(kMaxTaxCodeBytes + 1, '1')).error().code,
              ErrorCode::payload_too_large);
}

TEST(TaxCode, AcceptsNumericCodes) {
    for (const std::string code : {"02613260187", "80035790585", "92027120580"}) {
        expect_accepted(code, code, TaxCodeKind::numeric);
    }
}

TEST(TaxCode, TakesSpacesAndPrefixAway) {
    expect_accepted(" it 026 1326 0187 ", "02613260187", TaxCodeKind::numeric);
    expect_accepted("IT02613260187", "02613260187", TaxCodeKind::numeric);
    expect_accepted("i t\t02613260187\n", "02613260187", TaxCodeKind::numeric);
    expect_accepted("rss mra 80a01 h501u", "RSSMRA80A01H501U", TaxCodeKind::personal);
}

TEST(TaxCode, AcceptsPersonalCodes) {
    for (const std::string code : {"RSSMRA80A01H501U", "SNTDGI75R25H501A", "RSSMRA80A31H501X",
                                   "RSSMRA80D30H501E", "RSSMRA80A41H501Y", "RSSMRA80A71H501B"}) {
        expect_accepted(code, code, TaxCodeKind::personal);
    }
}

TEST(TaxCode, AcceptsTheLeapDayBecauseTheCenturyIsUnknown) {
    expect_accepted("RSSMRA80B29H501Q", "RSSMRA80B29H501Q", TaxCodeKind::personal);
    expect_accepted("RSSMRA80B69H501U", "RSSMRA80B69H501U", TaxCodeKind::personal);
}

TEST(TaxCode, AcceptsLettersInPlaceOfDigitsForEqualCodes) {
    expect_accepted("RSSMRA80A01H50MM", "RSSMRA80A01H50MM", TaxCodeKind::personal);
    expect_accepted("RSSMRAULALMHRLMD", "RSSMRAULALMHRLMD", TaxCodeKind::personal);
}

}  // namespace
