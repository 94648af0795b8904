// SPDX-License-Identifier: EUPL-1.2
// The table of edge cases names real scenarios, and each says in a comment which case it shows.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "tests/support/source_dir.h"

namespace tests {
namespace {

const std::string kScenarios = source_dir() + "/workflows/coprogrammazione/scenari/";

/// Those of stories-and-edge-cases.md § 2 that concern states and terms.
const std::vector<int> kCases{1,  6,  7,  8,  9,  10, 11, 12, 15, 16, 17, 18,
                              19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
                              31, 32, 34, 35, 36, 37, 43, 44, 45, 49, 53, 54};

/// The words of a cell, without the commas between them.
std::vector<std::string> read_names(const std::string& cell) {
    std::vector<std::string> names;
    std::istringstream words(cell);
    for (std::string name; words >> name;) {
        name.erase(name.find_last_not_of(',') + 1);
        names.push_back(name);
    }
    return names;
}

/// The scenarios of each row: `| 12 | one, other | … |`.
std::map<int, std::vector<std::string>> read_table() {
    std::map<int, std::vector<std::string>> table;
    std::ifstream file(kScenarios + "README.md");
    for (std::string line; std::getline(file, line);) {
        std::istringstream cells(line);
        std::string before;
        std::string number;
        std::string scenarios;
        std::getline(cells, before, '|');
        std::getline(cells, number, '|');
        std::getline(cells, scenarios, '|');
        if (before.empty() && std::atoi(number.c_str()) > 0) {
            table[std::atoi(number.c_str())] = read_names(scenarios);
        }
    }
    return table;
}

/// Whether a comment of the script names the case: "caso limite 12", "casi limite 15 e 19".
bool has_comment(const std::string& name, int number) {
    const bool is_elsewhere = name.find('/') != std::string::npos;
    std::ifstream file((is_elsewhere ? source_dir() + "/" : kScenarios) + name + ".copione");
    for (std::string line; std::getline(file, line);) {
        const std::size_t limit = line.find(" limite ");
        if (!line.starts_with('#') || limit == std::string::npos) {
            continue;
        }
        std::istringstream words(line.substr(limit + 8));
        int first = 0;
        int second = 0;
        std::string joint;
        words >> first >> joint >> second;
        if (first == number || (joint == "e" && second == number)) {
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
