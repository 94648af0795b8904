// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/strong_id.h"
#include "engine/documents/content_store.h"
#include "engine/store/store.h"

namespace engine::runtime {

/// Proof that nothing was changed by other hands: the chain of every root is recomputed, the
/// journal folded, and the result compared with the tables.
struct VerifyReport {
    std::size_t roots = 0;
    std::size_t entries = 0;
    /// The first row that does not fit, as a sentence that names it; empty when all fits.
    std::string first_problem;
    /// Root and head hash of each chain, in id order: what receipts print.
    std::vector<std::pair<base::InstanceId, std::string>> heads;
};

/// With `contents`, also every file that a message names is there with its bytes; null: not looked
/// at. Errors: the store's (a damaged file is storage_corrupt).
base::Result<VerifyReport> verify(store::Store& store,
                                  const documents::ContentStore* contents = nullptr);

}  // namespace engine::runtime
