// SPDX-License-Identifier: EUPL-1.2
// The table of edge cases names real scenarios, and each says in a comment which case it shows.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <regex>
#include <sstream>

namespace tests {
namespace {

const std::string kScenarios = COPROG_SOURCE_DIR "/workflows/coprogrammazione/scenari/";

/// Those of stories-and-edge-cases.md § 2 that concern states and terms.
const std::vector<int> kCases{1,  6,  7,  8,  9,  10, 11, 12, 15, 16, 17, 18,
                              19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
                              31, 32, 34, 35, 36, 37, 43, 44, 45, 49, 53, 54};

/// The scenarios of each row: `| 12 | one, other | … |`.
std::map<int, std::vector<std::string>> read_table() {
    std::map<int, std::vector<std::string>> table;
    std::ifstream file(kScenarios + "README.md");
    const std::regex row(R"(^\| ([0-9]+) \| ([^|]+) \|)");
    for (std::string line; std::getline(file, line);) {
        std::smatch match;
        if (std::regex_search(line, match, row)) {
            std::istringstream names(match[2].str());
            for (std::string name; names >> name;) {
                name.erase(name.find_last_not_of(',') + 1);
                table[std::stoi(match[1].str())].push_back(name);
            }
        }
    }
    return table;
}

/// Whether a comment of the script names the case: "caso limite 12", "casi limite 15 e 19".
bool has_comment(const std::string& name, int number) {
    const bool is_elsewhere = name.find('/') != std::string::npos;
    std::ifstream file((is_elsewhere ? COPROG_SOURCE_DIR "/" : kScenarios) + name + ".copione");
    const std::regex comment("^#.*cas[oi] limite ([0-9]+ e )?" + std::to_string(number) +
                             "([^0-9]|$)");
    for (std::string line; std::getline(file, line);) {
        if (std::regex_search(line, comment)) {
            return true;
        }
    }
    return false;
}

TEST(EdgeCases, EachHasItsRow) {
    const auto table = read_table();

    std::vector<int> numbers;
    for (const auto& [number, scenarios] : table) {
        numbers.push_back(number);
    }
    EXPECT_EQ(numbers, kCases);
}

TEST(EdgeCases, EachScenarioOfTheTableSaysWhichCaseItShows) {
    for (const auto& [number, scenarios] : read_table()) {
        for (const std::string& name : scenarios) {
            EXPECT_TRUE(has_comment(name, number)) << "caso limite " << number << " in " << name;
        }
    }
}

}  // namespace
}  // namespace tests
