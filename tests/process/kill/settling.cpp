// SPDX-License-Identifier: EUPL-1.2
#include "tests/process/kill/settling.h"

#include <condition_variable>
#include <mutex>

#include "tests/process/kill/keeping_word.h"

namespace tests::kill {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{100};

}  // namespace

bool wait_until_nothing_is_due(const ServedFolder& server) {
    const auto until = server.clock.now();
    std::mutex mutex;
    std::condition_variable never;
    std::unique_lock lock(mutex);
    for (auto waited = kBetweenLooks; waited < kSettleLimit; waited += kBetweenLooks) {
        if (!has_overdue(read_journals(*server.open_store()), until)) {
            return true;
        }
        never.wait_for(lock, kBetweenLooks, [] { return false; });
    }
    return false;
}

}  // namespace tests::kill
