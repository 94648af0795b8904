// SPDX-License-Identifier: EUPL-1.2
// Random rows, random filters: a walk of all pages gives exactly what reading every row, picking
// and sorting gives.
#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "engine/store/sqlite_store.h"
#include "tests/support/world.h"

namespace tests {
namespace {

using engine::base::Instant;
using engine::store::ListedTask;
using engine::store::ListKey;
using engine::store::ListPosition;
using engine::store::TaskFilter;
using engine::store::Visibility;
using Generator = std::mt19937_64;

constexpr int kRoots = 12;
constexpr int kTasks = 1500;
constexpr std::int64_t kNow = 500;

std::string pick(Generator& dice, const std::vector<std::string>& choices) {
    return choices[dice() % choices.size()];
}

const std::vector<std::string> kOffices{"321", "322", "326"};
const std::vector<std::string> kParties{"", "", "A", "B"};
const std::vector<std::string> kRoles{"rdp", "istruttore", "ets"};
const std::vector<std::string> kPeople{"", "p1", "p2"};
const std::vector<std::string> kStatuses{"open", "taken", "done", "cancelled"};

/// Instances and tasks by hand: what they mean does not matter here, how they are found does.
void fill(const std::string& path, Generator& dice) {
    SQLite::Database database(path, SQLite::OPEN_READWRITE);
    SQLite::Transaction transaction(database);
    const std::string sha256 =
        database.execAndGet("select sha256 from definition limit 1").getString();
    SQLite::Statement task(database,
                           "insert into task (id, instance_id, name, role, status, assignee,"
                           " opened_at, due_date, bound, root_id, office, party)"
                           " values (?, ?, 'x', ?, ?, ?, 0, null, ?, ?, ?, ?)");
    std::vector<std::array<std::string, 3>> instances;
    for (int root = 0; root < kRoots; ++root) {
        instances.push_back({fmt::format("i{}", root), pick(dice, kOffices), pick(dice, kParties)});
        database.exec(fmt::format(
            "insert into instance values ('{0}', '{0}', null, 'toy', 'pratica', '', '{1}',"
            " '{2}', '{3}', '', 'aperta', '', 1, 0, {4})",
            instances.back()[0], sha256, instances.back()[1], instances.back()[2], root));
    }
    for (int one = 0; one < kTasks; ++one) {
        const auto& [id, office, party] = instances[dice() % instances.size()];
        task.reset();
        task.bind(1, fmt::format("t{}", dice()));
        task.bind(2, id);
        task.bind(3, pick(dice, kRoles));
        task.bind(4, pick(dice, kStatuses));
        task.bind(5, pick(dice, kPeople));
        if (dice() % 4 == 0) {
            task.bind(6);
        } else {
            task.bind(6, static_cast<std::int64_t>(dice() % 1000));
        }
        task.bind(7, id);
        task.bind(8, office);
        task.bind(9, party);
        task.exec();
    }
    transaction.commit();
}

TaskFilter random_filter(Generator& dice) {
    TaskFilter filter;
    switch (dice() % 3) {
        case 0: filter.visible = {Visibility::Scope::everything, "", ""}; break;
        case 1: filter.visible = {Visibility::Scope::office, pick(dice, kOffices), ""}; break;
        default: filter.visible = {Visibility::Scope::party, "", pick(dice, {"A", "B"})}; break;
    }
    filter.person = dice() % 4 == 0 ? "p1" : "";
    filter.role = dice() % 3 == 0 ? pick(dice, kRoles) : "";
    filter.office = dice() % 4 == 0 ? pick(dice, kOffices) : "";
    filter.party = dice() % 4 == 0 ? "A" : "";
    filter.root = dice() % 3 == 0 ? fmt::format("i{}", dice() % kRoots) : "";
    filter.status = dice() % 4 == 0 ? pick(dice, kStatuses) : "";
    filter.before = dice() % 4 == 0 ? std::optional(Instant{300}) : std::nullopt;
    filter.only_open = dice() % 3 != 0;
    filter.only_overdue = dice() % 4 == 0;
    return filter;
}

bool is_meant(const TaskFilter& filter, const ListedTask& row) {
    const auto equals = [](const std::string& asked, const std::string& value) {
        return asked.empty() || asked == value;
    };
    const bool is_seen =
        filter.visible.scope == Visibility::Scope::everything ||
        (filter.visible.scope == Visibility::Scope::office ? row.office == filter.visible.office
                                                           : row.party == filter.visible.party);
    const bool is_open = engine::machine::is_open(row.task.status);
    const std::string status(engine::machine::task_status_name(row.task.status));
    const bool has_status = filter.status.empty()
                                ? is_open || !(filter.only_open || filter.only_overdue)
                                : status == filter.status;
    const std::int64_t end = key_of(row).sort;
    return is_seen && has_status && equals(filter.person, row.task.assignee) &&
           equals(filter.role, row.task.role) && equals(filter.office, row.office) &&
           equals(filter.party, row.party) && equals(filter.root, row.root.text) &&
           (!filter.before || end <= filter.before->utc_ms) &&
           (!filter.only_overdue || end <= kNow);
}

class ListModel {
  public:
    explicit ListModel(engine::store::Reader& reader) : reader_(reader) {
        for (int root = 0; root < kRoots; ++root) {
            TaskFilter all;
            all.visible = {Visibility::Scope::everything, "", ""};
            all.root = fmt::format("i{}", root);
            all.only_open = false;
            const auto rows = page(all, std::nullopt, kTasks);
            rows_.insert(rows_.end(), rows.begin(), rows.end());
        }
    }

