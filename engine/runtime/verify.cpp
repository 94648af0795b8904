// SPDX-License-Identifier: EUPL-1.2
#include "engine/runtime/verify.h"

#include <fmt/format.h>

#include <map>

#include "engine/machine/journal_entry.h"
#include "engine/machine/row_fields.h"

namespace engine::runtime {
namespace {

using base::Result;
using machine::InstanceRecord;

constexpr std::size_t kPage = 1000;

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
                return fmt::format("{}: registro «{}», tabella «{}»", fields_[index].first,
                                   fields_[index].second, other.fields_[index].second);
            }
        }
        return "";
    }

  private:
    void add(const char* name, std::string value) { fields_.emplace_back(name, std::move(value)); }

    std::vector<std::pair<std::string, std::string>> fields_;
};

template <class Row>
std::string compare_rows(std::string_view table, const std::string& key, const Row& folded,
                         const Row& stored) {
    if (folded == stored) {
        return "";
    }
    FieldTexts left;
    FieldTexts right;
    machine::visit_fields(left, folded);
    machine::visit_fields(right, stored);
    return fmt::format("{} ({}): {}", table, key, left.first_difference(right));
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
std::string compare_maps(std::string_view table, const std::string& instance, const Map& folded,
                         const Map& stored) {
    for (const auto& [key, row] : folded) {
        const std::string name = fmt::format("{}, {}", instance, key_text(key));
        const auto found = stored.find(key);
        if (found == stored.end()) {
            return fmt::format("{} ({}): il registro la prevede, la tabella non ce l'ha", table,
                               name);
        }
        if (auto problem = compare_rows(table, name, row, found->second); !problem.empty()) {
            return problem;
        }
    }
    for (const auto& [key, row] : stored) {
        if (!folded.contains(key)) {
            return fmt::format("{} ({}, {}): la tabella ce l'ha, il registro no", table, instance,
                               key_text(key));
        }
    }
    return "";
}

std::string compare_records(const InstanceRecord& folded, const InstanceRecord& stored) {
    const std::string id = folded.instance.id.text;
    std::string problem = compare_rows("instance", id, folded.instance, stored.instance);
    const auto keep_first = [&](auto compare) {
        if (problem.empty()) {
            problem = compare();
        }
    };
    keep_first([&] { return compare_maps("deadline", id, folded.deadlines, stored.deadlines); });
    keep_first([&] { return compare_maps("task", id, folded.tasks, stored.tasks); });
    keep_first([&] { return compare_maps("document", id, folded.documents, stored.documents); });
    keep_first([&] { return compare_maps("field_value", id, folded.values, stored.values); });
    keep_first([&] {
        return compare_maps("registration", id, folded.registrations, stored.registrations);
    });
    keep_first([&] { return compare_maps("outbox", id, folded.messages, stored.messages); });
    keep_first([&] {
        return folded.silences == stored.silences
                   ? std::string()
                   : fmt::format("silence ({}): registro e tabella differiscono", id);
    });
    return problem;
}

/// One root: its chain, its fold, its tables.
class RootCheck {
  public:
    RootCheck(store::Store& store, const base::InstanceId& root,
              const documents::ContentStore* contents)
        : store_(store), root_(root), contents_(contents) {}

    std::string run(VerifyReport& report) {
        std::int64_t position = 0;
        while (true) {
            const auto page = store_.read_journal(root_, position, kPage);
            for (const machine::StoredEntry& entry : page) {
                if (auto problem = take(entry, position + 1); !problem.empty()) {
                    return problem;
                }
                position = entry.position;
                ++report.entries;
            }
            if (page.size() < kPage) {
                break;
            }
        }
        report.heads.emplace_back(root_, head_);
        return compare_tables();
    }

  private:
    std::string name_of(std::int64_t position) const {
        return fmt::format("journal ({}, {})", root_.text, position);
    }

    std::string take(const machine::StoredEntry& stored, std::int64_t expected_position) {
        if (stored.position != expected_position) {
            return fmt::format("{}: manca la riga", name_of(expected_position));
        }
        if (stored.previous_hash != head_) {
            return fmt::format("{}: non segue la riga precedente", name_of(stored.position));
        }
        if (machine::chain_hash(head_, stored.text) != stored.hash) {
            return fmt::format("{}: il testo non è quello di cui la riga ha l'impronta",
                               name_of(stored.position));
        }
        head_ = stored.hash;
        auto entry = machine::parse_entry(stored.text);
        if (!entry || entry->position != stored.position || entry->root != root_) {
            return fmt::format("{}: la riga non è leggibile", name_of(stored.position));
        }
        if (entry->instance != stored.instance || entry->event != stored.event ||
            entry->person != stored.person) {
            return fmt::format("{}: le colonne non dicono ciò che dice il testo",
                               name_of(stored.position));
        }
        auto folded = machine::fold_entry(records_[entry->instance], *entry);
        return folded ? ""
                      : fmt::format("{}: {}", name_of(stored.position), folded.error().message_it);
    }

    std::string check_contents(const InstanceRecord& record) const {
        for (const auto& [id, message] : record.messages) {
            const bool is_kept = contents_ == nullptr || message.content_sha256.empty() ||
                                 contents_->get(message.content_sha256).has_value();
            if (!is_kept) {
                return fmt::format("contenuti ({}): il testo del messaggio {} manca o è cambiato",
                                   message.content_sha256, id);
            }
        }
        return "";
    }

    std::string compare_tables() {
        const auto stored = store_.load_records(root_);
        for (const InstanceRecord& record : stored) {
            const auto found = records_.find(record.instance.id);
            if (found == records_.end()) {
                return fmt::format("instance ({}): la tabella ce l'ha, il registro no",
                                   record.instance.id.text);
            }
            if (auto problem = compare_records(found->second, record); !problem.empty()) {
                return problem;
            }
            if (auto problem = check_contents(record); !problem.empty()) {
                return problem;
            }
            records_.erase(found);
        }
        return records_.empty() ? ""
                                : fmt::format(
                                      "instance ({}): il registro la prevede, la tabella "
                                      "non ce l'ha",
                                      records_.begin()->first.text);
    }

    store::Store& store_;
    base::InstanceId root_;
    const documents::ContentStore* contents_;
    std::string head_ = machine::kFirstPreviousHash;
    std::map<base::InstanceId, InstanceRecord> records_;
};

std::string check_definitions(store::Store& store) {
    for (const auto& definition : store.load_definitions()) {
        if (!store::is_definition_whole(definition)) {
            return fmt::format("definition ({}): il testo non è quello di cui ha l'impronta",
                               definition.name);
        }
    }
    return "";
}

std::string check_roots(store::Store& store, VerifyReport& report,
                        const documents::ContentStore* contents) {
    base::InstanceId after;
    while (true) {
        const auto roots = store.list_roots(after, kPage);
        for (const base::InstanceId& root : roots) {
            ++report.roots;
            if (auto problem = RootCheck(store, root, contents).run(report); !problem.empty()) {
                return problem;
            }
            after = root;
        }
        if (roots.size() < kPage) {
            return "";
        }
    }
}

}  // namespace

Result<VerifyReport> verify(store::Store& store, const documents::ContentStore* contents) {
    try {
        VerifyReport report;
        report.first_problem = store.check_integrity();
        if (report.first_problem.empty()) {
            report.first_problem = check_definitions(store);
        }
        if (report.first_problem.empty()) {
            report.first_problem = check_roots(store, report, contents);
        }
        if (report.first_problem.empty()) {
            report.first_problem = store.find_loose_row();
        }
        return report;
    } catch (const store::StoreFailure& failure) {
        return base::fail(failure.error());
    }
}

}  // namespace engine::runtime
