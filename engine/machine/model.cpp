// SPDX-License-Identifier: EUPL-1.2
#include "engine/machine/model.h"

#include <array>
#include <utility>

#include "engine/base/ensure.h"

namespace engine::machine {
namespace {

template <class Enum, std::size_t kSize>
using NameTable = std::array<std::pair<Enum, std::string_view>, kSize>;

constexpr NameTable<DeadlineStatus, 7> kDeadlineStatuses{{
    {DeadlineStatus::running, "running"},
    {DeadlineStatus::suspended, "suspended"},
    {DeadlineStatus::expired, "expired"},
    {DeadlineStatus::missed, "missed"},
    {DeadlineStatus::met, "met"},
    {DeadlineStatus::met_late, "met_late"},
    {DeadlineStatus::cancelled, "cancelled"},
}};

constexpr NameTable<TaskStatus, 4> kTaskStatuses{{
    {TaskStatus::open, "open"},
    {TaskStatus::taken, "taken"},
    {TaskStatus::done, "done"},
    {TaskStatus::cancelled, "cancelled"},
}};

constexpr NameTable<MessageStatus, 3> kMessageStatuses{{
    {MessageStatus::queued, "queued"},
    {MessageStatus::sent, "sent"},
    {MessageStatus::failed, "failed"},
}};

template <class Enum, std::size_t kSize>
std::string_view name_of(const NameTable<Enum, kSize>& table, Enum value) {
    for (const auto& [candidate, name] : table) {
        if (candidate == value) {
            return name;
        }
    }
    base::ensure(false, "the table names every enumerator");
    return "";
}

template <class Enum, std::size_t kSize>
std::optional<Enum> find_by_name(const NameTable<Enum, kSize>& table, std::string_view wanted) {
    for (const auto& [value, name] : table) {
        if (name == wanted) {
            return value;
        }
    }
    return std::nullopt;
}

template <class Enum, std::size_t kSize>
std::vector<std::string_view> names_in(const NameTable<Enum, kSize>& table) {
    std::vector<std::string_view> names;
    for (const auto& [value, name] : table) {
        names.push_back(name);
    }
    return names;
}

}  // namespace

std::string_view deadline_status_name(DeadlineStatus status) {
    return name_of(kDeadlineStatuses, status);
}

std::optional<DeadlineStatus> find_deadline_status(std::string_view name) {
    return find_by_name(kDeadlineStatuses, name);
}

std::vector<std::string_view> deadline_status_names() {
    return names_in(kDeadlineStatuses);
}

std::vector<std::string_view> task_status_names() {
    return names_in(kTaskStatuses);
}

std::string_view task_status_name(TaskStatus status) {
    return name_of(kTaskStatuses, status);
}

std::optional<TaskStatus> find_task_status(std::string_view name) {
    return find_by_name(kTaskStatuses, name);
}

std::string_view message_status_name(MessageStatus status) {
    return name_of(kMessageStatuses, status);
}

std::optional<MessageStatus> find_message_status(std::string_view name) {
    return find_by_name(kMessageStatuses, name);
}

const Deadline* InstanceRecord::find_deadline(std::string_view name) const {
    const Deadline* latest = nullptr;
    for (const auto& [key, deadline] : deadlines) {
        if (key.name == name) {
            latest = &deadline;
        }
    }
    return latest;
}

const Document* InstanceRecord::find_document(std::string_view name) const {
    const Document* latest = nullptr;
    for (const auto& [key, document] : documents) {
        if (key.first == name) {
            latest = &document;
        }
    }
    return latest;
}

const Registration* InstanceRecord::find_last_registration() const {
    const Registration* last = nullptr;
    for (const auto& [name, row] : registrations) {
        if (last == nullptr || row.registered_at >= last->registered_at) {
            last = &row;
        }
    }
    return last;
}

bool is_live(DeadlineStatus status) {
    return status == DeadlineStatus::running || status == DeadlineStatus::suspended ||
           status == DeadlineStatus::missed;
}

bool is_open(TaskStatus status) {
    return status == TaskStatus::open || status == TaskStatus::taken;
}

}  // namespace engine::machine
