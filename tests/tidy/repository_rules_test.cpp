// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

#include "tests/tidy/call_rules.h"
#include "tests/tidy/include_rules.h"
#include "tests/tidy/shape_rules.h"
#include "tests/tidy/source_tree.h"
#include "tests/tidy/text_rules.h"

// The rules of conventions.md and architecture.md, on the tree these tests were built from. That
// each rule can fail is proved beside, in repository_rules_refusals_test.cpp.

namespace {

using tests::tidy::repository;
using tests::tidy::SourceFile;
using tests::tidy::Violations;

Violations check_all(Violations (*check)(const SourceFile&)) {
    Violations all;
    for (const SourceFile& file : repository()) {
        const Violations found = check(file);
        all.insert(all.end(), found.begin(), found.end());
    }
    return all;
}

void expect_none(const Violations& found) {
    EXPECT_TRUE(found.empty()) << describe(found);
}

TEST(RepositoryRules, ReadTheWholeTree) {
    for (const std::string_view path :
         {"coprog", ".ci/run", "CMakeLists.txt", "engine/base/result.h", "api/main.cpp",
          "workflows/territorio/territory.cpp", "tests/tidy/repository_rules_test.cpp"}) {
        EXPECT_TRUE(std::any_of(repository().begin(), repository().end(),
                                [&](const SourceFile& file) { return file.path == path; }))
            << path;
    }
}

TEST(RepositoryRules, RoomsIncludeOnlyWhatIsToTheirLeft) {
    expect_none(check_all(tests::tidy::check_rooms));
}

TEST(RepositoryRules, HeavyHeadersStayAtHome) {
    expect_none(check_all(tests::tidy::check_heavy_headers));
}

TEST(RepositoryRules, MustacheHasOneHome) {
    expect_none(tests::tidy::check_single_homes(repository()));
}

TEST(RepositoryRules, SqlIsOnlyInTheStore) {
    expect_none(check_all(tests::tidy::check_sql));
}

TEST(RepositoryRules, BannedCallsAreNotMade) {
    expect_none(check_all(tests::tidy::check_banned_calls));
}

TEST(RepositoryRules, CoroutinesAreOnlyInTheServer) {
    expect_none(check_all(tests::tidy::check_coroutines));
}

TEST(RepositoryRules, EveryTestRuns) {
    expect_none(check_all(tests::tidy::check_skipped_tests));
}

TEST(RepositoryRules, NothingIsLeftUnfinished) {
    expect_none(check_all(tests::tidy::check_unfinished_marks));
}

TEST(RepositoryRules, EverySourceNamesItsLicence) {
    expect_none(check_all(tests::tidy::check_licence));
}

TEST(RepositoryRules, EveryHeaderIsReadOnce) {
    expect_none(check_all(tests::tidy::check_pragma_once));
}

TEST(RepositoryRules, LinesFitAScreen) {
    expect_none(check_all(tests::tidy::check_lines));
}

TEST(RepositoryRules, FilesHoldOneConcept) {
    expect_none(check_all(tests::tidy::check_file_length));
}

TEST(RepositoryRules, FunctionsFitAScreen) {
    expect_none(check_all(tests::tidy::check_function_length));
}

TEST(RepositoryRules, NamesSayWhatIsInside) {
    expect_none(check_all(tests::tidy::check_names));
}

TEST(RepositoryRules, TheEngineKnowsNoProcedure) {
    expect_none(check_all(tests::tidy::check_generic_engine));
}

TEST(RepositoryRules, EverySourceIsListed) {
    expect_none(tests::tidy::check_listed_sources(repository()));
}

TEST(RepositoryRules, TheDesignExplainsEveryRoom) {
    expect_none(tests::tidy::check_design_names_rooms(repository()));
}

}  // namespace
