// SPDX-License-Identifier: EUPL-1.2
#include "engine/runtime/available.h"

#include "engine/machine/migration.h"

namespace engine::runtime {

std::vector<machine::AvailableEvent> list_available(const LoadedFacts& loaded,
                                                    const definition::Catalog& catalog,
                                                    const machine::CheckLibrary& checks,
                                                    const machine::Actor& actor) {
    const auto& present = *loaded.definition;
    auto events = machine::available_events({present, loaded.facts, checks}, actor);
    const auto newest = catalog.find(present.family, present.machine, 0);
    if (newest && newest->version > present.version) {
        if (auto offer =
                machine::offer_migration({*newest, loaded.facts, checks}, present, actor)) {
            events.push_back(std::move(*offer));
        }
    }
    return events;
}

}  // namespace engine::runtime
