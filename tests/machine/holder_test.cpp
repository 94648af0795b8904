// SPDX-License-Identifier: EUPL-1.2
// Who acts and when: the holder of a role, the person named by a value, instants compared.
#include <gtest/gtest.h>

#include "tests/machine/bench.h"

namespace tests {
namespace {

std::string with_holder() {
    return replaced(bench_text(), R"("funzionario": { "title": "Funzionario" })",
                    R"("funzionario": { "title": "Funzionario", "holder": { "own": "esito" },
                        "on_other": [ { "start_task": "lavoro" } ] })");
}

TEST(Holder, AnActOfAnotherPersonIsValidAndNoted) {
    Bench bench(with_holder());
    bench.facts.own.values["esito"] = R"("p9")";

    const auto plan = bench.decide("avanza");

    ASSERT_TRUE(plan.has_value()) << plan.error().message_it;
    EXPECT_EQ(effect_names(*plan), "task_opened state_entered");
}

TEST(Holder, TheHoldersOwnActIsOrdinary) {
    Bench bench(with_holder());
    bench.facts.own.values["esito"] = R"("p1")";

    const auto plan = bench.decide("avanza");

    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(effect_names(*plan), "state_entered");
}

TEST(Holder, NothingIsNotedBeforeSomebodyHoldsTheRole) {
    Bench bench(with_holder());

    const auto plan = bench.decide("avanza");

    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(effect_names(*plan), "state_entered");
}

TEST(ActorIs, RefusesEverybodyButThePersonNamed) {
    Bench bench(bench_guarded(R"({ "actor_is": { "own": "esito" } })"));
    bench.facts.own.values["esito"] = R"("p9")";

    const auto refused = bench.decide("agisci");
    bench.facts.own.values["esito"] = R"("p1")";
    const auto accepted = bench.decide("agisci");

    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().details.at(0).code, "actor_is");
    EXPECT_TRUE(accepted.has_value());
}

TEST(LaterThan, ComparesInstantsToTheMillisecond) {
    const char* const guard =
        R"({ "later_than": { "value": "instant", "than": { "own": "esito" } } })";
    struct Row {
        const char* now;
        bool is_later;
    };
    for (const Row& row : {Row{"2025-05-16T23:57:59.999", false}, Row{"2025-05-16T23:58", false},
                           Row{"2025-05-16T23:58:00.001", true}, Row{"2025-10-26T03:30", true}}) {
        SCOPED_TRACE(row.now);
        Bench bench(bench_guarded(guard));
        bench.facts.own.values["esito"] = R"("2025-05-16T21:58:00.000Z")";
        bench.set_time(row.now);

        EXPECT_EQ(bench.decide("agisci").has_value(), row.is_later);
    }
}

TEST(LaterThan, IsNotSoWhenAnInstantIsMissing) {
    Bench bench(
        bench_guarded(R"({ "later_than": { "value": "instant", "than": { "own": "esito" } } })"));

    const auto refused = bench.decide("agisci");

    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().details.at(0).code, "later_than");
}

TEST(ChildrenCount, ReadsHowManyFromTheInitiative) {
    Bench bench(bench_guarded(
        R"({ "children_count": { "path": "figli", "at_least": { "initiative": "quante" } } })"));
    bench.add_child("c1", "deposto", "A");
    bench.facts.initiative["quante"] = "2";

    const auto one = bench.decide("agisci");
    bench.add_child("c2", "deposto", "B");
    const auto two = bench.decide("agisci");
    bench.facts.initiative.clear();
    const auto unknown = bench.decide("agisci");

    EXPECT_FALSE(one.has_value());
    EXPECT_TRUE(two.has_value());
    EXPECT_FALSE(unknown.has_value());  // a number nobody has said is not zero
}

}  // namespace
}  // namespace tests
