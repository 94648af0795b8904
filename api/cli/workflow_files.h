// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "engine/engine.h"

namespace api::cli {

/// The catalog the binary carries, or that of a `workflows` folder on disk when `folder` is given.
/// Errors: not_found (no such folder), and those of load_catalog.
engine::base::Result<engine::definition::Catalog> load_workflows(const std::string& folder);

/// Every named check of the workflows room.
const engine::machine::CheckLibrary& workflow_checks();

/// The Italian condition of a check, for schede.
std::string check_title(std::string_view name, int version);

}  // namespace api::cli