    std::size_t size() const { return rows_.size(); }

    std::vector<std::string> expected(const TaskFilter& filter) const {
        std::vector<std::pair<std::int64_t, std::string>> keys;
        for (const ListedTask& row : rows_) {
            if (is_meant(filter, row)) {
                keys.emplace_back(key_of(row).sort, row.task.id.text);
            }
        }
        std::sort(keys.begin(), keys.end());
        std::vector<std::string> ids;
        for (auto& [sort, id] : keys) {
            ids.push_back(std::move(id));
        }
        return ids;
    }

    std::vector<std::string> walked(const TaskFilter& filter, std::size_t limit) {
        std::vector<std::string> ids;
        std::optional<ListKey> after;
        while (true) {
            const auto rows = page(filter, after, limit);
            for (const ListedTask& row : rows) {
                ids.push_back(row.task.id.text);
                after = key_of(row);
            }
            if (rows.size() < limit || ids.size() > kTasks) {
                return ids;
            }
        }
    }

  private:
    std::vector<ListedTask> page(const TaskFilter& filter, const std::optional<ListKey>& after,
                                 std::size_t limit) {
        return engine::store::read_from(reader_, [&](engine::store::ReadUnit& unit) {
            return unit.list_tasks(filter, {after, limit, Instant{kNow}});
        });
    }

    engine::store::Reader& reader_;
    std::vector<ListedTask> rows_;
};

TEST(QueriesModel, PagesGiveWhatPickingAndSortingEveryRowGives) {
    World world;
    const std::string path = (world.folder.path() / "coprog.db").string();
    Generator dice(20250630);
    fill(path, dice);
    ListModel model(*world.store);
    ASSERT_EQ(model.size(), static_cast<std::size_t>(kTasks));
    std::size_t compared = 0;

    for (int round = 0; round < 400; ++round) {
        const TaskFilter filter = random_filter(dice);
        if (!is_indexed(filter)) {
            continue;
        }
        const auto expected = model.expected(filter);
        EXPECT_EQ(model.walked(filter, 1 + dice() % 60), expected) << "round " << round;
        compared += expected.empty() ? 0U : 1U;
    }

    EXPECT_GT(compared, 100U);
}

}  // namespace
}  // namespace tests
