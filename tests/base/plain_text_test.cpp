// SPDX-License-Identifier: EUPL-1.2
#include "engine/base/plain_text.h"

#include <gtest/gtest.h>

#include <string>

namespace tests {
namespace {

using engine::base::find_text_fault;

TEST(PlainText, IsWhatPeopleWrite) {
    for (const std::string text :
         {"", "Perché no?", "due\nrighe\r\ne una\ttabulazione", "€ 10, «così» – 👋 中文"}) {
        EXPECT_EQ(find_text_fault(text), "") << text;
    }
}

TEST(PlainText, IsNothingThatCannotBeSeen) {
    for (const std::string& letter :
         {std::string(1, '\0'), std::string("\x07"), std::string("\x7f"), std::string("\xC2\x85"),
          std::string("\xE2\x80\x8B"), std::string("\xE2\x80\xAE"), std::string("\xEF\xBB\xBF"),
          std::string("\xEF\xBF\xBF"), std::string("\xF0\x9F\xBF\xBE")}) {
        EXPECT_NE(find_text_fault("a" + letter + "b").find("non si vede"), std::string::npos);
    }
}

TEST(PlainText, OfSpacesAloneSaysNothing) {
    for (const std::string text : {" ", "\t\n", "\xC2\xA0 ", "\xE3\x80\x80"}) {
        EXPECT_NE(find_text_fault(text).find("spazi"), std::string::npos);
    }
}

}  // namespace
}  // namespace tests
