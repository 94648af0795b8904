// SPDX-License-Identifier: EUPL-1.2
// Every page that a filter can ask for seeks in an index and reads on: nothing is scanned or
// sorted, so that a million rows cost what ten thousand do.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include "engine/store/list_query.h"
#include "engine/store/migration.h"
#include "tests/support/world.h"

namespace tests {
namespace {

using engine::base::Instant;
using engine::store::DeadlineFilter;
using engine::store::InstanceFilter;
using engine::store::ListPosition;
using engine::store::ListQuery;
using engine::store::TaskFilter;
using engine::store::Visibility;

const std::vector<Visibility>& every_visibility() {
    static const std::vector<Visibility> kAll{{Visibility::Scope::everything, "", ""},
                                              {Visibility::Scope::office, "326", ""},
                                              {Visibility::Scope::party, "", "A"}};
    return kAll;
}

/// Every choice of some switches, as bits.
std::vector<unsigned> every_choice(unsigned switches) {
    std::vector<unsigned> choices(1U << switches);
    for (unsigned choice = 0; choice < choices.size(); ++choice) {
        choices[choice] = choice;
    }
    return choices;
}

/// Sets a field when its bit is chosen.
template <class T>
void choose(unsigned choice, unsigned bit, T& field, T value) {
    if ((choice & (1U << bit)) != 0) {
        field = std::move(value);
    }
}

class ListPlan : public ::testing::Test {
  protected:
    ListPlan() : connection_(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 0) {
        engine::store::migrate(connection_, ":memory:", engine::store::embedded_migrations(), {});
    }

    /// What SQLite says it would do that a page cannot afford; empty: nothing.
    std::string costly_step(const ListQuery& query) {
        SQLite::Statement plan(connection_.database(), "explain query plan " + query.sql);
        while (plan.executeStep()) {
            const std::string step = plan.getColumn(3).getString();
            if (!step.starts_with("SEARCH ")) {
                return step + " <- " + query.sql;
            }
        }
        return "";
    }

    ListPosition position_{std::nullopt, 51, Instant{1}};
    engine::store::Connection connection_;
};

TEST_F(ListPlan, SeekForEveryFilterOfTasks) {
    std::size_t checked = 0;
    for (const Visibility& visible : every_visibility()) {
        for (const unsigned choice : every_choice(9)) {
            TaskFilter filter;
            filter.visible = visible;
            choose(choice, 0, filter.person, std::string("p1"));
            choose(choice, 1, filter.role, std::string("funzionario"));
            choose(choice, 2, filter.office, std::string("326"));
            choose(choice, 3, filter.party, std::string("A"));
            choose(choice, 4, filter.root, std::string("r"));
            choose(choice, 5, filter.status, std::string("done"));
            choose(choice, 6, filter.before, std::optional(Instant{5}));
            choose(choice, 7, filter.only_open, false);
            choose(choice, 8, filter.only_overdue, true);
            if (is_indexed(filter)) {
                EXPECT_EQ(costly_step(*make_task_query(filter, position_)), "");
                ++checked;
            } else {
                EXPECT_EQ(filter.root, "") << "an archive is read within a root";
            }
        }
    }
    EXPECT_GT(checked, 500U);
}

TEST_F(ListPlan, SeekForEveryFilterOfDeadlines) {
    std::size_t checked = 0;
    for (const Visibility& visible : every_visibility()) {
        for (const char* status : {"", "running", "suspended", "missed", "met"}) {
            for (const unsigned choice : every_choice(8)) {
                DeadlineFilter filter;
                filter.visible = visible;
                filter.status = status;
                choose(choice, 0, filter.office, std::string("326"));
                choose(choice, 1, filter.party, std::string("A"));
                choose(choice, 2, filter.root, std::string("r"));
                choose(choice, 3, filter.kind, std::string("closing"));
                choose(choice, 4, filter.before, std::optional(Instant{5}));
                choose(choice, 5, filter.only_live, false);
                choose(choice, 6, filter.only_overdue, true);
                choose(choice, 7, filter.with_reminders, true);
                if (is_indexed(filter)) {
                    EXPECT_EQ(costly_step(*make_deadline_query(filter, position_)), "");
                    ++checked;
                } else {
                    EXPECT_EQ(filter.root, "") << "an archive is read within a root";
                }
            }
        }
    }
    EXPECT_GT(checked, 2000U);
}

TEST_F(ListPlan, SeekForEveryFilterOfInstances) {
    std::size_t checked = 0;
    for (const Visibility& visible : every_visibility()) {
        for (const unsigned choice : every_choice(7)) {
            InstanceFilter filter;
            filter.visible = visible;
            choose(choice, 0, filter.machine, std::string("pratica"));
            choose(choice, 1, filter.office, std::string("326"));
            choose(choice, 2, filter.party, std::string("A"));
            choose(choice, 3, filter.state, std::string("aperta"));
            choose(choice, 4, filter.parent, std::string("x"));
            choose(choice, 5, filter.only_live, false);
            choose(choice, 6, filter.oldest_first, true);
            if (is_indexed(filter)) {
                EXPECT_EQ(costly_step(*make_instance_query(filter, position_)), "");
                ++checked;
            } else {
                EXPECT_EQ(filter.machine + filter.parent + filter.party, "");
                EXPECT_FALSE(filter.only_live);
            }
        }
    }
    EXPECT_GT(checked, 300U);
}

TEST_F(ListPlan, AsksNothingForWhoSeesNothing) {
    TaskFilter nobody;
    TaskFilter no_party;
    no_party.visible = {Visibility::Scope::party, "", ""};
    TaskFilter other_office;
    other_office.visible = {Visibility::Scope::office, "326", ""};
    other_office.office = "321";

    EXPECT_FALSE(make_task_query(nobody, position_).has_value());
    EXPECT_FALSE(make_task_query(no_party, position_).has_value());
    EXPECT_FALSE(make_task_query(other_office, position_).has_value());
}

}  // namespace
}  // namespace tests
