// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>

#include "engine/definition/catalog.h"
#include "engine/machine/facts.h"
#include "engine/store/store.h"

namespace engine::runtime {

/// An instance with what its definition may ask about it.
struct LoadedFacts {
    machine::Facts facts;
    definition::DefinitionPointer definition;
};

/// Takes the picture `decide` works on. Relatives and performances are read only for definitions
/// that ask about them. Absent when there is no such instance.
std::optional<LoadedFacts> load_facts(store::ReadUnit& unit, const definition::Catalog& catalog,
                                      const base::InstanceId& id, const machine::ActTimes& times);

/// The facts of an instance that is being opened under a parent (or none): `own` is given.
LoadedFacts facts_for_opening(store::ReadUnit& unit, const definition::Catalog& catalog,
                              const machine::Instance& own,
                              definition::DefinitionPointer definition,
                              const machine::ActTimes& times);

}  // namespace engine::runtime
