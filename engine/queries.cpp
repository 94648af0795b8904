// SPDX-License-Identifier: EUPL-1.2
#include "engine/queries.h"

#include <fmt/format.h>

#include "engine/cursor.h"
#include "engine/data_files.h"
#include "engine/list_filters.h"
#include "engine/list_rows.h"
#include "engine/runtime/available.h"
#include "engine/store/guarded.h"
#include "engine/store/sqlite_store.h"

namespace engine {
namespace {

using base::ErrorCode;
using base::fail;
using base::InstanceId;
using base::Result;
using store::guarded;
using store::read_from;
using store::ReadUnit;

tl::unexpected<base::Error> no_such_instance() {
    return fail(ErrorCode::not_found, "Il procedimento non esiste.");
}

class QueriesOnReader final : public Queries {
  public:
    QueriesOnReader(store::Reader& reader, const definition::Catalog& catalog,
                    const machine::CheckLibrary& checks, const base::Clock& clock)
        : reader_(reader), catalog_(catalog), checks_(checks), clock_(clock) {}
    /// The same on a reader of its own.
    QueriesOnReader(std::unique_ptr<store::Reader> reader, const definition::Catalog& catalog,
                    const machine::CheckLibrary& checks, const base::Clock& clock)
        : own_reader_(std::move(reader)),
          reader_(*own_reader_),
          catalog_(catalog),
          checks_(checks),
          clock_(clock) {}

    Result<InstanceView> view(const InstanceId& id) override;
    Result<InstanceLook> look(const InstanceId& id, const machine::Actor& actor) override;
    Result<InstanceView> view_row(const InstanceId& id) override;
    Result<std::vector<InstanceId>> children(const InstanceId& id) override {
        return read<std::vector<InstanceId>>(
            [&](ReadUnit& unit) { return unit.list_children(id); });
    }
    Result<std::vector<machine::JournalEntry>> journal(const InstanceId& root, std::int64_t after,
                                                       std::size_t limit) override;
    Result<std::vector<machine::AvailableEvent>> available(const InstanceId& id,
                                                           const machine::Actor& actor) override;
    Result<const definition::Branch*> foresee(const machine::Command& command) override;
    Result<PastPicture> as_of(const InstanceId& id, std::optional<base::Instant> at) override {
        return read<PastPicture>([&](ReadUnit& unit) {
            return runtime::find_as_of(unit, catalog_, id, at, clock_.now());
        });
    }
    Result<std::vector<InstanceId>> find_ids(const std::string& prefix,
                                             std::size_t limit) override {
        return read<std::vector<InstanceId>>(
            [&](ReadUnit& unit) { return unit.find_ids(prefix, limit); });
    }
    Result<InstanceId> find_task_instance(const base::TaskId& id) override;
    Result<std::optional<base::Instant>> next_bound() override {
        return read<std::optional<base::Instant>>([](ReadUnit& unit) { return unit.next_bound(); });
    }
    Result<Page<InstanceRow>> list_instances(const InstanceFilter& filter,
                                             const PageRequest& page) override {
        return list<InstanceRow>(
            ListName::instances, filter, page,
            [&](ReadUnit& unit, const store::ListPosition& position) {
                return unit.list_instances(filter, position);
            },
            [&](const machine::Instance& row, base::Instant) { return make_row(catalog_, row); });
    }
    Result<Page<TaskRow>> list_tasks(const TaskFilter& filter, const PageRequest& page) override {
        return list<TaskRow>(
            ListName::tasks, filter, page,
            [&](ReadUnit& unit, const store::ListPosition& position) {
                return unit.list_tasks(filter, position);
            },
            [&](const store::ListedTask& row, base::Instant now) {
                return make_row(catalog_, row, now);
            });
    }
    Result<Page<DeadlineRow>> list_deadlines(const DeadlineFilter& filter,
                                             const PageRequest& page) override {
        return list<DeadlineRow>(
            ListName::deadlines, filter, page,
            [&](ReadUnit& unit, const store::ListPosition& position) {
                return unit.list_deadlines(filter, position);
            },
            [&](const store::ListedDeadline& row, base::Instant now) {
                return make_row(catalog_, row, now);
            });
    }

  private:
    Result<runtime::LoadedFacts> load(const InstanceId& id, const machine::ActTimes& times);
    Result<runtime::LoadedFacts> load_now(const InstanceId& id) {
        const auto now = clock_.now();
        return load(id, machine::ActTimes::of_act(now, now));
    }
    /// What `work` makes of one snapshot; failures of the store become errors.
    template <class T, class Work>
    Result<T> read(Work work) {
        return guarded([&]() -> Result<T> {
            return read_from(reader_, [&](ReadUnit& unit) -> Result<T> { return work(unit); });
        });
    }

    /// A page of a list: one row more than asked for tells whether another page follows.
    template <class Row, class Filter, class Fetch, class MakeRow>
    Result<Page<Row>> list(ListName name, const Filter& filter, const PageRequest& page,
                           Fetch fetch, MakeRow make);

