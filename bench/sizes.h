// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <cstddef>

namespace bench {

/// How much is measured. The quick sizes run the same code in seconds: they show that it works, and
/// their figures mean nothing.
struct Sizes {
    /// Each figure under load is taken so many times, beside its floor; the median is told.
    int rounds = 5;
    std::chrono::milliseconds warm_up{500};
    std::chrono::milliseconds load{4000};
    std::size_t clients = 64;
    std::size_t single_commits = 400;
    std::size_t deadlines = 10'000;
    std::size_t few_tasks = 10'000;
    std::size_t many_tasks = 1'000'000;
    std::size_t pages = 2'000;  ///< of tasks, asked one after the other
    std::size_t finished_instances = 2'000;
    std::size_t journal_rows = 1'000'000;
    int starts = 5;

    static Sizes quick() {
        Sizes sizes;
        sizes.rounds = 1;
        sizes.warm_up = std::chrono::milliseconds{50};
        sizes.load = std::chrono::milliseconds{300};
        sizes.single_commits = 20;
        sizes.deadlines = 100;
        sizes.few_tasks = 100;
        sizes.many_tasks = 1'000;
        sizes.pages = 20;
        sizes.finished_instances = 20;
        sizes.journal_rows = 1'000;
        sizes.starts = 1;
        return sizes;
    }
};

}  // namespace bench
