// SPDX-License-Identifier: EUPL-1.2
#include "api/cli/unknown_command.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <numeric>

namespace api::cli {
namespace {

/// Every command right below.
std::vector<const CLI::App*> commands_of(const CLI::App& app) {
    return app.get_subcommands([](const CLI::App*) { return true; });
}

/// How many letters differ, at least, between two words.
std::size_t count_different_letters(const std::string& left, const std::string& right) {
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            const std::size_t changed = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
        }
    }
    return row.back();
}

/// The commands of which the word may be a misspelling, the nearest first; of a word that is like
/// none, all.
std::string nearest_commands(const CLI::App& app, const std::string& word) {
    constexpr std::size_t kMaxTold = 3;
    std::vector<std::pair<std::size_t, std::string>> near;
    std::vector<std::string> names;
    for (const CLI::App* command : commands_of(app)) {
        const std::string name = command->get_name();
        const std::size_t different = count_different_letters(word, name);
        if (name.starts_with(word) || 2 * different < std::max(word.size(), name.size())) {
            near.emplace_back(different, name);
        }
        names.push_back(name);
    }
    std::stable_sort(near.begin(), near.end());
    if (near.empty()) {
        return fmt::format("ci sono {}", fmt::join(names, ", "));
    }
    names.clear();
    for (const auto& [different, name] : near) {
        names.push_back(name);
    }
    names.resize(std::min(names.size(), kMaxTold));
    return fmt::format("forse {}", fmt::join(names, ", o "));
}

}  // namespace

std::optional<std::string> find_unknown_command(const CLI::App& app,
                                                const std::vector<std::string>& arguments) {
    const CLI::App* place = &app;
    for (const std::string& word : arguments) {
        const auto commands = commands_of(*place);
        if (commands.empty() || word.starts_with('-')) {
            return std::nullopt;
        }
        const auto found =
            std::find_if(commands.begin(), commands.end(),
                         [&](const CLI::App* command) { return command->get_name() == word; });
        if (found == commands.end()) {
            return fmt::format("il comando «{}» non c'è: {}", word, nearest_commands(*place, word));
        }
        place = *found;
    }
    return std::nullopt;
}

}  // namespace api::cli
