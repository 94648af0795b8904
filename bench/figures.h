// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace bench {

/// Times of one kind of thing.
class Latencies {
  public:
    void add(double microseconds) { all_.push_back(microseconds); }
    std::size_t count() const { return all_.size(); }
    /// The time that `share` of them (0 to 1) do not exceed, in microseconds; 0 without any.
    double quantile(double share) const;

  private:
    std::vector<double> all_;
};

/// The middle one; of an even number, the higher of the two. 0 without any.
double median(std::vector<double> values);

enum class Goal { at_least, at_most };

/// One line of the table.
struct Figure {
    std::string name;
    std::string measured;  ///< with its unit
    std::string floor;     ///< what it is compared with, with its unit; maybe empty
    double value = 0;      ///< the ratio, or the measure itself where the goal is about that
    Goal direction = Goal::at_least;
    double goal = 0;
    std::string unit;  ///< of value and goal; empty for a ratio

    bool is_met() const { return direction == Goal::at_least ? value >= goal : value <= goal; }
};

/// The table is printed as it grows: who stops a long run keeps what was measured.
void print_heading(std::ostream& out);
void print_rows(std::ostream& out, const std::vector<Figure>& figures);

}  // namespace bench
