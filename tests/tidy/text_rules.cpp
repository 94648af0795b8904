// SPDX-License-Identifier: EUPL-1.2
#include "tests/tidy/text_rules.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "tests/tidy/text_search.h"

namespace tests::tidy {
namespace {

constexpr std::size_t kMaxColumns = 100;
/// A script has its `#!` line first, so the licence may come second.
constexpr std::size_t kLicenceLines = 3;

/// Text that programmers write line by line; JSON, Markdown, pages and scenarios flow.
bool is_program(const SourceFile& file) {
    return is_cpp(file) || is_cmake(file) || is_script(file) || file.path.ends_with(".sql");
}

/// What belongs to one procedure or to its law. What L. 241/1990 gives to every procedure (terms,
/// suspensions, preavviso, soccorso, the RdP) is not here.
constexpr std::array<std::string_view, 40> kProcedureWords{"co-programmazione",
                                                           "coprogrammazione",
                                                           "co-progettazione",
                                                           "3824",
                                                           "2167",
                                                           "dgr",
                                                           "salute mentale",
                                                           "runts",
                                                           "ets",
                                                           "onlus",
                                                           "terzo settore",
                                                           "volontariato",
                                                           "cts",
                                                           "117/2017",
                                                           "art. 55",
                                                           "dm 72",
                                                           "ats",
                                                           "asst",
                                                           "asl",
                                                           "distretto",
                                                           "distretti",
                                                           "ocsmd",
                                                           "cabina di regia",
                                                           "welfare",
                                                           "lombardia",
                                                           "lombardo",
                                                           "lombarda",
                                                           "avviso",
                                                           "avvisi",
                                                           "bando",
                                                           "bandi",
                                                           "istanza",
                                                           "istanze",
                                                           "tavolo",
                                                           "tavoli",
                                                           "seduta",
                                                           "sedute",
                                                           "contributo",
                                                           "contributi",
                                                           "membro di rete"};

/// Where a word above is data about a law that every procedure shares: file and whole identifier.
constexpr std::array<std::pair<std::string_view, std::string_view>, 1> kSharedLaw{{
    // The scope of a suspension of terms made by law (rules.md §6), as definitions name it.
    {"engine/calendar/suspension.cpp", "verifica_runts"},
}};

bool is_shared_law(const SourceFile& file, std::size_t at) {
    const std::string_view identifier = identifier_around(file.text, at);
    return std::any_of(kSharedLaw.begin(), kSharedLaw.end(), [&](const auto& allowed) {
        return allowed.first == file.path && allowed.second == identifier;
    });
}

/// `_` joins words in identifiers and is a space to people.
std::string with_spaces(std::string_view text) {
    std::string spaced(text);
    std::replace(spaced.begin(), spaced.end(), '_', ' ');
    return spaced;
}

}  // namespace

Violations check_licence(const SourceFile& file) {
    if (!is_program(file)) {
        return {};
    }
    const auto lines = split_lines(file.text);
    for (std::size_t i = 0; i < std::min(lines.size(), kLicenceLines); ++i) {
        if (lines[i].ends_with("SPDX-License-Identifier: EUPL-1.2")) {
            return {};
        }
    }
    return {{file.path, 1, "write the line SPDX-License-Identifier: EUPL-1.2 at the top"}};
}

Violations check_pragma_once(const SourceFile& file) {
    if (!is_header(file) || !find_words(file.code, "#pragma once", WordKind::prefix).empty()) {
        return {};
    }
    return {{file.path, 1, "write #pragma once after the licence"}};
}

Violations check_unfinished_marks(const SourceFile& file) {
    constexpr std::array<std::string_view, 4> kMarks{"FIXME", "XXX", "TODO", "HACK"};
    Violations found;
    if (!is_program(file)) {
        return found;
    }
    for (const std::string_view mark : kMarks) {
        for (const std::size_t at : find_words(file.prose, mark, WordKind::identifier)) {
            found.push_back({file.path, line_at(file.prose, at),
                             std::string(mark) + ": finish it, or open an issue and say so there"});
        }
    }
    return found;
}

Violations check_lines(const SourceFile& file) {
    Violations found;
    if (!is_program(file)) {
        return found;
    }
    const auto lines = split_lines(file.text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::size_t columns = count_code_points(lines[i]);
        if (columns > kMaxColumns) {
            found.push_back({file.path, i + 1, std::to_string(columns) + " columns: at most 100"});
        }
        if (lines[i].find('\t') != std::string_view::npos) {
            found.push_back({file.path, i + 1, "a tab: indent with four spaces"});
        }
        if (lines[i].ends_with(' ') || lines[i].ends_with('\r')) {
            found.push_back({file.path, i + 1, "spaces at the end of the line: remove them"});
        }
    }
    return found;
}

Violations check_generic_engine(const SourceFile& file) {
    Violations found;
    if (!file.path.starts_with("engine/") || file.path.ends_with(".md")) {
        return found;
    }
    const std::string text = with_spaces(file.text);
    for (const std::string_view word : kProcedureWords) {
        for (const std::size_t at : find_words(text, word, WordKind::phrase)) {
            if (!is_shared_law(file, at)) {
                found.push_back({file.path, line_at(text, at),
                                 "«" + std::string(word) +
                                     "» belongs to a procedure: say it in general words, or move "
                                     "it to workflows/"});
            }
        }
    }
    return found;
}

}  // namespace tests::tidy
