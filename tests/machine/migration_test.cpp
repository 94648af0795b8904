// SPDX-License-Identifier: EUPL-1.2
// Going on under a later version of the machine: by act, one instance at a time.
#include "engine/machine/migration.h"

#include <gtest/gtest.h>

#include "tests/machine/bench.h"

namespace tests {
namespace {

using engine::base::ErrorCode;
using engine::base::Fields;
using engine::base::Result;
using engine::machine::Plan;

constexpr const char* kMigration =
    R"("version": 2, "migration": { "from": [1], "by": ["dirigente"], "states": { "uno": "primo" },
       "do": [ { "start_task": "altro" } ] })";

std::string second_version() {
    std::string text = replaced(bench_text(), R"("version": 1)", kMigration);
    text = replaced(text, R"("initial": "uno")", R"("initial": "primo")");
    return replaced(text, R"("uno": { "title")", R"("primo": { "title")");
}

Result<Plan> migrate(const Bench& bench, const std::string& next_text,
                     const engine::machine::Actor& actor,
                     const Fields& payload = {{"versione", "2"}, {"atto", R"("Decreto n. 3")"}}) {
    const auto next = parsed(next_text);
    engine::machine::Command command;
    command.event = engine::machine::kEventMigrate;
    command.actor = actor;
    command.payload = payload;
    return decide_migration({*next, bench.facts, toy_checks()}, *bench.definition, command);
}

TEST(Migration, RefusesAnotherRole) {
    const Bench bench;

    const auto plan = migrate(bench, second_version(), bench.officer);

    ASSERT_FALSE(plan.has_value());
    EXPECT_EQ(plan.error().code, ErrorCode::forbidden);
}

TEST(Migration, RefusesWithoutTheActThatOrdersIt) {
    const Bench bench;

    const auto plan = migrate(bench, second_version(), bench.director, {{"versione", "2"}});

    ASSERT_FALSE(plan.has_value());
    EXPECT_EQ(plan.error().code, ErrorCode::invalid_input);
}

TEST(Migration, RefusesAVersionThatDoesNotTakeOver) {
    const Bench bench;

    const auto plan = migrate(bench, replaced(second_version(), R"("from": [1])", R"("from": [7])"),
                              bench.director);

    ASSERT_FALSE(plan.has_value());
    EXPECT_EQ(plan.error().code, ErrorCode::event_not_available);
}

TEST(Migration, RefusesWhenTheStateHasNoNameAnyMore) {
    const Bench bench;

    const auto plan = migrate(
        bench, replaced(second_version(), R"("states": { "uno": "primo" },)", ""), bench.director);

    ASSERT_FALSE(plan.has_value());
    EXPECT_NE(plan.error().message_it.find("lo stato «uno»"), std::string::npos);
}

TEST(Migration, RefusesWhenARunningTermIsUnknown) {
    Bench bench;
    bench.add_deadline("chiusura", "2025-03-01T00:00");
    const std::string text =
        replaced(second_version(), R"("chiusura": { "title")", R"("altra_chiusura": { "title")");

    const auto plan = migrate(bench, replaced(text, R"("chiusura": [)", R"("altra_chiusura": [)"),
                              bench.director);

    ASSERT_FALSE(plan.has_value());
    EXPECT_NE(plan.error().message_it.find("il termine «chiusura»"), std::string::npos);
}

TEST(Migration, RefusesAFinishedInstance) {
    Bench bench;
    bench.facts.own.record.instance.is_final = true;

    const auto plan = migrate(bench, second_version(), bench.director);

    ASSERT_FALSE(plan.has_value());
    EXPECT_EQ(plan.error().code, ErrorCode::event_not_available);
}

std::optional<engine::machine::AvailableEvent> offer(const Bench& bench,
                                                     const std::string& next_text,
                                                     const engine::machine::Actor& actor) {
    const auto next = parsed(next_text);
    return offer_migration({*next, bench.facts, toy_checks()}, *bench.definition, actor);
}

TEST(OfferMigration, IsMadeToWhoMayOrderItWhileTheVersionTakesOver) {
    Bench bench;

    EXPECT_FALSE(offer(bench, second_version(), bench.officer));
    EXPECT_FALSE(offer(bench, replaced(second_version(), R"("from": [1])", R"("from": [7])"),
                       bench.director));
    const auto offered = offer(bench, second_version(), bench.director);
    ASSERT_TRUE(offered.has_value());
    EXPECT_EQ(offered->event, engine::machine::kEventMigrate);
    EXPECT_TRUE(offered->refusals.empty());
    bench.facts.own.record.instance.is_final = true;
    EXPECT_FALSE(offer(bench, second_version(), bench.director));
}

TEST(OfferMigration, SaysWhatStandsInTheWay) {
    const Bench bench;

    const auto offered =
        offer(bench, replaced(second_version(), R"("uno": "primo" })", R"("due": "primo" })"),
              bench.director);

    ASSERT_TRUE(offered.has_value());
    ASSERT_EQ(offered->refusals.size(), 1U);
    EXPECT_NE(offered->refusals.front().message_it.find("lo stato «uno»"), std::string::npos);
}

TEST(Migration, KeepsEverythingAndNamesTheAct) {
    Bench bench;
    bench.add_document("atto", "dirigente");

    const auto plan = migrate(bench, second_version(), bench.director);

    ASSERT_TRUE(plan.has_value()) << plan.error().message_it;
    EXPECT_EQ(effect_names(*plan), "migrated state_entered task_opened");
    const auto& migrated = std::get<engine::machine::Migrated>(plan->effects.front());
    EXPECT_EQ(migrated.act, "Decreto n. 3");
    bench.apply(plan);
    EXPECT_EQ(bench.facts.own.record.instance.state, "primo");
    EXPECT_EQ(bench.facts.own.record.instance.definition_sha256, parsed(second_version())->sha256);
    EXPECT_NE(bench.facts.own.record.find_document("atto"), nullptr);
}

}  // namespace
}  // namespace tests
