// SPDX-License-Identifier: EUPL-1.2
#include "tests/history/meaning.h"

#include <fmt/format.h>

#include "engine/base/sha256.h"
#include "engine/machine/row_fields.h"

namespace tests::history {
namespace {

/// What is longer is told by its hash: the text itself stands in the entry.
constexpr std::size_t kLongest = 80;

std::string text_of(const std::string& value) {
    return value.size() <= kLongest ? value : "sha256 " + engine::base::sha256_hex(value);
}
std::string text_of(int value) {
    return std::to_string(value);
}
std::string text_of(std::int64_t value) {
    return std::to_string(value);
}
std::string text_of(bool value) {
    return value ? "yes" : "no";
}
std::string text_of(engine::base::Instant value) {
    return std::to_string(value.utc_ms);
}
std::string text_of(const engine::machine::JsonText& value) {
    return text_of(value.text);
}
std::string text_of(engine::definition::DeadlineKind value) {
    return std::string(engine::definition::deadline_kind_name(value));
}
std::string text_of(engine::machine::DeadlineStatus value) {
    return std::string(engine::machine::deadline_status_name(value));
}
std::string text_of(engine::machine::TaskStatus value) {
    return std::string(engine::machine::task_status_name(value));
}
std::string text_of(engine::machine::MessageStatus value) {
    return std::string(engine::machine::message_status_name(value));
}
template <class Tag>
std::string text_of(const engine::base::StrongId<Tag>& value) {
    return value.text;
}
template <class T>
std::string text_of(const std::optional<T>& value) {
    return value ? text_of(*value) : "(none)";
}

class Writer {
  public:
    explicit Writer(Meaning& meaning) : meaning_(meaning) {}

    template <class Row>
    void write(std::string row_name, const Row& row) {
        row_name_ = std::move(row_name);
        engine::machine::visit_fields(*this, row);
    }
    template <class T>
    void operator()(const char* field, const T& value) {
        meaning_[row_name_ + "." + field] = text_of(value);
    }

  private:
    Meaning& meaning_;
    std::string row_name_;
};

}  // namespace

Meaning meaning_of(const engine::machine::InstanceRecord& record) {
    Meaning meaning;
    Writer writer(meaning);
    writer.write("instance", record.instance);
    for (const auto& [key, row] : record.deadlines) {
        writer.write(fmt::format("deadline {} {}", key.name, key.occurrence), row);
    }
    for (const auto& [id, row] : record.tasks) {
        writer.write("task " + id, row);
    }
    for (const auto& [key, row] : record.documents) {
        writer.write(fmt::format("document {} {}", key.first, key.second), row);
    }
    for (const auto& [field, row] : record.values) {
        writer.write("value " + field, row);
    }
    for (const auto& [name, row] : record.registrations) {
        writer.write("registration " + name, row);
    }
    for (std::size_t i = 0; i < record.silences.size(); ++i) {
        writer.write(fmt::format("silence {}", i + 1), record.silences[i]);
    }
    for (const auto& [id, row] : record.messages) {
        writer.write("message " + id, row);
    }
    return meaning;
}

std::set<std::string> known_fields() {
    engine::machine::InstanceRecord record;
    record.deadlines[{"x", 1}] = {};
    record.tasks["x"] = {};
    record.documents[{"x", 1}] = {};
    record.values["x"] = {};
    record.registrations["x"] = {};
    record.silences.emplace_back();
    record.messages["x"] = {};
    std::set<std::string> fields;
    for (const auto& [name, text] : meaning_of(record)) {
        fields.insert(sort_of(name));
    }
    return fields;
}

Changes changes_between(const Meaning& before, const Meaning& after) {
    Changes changes;
    for (const auto& [name, text] : after) {
        const auto found = before.find(name);
        if (found == before.end() || found->second != text) {
            changes[name] = text;
        }
    }
    for (const auto& [name, text] : before) {
        if (!after.contains(name)) {
            changes[name] = std::nullopt;
        }
    }
    return changes;
}

std::string sort_of(const std::string& name) {
    return name.substr(0, name.find_first_of(" .")) + name.substr(name.rfind('.'));
}

}  // namespace tests::history
