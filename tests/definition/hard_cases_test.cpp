// SPDX-License-Identifier: EUPL-1.2
// What real procedures need of the language, written by hand: it must go on reading well.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/definition/catalog.h"
#include "engine/definition/lint.h"
#include "tests/support/source_dir.h"

namespace tests {
namespace {

using engine::definition::Catalog;
using engine::definition::LintContext;
using engine::definition::LintSeverity;
using engine::definition::SourceFile;

std::vector<SourceFile> hard_cases() {
    std::vector<SourceFile> files;
    const std::filesystem::path folder = source_dir() + "/tests/definition/hard_cases";
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".json") {
            std::ostringstream text;
            text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
            files.push_back({entry.path().filename().string(), text.str()});
        }
    }
    std::sort(files.begin(), files.end(),
              [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    return files;
}

bool is_schema(const SourceFile& file) {
    return file.path.ends_with(".schema.json");
}

TEST(HardCases, EachParses) {
    const auto files = hard_cases();
    const auto definitions = static_cast<std::size_t>(std::count_if(
        files.begin(), files.end(), [](const auto& file) { return !is_schema(file); }));
    ASSERT_GT(definitions, 0U) << "no file in tests/definition/hard_cases";

    const auto catalog = engine::definition::load_catalog(files);

    ASSERT_TRUE(catalog.has_value())
        << catalog.error().message_it << " "
        << (catalog.error().details.empty() ? "" : catalog.error().details.front().pointer);
    EXPECT_EQ(catalog->definitions().size(), definitions);
}

TEST(HardCases, TogetherTheyHaveNoMistake) {
    const auto catalog = engine::definition::load_catalog(hard_cases());
    ASSERT_TRUE(catalog.has_value()) << catalog.error().message_it;
    const LintContext context{
        .catalog = *catalog,
        .has_check = [](const std::string&, int) { return true; },
        .has_computation = [](const std::string&, int) { return true; },
        .has_template = [](const std::string&) { return true; },
    };

    for (const auto& definition : catalog->definitions()) {
        for (const auto& finding : lint(*definition, context)) {
            EXPECT_NE(finding.severity, LintSeverity::error)
                << definition_name(*definition) << " " << finding.path << " [" << finding.code
                << "] " << finding.message_it;
        }
    }
}

}  // namespace
}  // namespace tests