    std::unique_ptr<store::Reader> own_reader_;
    store::Reader& reader_;
    const definition::Catalog& catalog_;
    const machine::CheckLibrary& checks_;
    const base::Clock& clock_;
};

Result<InstanceId> QueriesOnReader::find_task_instance(const base::TaskId& id) {
    auto found = read<std::optional<InstanceId>>(
        [&](ReadUnit& unit) { return unit.find_task_instance(id); });
    if (!found) {
        return fail(found.error());
    }
    if (!*found) {
        return fail(ErrorCode::not_found, "Il compito non esiste.");
    }
    return std::move(**found);
}

Result<InstanceView> QueriesOnReader::view(const InstanceId& id) {
    auto snapshot = read<std::optional<machine::Snapshot>>(
        [&](ReadUnit& unit) { return unit.find_snapshot(id); });
    if (!snapshot) {
        return fail(snapshot.error());
    }
    if (!*snapshot) {
        return no_such_instance();
    }
    auto& [record, values] = **snapshot;
    const auto definition = catalog_.find_by_hash(record.instance.definition_sha256);
    return InstanceView{std::move(record), std::move(values), definition};
}

Result<InstanceView> QueriesOnReader::view_row(const InstanceId& id) {
    auto row = read<std::optional<machine::Instance>>(
        [&](ReadUnit& unit) { return unit.find_instance(id); });
    if (!row) {
        return fail(row.error());
    }
    if (!*row) {
        return no_such_instance();
    }
    InstanceView view;
    view.definition = catalog_.find_by_hash((*row)->definition_sha256);
    view.record.instance = std::move(**row);
    return view;
}

Result<std::vector<machine::JournalEntry>> QueriesOnReader::journal(const InstanceId& root,
                                                                    std::int64_t after,
                                                                    std::size_t limit) {
    const auto stored = read<std::vector<machine::StoredEntry>>(
        [&](ReadUnit& unit) { return unit.read_journal(root, after, limit); });
    if (!stored) {
        return fail(stored.error());
    }
    std::vector<machine::JournalEntry> entries;
    for (const auto& one : *stored) {
        auto entry = machine::parse_entry(one.text);
        if (!entry) {
            return fail(entry.error());
        }
        entries.push_back(std::move(*entry));
    }
    return entries;
}

Result<runtime::LoadedFacts> QueriesOnReader::load(const InstanceId& id,
                                                   const machine::ActTimes& times) {
    auto loaded = read<std::optional<runtime::LoadedFacts>>(
        [&](ReadUnit& unit) { return runtime::load_facts(unit, catalog_, id, times); });
    if (!loaded) {
        return fail(loaded.error());
    }
    if (!*loaded) {
        return no_such_instance();
    }
    return std::move(**loaded);
}

Result<std::vector<machine::AvailableEvent>> QueriesOnReader::available(
    const InstanceId& id, const machine::Actor& actor) {
    const auto loaded = load_now(id);
    if (!loaded) {
        return fail(loaded.error());
    }
    return runtime::list_available(*loaded, catalog_, checks_, actor);
}

Result<InstanceLook> QueriesOnReader::look(const InstanceId& id, const machine::Actor& actor) {
    auto loaded = load_now(id);
    if (!loaded) {
        return fail(loaded.error());
    }
    auto events = runtime::list_available(*loaded, catalog_, checks_, actor);
    auto& own = loaded->facts.own;
    return InstanceLook{{std::move(own.record), std::move(own.values), loaded->definition},
                        std::move(events)};
}

Result<const definition::Branch*> QueriesOnReader::foresee(const machine::Command& command) {
    const auto loaded =
        load(command.instance, machine::ActTimes::of_act(command.judged_at(), command.received_at));
    if (!loaded) {
        return fail(loaded.error());
    }
    return machine::foresee_branch({*loaded->definition, loaded->facts, checks_}, command);
}

template <class Row, class Filter, class Fetch, class MakeRow>
Result<Page<Row>> QueriesOnReader::list(ListName name, const Filter& filter,
                                        const PageRequest& page, Fetch fetch, MakeRow make) {
    if (page.limit < 1 || page.limit > kMaxPageRows) {
        return fail({ErrorCode::invalid_query,
                     fmt::format("Una pagina ha da 1 a {} righe.", kMaxPageRows),
                     {{"/limite", "range", fmt::format("da 1 a {}", kMaxPageRows), {}}}});
    }
    if (auto valid = check_filter(catalog_, filter); !valid) {
        return fail(valid.error());
    }
    store::ListPosition position{std::nullopt, page.limit + 1, clock_.now()};
    if (!page.after.empty()) {
        auto key = parse_cursor(name, page.after);
        if (!key) {
            return fail(key.error());
        }
        position.after = std::move(*key);
    }
    using Listed = decltype(fetch(std::declval<ReadUnit&>(), position));
    const auto listed = read<Listed>([&](ReadUnit& unit) { return fetch(unit, position); });
    if (!listed) {
        return fail(listed.error());
    }
    Page<Row> made;
    for (const auto& row : *listed) {
        if (made.items.size() == page.limit) {
            made.next = render_cursor(name, store::key_of((*listed)[page.limit - 1]));
            break;
        }
        made.items.push_back(make(row, position.now));
    }
    return made;
}

}  // namespace

std::unique_ptr<Queries> make_queries(store::Reader& reader, const definition::Catalog& catalog,
                                      const machine::CheckLibrary& checks,
                                      const base::Clock& clock) {
    return std::make_unique<QueriesOnReader>(reader, catalog, checks, clock);
}

Result<std::unique_ptr<Queries>> open_queries(const std::filesystem::path& folder,
                                              const definition::Catalog& catalog,
                                              const machine::CheckLibrary& checks,
                                              const base::Clock& clock) {
    return guarded([&]() -> Result<std::unique_ptr<Queries>> {
        store::SqliteOptions options;
        options.path = (folder / kDatabaseName).string();
        return std::make_unique<QueriesOnReader>(store::open_sqlite_reader(options), catalog,
                                                 checks, clock);
    });
}

}  // namespace engine
