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

/// An erasure that the journal records: the gap it explains is no damage.
struct Erasure {
    base::InstanceId root;
    std::string root_title;  ///< of the root's machine
    base::InstanceId instance;
    std::string machine_title;  ///< of the instance's machine, as it was then
    std::string party;          ///< the body it belongs to; maybe empty
    std::int64_t position = 0;  ///< in the root's chain
    base::Instant erased_at;
    std::string person;  ///< opaque id of who carried it out
    std::string title;   ///< which fields and letters, by title, and on which act
    std::string reason;
};

/// Proof that nothing was changed by other hands: the chain of every root is recomputed, the
/// journal folded, and the result compared with the tables: every version of every value is there
/// with its hash, unless an act erased it, and then it is not.
struct VerifyReport {
    std::size_t roots = 0;
    std::size_t entries = 0;
    /// The first row that does not fit, as a sentence that names it; empty when all fits.
    std::string first_problem;
    /// Root and head hash of each chain, in id order: what receipts print.
    std::vector<std::pair<base::InstanceId, std::string>> heads;
    /// In order of root and position.
    std::vector<Erasure> erasures;
};

/// Others may write meanwhile: each root is read in one snapshot. With `contents`, also every file
/// that a message or a document names is there with its bytes; null: not looked at. Errors: the
/// store's (a damaged file is storage_corrupt).
base::Result<VerifyReport> verify(store::Reader& reader,
                                  const documents::ContentStore* contents = nullptr);

}  // namespace engine::runtime
