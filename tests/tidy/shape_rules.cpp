// SPDX-License-Identifier: EUPL-1.2
#include "tests/tidy/shape_rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string>

#include "tests/tidy/text_search.h"

namespace tests::tidy {
namespace {

constexpr std::size_t kMaxFileLines = 400;
constexpr std::size_t kMaxFunctionLines = 70;

/// Files that tools and people expect under these names.
constexpr std::array<std::string_view, 5> kGivenNames{"CMakeLists.txt", "CMakePresets.json",
                                                      "README.md", "DESIGN.md", "GLOSSARIO.md"};
constexpr std::array<std::string_view, 8> kDrawers{"util",   "utils",   "common", "misc",
                                                   "helper", "helpers", "stuff",  "manager"};

bool is_name_letter(char letter, std::string_view punctuation) {
    return std::islower(static_cast<unsigned char>(letter)) != 0 ||
           std::isdigit(static_cast<unsigned char>(letter)) != 0 ||
           punctuation.find(letter) != std::string_view::npos;
}

/// Code is snake_case; data and documents may keep the names of the acts: `dgr-3824-2025.json`.
bool is_well_named(std::string_view part, bool is_code) {
    if (std::find(kGivenNames.begin(), kGivenNames.end(), part) != kGivenNames.end()) {
        return true;
    }
    const std::string_view punctuation = is_code ? "_." : "_.-";
    return std::all_of(part.begin(), part.end(),
                       [&](char letter) { return is_name_letter(letter, punctuation); });
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(separators), text.size());
        if (end > 0) {
            parts.push_back(text.substr(0, end));
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

bool is_drawer(std::string_view part) {
    const auto words = split(part, "_-.");
    return std::any_of(words.begin(), words.end(), [](std::string_view word) {
        return std::find(kDrawers.begin(), kDrawers.end(), word) != kDrawers.end();
    });
}

std::string without_comments(std::string_view cmake) {
    std::string kept;
    for (const std::string_view line : split_lines(cmake)) {
        kept += line.substr(0, line.find('#'));
        kept += '\n';
    }
    return kept;
}

/// Adds the sources that a CMakeLists.txt names, as paths from the root of the repository.
void collect_listed(const SourceFile& cmake, std::set<std::string>& listed) {
    const std::string folder(folder_name(cmake.path));
    const std::string text = without_comments(cmake.text);
    for (std::string_view word : split(text, " \n\t()\"")) {
        constexpr std::string_view kRoot = "${CMAKE_SOURCE_DIR}/";
        if (!word.ends_with(".cpp")) {
            continue;
        }
        if (word.starts_with(kRoot)) {
            listed.emplace(word.substr(kRoot.size()));
        } else {
            listed.insert(folder.empty() ? std::string(word) : folder + "/" + std::string(word));
        }
    }
}

}  // namespace

Violations check_function_length(const SourceFile& file) {
    Violations found;
    if (!is_cpp(file)) {
        return found;
    }
    for (const FunctionSpan& span : find_functions(file.code)) {
        const std::size_t lines = span.last_line - span.first_line + 1;
        if (lines > kMaxFunctionLines) {
            found.push_back({file.path, span.first_line,
                             "a function of " + std::to_string(lines) +
                                 " lines: split it (aim at 40, at most 70)"});
        }
    }
    return found;
}

Violations check_file_length(const SourceFile& file) {
    const std::size_t lines = split_lines(file.text).size();
    if (!is_cpp(file) || lines <= kMaxFileLines) {
        return {};
    }
    return {{file.path, kMaxFileLines + 1,
             std::to_string(lines) + " lines: split the file by concept (at most 400)"}};
}

Violations check_names(const SourceFile& file) {
    const bool is_code = is_cpp(file) || is_cmake(file) || file.path.ends_with(".sql");
    Violations found;
    for (const std::string_view part : split(file.path, "/")) {
        if (!is_well_named(part, is_code)) {
            found.push_back({file.path, 1, "«" + std::string(part) + "»: name it in snake_case"});
        }
        if (is_drawer(part)) {
            found.push_back({file.path, 1,
                             "«" + std::string(part) +
                                 "» is a drawer for everything: name what "
                                 "the file is about"});
        }
    }
    return found;
}

Violations check_listed_sources(const SourceTree& tree) {
    Violations found;
    std::set<std::string> listed;
    for (const SourceFile& file : tree) {
        if (!is_cmake(file)) {
            continue;
        }
        collect_listed(file, listed);
        const std::string text = without_comments(file.text);
        for (const std::size_t at : find_words(text, "GLOB", WordKind::prefix)) {
            found.push_back({file.path, line_at(text, at), "list the files one by one"});
        }
    }
    for (const SourceFile& file : tree) {
        if (file.path.ends_with(".cpp") && !listed.contains(file.path)) {
            found.push_back({file.path, 1, "no CMakeLists.txt names it: add it, or remove it"});
        }
    }
    return found;
}

Violations check_design_names_rooms(const SourceTree& tree) {
    constexpr std::string_view kDesign = "engine/DESIGN.md";
    const auto design = std::find_if(tree.begin(), tree.end(),
                                     [&](const SourceFile& file) { return file.path == kDesign; });
    if (design == tree.end()) {
        return {{std::string(kDesign), 1, "is missing: write why the engine is built as it is"}};
    }
    std::set<std::string> rooms;
    for (const SourceFile& file : tree) {
        const auto parts = split(file.path, "/");
        if (parts.size() > 2 && parts.front() == "engine") {
            rooms.emplace(parts[1]);
        }
    }
    Violations found;
    for (const std::string& room : rooms) {
        if (find_words(design->text, room + "/", WordKind::prefix).empty()) {
            found.push_back({std::string(kDesign), 1, "does not explain the room `" + room + "/`"});
        }
    }
    return found;
}

}  // namespace tests::tidy
