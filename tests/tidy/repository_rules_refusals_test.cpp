// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <string>

#include "tests/tidy/call_rules.h"
#include "tests/tidy/include_rules.h"
#include "tests/tidy/shape_rules.h"
#include "tests/tidy/source_tree.h"
#include "tests/tidy/text_rules.h"

// A rule that cannot fail protects nothing: each is shown a bad sample, and the good one beside it.

namespace {

using namespace tests::tidy;

using Check = Violations (*)(const SourceFile&);

/// The lines that the rule names in a file with this path and text: "2 5 ".
std::string lines_of(const Violations& found) {
    std::string lines;
    for (const Violation& violation : found) {
        lines += std::to_string(violation.line) + " ";
    }
    return lines;
}

std::string lines_of(Check check, const char* path, std::string text) {
    return lines_of(check(make_source_file(path, std::move(text))));
}

bool refuses_include(const char* path, const std::string& target) {
    return !lines_of(check_rooms, path, "#include \"" + target + "\"\n").empty();
}

bool refuses_heavy(const char* path, const std::string& target) {
    return !lines_of(check_heavy_headers, path, "#include <" + target + ">\n").empty();
}

bool refuses_code(Check check, const char* path, const std::string& line) {
    return lines_of(check, path, "int before;\nvoid f() { " + line + " }\n") == "2 ";
}

TEST(SourceViews, LeaveOutCommentsAndWhatLiteralsHold) {
    const SourceFile file = make_source_file(
        "a.cpp",
        "int a = 1'000; // note\nauto b = \"q\\\"uote // no\"\n  \"tail\"; /* x\n*/ char "
        "c = '\"';\nauto d = R\"x(raw \" // (end)x\";\n");

    EXPECT_EQ(file.code,
              "int a = 1'000;        \nauto b = \"             \"\n  \"    \";     \n   char "
              "c = ' ';\nauto d = R\"x(             )x\";\n");
    EXPECT_NE(file.prose.find("// note"), std::string::npos);
    ASSERT_EQ(file.literals.size(), 2U);
    EXPECT_EQ(file.literals[0].text, "q\\\"uote // notail");
    EXPECT_EQ(file.literals[0].line, 2U);
    EXPECT_EQ(file.literals[1].text, "raw \" // (end");
    EXPECT_EQ(file.literals[1].line, 5U);
}

TEST(Rooms, RefuseWhatIsToTheRight) {
    EXPECT_TRUE(refuses_include("engine/base/json.cpp", "engine/calendar/term.h"));
    EXPECT_TRUE(refuses_include("engine/machine/decide.cpp", "engine/store/store.h"));
    EXPECT_TRUE(refuses_include("engine/runtime/execute.cpp", "engine/engine.h"));
    EXPECT_TRUE(refuses_include("engine/machine/decide.cpp", "engine/nowhere/a.h"));
    EXPECT_TRUE(refuses_include("engine/engine.cpp", "workflows/comuni/checks.h"));
    EXPECT_TRUE(refuses_include("engine/base/json.cpp", "tests/support/clock.h"));
    EXPECT_TRUE(refuses_include("engine/base/json.cpp", "json.h"));
    EXPECT_TRUE(refuses_include("workflows/comuni/checks.cpp", "engine/store/store.h"));
    EXPECT_TRUE(refuses_include("workflows/comuni/checks.cpp", "api/cli/command_line.h"));
    EXPECT_TRUE(refuses_include("api/cli/verify_command.cpp", "engine/store/store.h"));
    EXPECT_TRUE(refuses_include("api/main.cpp", "engine/definition/lint.h"));
    EXPECT_TRUE(refuses_include("bench/engine_bench.cpp", "tests/support/clock.h"));
    EXPECT_TRUE(refuses_include("tests/base/json_test.cpp", "engine/base/json.cpp"));

    EXPECT_FALSE(refuses_include("engine/machine/decide.cpp", "engine/machine/plan.h"));
    EXPECT_FALSE(refuses_include("engine/store/journal.cpp", "engine/base/json.h"));
    EXPECT_FALSE(refuses_include("engine/engine.cpp", "engine/runtime/execute.h"));
    EXPECT_FALSE(refuses_include("workflows/comuni/checks.cpp", "engine/machine/check.h"));
    EXPECT_FALSE(refuses_include("api/cli/lint_command.cpp", "engine/definition/lint.h"));
    EXPECT_FALSE(refuses_include("api/cli/verify_command.cpp", "engine/engine.h"));
    EXPECT_FALSE(refuses_include("tests/store/journal_test.cpp", "engine/store/store.h"));
}

TEST(Rooms, NameTheLine) {
    EXPECT_EQ(lines_of(check_rooms, "engine/base/a.cpp",
                       "#include \"engine/base/a.h\"\n// #include \"api/a.h\"\n"
                       "#include \"engine/store/a.h\"\n"),
              "3 ");
}

TEST(HeavyHeaders, RefuseEveryOtherHome) {
    EXPECT_TRUE(refuses_heavy("engine/base/json.h", "nlohmann/json.hpp"));
    EXPECT_TRUE(refuses_heavy("api/cli/command_line.h", "CLI/CLI.hpp"));
    EXPECT_TRUE(refuses_heavy("api/main.cpp", "CLI/CLI.hpp"));
    EXPECT_TRUE(refuses_heavy("engine/definition/lint.cpp", "rapidjson/document.h"));
    EXPECT_TRUE(refuses_heavy("engine/runtime/execute.cpp", "SQLiteCpp/SQLiteCpp.h"));
    EXPECT_TRUE(refuses_heavy("engine/calendar/term.cpp", "date/tz.h"));
    EXPECT_TRUE(refuses_heavy("engine/base/random.h", "openssl/rand.h"));
    EXPECT_TRUE(refuses_heavy("api/router.cpp", "boost/asio/post.hpp"));
    EXPECT_TRUE(refuses_heavy("api/http/connection.h", "boost/asio/post.hpp"));
    EXPECT_TRUE(refuses_heavy("api/http/connection.cpp", "boost/beast/http/parser.hpp"));
    EXPECT_TRUE(refuses_heavy("tests/base/json_test.cpp", "regex"));

    EXPECT_FALSE(refuses_heavy("engine/base/json.h", "nlohmann/json_fwd.hpp"));
    EXPECT_FALSE(refuses_heavy("engine/base/json.cpp", "nlohmann/json.hpp"));
    EXPECT_FALSE(refuses_heavy("api/cli/command_line.cpp", "CLI/CLI.hpp"));
    EXPECT_FALSE(refuses_heavy("engine/store/sqlite_query.h", "SQLiteCpp/SQLiteCpp.h"));
    EXPECT_FALSE(refuses_heavy("engine/base/random.cpp", "openssl/rand.h"));
    EXPECT_FALSE(refuses_heavy("api/http/connection.cpp", "boost/asio/post.hpp"));
    EXPECT_FALSE(refuses_heavy("api/http/request_reader.cpp", "boost/beast/http/parser.hpp"));
}

TEST(SingleHomes, RefuseTheSecond) {
    const char* text = "#include <kainjow/mustache.hpp>\n";
    const SourceFile first = make_source_file("engine/definition/sheet.cpp", text);

    const SourceFile second = make_source_file("engine/runtime/letter.cpp", text);
    EXPECT_EQ(lines_of(check_single_homes({first, second})), "1 ");
    EXPECT_EQ(lines_of(check_single_homes({make_source_file("api/page.h", text)})), "1 ");
    EXPECT_EQ(lines_of(check_single_homes({first, make_source_file("api/page.cpp", text)})), "");
}

TEST(Sql, IsRefusedOutsideTheStore) {
    for (const char* sql : {"select id from instance", "SELECT 1\\n  FROM x",
                            "insert into journal values (1)", "update task set state = 1",
                            "begin immediate", "pragma journal_mode = wal", "delete from outbox"}) {
        const std::string line = "run(\"" + std::string(sql) + "\");";
        EXPECT_TRUE(refuses_code(check_sql, "engine/runtime/a.cpp", line)) << sql;
        EXPECT_FALSE(refuses_code(check_sql, "engine/store/a.cpp", line)) << sql;
        EXPECT_FALSE(refuses_code(check_sql, "tests/store/a.cpp", line)) << sql;
    }
    EXPECT_TRUE(refuses_code(check_sql, "api/a.cpp", "run(\"select a \" \"from b\");"));
    EXPECT_EQ(lines_of(check_sql, "workflows/a.sql", "create table a(b text) strict;\n"), "1 ");

    EXPECT_FALSE(refuses_code(check_sql, "api/a.cpp", "select(\"from\", \"update\", \"set\");"));
    EXPECT_FALSE(refuses_code(check_sql, "api/a.cpp", "/* select a from b */"));
}

TEST(BannedCalls, AreRefusedEverywhere) {
    for (const char* line :
         {"std::system(\"ls\");", "popen(\"ls\", \"r\");", "x = rand() % 2;", "srand(1);",
          "std::random_device device;", "std::mt19937 dice;", "time(nullptr);",
          "std::chrono::system_clock::now();", "std::this_thread::sleep_for(1ms);", "usleep(5);",
          "strcpy(a, b);", "sprintf (a, b);", "gets(line);", "std::regex_match(a, b);",
          "printf(\"a\");", "std::cout << 1;", "using namespace std;", "std::getenv(\"HOME\");"}) {
        EXPECT_TRUE(refuses_code(check_banned_calls, "engine/machine/a.cpp", line)) << line;
    }
}

TEST(BannedCalls, AreAllowedAtHomeAndInWords) {
    const auto allows = [](const char* path, const char* line) {
        return !refuses_code(check_banned_calls, path, line);
    };

    EXPECT_TRUE(allows("engine/definition/diagram_svg.cpp", "popen(\"dot\", \"r\");"));
    EXPECT_TRUE(allows("engine/base/clock.cpp", "std::chrono::system_clock::now();"));
    EXPECT_TRUE(allows("api/main.cpp", "std::getenv(\"HOME\"); std::cout << 1;"));
    EXPECT_TRUE(allows("engine/machine/a.cpp", "widgets(1); file_system(2); queue.sleep(3);"));
    EXPECT_TRUE(allows("engine/machine/a.cpp", "say(\"time(nullptr)\"); // rand() here"));
    EXPECT_TRUE(allows("engine/machine/a.cpp", "using namespace std::chrono_literals;"));
    EXPECT_FALSE(allows("engine/definition/lint.cpp", "popen(\"dot\", \"r\");"));
}

TEST(Coroutines, AreRefusedOutsideTheServer) {
    EXPECT_TRUE(refuses_code(check_coroutines, "api/router.cpp", "co_await read();"));
    EXPECT_TRUE(refuses_code(check_coroutines, "tests/api/a.cpp", "co_return;"));
    EXPECT_FALSE(refuses_code(check_coroutines, "api/http/connection.cpp", "co_await read();"));
}

TEST(Coroutines, RefuseACapturingLambdaInCoAwait) {
    const char* server = "api/http/connection.cpp";

    EXPECT_TRUE(refuses_code(check_coroutines, server, "co_await post([&] { go(); });"));
    EXPECT_TRUE(
        refuses_code(check_coroutines, server, "auto x = co_await run(1, [a = b](int) {});"));
    EXPECT_FALSE(refuses_code(check_coroutines, server, "auto f = [&] {}; co_await post(f);"));
    EXPECT_FALSE(refuses_code(check_coroutines, server, "co_await post([] { go(); });"));
    EXPECT_FALSE(refuses_code(check_coroutines, server, "co_await read(buffers[index]);"));
}

TEST(SkippedTests, AreRefused) {
    EXPECT_EQ(lines_of(check_skipped_tests, "tests/a.cpp",
                       "TEST(A, DISABLED"
                       "_B) {}\nTEST(A, C) { GTEST"
                       "_SKIP(); }\n"),
              "1 2 ");
    EXPECT_EQ(lines_of(check_skipped_tests, "tests/a.cpp", "TEST(A, B) {}\n"), "");
}

TEST(UnfinishedMarks, AreRefused) {
    EXPECT_EQ(lines_of(check_unfinished_marks, "api/a.cpp", "int a;  // TODO later\n"), "1 ");
    EXPECT_EQ(lines_of(check_unfinished_marks, "cmake/a.cmake", "# FIXME\n"), "1 ");
    EXPECT_EQ(lines_of(check_unfinished_marks, "api/a.cpp", "int xxx;  // metodo\n"), "");
}

TEST(Licence, IsRequired) {
    for (const char* path :
         {"engine/base/a.h", "api/a.cpp", "cmake/a.cmake", "tests/CMakeLists.txt",
          "engine/store/migrations/0001_a.sql", "tests/a.sh"}) {
        EXPECT_EQ(lines_of(check_licence, path, "\n"), "1 ") << path;
        EXPECT_EQ(lines_of(check_licence, path, "// SPDX-License-Identifier: EUPL-1.2\n"), "");
    }
    EXPECT_EQ(lines_of(check_licence, "coprog", "#!/usr/bin/env bash\nset -e\n"), "1 ");
    EXPECT_EQ(lines_of(check_licence, "api/a.cpp", "// SPDX-License-Identifier: MIT\n"), "1 ");
}

TEST(PragmaOnce, IsRequiredInHeaders) {
    EXPECT_EQ(lines_of(check_pragma_once, "engine/base/a.h", "// #pragma once\n"), "1 ");
    EXPECT_EQ(lines_of(check_pragma_once, "engine/base/a.h", "#pragma once\n"), "");
    EXPECT_EQ(lines_of(check_pragma_once, "engine/base/a.cpp", "int a;\n"), "");
}

TEST(Lines, AreAtMostAHundredLetters) {
    std::string accents;
    for (int i = 0; i < 100; ++i) {
        accents += "è";
    }

    EXPECT_EQ(lines_of(check_lines, "api/a.cpp", "int a;\n" + std::string(101, 'x') + "\n"), "2 ");
    EXPECT_EQ(lines_of(check_lines, "api/a.cpp", "\tint a;\nint b; \n"), "1 2 ");
    EXPECT_EQ(lines_of(check_lines, "api/a.cpp", accents + "\n"), "");
    EXPECT_EQ(lines_of(check_lines, "workflows/a.json", std::string(101, 'x') + "\n"), "");
}

TEST(FileLength, IsAtMostFourHundredLines) {
    const std::string lines(400, '\n');

    EXPECT_EQ(lines_of(check_file_length, "api/a.cpp", lines + "int a;\n"), "401 ");
    EXPECT_EQ(lines_of(check_file_length, "api/a.cpp", lines), "");
    EXPECT_EQ(lines_of(check_file_length, "workflows/a.json", lines + "{}\n"), "");
}

TEST(GenericEngine, RefusesWordsOfAProcedure) {
    for (const char* line :
         {"// as DGR XII/3824 says", "find(\"termine_istanze\");", "say(\"l'istanza\");",
          "// Registro RUNTS", "int ets_count;", "// Salute Mentale", "// la ATS di Bergamo",
          "// co-programmazione", "publish_avviso();"}) {
        const std::string text = "int a;\n" + std::string(line) + "\n";
        EXPECT_NE(lines_of(check_generic_engine, "engine/machine/a.cpp", text), "") << line;
        EXPECT_EQ(lines_of(check_generic_engine, "workflows/a.cpp", text), "") << line;
    }
}

TEST(GenericEngine, KnowsWhatEveryProcedureShares) {
    const char* shared = "// Preavviso (art. 10-bis L. 241/1990), stats, assets, 13824\n";
    const char* scope = "{\"verifica_runts\", 1}\n";

    EXPECT_EQ(lines_of(check_generic_engine, "engine/machine/a.cpp", shared), "");
    EXPECT_EQ(lines_of(check_generic_engine, "engine/calendar/suspension.cpp", scope), "");
    EXPECT_EQ(lines_of(check_generic_engine, "engine/calendar/term.cpp", scope), "1 ");
    EXPECT_EQ(lines_of(check_generic_engine, "engine/calendar/suspension.cpp", "// RUNTS\n"), "1 ");
}

TEST(Names, AreSnakeCaseAndSayWhatIsInside) {
    for (const char* path :
         {"engine/base/Clock.h", "engine/base/legal-date.cpp", "api/util.h", "engine/common/a.h",
          "tests/support/json_helpers.cpp", "templates/Pagina.mustache"}) {
        EXPECT_EQ(lines_of(check_names, path, ""), "1 ") << path;
    }
    for (const char* path : {"engine/base/legal_date.h", "workflows/comuni/checks.cpp", ".ci/run",
                             "workflows/iniziative/dgr-3824-2025.json", "tests/CMakeLists.txt",
                             "engine/store/migrations/0001_initial.sql"}) {
        EXPECT_EQ(lines_of(check_names, path, ""), "") << path;
    }
}

TEST(ListedSources, RefuseTheForgottenAndThePattern) {
    const SourceFile root = make_source_file("CMakeLists.txt", "add_library(a engine/a.cpp)\n");
    const SourceFile tests = make_source_file(
        "tests/CMakeLists.txt", "add_executable(t # b_test.cpp\n  a_test.cpp)\nfile(GLOB x *.c)\n");

    EXPECT_EQ(lines_of(check_listed_sources({root, make_source_file("engine/a.cpp", "")})), "");
    EXPECT_EQ(lines_of(check_listed_sources({root, make_source_file("engine/b.cpp", "")})), "1 ");
    EXPECT_EQ(lines_of(check_listed_sources({tests, make_source_file("tests/a_test.cpp", ""),
                                             make_source_file("tests/b_test.cpp", "")})),
              "3 1 ");
}

TEST(Design, NamesEveryRoom) {
    const SourceFile room = make_source_file("engine/store/store.h", "");
    const SourceFile design = make_source_file("engine/DESIGN.md", "`store/` holds all SQL\n");
    const SourceFile other = make_source_file("engine/base/error.h", "");

    EXPECT_EQ(lines_of(check_design_names_rooms({room})), "1 ");
    EXPECT_EQ(lines_of(check_design_names_rooms({room, design, other})), "1 ");
    EXPECT_EQ(lines_of(check_design_names_rooms({room, design})), "");
}

}  // namespace
