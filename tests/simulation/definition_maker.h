// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/definition/catalog.h"
#include "engine/machine/check.h"

namespace tests::simulation {

/// The family of every generated machine; the top one is `m0`.
inline constexpr const char* kFamily = "simulata";
/// The initiative they may run under.
inline constexpr const char* kInitiative = "prova-2025";

/// JSON texts of one to four machines that name each other, as a person would write them.
std::vector<std::string> make_definitions(std::uint64_t seed);

/// What one seed gave: a catalog, or why lint does not want it.
struct GeneratedCatalog {
    engine::definition::Catalog catalog;
    std::vector<std::string> texts;
    std::vector<std::string> problems;  ///< parser's and lint's errors; empty when it can be run
};

/// Through the real parser and the real lint.
GeneratedCatalog make_catalog(std::uint64_t seed);

/// The check `numero_pari@1` and the computation `riassunto@1` that the definitions name.
const engine::machine::CheckLibrary& simulation_checks();

}  // namespace tests::simulation
