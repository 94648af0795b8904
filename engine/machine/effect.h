// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/result.h"
#include "engine/machine/model.h"

// What is true after an act: the closed list of facts a journal entry states. Each is applied by
// one pure function (`apply_effect`), used when the act is done and again when the journal is
// folded: the two cannot differ.

namespace engine::machine {

struct InstanceOpened {
    Instance instance;
};
struct StateEntered {
    std::string state;
    bool is_final = false;
};
/// `hash` is the keyed hash of the value's JSON text; text and salt go to the tables only.
struct ValueSet {
    std::string field;
    std::string hash;
    std::string value_json;  ///< not in the journal
    std::string salt;        ///< not in the journal
};
/// Started, moved, suspended, resumed: the whole row with its new explanation.
struct DeadlineSet {
    std::string change;  ///< started · moved · reopened · suspended · resumed
    Deadline deadline;
};
struct DeadlineEnded {
    std::string name;
    int occurrence = 1;
    DeadlineStatus status = DeadlineStatus::expired;
};
struct TaskOpened {
    Task task;
};
/// To nobody (an empty assignee): the task waits for whoever takes it.
struct TaskAssigned {
    base::TaskId id;
    std::string assignee;
};
struct TaskEnded {
    base::TaskId id;
    TaskStatus status = TaskStatus::done;
};
struct DocumentRecorded {
    Document document;
};
struct DocumentPublished {
    std::string name;
    int version = 1;
    base::Instant published_at;
};
struct DocumentFrozen {
    std::string name;
    int version = 1;
};
/// `number` and `year` are given by the store, in the transaction.
struct Registered {
    Registration registration;
};
struct MessageQueued {
    Message message;
};
struct MessageSent {
    base::MessageId id;
    MessageStatus status = MessageStatus::sent;
    std::string content_sha256;
};
struct SilenceRecorded {
    Silence silence;
};
/// From here on the instance runs on another version of its machine.
struct Migrated {
    std::string definition_sha256;
    int version = 1;
    std::string act;  ///< the act that orders it
};
/// Value and salt of every version of the field, up to this entry, are gone: their hashes stay.
struct ValueErased {
    std::string field;
    std::string act;     ///< the reference of the act that decided it
    std::string reason;  ///< its ground, without personal data
};
/// The text of a message is gone; the hash of what was sent stays.
struct MessageErased {
    base::MessageId id;
    std::string act;
    std::string reason;
};

using Effect = std::variant<InstanceOpened, StateEntered, ValueSet, DeadlineSet, DeadlineEnded,
                            TaskOpened, TaskAssigned, TaskEnded, DocumentRecorded,
                            DocumentPublished, DocumentFrozen, Registered, MessageQueued,
                            MessageSent, SilenceRecorded, Migrated, ValueErased, MessageErased>;

/// Exactly the JSON key in the journal ("state_entered").
std::string_view effect_name(const Effect& effect);

/// Makes the effect true of the record. Pure; total: an effect that does not fit the record (a task
/// that is not there) is a damaged journal. Errors: storage_corrupt.
base::Result<void> apply_effect(InstanceRecord& record, const Effect& effect);

/// Compact JSON array of effects, as the journal keeps them, and its inverse.
/// Errors of the inverse: storage_corrupt.
std::string render_effects(const std::vector<Effect>& effects);
base::Result<std::vector<Effect>> parse_effects(std::string_view json);

}  // namespace engine::machine
