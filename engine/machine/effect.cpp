// SPDX-License-Identifier: EUPL-1.2
#include "engine/machine/effect.h"

#include <fmt/format.h>

namespace engine::machine {
namespace {

using base::Result;

tl::unexpected<base::Error> does_not_fit(std::string_view what, std::string_view name) {
    return base::fail(base::ErrorCode::storage_corrupt,
                      fmt::format("Il registro parla di {} «{}», che non esiste.", what, name));
}

/// One overload for each effect: what it makes true of the record.
class Applier {
  public:
    explicit Applier(InstanceRecord& record) : record_(record) {}

    Result<void> operator()(const InstanceOpened& effect) {
        record_ = InstanceRecord{};
        record_.instance = effect.instance;
        return {};
    }
    Result<void> operator()(const StateEntered& effect) {
        if (record_.instance.state != effect.state) {
            record_.instance.previous_state = record_.instance.state;
        }
        record_.instance.state = effect.state;
        record_.instance.is_final = effect.is_final;
        return {};
    }
    Result<void> operator()(const ValueSet& effect) {
        record_.values[effect.field] = ValueStamp{effect.field, effect.hash, false};
        return {};
    }
    Result<void> operator()(const DeadlineSet& effect) {
        record_.deadlines[{effect.deadline.name, effect.deadline.occurrence}] = effect.deadline;
        return {};
    }
    Result<void> operator()(const DeadlineEnded& effect) {
        const auto found = record_.deadlines.find({effect.name, effect.occurrence});
        if (found == record_.deadlines.end()) {
            return does_not_fit("un termine", effect.name);
        }
        found->second.status = effect.status;
        return {};
    }
    Result<void> operator()(const TaskOpened& effect) {
        record_.tasks[effect.task.id.text] = effect.task;
        return {};
    }
    Result<void> operator()(const TaskAssigned& effect) {
        const auto found = record_.tasks.find(effect.id.text);
        if (found == record_.tasks.end()) {
            return does_not_fit("un compito", effect.id.text);
        }
        found->second.assignee = effect.assignee;
        found->second.status = effect.assignee.empty() ? TaskStatus::open : TaskStatus::taken;
        return {};
    }
    Result<void> operator()(const TaskEnded& effect) {
        const auto found = record_.tasks.find(effect.id.text);
        if (found == record_.tasks.end()) {
            return does_not_fit("un compito", effect.id.text);
        }
        found->second.status = effect.status;
        return {};
    }
    Result<void> operator()(const DocumentRecorded& effect) {
        record_.documents[{effect.document.name, effect.document.version}] = effect.document;
        return {};
    }
    Result<void> operator()(const DocumentPublished& effect) {
        const auto found = record_.documents.find({effect.name, effect.version});
        if (found == record_.documents.end()) {
            return does_not_fit("un documento", effect.name);
        }
        found->second.published_at = effect.published_at;
        return {};
    }
    Result<void> operator()(const DocumentFrozen& effect) {
        const auto found = record_.documents.find({effect.name, effect.version});
        if (found == record_.documents.end()) {
            return does_not_fit("un documento", effect.name);
        }
        found->second.is_frozen = true;
        return {};
    }
    Result<void> operator()(const Registered& effect) {
        record_.registrations[effect.registration.register_name] = effect.registration;
        return {};
    }
    Result<void> operator()(const MessageQueued& effect) {
        record_.messages[effect.message.id.text] = effect.message;
        return {};
    }
    Result<void> operator()(const MessageSent& effect) {
        const auto found = record_.messages.find(effect.id.text);
        if (found == record_.messages.end()) {
            return does_not_fit("un messaggio", effect.id.text);
        }
        found->second.status = effect.status;
        found->second.content_sha256 = effect.content_sha256;
        return {};
    }
    Result<void> operator()(const SilenceRecorded& effect) {
        record_.silences.push_back(effect.silence);
        return {};
    }
    Result<void> operator()(const Migrated& effect) {
        record_.instance.definition_sha256 = effect.definition_sha256;
        return {};
    }
    Result<void> operator()(const ValueErased& effect) {
        const auto found = record_.values.find(effect.field);
        if (found == record_.values.end()) {
            return does_not_fit("un dato", effect.field);
        }
        found->second.is_erased = true;
        return {};
    }
    Result<void> operator()(const MessageErased& effect) {
        const auto found = record_.messages.find(effect.id.text);
        if (found == record_.messages.end()) {
            return does_not_fit("un messaggio", effect.id.text);
        }
        found->second.is_erased = true;
        return {};
    }

  private:
    InstanceRecord& record_;
};

}  // namespace

Result<void> apply_effect(InstanceRecord& record, const Effect& effect) {
    return std::visit(Applier(record), effect);
}

}  // namespace engine::machine
