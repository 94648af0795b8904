// SPDX-License-Identifier: EUPL-1.2
// How conditions are put together: all, any, not, and which norm a refusal names.
#include <gtest/gtest.h>

#include "tests/machine/judgement.h"

namespace tests {
namespace {

TEST(Guards, AllNamesEveryConditionThatFails) {
    const Judgement judgement(R"({"all": [{"document_present": "atto"}, {"task_done": "lavoro"},
        {"not": {"document_present": "verbale"}}]})");

    const auto refusals = judgement.refusals();

    ASSERT_EQ(refusals.size(), 2U);
    EXPECT_EQ(refusals[0].code, "document_present");
    EXPECT_EQ(refusals[1].code, "task_done");
}

TEST(Guards, AnyHoldsWithOneAndNamesAllWithNone) {
    Judgement judgement(R"({"any": [{"document_present": "atto"}, {"task_done": "lavoro"}]})");

    const auto before = judgement.refusals();
    judgement.add_task(engine::machine::TaskStatus::done);
    const auto after = judgement.refusals();

    EXPECT_EQ(before.size(), 2U);
    EXPECT_TRUE(after.empty());
}

TEST(Guards, NotRefusesWhatHolds) {
    Judgement judgement(R"({"not": {"document_present": "atto"}})");
    judgement.bench.add_document("atto");

    const auto refusals = judgement.refusals();
    judgement.bench.facts.own.record.documents.clear();

    ASSERT_EQ(refusals.size(), 1U);
    EXPECT_EQ(refusals.front().code, "document_present");
    EXPECT_TRUE(judgement.refusals().empty());
}

TEST(Guards, NotOfAGroupIsCalledNot) {
    Judgement judgement(R"({"not": {"any": [{"document_present": "atto"},
        {"task_done": "lavoro"}]}})");
    judgement.bench.add_document("atto");

    const auto refusals = judgement.refusals();

    ASSERT_EQ(refusals.size(), 1U);
    EXPECT_EQ(refusals.front().code, "not");
}

TEST(Guards, ARefusalCarriesItsOwnNormElseTheTransitions) {
    const Judgement own(R"({"document_present": "atto", "legal_basis": ["Legge art. 9"]})");
    const Judgement inherited(R"({"document_present": "atto"})");

    const std::vector<std::string> nine{"Legge art. 9"};
    const std::vector<std::string> two{"Legge art. 2"};
    EXPECT_EQ(own.refusals().front().legal_basis, nine);
    EXPECT_EQ(inherited.refusals().front().legal_basis, two);
}

TEST(Guards, WithoutATransitionsNormTheDefinitionsIsNamed) {
    const Bench bench(replaced(bench_guarded(R"({"document_present": "atto"})"),
                               R"("legal_basis": ["Legge art. 2"],)", ""));

    const auto plan = bench.decide("agisci");

    const std::vector<std::string> one{"Legge art. 1"};
    ASSERT_FALSE(plan.has_value());
    EXPECT_EQ(plan.error().details.front().legal_basis, one);
}

TEST(Guards, ConditionsOnThePayloadWaitForIt) {
    const char* const conditions[] = {
        R"({"value_present": {"payload": "esito"}})",
        R"({"not": {"value_present": {"payload": "esito"}}})",
        R"({"not": {"any": [{"value_present": {"payload": "esito"}}]}})",
        R"({"value_in": {"value": {"payload": "posti"}, "options": [1]}})",
        R"({"date_at_least": {"date": {"payload": "giorno"}, "from": "now"}})",
        R"({"document_version_is": {"document": "atto", "value": {"payload": "esito"}}})",
    };

    for (const char* condition : conditions) {
        SCOPED_TRACE(condition);
        Judgement judgement(condition);
        judgement.is_payload_known = false;
        EXPECT_TRUE(judgement.refusals().empty());
    }
}

TEST(Guards, OtherConditionsDoNotWaitForThePayload) {
    Judgement judgement(R"({"document_present": "atto"})");
    judgement.is_payload_known = false;

    EXPECT_EQ(judgement.refusals().size(), 1U);
}

/// The act brings an «Esito» of its own: what is wanted is the one of before.
TEST(Guards, TellsWhatIsKeptFromWhatIsGiven) {
    Judgement missing(R"({"value_present": {"own": "esito"}})");
    missing.payload = {{"esito", R"("nuovo")"}};
    Judgement version(
        R"({"document_version_is": {"document": "atto", "value": {"own": "esito"}}})");
    version.bench.add_document("atto");

    ASSERT_EQ(missing.refusals().size(), 1U);
    EXPECT_EQ(missing.refusals().front().message_it, "Serve: risulta già indicato «Esito».");
    ASSERT_EQ(version.refusals().size(), 1U);
    EXPECT_TRUE(version.refusals().front().message_it.starts_with(
        "Serve: quanto risulta già in «Esito» è ancora la versione di "))
        << version.refusals().front().message_it;
}

}  // namespace
}  // namespace tests
