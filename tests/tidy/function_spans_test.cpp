// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <string>

#include "tests/tidy/shape_rules.h"

namespace {

using tests::tidy::check_function_length;
using tests::tidy::find_functions;
using tests::tidy::make_source_file;

/// "first-last " for each function found.
std::string spans_of(const char* code) {
    std::string spans;
    for (const auto& span : find_functions(code)) {
        spans += std::to_string(span.first_line) + "-" + std::to_string(span.last_line) + " ";
    }
    return spans;
}

std::string function_of(int lines) {
    std::string text = "namespace a {\nint f() {\n";
    for (int i = 0; i < lines - 2; ++i) {
        text += "    call();\n";
    }
    return text + "}\n}\n";
}

TEST(FunctionLength, RefusesMoreThanSeventyLines) {
    EXPECT_EQ(check_function_length(make_source_file("api/a.cpp", function_of(70))).size(), 0U);

    const auto found = check_function_length(make_source_file("api/a.cpp", function_of(71)));

    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].line, 2U);
    EXPECT_NE(found[0].message.find("71 lines"), std::string::npos);
}

TEST(FunctionSpans, FindFreeFunctionsOfEveryForm) {
    EXPECT_EQ(spans_of("int f() {\n  if (a) {\n  }\n}\n"), "1-4 ");
    EXPECT_EQ(spans_of("template <class T = int>\nauto f(T a = {}) -> T {\n}\n"), "2-3 ");
    EXPECT_EQ(spans_of("namespace {\n[[nodiscard]] static int f()\n{\n}\n}\n"), "3-4 ");
    EXPECT_EQ(spans_of("TEST(A, B) {\n}\n"), "1-2 ");
    EXPECT_EQ(spans_of("bool operator==(A a, A b) {\n}\n"), "1-2 ");
}

TEST(FunctionSpans, FindMembersAndConstructors) {
    EXPECT_EQ(spans_of("class A : public B {\n public:\n  int f() const {\n  }\n};\n"), "3-4 ");
    EXPECT_EQ(spans_of("struct A {\n  struct B {\n    void g() {\n    }\n  };\n};\n"), "3-4 ");
    EXPECT_EQ(spans_of("A::A(int x) : x_(x) {\n  go();\n}\n"), "1-3 ");
    EXPECT_EQ(spans_of("A::A(int x) : x_{x}, y_(x) {\n  go();\n}\n"), "1-1 1-3 ");
}

TEST(FunctionSpans, SeeNoFunctionInData) {
    EXPECT_EQ(spans_of("const A kRows[] = {\n  {f(1), 2},\n};\n"), "");
    EXPECT_EQ(spans_of("enum class A : int {\n  b,\n  c\n};\n"), "");
    EXPECT_EQ(spans_of("#define A(x) { \\\n  x\nint a{3};\nvoid f();\n"), "");
    EXPECT_EQ(spans_of("}\n}\n"), "");
}

}  // namespace
