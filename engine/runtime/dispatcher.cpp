// SPDX-License-Identifier: EUPL-1.2
#include "engine/runtime/dispatcher.h"

#include "engine/base/ensure.h"
#include "engine/base/sha256.h"
#include "engine/documents/message_renderer.h"

namespace engine::runtime {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

Result<documents::Envelope> render(store::Store& store, const RuntimeParts& parts,
                                   const store::LeasedMessage& leased) {
    std::optional<machine::Snapshot> snapshot;
    std::string head;
    store.read([&](store::ReadUnit& unit) {
        snapshot = unit.find_snapshot(leased.instance);
        head = snapshot ? unit.chain_head(snapshot->record.instance.root) : "";
    });
    base::ensure(snapshot.has_value(), "a message belongs to an instance");
    const auto& instance = snapshot->record.instance;
    const auto definition = parts.catalog.find_by_hash(instance.definition_sha256);
    auto content =
        documents::render_message(*definition, *snapshot, leased.message, parts.clock.now(), head);
    if (!content) {
        return fail(content.error());
    }
    auto sha256 = base::sha256_hex(*content);
    const auto* about = definition->messages.find(leased.message.name);
    return documents::Envelope{
        leased.message.id,   leased.instance,
        leased.message.name, about == nullptr ? leased.message.name : about->title,
        leased.message.to,   instance.party,
        instance.office,     leased.message.channel,
        std::move(*content), std::move(sha256)};
}

/// Records what became of a message, if it is still ours to say.
bool record_end(store::UnitOfWork& unit, const RuntimeParts& parts,
                const store::LeasedMessage& leased, machine::MessageStatus status,
                const std::string& content_sha256) {
    if (!unit.holds_lease(leased.message.id, leased.fence)) {
        return false;
    }
    const auto now = parts.clock.now();
    const auto times = machine::ActTimes::of_act(now, now);
    const auto loaded = load_facts(unit, parts.catalog, leased.instance, times);
    machine::Plan plan;
    plan.effects.emplace_back(machine::MessageSent{leased.message.id, status, content_sha256});
    Cascade cascade(unit, parts);
    const auto done = cascade.record(
        {machine::kEventMessageSent, machine::system_actor(), times, {}, {}}, *loaded, plan);
    return done.has_value();
}

/// It is tried again when the lease is over.
bool is_to_be_retried(const Parcel& parcel) {
    return !parcel.delivered && (parcel.delivered.error().code == ErrorCode::busy ||
                                 parcel.delivered.error().code == ErrorCode::storage_full);
}

}  // namespace

std::vector<Parcel> take_parcels(store::Store& store, const RuntimeParts& parts) {
    std::vector<Parcel> parcels;
    for (auto& leased : store.lease_messages(parts.clock.now(), kLeaseMs, kMaxMessagesPerRun)) {
        auto envelope = render(store, parts, leased);
        parcels.push_back({std::move(leased), std::move(envelope)});
    }
    return parcels;
}

void deliver(Parcel& parcel, documents::ContentStore& contents, documents::Courier& courier) {
    if (!parcel.envelope) {
        parcel.delivered = fail(parcel.envelope.error());
    } else if (const auto kept = contents.put(parcel.envelope->content); !kept) {
        parcel.delivered = fail(kept.error());
    } else {
        // A courier that breaks must not take the program with it: the message is tried again.
        try {
            parcel.delivered = courier.deliver(*parcel.envelope);
        } catch (const std::exception& exception) {
            parcel.delivered = fail(ErrorCode::busy, exception.what());
        }
    }
}

DispatcherRun record_parcels(store::Store& store, const RuntimeParts& parts,
                             std::span<const Parcel> parcels) {
    DispatcherRun run;
    std::vector<store::Work> batch;
    for (const Parcel& parcel : parcels) {
        ++(parcel.delivered ? run.sent : run.failed);
        if (is_to_be_retried(parcel)) {
            continue;
        }
        batch.emplace_back([&parts, &parcel](store::UnitOfWork& unit) {
            return parcel.delivered
                       ? record_end(unit, parts, parcel.leased, machine::MessageStatus::sent,
                                    parcel.envelope->content_sha256)
                       : record_end(unit, parts, parcel.leased, machine::MessageStatus::failed, "");
        });
    }
    if (!batch.empty()) {
        store.commit(batch);
    }
    return run;
}

}  // namespace engine::runtime
