// SPDX-License-Identifier: EUPL-1.2
// Lists as people read them: what is late first, what they may see, page after page.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/machine/command.h"
#include "tests/support/world.h"

namespace tests {
namespace {

using engine::DeadlineFilter;
using engine::InstanceFilter;
using engine::PageRequest;
using engine::TaskFilter;
using engine::Visibility;
using engine::base::ErrorCode;
using engine::base::InstanceId;
using engine::machine::DeadlineStatus;
using ::testing::ElementsAre;

const Visibility kEverything{Visibility::Scope::everything, "", ""};

TaskFilter tasks_for(const Visibility& visible) {
    TaskFilter filter;
    filter.visible = visible;
    return filter;
}

DeadlineFilter deadlines_for(const Visibility& visible) {
    DeadlineFilter filter;
    filter.visible = visible;
    return filter;
}

InstanceFilter instances_for(const Visibility& visible) {
    InstanceFilter filter;
    filter.visible = visible;
    return filter;
}

/// Two procedures, seen some weeks on: one in istruttoria with a late task, one still open whose
/// obligation was missed, with a task without an end.
struct ListScene {
    World world;
    InstanceId examined;
    InstanceId late;
    InstanceId opinion;

    ListScene() {
        examined = world.open_raccolta("2025-05-16");
        opinion = world.file_parere(examined, world.body);
        world.clock.move_to(at("2025-02-04T09:00"));
        late = world.open_pratica(R"({"oggetto": "completo"})");
        world.clock.move_to(at("2025-07-01T09:00"));
        EXPECT_TRUE(world.engine->run_due().has_value());
    }
    engine::Queries& queries() { return world.engine->queries(); }
    std::vector<std::string> tasks(TaskFilter filter) {
        if (filter.visible.scope == Visibility::Scope::nothing) {
            filter.visible = kEverything;
        }
        std::vector<std::string> names;
        const auto page = queries().list_tasks(filter, {});
        EXPECT_TRUE(page.has_value()) << page.error().message_it;
        for (const auto& row : page->items) {
            names.push_back(row.name + (row.instance == late ? " (late)" : ""));
        }
        return names;
    }
    std::vector<std::string> deadlines(DeadlineFilter filter) {
        if (filter.visible.scope == Visibility::Scope::nothing) {
            filter.visible = kEverything;
        }
        std::vector<std::string> names;
        const auto page = queries().list_deadlines(filter, {});
        EXPECT_TRUE(page.has_value()) << page.error().message_it;
        for (const auto& row : page->items) {
            names.push_back(row.name + (row.instance == late ? " (late)" : ""));
        }
        return names;
    }
    std::vector<InstanceId> instances(InstanceFilter filter) {
        if (filter.visible.scope == Visibility::Scope::nothing) {
            filter.visible = kEverything;
        }
        std::vector<InstanceId> ids;
        const auto page = queries().list_instances(filter, {});
        EXPECT_TRUE(page.has_value()) << page.error().message_it;
        for (const auto& row : page->items) {
            ids.push_back(row.id);
        }
        return ids;
    }
};

TEST(QueriesTasks, ComeByEndAndThoseWithoutOneLast) {
    ListScene scene;

    const auto page = scene.queries().list_tasks(tasks_for(kEverything), {});

    ASSERT_TRUE(page.has_value());
    ASSERT_EQ(page->items.size(), 3U);
    const auto& first = page->items[0];
    EXPECT_EQ(first.name, "istruisci");
    EXPECT_EQ(first.title, "Istruire");
    EXPECT_EQ(first.role_title, "Funzionario");
    EXPECT_EQ(first.machine_title, "Pratica di prova");
    EXPECT_EQ(first.office, "326");
    EXPECT_TRUE(first.is_overdue);
    EXPECT_FALSE(page->items[1].bound.has_value());
    EXPECT_FALSE(page->items[1].is_overdue);
    EXPECT_EQ(page->next, "");
}

TEST(QueriesTasks, AreThoseOfAPersonARoleARoot) {
    ListScene scene;
    const auto taken = scene.world.record(scene.late).tasks.begin()->first;
    ASSERT_TRUE(scene.world
                    .act(scene.late, engine::machine::kEventTakeTask, scene.world.officer,
                         R"({"compito": ")" + taken + R"("})")
                    .has_value());
    TaskFilter mine;
    mine.person = scene.world.officer.person;
    TaskFilter of_directors;
    of_directors.role = "dirigente";
    TaskFilter of_root;
    of_root.root = scene.examined.text;
    TaskFilter overdue;
    overdue.only_overdue = true;

    EXPECT_THAT(scene.tasks(mine), ElementsAre("giustifica (late)"));
    EXPECT_THAT(scene.tasks(of_directors), ElementsAre());
    EXPECT_THAT(scene.tasks(of_root), ElementsAre("istruisci", "giustifica"));
    EXPECT_THAT(scene.tasks(overdue), ElementsAre("istruisci"));
}

/// What was due on the 23rd, with its bound at the midnight after, is due before the 24th.
TEST(QueriesTasks, AreDueBeforeTheInstantThatEndsThem) {
    ListScene scene;
    const auto bound = scene.queries().list_tasks(tasks_for(kEverything), {})->items[0].bound;
    ASSERT_TRUE(bound.has_value());
    TaskFilter until;
    until.before = engine::base::Instant{bound->utc_ms - 1};
    TaskFilter beyond;
    beyond.before = *bound;

    EXPECT_THAT(scene.tasks(until), ElementsAre());
    EXPECT_THAT(scene.tasks(beyond), ElementsAre("istruisci"));
}

TEST(QueriesTasks, ThatAreDoneAreListedWithinARoot) {
    ListScene scene;
    const auto task = scene.world.record(scene.examined).tasks.begin()->first;
    ASSERT_TRUE(scene.world
                    .act(scene.examined, engine::machine::kEventCompleteTask, scene.world.officer,
                         R"({"compito": ")" + task + R"("})")
                    .has_value());
    TaskFilter done;
    done.visible = kEverything;
    done.status = "done";

    EXPECT_EQ(scene.queries().list_tasks(done, {}).error().code, ErrorCode::invalid_query);
    done.root = scene.examined.text;
    EXPECT_EQ(scene.tasks(done).size(), 1U);
    TaskFilter wrong = done;
    wrong.status = "fatto";
    EXPECT_EQ(scene.queries().list_tasks(wrong, {}).error().details.front().pointer, "/stato");
}

TEST(QueriesLists, ShowOnlyWhatTheReaderMaySee) {
    ListScene scene;
    const Visibility own_office{Visibility::Scope::office, "326", ""};
    const Visibility other_office{Visibility::Scope::office, "321", ""};
    const Visibility own_party{Visibility::Scope::party, "", "A"};
    const Visibility other_party{Visibility::Scope::party, "", "B"};
    const Visibility no_party{Visibility::Scope::party, "", ""};
    const auto seen = [&](const Visibility& visible) {
        return std::tuple(scene.queries().list_instances(instances_for(visible), {})->items.size(),
                          scene.queries().list_tasks(tasks_for(visible), {})->items.size(),
                          scene.queries().list_deadlines(deadlines_for(visible), {})->items.size());
    };

    EXPECT_EQ(seen(kEverything), std::tuple(3U, 3U, 3U));
    EXPECT_EQ(seen(own_office), std::tuple(3U, 3U, 3U));
    EXPECT_EQ(seen(other_office), std::tuple(0U, 0U, 0U));
    EXPECT_EQ(seen(own_party), std::tuple(1U, 0U, 0U));
    EXPECT_EQ(seen(other_party), std::tuple(0U, 0U, 0U));
    EXPECT_EQ(seen(no_party), std::tuple(0U, 0U, 0U));
    EXPECT_EQ(seen({}), std::tuple(0U, 0U, 0U)) << "the default sees nothing";
}

TEST(QueriesDeadlines, SayWhatIsLateWithItsRule) {
    ListScene scene;

    const auto page = scene.queries().list_deadlines(deadlines_for(kEverything), {});

    ASSERT_TRUE(page.has_value());
    ASSERT_EQ(page->items.size(), 3U);
    const auto& first = page->items[0];
    EXPECT_EQ(first.title == "Conclusione" || first.title == "Trasmissione", true) << first.title;
    EXPECT_TRUE(first.is_overdue);
    EXPECT_EQ(first.status, DeadlineStatus::missed);
    EXPECT_FALSE(first.legal_basis.empty());
    EXPECT_NE(first.rule.find("\"passi\""), std::string::npos) << first.rule;
    EXPECT_LE(page->items[0].bound, page->items[1].bound);
    EXPECT_LE(page->items[1].bound, page->items[2].bound);
}

TEST(QueriesDeadlines, AreThoseOfAKindAStatusARoot) {
    ListScene scene;
    DeadlineFilter closings;
    closings.kind = "closing";
    DeadlineFilter ended;
    ended.root = scene.examined.text;
    ended.status = "expired";
    DeadlineFilter reminders;
    reminders.root = scene.late.text;
    reminders.only_live = false;
    reminders.with_reminders = true;
    DeadlineFilter of_everybody;
    of_everybody.visible = kEverything;
    of_everybody.only_live = false;

    EXPECT_THAT(scene.deadlines(closings), ElementsAre());
    EXPECT_THAT(scene.deadlines(ended), ElementsAre("chiusura"));
    EXPECT_THAT(scene.deadlines(reminders),
                ElementsAre("trasmissione~3 (late)", "trasmissione (late)"));
    EXPECT_EQ(scene.queries().list_deadlines(of_everybody, {}).error().code,
              ErrorCode::invalid_query);
}

TEST(QueriesDeadlines, ThatAreSuspendedAreNotLate) {
    ListScene scene;
    auto& world = scene.world;
    const auto id = world.open_raccolta("2025-07-10");
    world.file_parere(id, world.body);
    world.clock.move_to(at("2025-07-12T09:00"));
    ASSERT_TRUE(world.engine->run_due().has_value());
    ASSERT_TRUE(
        world.act(id, "sospendi", world.officer, R"({"ricevuta_il": "2025-07-12"})").has_value());
    DeadlineFilter suspended;
    suspended.status = "suspended";
    DeadlineFilter overdue;
    overdue.root = id.text;
    overdue.only_overdue = true;
    overdue.kind = "obligation";

    const auto live = scene.queries().list_deadlines(deadlines_for(kEverything), {});
    ASSERT_TRUE(live.has_value());
    for (const auto& row : live->items) {
        EXPECT_FALSE(row.is_overdue && row.status == DeadlineStatus::suspended);
    }
    for (const auto& name : scene.deadlines(suspended)) {
        EXPECT_EQ(name, "conclusione");
    }
    EXPECT_THAT(scene.deadlines(overdue), ElementsAre("trasmissione"));
}

TEST(QueriesInstances, ComeLatestFirstOrInOrderOfOpening) {
    ListScene scene;
    InstanceFilter procedures;
    procedures.machine = "pratica";
    InstanceFilter children;
    children.parent = scene.examined.text;
    InstanceFilter in_state;
    in_state.state = "istruttoria";

    EXPECT_THAT(scene.instances(procedures), ElementsAre(scene.late, scene.examined));
    procedures.oldest_first = true;
    EXPECT_THAT(scene.instances(procedures), ElementsAre(scene.examined, scene.late));
    EXPECT_THAT(scene.instances(children), ElementsAre(scene.opinion));
    EXPECT_THAT(scene.instances(in_state), ElementsAre(scene.examined));
    const auto row = scene.queries().list_instances(instances_for(kEverything), {})->items.front();
    EXPECT_EQ(row.title, "Pratica di prova");
    EXPECT_EQ(row.state_title, "Aperta");
}

TEST(QueriesInstances, ThatHaveEndedAreListedWithinAMachineABodyOrAParent) {
    ListScene scene;
    ASSERT_TRUE(scene.world.act(scene.late, "archivia", scene.world.officer).has_value());
    InstanceFilter ended;
    ended.visible = kEverything;
    ended.only_live = false;
    ended.state = "archiviata";

    EXPECT_EQ(scene.queries().list_instances(ended, {}).error().code, ErrorCode::invalid_query);
    ended.machine = "pratica";
    EXPECT_THAT(scene.instances(ended), ElementsAre(scene.late));
    ended.only_live = true;
    EXPECT_THAT(scene.instances(ended), ElementsAre());
}

TEST(QueriesPages, FollowOneAnotherAndMissNothingThatWasThere) {
    ListScene scene;
    for (int more = 0; more < 5; ++more) {
        scene.world.open_pratica(R"({"oggetto": "completo"})");
    }
    const auto all = scene.queries().list_deadlines(deadlines_for(kEverything), {})->items;
    std::vector<InstanceId> walked;
    PageRequest page{"", 2};

    do {
        const auto part = scene.queries().list_deadlines(deadlines_for(kEverything), page);
        ASSERT_TRUE(part.has_value());
        for (const auto& row : part->items) {
            walked.push_back(row.instance);
        }
        page.after = part->next;
        // What comes meanwhile, before the place reached, disturbs nothing.
        scene.world.open_pratica(R"({"oggetto": "completo"})");
    } while (!page.after.empty() && walked.size() < 100);

    ASSERT_GE(walked.size(), all.size());
    for (const auto& row : all) {
        EXPECT_NE(std::find(walked.begin(), walked.end(), row.instance), walked.end());
    }
}

TEST(QueriesPages, RefuseAPlaceThatIsNotOfTheirList) {
    ListScene scene;
    const auto first = scene.queries().list_deadlines(deadlines_for(kEverything), {"", 1});
    ASSERT_NE(first->next, "");

    for (const std::string& after :
         {std::string("x"), std::string("zz"), first->next + "0a", first->next.substr(2),
          std::string(5000, '0'), first->next.substr(0, first->next.size() - 2)}) {
        const auto page = scene.queries().list_deadlines(deadlines_for(kEverything), {after, 1});
        ASSERT_FALSE(page.has_value()) << after;
        EXPECT_EQ(page.error().code, ErrorCode::invalid_query);
        EXPECT_EQ(page.error().details.front().pointer, "/dopo");
    }
    EXPECT_EQ(scene.queries().list_tasks(tasks_for(kEverything), {first->next, 1}).error().code,
              ErrorCode::invalid_query)
        << "of another list";
}

/// A name that nothing has is a mistake, not an empty list: the sentence says which there are.
TEST(QueriesLists, TellWhichValuesAFilterTakes) {
    ListScene scene;
    InstanceFilter machine;
    machine.machine = "boh";
    InstanceFilter state;
    state.state = "boh";
    InstanceFilter of_another;
    of_another.machine = "parere";
    of_another.state = "raccolta";
    TaskFilter role;
    role.role = "boh";
    DeadlineFilter kind;
    kind.kind = "boh";
    DeadlineFilter status;
    status.status = "boh";

    const auto told = [](const auto& page) {
        EXPECT_FALSE(page.has_value());
        return page ? std::string() : page.error().message_it;
    };
    using testing::HasSubstr;
    EXPECT_THAT(told(scene.queries().list_instances(machine, {})), HasSubstr("parere, pratica"));
    EXPECT_THAT(told(scene.queries().list_instances(state, {})), HasSubstr("raccolta"));
    EXPECT_THAT(told(scene.queries().list_instances(of_another, {})), HasSubstr("presentato"));
    EXPECT_THAT(told(scene.queries().list_tasks(role, {})), HasSubstr("funzionario"));
    EXPECT_THAT(told(scene.queries().list_deadlines(kind, {})), HasSubstr("minimum_notice"));
    EXPECT_THAT(told(scene.queries().list_deadlines(status, {})), HasSubstr("met_late"));
}

TEST(QueriesPages, HaveFromOneToTwoHundredRows) {
    ListScene scene;

    EXPECT_EQ(scene.queries().list_tasks(tasks_for(kEverything), {"", 0}).error().code,
              ErrorCode::invalid_query);
    EXPECT_EQ(scene.queries().list_tasks(tasks_for(kEverything), {"", 201}).error().code,
              ErrorCode::invalid_query);
    EXPECT_TRUE(scene.queries().list_tasks(tasks_for(kEverything), {"", 200}).has_value());
}

}  // namespace
}  // namespace tests
