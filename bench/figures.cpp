// SPDX-License-Identifier: EUPL-1.2
#include "bench/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace bench {
namespace {

std::string render_number(double value, const std::string& unit) {
    return fmt::format("{:.{}f}{}{}", value, value < 10 ? 2 : 0, unit.empty() ? "" : " ", unit);
}

}  // namespace

double Latencies::quantile(double share) const {
    if (all_.empty()) {
        return 0;
    }
    std::vector<double> sorted = all_;
    std::sort(sorted.begin(), sorted.end());
    const auto place = static_cast<std::size_t>(std::ceil(share * static_cast<double>(count())));
    return sorted[std::clamp<std::size_t>(place, 1, sorted.size()) - 1];
}

double median(std::vector<double> values) {
    if (values.empty()) {
        return 0;
    }
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

void print_heading(std::ostream& out) {
    out << "| figure | measured | floor, same minute | value | goal | |\n"
           "|---|---|---|---|---|---|\n"
        << std::flush;
}

void print_rows(std::ostream& out, const std::vector<Figure>& figures) {
    for (const Figure& figure : figures) {
        out << fmt::format("| {} | {} | {} | {} | {} {} | {} |\n", figure.name, figure.measured,
                           figure.floor, render_number(figure.value, figure.unit),
                           figure.direction == Goal::at_least ? "≥" : "≤",
                           render_number(figure.goal, figure.unit),
                           figure.is_met() ? "met" : "**not met**");
    }
    out << std::flush;
}

}  // namespace bench
