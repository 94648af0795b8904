// SPDX-License-Identifier: EUPL-1.2
#include "engine/runtime/compare_records.h"

#include <fmt/format.h>

#include "engine/machine/row_fields.h"

namespace engine::runtime {
namespace {

using machine::InstanceRecord;

/// What a row is, for people, and the table it lies in.
struct Kind {
    const char* what;  ///< with its article: "un termine"
    const char* table;
};

/// Collects a row's fields as texts, to say which one differs.
class FieldTexts {
  public:
    void operator()(const char* name, const std::string& value) { add(name, value); }
    void operator()(const char* name, int value) { add(name, std::to_string(value)); }
    void operator()(const char* name, std::int64_t value) { add(name, std::to_string(value)); }
    void operator()(const char* name, bool value) { add(name, value ? "1" : "0"); }
    void operator()(const char* name, base::Instant value) { (*this)(name, value.utc_ms); }
    template <class Tag>
    void operator()(const char* name, const base::StrongId<Tag>& value) {
        add(name, value.text);
    }
    template <class T>
    void operator()(const char* name, const std::optional<T>& value) {
        if (value) {
            (*this)(name, *value);
        } else {
            add(name, "null");
        }
    }
    void operator()(const char* name, const machine::JsonText& value) { add(name, value.text); }
    void operator()(const char* name, definition::DeadlineKind value) {
        add(name, std::string(definition::deadline_kind_name(value)));
    }
    void operator()(const char* name, machine::DeadlineStatus value) {
        add(name, std::string(machine::deadline_status_name(value)));
    }
    void operator()(const char* name, machine::TaskStatus value) {
        add(name, std::string(machine::task_status_name(value)));
    }
    void operator()(const char* name, machine::MessageStatus value) {
        add(name, std::string(machine::message_status_name(value)));
    }

    std::string first_difference(const FieldTexts& other) const {
        for (std::size_t index = 0; index < fields_.size(); ++index) {
            if (fields_[index] != other.fields_[index]) {
                return fmt::format("{}: registro «{}», archivio «{}»", fields_[index].first,
                                   fields_[index].second, other.fields_[index].second);
            }
        }
        return "";
    }

  private:
    void add(const char* name, std::string value) { fields_.emplace_back(name, std::move(value)); }

    std::vector<std::pair<std::string, std::string>> fields_;
};

std::string differs(const Kind& kind, const std::string& key, const std::string& how) {
    return fmt::format(
        "Nell'archivio {} non è come risulta dal registro degli atti: qualcuno ha scritto fuori "
        "dal programma ({}, {}; {}).",
        kind.what, kind.table, key, how);
}

template <class Row>
std::string compare_rows(const Kind& kind, const std::string& key, const Row& folded,
                         const Row& stored) {
    if (folded == stored) {
        return "";
    }
    FieldTexts left;
    FieldTexts right;
    machine::visit_fields(left, folded);
    machine::visit_fields(right, stored);
    return differs(kind, key, left.first_difference(right));
}

std::string key_text(const std::string& key) {
    return key;
}
std::string key_text(const machine::DeadlineKey& key) {
    return fmt::format("{}, {}", key.name, key.occurrence);
}
std::string key_text(const std::pair<std::string, int>& key) {
    return fmt::format("{}, {}", key.first, key.second);
}

/// Compares two maps of rows, in key order: the first that is missing, added or different.
template <class Map>
std::string compare_maps(const Kind& kind, const std::string& instance, const Map& folded,
                         const Map& stored) {
    for (const auto& [key, row] : folded) {
        const std::string name = fmt::format("{}, {}", instance, key_text(key));
        const auto found = stored.find(key);
        if (found == stored.end()) {
            return fmt::format(
                "Nell'archivio manca {} che il registro degli atti prevede ({}, {}).", kind.what,
                kind.table, name);
        }
        if (auto problem = compare_rows(kind, name, row, found->second); !problem.empty()) {
            return problem;
        }
    }
    for (const auto& [key, row] : stored) {
        if (!folded.contains(key)) {
            return fmt::format(
                "Nell'archivio c'è {} che nessun atto del registro ha creato ({}, {}, {}).",
                kind.what, kind.table, instance, key_text(key));
        }
    }
    return "";
}

}  // namespace

std::string find_difference(const InstanceRecord& folded, const InstanceRecord& stored) {
    const std::string id = folded.instance.id.text;
    std::string problem =
        compare_rows({"un procedimento", "instance"}, id, folded.instance, stored.instance);
    const auto keep_first = [&](const Kind& kind, const auto& left, const auto& right) {
        if (problem.empty()) {
            problem = compare_maps(kind, id, left, right);
        }
    };
    keep_first({"un termine", "deadline"}, folded.deadlines, stored.deadlines);
    keep_first({"un compito", "task"}, folded.tasks, stored.tasks);
    keep_first({"un documento", "document"}, folded.documents, stored.documents);
    keep_first({"un dato", "field_value"}, folded.values, stored.values);
    keep_first({"un numero di registrazione", "registration"}, folded.registrations,
               stored.registrations);
    keep_first({"un messaggio", "outbox"}, folded.messages, stored.messages);
    if (problem.empty() && folded.silences != stored.silences) {
        problem = differs({"un silenzio annotato", "silence"}, id, "le righe sono altre");
    }
    return problem;
}

}  // namespace engine::runtime
