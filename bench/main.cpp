// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "bench/measures.h"
#include "bench/soak.h"

// `coprog_bench [--quick] [MEASURE…]`: the table of ratios on standard output;
// `coprog_bench soak --minutes N`: years of work. See bench/README.md.

namespace {

/// Lines of a soak's report at the least, and how far apart they are at the most.
constexpr int kSoakLines = 12;
constexpr std::chrono::milliseconds kLongestInterval{60'000};
constexpr double kMaxSoakMinutes = 24 * 60;

using Measure = std::vector<bench::Figure> (*)(bench::Site&, const bench::Sizes&);

const std::vector<std::pair<std::string, Measure>>& measures() {
    static const std::vector<std::pair<std::string, Measure>> kMeasures{
        {"comandi", bench::measure_commands}, {"letture", bench::measure_reading},
        {"pagine", bench::measure_pages},     {"scadenze", bench::measure_deadlines},
        {"byte", bench::measure_bytes},       {"grande", bench::measure_large},
        {"decisione", bench::measure_decide},
    };
    return kMeasures;
}

struct Arguments {
    bool is_quick = false;
    double soak_minutes = 0;          ///< 0: no soak
    std::vector<std::string> wanted;  ///< empty: all
};

/// `soak --minutes N`, N maybe with decimals.
bool read_soak(const std::vector<std::string>& texts, Arguments& arguments) {
    if (texts.size() != 3 || texts[1] != "--minutes") {
        return false;
    }
    const char* end = texts[2].data() + texts[2].size();
    const auto read = std::from_chars(texts[2].data(), end, arguments.soak_minutes);
    return read.ec == std::errc{} && read.ptr == end && arguments.soak_minutes > 0 &&
           arguments.soak_minutes <= kMaxSoakMinutes;
}

bool read_arguments(const std::vector<std::string>& texts, Arguments& arguments) {
    if (!texts.empty() && texts.front() == "soak") {
        return read_soak(texts, arguments);
    }
    for (const std::string& text : texts) {
        const bool is_known =
            std::any_of(measures().begin(), measures().end(),
                        [&](const auto& measure) { return measure.first == text; });
        if (text == "--quick") {
            arguments.is_quick = true;
        } else if (is_known) {
            arguments.wanted.push_back(text);
        } else {
            return false;
        }
    }
    return true;
}

/// On the disk that the build is on: a folder in memory would make every commit cost nothing.
std::filesystem::path own_folder() {
    return std::filesystem::read_symlink("/proc/self/exe").parent_path();
}

bool run_soak(bench::Site& site, double minutes) {
    const std::chrono::milliseconds all(static_cast<std::int64_t>(minutes * 60'000));
    const auto interval = std::min<std::chrono::milliseconds>(all / kSoakLines, kLongestInterval);
    return bench::soak(site, {all, interval}, std::cout);
}

void run_measures(bench::Site& site, const Arguments& arguments) {
    const auto sizes = arguments.is_quick ? bench::Sizes::quick() : bench::Sizes{};
    bench::print_heading(std::cout);
    for (const auto& [name, measure] : measures()) {
        const auto& wanted = arguments.wanted;
        if (wanted.empty() || std::find(wanted.begin(), wanted.end(), name) != wanted.end()) {
            std::cerr << "misuro: " << name << std::endl;
            bench::print_rows(std::cout, measure(site, sizes));
        }
    }
}

/// Whether all is well: a figure that is not met is told, and fails nothing.
bool run(const Arguments& arguments) {
    bench::Site site(own_folder());
    if (arguments.soak_minutes > 0) {
        return run_soak(site, arguments.soak_minutes);
    }
    run_measures(site, arguments);
    return true;
}

}  // namespace

int main(int count, char** texts) {
    Arguments arguments;
    if (!read_arguments({texts + 1, texts + count}, arguments)) {
        std::cerr << "Uso: coprog bench [--quick] [MISURA…], o coprog bench soak --minutes N;"
                     " le misure:";
        for (const auto& [name, measure] : measures()) {
            std::cerr << ' ' << name;
        }
        std::cerr << '\n';
        return EXIT_FAILURE;
    }
    try {
        return run(arguments) ? EXIT_SUCCESS : EXIT_FAILURE;
    } catch (const std::exception& error) {
        std::cerr << "coprog bench: " << error.what() << '\n';
        return EXIT_FAILURE;
    }
}
