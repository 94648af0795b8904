// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/instant.h"
#include "engine/base/strong_id.h"
#include "engine/definition/definition.h"

// The rows of a running instance, as plain structs. Folding its journal gives exactly these; the
// state tables hold exactly these.

namespace engine::machine {

/// A running machine.
struct Instance {
    base::InstanceId id;
    base::InstanceId root;    ///< the procedure whose journal chain records it; itself for a root
    base::InstanceId parent;  ///< empty for one opened by a person
    std::string family;
    std::string machine;
    std::string list;  ///< its name among the parent's children ("domande"); empty without
    std::string definition_sha256;
    std::string office;  ///< the administration's code; "" where the role is regional
    std::string party;   ///< the body it belongs to; "" for the administration's own
    std::string initiative_sha256;
    std::string state;
    std::string previous_state;
    std::int64_t version = 0;
    bool is_final = false;
    base::Instant opened_at;

    bool operator==(const Instance&) const = default;
};

/// Compact JSON kept as it is inside a row.
struct JsonText {
    std::string text;

    bool operator==(const JsonText&) const = default;
};

/// running → expired (closing, advisory, notice) · missed (obligation) → met_late · met · cancelled
enum class DeadlineStatus { running, suspended, expired, missed, met, met_late, cancelled };

std::string_view deadline_status_name(DeadlineStatus status);
std::optional<DeadlineStatus> find_deadline_status(std::string_view name);
std::vector<std::string_view> deadline_status_names();
/// Running, suspended, or missed and still to be met.
bool is_live(DeadlineStatus status);

struct Deadline {
    std::string name;
    int occurrence = 1;
    definition::DeadlineKind kind = definition::DeadlineKind::closing;
    DeadlineStatus status = DeadlineStatus::running;
    /// The obligation it reminds of; empty for a deadline of its own.
    std::string reminds_of;
    std::optional<std::string> due_date;  ///< absent while suspended without an end
    std::optional<base::Instant> bound;   ///< exclusive
    JsonText rule;                        ///< render_deadline_rule: what it was computed from
    JsonText term;                        ///< calendar::render_term_json: the explanation

    bool operator==(const Deadline&) const = default;
};

enum class TaskStatus { open, taken, done, cancelled };

std::string_view task_status_name(TaskStatus status);
std::optional<TaskStatus> find_task_status(std::string_view name);
std::vector<std::string_view> task_status_names();
/// Waits for somebody: open or taken.
bool is_open(TaskStatus status);

struct Task {
    base::TaskId id;
    std::string name;
    std::string role;
    TaskStatus status = TaskStatus::open;
    std::string assignee;
    base::Instant opened_at;
    std::optional<std::string> due_date;
    std::optional<base::Instant> bound;

    bool operator==(const Task&) const = default;
};

struct Document {
    std::string name;
    int version = 1;
    std::string sha256;
    std::string signed_by;         ///< role of the signatory; empty: not signed
    std::string signature_status;  ///< "assente" · "non_verificata" · "valida" · "non_valida"
    base::Instant recorded_at;
    std::optional<base::Instant> published_at;
    bool is_frozen = false;

    bool operator==(const Document&) const = default;
};

/// The stamp of a field's present value: the journal knows only the hash, the tables hold the value
/// and its salt, so that erasing them leaves the chain whole.
struct ValueStamp {
    std::string field;
    std::string hash;
    bool is_erased = false;  ///< by an act: value and salt of every version are gone

    bool operator==(const ValueStamp&) const = default;
};

struct Registration {
    std::string register_name;
    std::string office;
    int year = 0;
    std::int64_t number = 0;
    base::Instant registered_at;

    bool operator==(const Registration&) const = default;
};

/// A term that ran out in silence, with what the notice declared silence to mean.
struct Silence {
    std::string deadline;
    std::string counts_as;
    base::Instant recorded_at;

    bool operator==(const Silence&) const = default;
};

enum class MessageStatus { queued, sent, failed };

std::string_view message_status_name(MessageStatus status);
std::optional<MessageStatus> find_message_status(std::string_view name);

/// A message to somebody: queued in the transaction of its cause, sent afterwards and apart.
struct Message {
    base::MessageId id;
    std::string name;
    std::string template_name;
    std::string to;       ///< a role, or "party"
    std::string channel;  ///< definition::message_channel_name
    MessageStatus status = MessageStatus::queued;
    std::string content_sha256;  ///< of what was sent; empty before
    bool is_erased = false;      ///< by an act: its text is gone

    bool operator==(const Message&) const = default;
};

struct DeadlineKey {
    std::string name;
    int occurrence = 1;

    auto operator<=>(const DeadlineKey&) const = default;
};

/// All rows of one instance.
struct InstanceRecord {
    Instance instance;
    std::map<DeadlineKey, Deadline> deadlines;
    std::map<std::string, Task> tasks;                          ///< by id
    std::map<std::pair<std::string, int>, Document> documents;  ///< by name and version
    std::map<std::string, ValueStamp> values;                   ///< by field
    std::map<std::string, Registration> registrations;          ///< by register
    std::vector<Silence> silences;
    std::map<std::string, Message> messages;  ///< by id

    bool operator==(const InstanceRecord&) const = default;

    /// The latest occurrence of a deadline; null when it was never started.
    const Deadline* find_deadline(std::string_view name) const;
    /// The latest version of a document; null when there is none.
    const Document* find_document(std::string_view name) const;
    /// The number given last, in whatever register: the one that answers and letters speak of. Of
    /// two given by one act, that of the later name. Null when there is none.
    const Registration* find_last_registration() const;
};

}  // namespace engine::machine
