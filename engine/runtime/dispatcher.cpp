// SPDX-License-Identifier: EUPL-1.2
#include "engine/runtime/dispatcher.h"

#include "engine/base/ensure.h"
#include "engine/documents/message_renderer.h"

namespace engine::runtime {
namespace {

using base::fail;
using base::Result;

Result<documents::Envelope> render(store::Store& store, const RuntimeParts& parts,
                                   documents::ContentStore& contents,
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
    auto sha256 = contents.put(*content);
    if (!sha256) {
        return fail(sha256.error());
    }
    const auto* about = definition->messages.find(leased.message.name);
    return documents::Envelope{
        leased.message.id,   leased.instance,
        leased.message.name, about == nullptr ? leased.message.name : about->title,
        leased.message.to,   instance.party,
        instance.office,     leased.message.channel,
        std::move(*content), std::move(*sha256)};
}

/// Records what became of a message, if it is still ours to say.
void record_end(store::Store& store, const RuntimeParts& parts, const store::LeasedMessage& leased,
                machine::MessageStatus status, const std::string& content_sha256) {
    store.commit({[&](store::UnitOfWork& unit) {
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
    }});
}

}  // namespace

Result<DispatcherRun> run_dispatcher(store::Store& store, const RuntimeParts& parts,
                                     documents::ContentStore& contents,
                                     documents::Courier& courier) {
    DispatcherRun run;
    for (const auto& leased :
         store.lease_messages(parts.clock.now(), kLeaseMs, kMaxMessagesPerRun)) {
        auto envelope = render(store, parts, contents, leased);
        const Result<void> delivered =
            envelope ? courier.deliver(*envelope) : Result<void>(fail(envelope.error()));
        if (delivered) {
            record_end(store, parts, leased, machine::MessageStatus::sent,
                       envelope->content_sha256);
            ++run.sent;
        } else if (delivered.error().code == base::ErrorCode::busy ||
                   delivered.error().code == base::ErrorCode::storage_full) {
            ++run.failed;  // tried again when the lease is over
        } else {
            record_end(store, parts, leased, machine::MessageStatus::failed, "");
            ++run.failed;
        }
    }
    return run;
}

}  // namespace engine::runtime
