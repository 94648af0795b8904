// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/definition/catalog.h"

namespace engine::proof {

/// Whether whatever happens by itself in that machine comes to rest, whoever its relatives are and
/// whatever they do: looked at on the states alone, with every guard taken to hold. True is a
/// proof; false says only that the states alone do not show it.
bool comes_to_rest(const definition::Catalog& catalog,
                   const definition::DefinitionPointer& definition);

}  // namespace engine::proof
