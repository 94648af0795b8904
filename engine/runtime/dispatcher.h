// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "engine/documents/content_store.h"
#include "engine/documents/courier.h"
#include "engine/runtime/cascade.h"
#include "engine/runtime/outcome.h"

namespace engine::runtime {

/// How long one dispatcher keeps a message to itself, in milliseconds: longer than a slow PEC
/// provider takes, short enough that a crash delays nobody's receipt.
inline constexpr std::int64_t kLeaseMs = 5 * 60 * 1000;
/// Messages of one run.
inline constexpr std::size_t kMaxMessagesPerRun = 100;

/// Leases, renders, keeps and hands over queued messages, and records that they have left; the
/// record is written only while the lease still holds, so that two dispatchers cannot both do it.
base::Result<DispatcherRun> run_dispatcher(store::Store& store, const RuntimeParts& parts,
                                           documents::ContentStore& contents,
                                           documents::Courier& courier);

}  // namespace engine::runtime
