// SPDX-License-Identifier: EUPL-1.2
#include "api/pages/form_data.h"

#include <gtest/gtest.h>

#include <string>

namespace tests {
namespace {

using api::pages::read_form;
using engine::base::ErrorCode;
using namespace std::string_literals;

constexpr const char* kUrlEncoded = "application/x-www-form-urlencoded";

TEST(FormData, ReadsWhatABrowserSends) {
    const auto form = read_form(kUrlEncoded, "a=citt%C3%A0+alta&b=1&b=2&vuoto=");

    ASSERT_TRUE(form.has_value());
    EXPECT_EQ(form->text("a"), "città alta");
    EXPECT_EQ(form->texts("b"), (std::vector<std::string>{"1", "2"}));
    EXPECT_TRUE(form->contains("vuoto"));
    EXPECT_FALSE(form->contains("c"));
}

TEST(FormData, KeepsLineFeedsOnly) {
    const auto form = read_form(kUrlEncoded, "t=uno%0D%0Adue%0D%0A");

    ASSERT_TRUE(form.has_value());
    EXPECT_EQ(form->text("t"), "uno\ndue");
}

TEST(FormData, ReadsAFileByteForByte) {
    const std::string bytes = "%PDF-1.4\r\n\0\xff--x"s;
    const std::string body =
        "--x9\r\nContent-Disposition: form-data; name=\"documento\"\r\n\r\nverbale\r\n"
        "--x9\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a b.pdf\"\r\n"
        "Content-Type: application/pdf\r\n\r\n" +
        bytes + "\r\n--x9--\r\n";

    const auto form = read_form("multipart/form-data; boundary=x9", body);

    ASSERT_TRUE(form.has_value());
    EXPECT_EQ(form->text("documento"), "verbale");
    ASSERT_NE(form->find_file("file"), nullptr);
    EXPECT_EQ(form->find_file("file")->file_name, "a b.pdf");
    EXPECT_EQ(form->find_file("file")->bytes, bytes);
}

TEST(FormData, RefusesWhatDoesNotEnd) {
    const std::string head = "--x9\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nuno";
    for (const std::string& body :
         {head, head + "\r\n--x9", head + "\r\n--x9\r\n", std::string("--x9"), std::string()}) {
        const auto form = read_form("multipart/form-data; boundary=x9", body);

        ASSERT_FALSE(form.has_value()) << body;
        EXPECT_EQ(form.error().code, ErrorCode::malformed) << body;
    }
}

TEST(FormData, RefusesBytesThatAreNoText) {
    const std::string body =
        "--x9\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\xfe\r\n--x9--";

    EXPECT_FALSE(read_form("multipart/form-data; boundary=x9", body).has_value());
    EXPECT_FALSE(read_form(kUrlEncoded, "a=%FF").has_value());
}

TEST(FormData, RefusesOtherTypes) {
    for (const char* type : {"", "application/json", "text/plain", "multipart/form-data",
                             "multipart/form-data; boundary="}) {
        EXPECT_FALSE(read_form(type, "a=1").has_value()) << type;
    }
}

}  // namespace
}  // namespace tests
