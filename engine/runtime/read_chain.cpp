// SPDX-License-Identifier: EUPL-1.2
#include "engine/runtime/read_chain.h"

namespace engine::runtime {
namespace {

constexpr std::size_t kPage = 1000;

}  // namespace

void read_chain(store::ReadUnit& unit, const base::InstanceId& root,
                const std::function<bool(const machine::StoredEntry&)>& take) {
    std::int64_t position = 0;
    while (true) {
        const auto page = unit.read_journal(root, position, kPage);
        for (const machine::StoredEntry& entry : page) {
            if (!take(entry)) {
                return;
            }
            position = entry.position;
        }
        if (page.size() < kPage) {
            return;
        }
    }
}

}  // namespace engine::runtime
