// SPDX-License-Identifier: EUPL-1.2
// JSON to the letter of RFC 8259, within limits.
#include "engine/base/json.h"

#include <gtest/gtest.h>

namespace tests {
namespace {

using engine::base::canonical_json;
using engine::base::ErrorCode;
using engine::base::Fields;
using engine::base::kMaxJsonBytes;
using engine::base::kMaxJsonDepth;
using engine::base::parse_fields;

std::string nested(std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
}

struct BadRow {
    const char* title;
    std::string text;
};

TEST(Json, RefusesWhatRfc8259DoesNotAllow) {
    const BadRow rows[] = {
        {"nothing", ""},
        {"only space", " \n\t"},
        {"comment", "{} // fine"},
        {"comment inside", R"({"a": /* uno */ 1})"},
        {"trailing garbage", "{} x"},
        {"two values", "1 2"},
        {"trailing comma in array", "[1,]"},
        {"trailing comma in object", R"({"a":1,})"},
        {"single quotes", "{'a':1}"},
        {"key without quotes", "{a:1}"},
        {"not a number", "NaN"},
        {"infinity", "[Infinity]"},
        {"minus infinity", "[-Infinity]"},
        {"capital literal", "True"},
        {"leading zero", "01"},
        {"plus", "+1"},
        {"no digit after the point", "1."},
        {"no digit before the point", ".5"},
        {"no exponent", "1e"},
        {"hexadecimal", "0x1F"},
        {"out of range", "1e400"},
        {"lone high surrogate", R"("\ud800")"},
        {"lone low surrogate", R"("\udc00")"},
        {"surrogates in the wrong order", R"("\udc00\ud800")"},
        {"unknown escape", R"("\x41")"},
        {"short escape", R"("\u12")"},
        {"raw line feed in a text", "\"a\nb\""},
        {"raw zero in a text", std::string("\"a\0b\"", 5)},
        {"broken UTF-8", "\"\xC3\""},
        {"overlong UTF-8", "\"\xC0\xAF\""},
        {"surrogate in UTF-8", "\"\xED\xA0\x80\""},
        {"open object", R"({"a":1)"},
        {"open text", R"("a)"},
        {"no colon", R"({"a" 1})"},
        {"key that is no text", "{1:2}"},
    };

    for (const BadRow& row : rows) {
        SCOPED_TRACE(row.title);
        const auto text = canonical_json(row.text);
        ASSERT_FALSE(text.has_value());
        EXPECT_EQ(text.error().code, ErrorCode::malformed);
        EXPECT_FALSE(text.error().message_it.empty());
    }
}

TEST(Json, RefusesWhatFollowsAZeroByte) {
    const auto parsed = canonical_json(std::string("{}\0garbage", 10));

    ASSERT_FALSE(parsed.has_value());
    EXPECT_EQ(parsed.error().code, ErrorCode::malformed);
}

// RFC 8259, section 8.1: nobody may add one; we do not guess what came before it.
TEST(Json, RefusesAByteOrderMark) {
    const auto parsed = canonical_json("\xEF\xBB\xBF{}");

    ASSERT_FALSE(parsed.has_value());
    EXPECT_EQ(parsed.error().code, ErrorCode::malformed);
}

TEST(Json, RefusesAKeyTwiceAtAnyDepth) {
    const char* const texts[] = {
        R"({"a":1,"a":1})",
        R"({"a":1,"b":2,"a":3})",
        R"({"x":{"a":1,"a":2}})",
        R"([{"a":1},{"a":1,"a":2}])",
        R"({"a":{"b":[{"c":1,"c":2}]}})",
        R"({"a":1,"\u0061":2})",
        R"({"":1,"":2})",
    };

    for (const char* text : texts) {
        SCOPED_TRACE(text);
        const auto parsed = canonical_json(text);
        ASSERT_FALSE(parsed.has_value());
        EXPECT_EQ(parsed.error().code, ErrorCode::malformed);
    }
}

TEST(Json, AcceptsTheSameKeyInDifferentObjects) {
    EXPECT_TRUE(canonical_json(R"({"a":{"a":{"a":1}},"b":{"a":2}})").has_value());
    EXPECT_TRUE(canonical_json(R"([{"a":1},{"a":2}])").has_value());
}

TEST(Json, RefusesWhatIsNestedTooDeep) {
    EXPECT_FALSE(canonical_json(nested(kMaxJsonDepth + 1)).has_value());
    EXPECT_FALSE(canonical_json(nested(100'000)).has_value());
}

TEST(Json, AcceptsWhatIsNestedUpToTheLimit) {
    EXPECT_TRUE(canonical_json(nested(kMaxJsonDepth)).has_value());
    EXPECT_TRUE(
        canonical_json(std::string(kMaxJsonDepth, '[') + "1" + std::string(kMaxJsonDepth, ']'))
            .has_value());
}

// What is hashed and shown must be what was sent: a parser that rounds says nothing.
TEST(Json, RefusesNumbersThatWouldLoseDigits) {
    for (const char* text : {"18446744073709551616", "-9223372036854775809", "9007199254740993.0",
                             "123456789012345678901234567890", "1e16", "-1e300"}) {
        SCOPED_TRACE(text);
        const auto parsed = canonical_json(text);
        ASSERT_FALSE(parsed.has_value());
        EXPECT_EQ(parsed.error().code, ErrorCode::malformed);
        EXPECT_NE(parsed.error().message_it.find("cifre"), std::string::npos);
    }
}

TEST(Json, KeepsNumbersAsTheyWere) {
    for (const char* text :
         {"18446744073709551615", "-9223372036854775808", "0.1", "1e15", "-0.5"}) {
        SCOPED_TRACE(text);
        EXPECT_TRUE(canonical_json(text).has_value());
    }
    EXPECT_EQ(canonical_json("18446744073709551615").value(), "18446744073709551615");
    EXPECT_EQ(canonical_json("9007199254740993").value(), "9007199254740993");
}

// The message goes into logs and answers: it quotes no key of a megabyte.
TEST(Json, QuotesNoEndlessKey) {
    const std::string key(100'000, 'k');

    const auto parsed = canonical_json("{\"" + key + "\":1,\"" + key + "\":2}");

    ASSERT_FALSE(parsed.has_value());
    EXPECT_LT(parsed.error().message_it.size(), 200U);
}

TEST(Json, RefusesOneByteTooMany) {
    const std::string most = '"' + std::string(kMaxJsonBytes - 2, 'a') + '"';

    const auto refused = canonical_json(most + " ");

    EXPECT_TRUE(canonical_json(most).has_value());
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::payload_too_large);
}

TEST(Json, SaysWhereItStopped) {
    const auto parsed = canonical_json("[1,\n2,]");

    ASSERT_FALSE(parsed.has_value());
    EXPECT_NE(parsed.error().message_it.find("7"), std::string::npos);
}

TEST(CanonicalJson, OrdersKeysByTheirBytes) {
    EXPECT_EQ(canonical_json(R"( {"b":1, "a":{"z":2,"y":[3 , 4]},"B":5,"è":6} )").value(),
              R"({"B":5,"a":{"y":[3,4],"z":2},"b":1,"è":6})");
}

TEST(CanonicalJson, GivesEqualTextsForEqualValues) {
    EXPECT_EQ(canonical_json(R"({"a":"\u00e8\/","b":1})").value(),
              canonical_json(R"({"b" : 1, "a" : "è/"})").value());
}

TEST(CanonicalJson, KeepsTheOrderOfArrays) {
    EXPECT_EQ(canonical_json("[3,1,2]").value(), "[3,1,2]");
}

TEST(Fields, RefuseWhatIsNoObject) {
    for (const char* text : {"[]", "1", "\"a\"", "null", "true"}) {
        SCOPED_TRACE(text);
        const auto fields = parse_fields(text);
        ASSERT_FALSE(fields.has_value());
        EXPECT_EQ(fields.error().code, ErrorCode::malformed);
    }
}

TEST(Fields, SurviveTheirText) {
    const std::string text = R"({"a":"uno","b":[1,2],"c":{"d":null},"e\"f":true})";

    const auto fields = parse_fields(text);

    ASSERT_TRUE(fields.has_value());
    EXPECT_EQ(fields->at("a"), R"("uno")");
    EXPECT_EQ(engine::base::render_fields(*fields), text);
    EXPECT_EQ(engine::base::render_fields({}), "{}");
}

TEST(Fields, ReadOnlyTheTypeThatIsAsked) {
    using namespace engine::base;

    EXPECT_EQ(read_text(R"("a")"), "a");
    EXPECT_FALSE(read_text("1").has_value());
    EXPECT_FALSE(read_text("not json").has_value());
    EXPECT_EQ(read_integer("-7"), -7);
    EXPECT_FALSE(read_integer("1.5").has_value());
    EXPECT_FALSE(read_integer("\"1\"").has_value());
    EXPECT_EQ(read_flag("false"), false);
    EXPECT_FALSE(read_flag("0").has_value());
    EXPECT_EQ(read_texts(R"(["a","b"])"), (std::vector<std::string>{"a", "b"}));
    EXPECT_TRUE(read_texts(R"(["a",1])").empty());
}

TEST(Fields, AnIntegerBeyondTheRangeIsNone) {
    EXPECT_FALSE(engine::base::read_integer("18446744073709551615").has_value());
}

// What has nothing to escape goes by a shorter way.
TEST(Fields, WritesEveryTextAsItIsReadBack) {
    for (int letter = 0; letter < 0x80; ++letter) {
        const std::string text = std::string("a") + static_cast<char>(letter) + "\xc3\xa8";
        const std::string ascii = text.substr(0, 2);
        EXPECT_EQ(engine::base::read_text(engine::base::render_text(text)), text);
        EXPECT_EQ(engine::base::read_text(engine::base::render_text(ascii)), ascii);
        EXPECT_EQ(engine::base::render_text(ascii),
                  engine::base::canonical_json(engine::base::render_text(ascii)).value());
    }
    EXPECT_EQ(engine::base::render_text("a\"\\\n"), R"("a\"\\\n")");
    EXPECT_EQ(engine::base::render_integer(-7), "-7");
}

}  // namespace
}  // namespace tests
