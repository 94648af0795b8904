// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <span>
#include <vector>

#include "engine/documents/content_store.h"
#include "engine/documents/courier.h"
#include "engine/runtime/cascade.h"
#include "engine/runtime/outcome.h"
#include "engine/runtime/parcel.h"

namespace engine::runtime {

/// How long one dispatcher keeps a message to itself, in milliseconds: longer than a slow PEC
/// provider takes, short enough that a crash delays nobody's receipt.
inline constexpr std::int64_t kLeaseMs = 5 * 60 * 1000;
/// Messages of one run.
inline constexpr std::size_t kMaxMessagesPerRun = 100;

/// Leases and renders queued messages, oldest first, at most kMaxMessagesPerRun.
/// Threads: the writer.
std::vector<Parcel> take_parcels(store::Store& store, const RuntimeParts& parts);

/// Keeps the text and hands the parcel over; what came of it is in the parcel. It waits for disk
/// and courier and reads nothing of the database. Threads: any.
void deliver(Parcel& parcel, documents::ContentStore& contents, documents::Courier& courier);

/// Records in one transaction what came of them; each only while its lease still holds, so that two
/// dispatchers cannot both do it. Threads: the writer.
DispatcherRun record_parcels(store::Store& store, const RuntimeParts& parts,
                             std::span<const Parcel> parcels);

}  // namespace engine::runtime
