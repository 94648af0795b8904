// SPDX-License-Identifier: EUPL-1.2
// What an act does to relatives: who is opened, who is told, and what travels.
#include <gtest/gtest.h>

#include "tests/machine/bench.h"

namespace tests {
namespace {

using engine::base::InstanceId;
using engine::machine::Plan;
using engine::machine::Snapshot;

std::string parties_of(const Plan& plan) {
    std::string text;
    for (const auto& opening : plan.openings) {
        text += text.empty() ? "" : " ";
        text += opening.party;
    }
    return text;
}

TEST(RelativeActions, AListOfOfficesOpensOneChildForEach) {
    Bench bench;
    bench.facts.initiative["ats"] = R"(["321","322","328"])";

    const auto plan =
        bench.run(R"({"open_child": {"child": "figli", "office": {"initiative": "ats"}}})");

    ASSERT_TRUE(plan.has_value()) << plan.error().message_it;
    ASSERT_EQ(plan->openings.size(), 3U);
    EXPECT_EQ(plan->openings[0].office, "321");
    EXPECT_EQ(plan->openings[2].office, "328");
}

TEST(RelativeActions, AListOfBodiesOpensOneChildForEach) {
    Bench bench;
    bench.facts.own.values["esito"] = R"(["A","B"])";

    const auto plan = bench.run(R"({"open_child": {"child": "figli", "party": {"own": "esito"}}})");

    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(parties_of(*plan), "A B");
}

TEST(RelativeActions, RefusesToOpenForABodyThatNobodyNames) {
    Bench bench;

    const auto plan = bench.run(R"({"open_child": {"child": "figli", "party": {"own": "esito"}}})");

    ASSERT_FALSE(plan.has_value());
    EXPECT_EQ(plan.error().code, engine::base::ErrorCode::invalid_input);
}

TEST(RelativeActions, ForEachOpensOnceForABodyAndNotAgain) {
    Bench bench;
    bench.add_child("c1", "deposto", "A");
    auto sibling = [&](const char* id, const char* state, const char* party) {
        bench.facts.siblings.push_back(
            {InstanceId{id}, InstanceId{"p"}, "domande", "domande", state, party, false, ""});
    };
    sibling("s1", "accolta", "A");  // has a child already
    sibling("s2", "accolta", "B");
    sibling("s3", "accolta", "B");  // the same body twice
    sibling("s4", "respinta", "C");
    sibling("s5", "accolta", "");  // the administration's own
    sibling("s6", "accolta", "D");

    const auto plan = bench.run(R"({"open_child": {"child": "figli",
        "for_each": {"path": "domande", "of": "parent", "in": ["accolta"]}}})");

    ASSERT_TRUE(plan.has_value()) << plan.error().message_it;
    EXPECT_EQ(parties_of(*plan), "B D");
}

TEST(RelativeActions, TwoForEachOfOneActDoNotOpenTwiceForABody) {
    Bench bench;
    for (const char* path : {"domande", "altre"}) {
        bench.facts.siblings.push_back(
            {InstanceId{path}, InstanceId{"p"}, path, path, "accolta", "B", false, ""});
    }

    const auto plan = bench.run(
        R"({"open_child": {"child": "figli", "for_each": {"path": "domande", "of": "parent"}}},
           {"open_child": {"child": "figli", "for_each": {"path": "altre", "of": "parent"}}})");

    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(parties_of(*plan), "B");
}

TEST(RelativeActions, ASignalCarriesValuesOverThoseOfTheAct) {
    Bench bench;
    bench.facts.parent.emplace();
    bench.facts.own.values["oggetto"] = R"("proprio")";

    const auto plan = bench.run(R"({"signal": {"to": "parent", "event": "ascolta",
        "with": {"esito": {"own": "oggetto"}, "giorno": {"own": "manca"}}}})",
                                {{"esito", R"("dell'atto")"}, {"posti", "3"}});

    ASSERT_TRUE(plan.has_value()) << plan.error().message_it;
    ASSERT_EQ(plan->signals.size(), 1U);
    const auto& payload = plan->signals[0].payload;
    EXPECT_EQ(payload.at("esito"), R"("proprio")");
    EXPECT_EQ(payload.at("posti"), "3");
    EXPECT_FALSE(payload.contains("giorno"));
}

TEST(RelativeActions, ASignalWhoseGuardReadsWhatDidNotTravelIsLeftAlone) {
    const std::string text = replaced(bench_text(), R"("takes": ["esito"], "target": "due")",
                                      R"("takes": ["esito"], "target": "due",
                    "guard": { "value_present": { "payload": "posti" } })");
    Bench bench(text);

    // `posti` is sent, but the transition does not take it: its guard must not see it.
    const auto plan = decide_signal(bench.context(), "ascolta",
                                    {{"esito", R"("x")"}, {"posti", "3"}}, bench.officer);

    ASSERT_TRUE(plan.has_value());
    EXPECT_FALSE(plan->has_value());
}

}  // namespace
}  // namespace tests
