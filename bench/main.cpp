// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "bench/measures.h"

// `coprog_bench [--quick] [MEASURE…]`: the table of ratios on standard output. See bench/README.md.

namespace {

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
    std::vector<std::string> wanted;  ///< empty: all
};

bool read_arguments(int count, char** texts, Arguments& arguments) {
    for (int i = 1; i < count; ++i) {
        const std::string text = texts[i];
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

void run(const Arguments& arguments) {
    bench::Site site(own_folder());
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

}  // namespace

int main(int count, char** texts) {
    Arguments arguments;
    if (!read_arguments(count, texts, arguments)) {
        std::cerr << "Uso: coprog bench [--quick] [MISURA…]; le misure:";
        for (const auto& [name, measure] : measures()) {
            std::cerr << ' ' << name;
        }
        std::cerr << '\n';
        return EXIT_FAILURE;
    }
    try {
        run(arguments);
    } catch (const std::exception& error) {
        std::cerr << "coprog bench: " << error.what() << '\n';
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
