// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "engine/store/store.h"

// What tests read of a store beneath the engine, each in a snapshot of its own.

namespace tests {

/// More than any test writes.
inline constexpr std::size_t kAllRows = 100000;

inline std::vector<engine::base::InstanceId> roots_of(engine::store::Reader& reader) {
    return engine::store::read_from(
        reader, [](engine::store::ReadUnit& unit) { return unit.list_roots({}, kAllRows); });
}

inline std::vector<engine::machine::StoredEntry> entries_of(engine::store::Reader& reader,
                                                            const engine::base::InstanceId& root) {
    return engine::store::read_from(reader, [&](engine::store::ReadUnit& unit) {
        return unit.read_journal(root, 0, kAllRows);
    });
}

inline std::string head_of(engine::store::Reader& reader, const engine::base::InstanceId& root) {
    return engine::store::read_from(
        reader, [&](engine::store::ReadUnit& unit) { return unit.chain_head(root); });
}

inline std::vector<engine::store::ValueRow> value_rows_of(
    engine::store::Reader& reader, const engine::base::InstanceId& instance) {
    return engine::store::read_from(
        reader, [&](engine::store::ReadUnit& unit) { return unit.load_value_rows(instance); });
}

}  // namespace tests
