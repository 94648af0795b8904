// SPDX-License-Identifier: EUPL-1.2
// Who may have data erased, which, and when the procedure still needs them.
#include "engine/machine/erasure.h"

#include "tests/machine/bench.h"

namespace tests {
namespace {

using engine::base::ErrorCode;
using engine::base::Fields;
using engine::machine::Actor;
using engine::machine::kEraserRole;
using engine::machine::kEventErase;

const Actor kEraser{"p9", kEraserRole, "326", ""};

Fields asking(const std::string& field) {
    return {{"campi", R"([")" + field + R"("])"},
            {"atto", R"("determina n. 5 del 3/3/2026")"},
            {"motivo", R"("richiesta dell'interessato")"}};
}

/// The bench with the field `oggetto` personal and two values: `giorno` is read by its terms.
Bench bench_with_values() {
    Bench bench(replaced(bench_text(), R"("title": "Oggetto",)",
                         R"("title": "Oggetto", "x-personal": true,)"));
    for (const char* field : {"oggetto", "giorno"}) {
        bench.facts.own.record.values[field] = {field, "h", false};
    }
    return bench;
}

ErrorCode code_of(const Bench& bench, const Actor& actor, const Fields& payload) {
    const auto plan = bench.decide(kEventErase, actor, payload);
    EXPECT_FALSE(plan.has_value());
    return plan ? ErrorCode::internal : plan.error().code;
}

TEST(Erasure, IsForTheOneWhoAnswersForTheDataOfThatOffice) {
    const Bench bench = bench_with_values();

    EXPECT_EQ(code_of(bench, bench.officer, asking("oggetto")), ErrorCode::forbidden);
    EXPECT_EQ(code_of(bench, {"p9", kEraserRole, "321", ""}, asking("oggetto")),
              ErrorCode::forbidden);
}

TEST(Erasure, NeedsAnActAndAReasonOfOneLine) {
    const Bench bench = bench_with_values();
    for (const char* field : {"atto", "motivo"}) {
        for (const std::string& text : {std::string(), std::string("  "), std::string(301, 'x')}) {
            SCOPED_TRACE(field + (": " + text));
            Fields payload = asking("oggetto");
            payload[field] = engine::base::render_text(text);

            EXPECT_EQ(code_of(bench, kEraser, payload), ErrorCode::invalid_input);

            payload.erase(field);
            EXPECT_EQ(code_of(bench, kEraser, payload), ErrorCode::invalid_input);
        }
    }
}

TEST(Erasure, RefusesAFieldThatIsNotThere) {
    EXPECT_EQ(code_of(bench_with_values(), kEraser, asking("niente")), ErrorCode::invalid_input);
}

TEST(Erasure, OfAFieldThatALaterVersionHasDropped) {
    Bench bench = bench_with_values();
    bench.facts.own.record.values["lasciato"] = {"lasciato", "h", false};

    const auto plan = bench.decide(kEventErase, kEraser, asking("lasciato"));

    ASSERT_TRUE(plan.has_value()) << plan.error().message_it;
    EXPECT_EQ(effect_names(*plan), "value_erased");
}

TEST(Erasure, SaysThatThereIsNothingToErase) {
    Bench bench = bench_with_values();

    EXPECT_EQ(code_of(bench, kEraser, asking("esito")), ErrorCode::not_found);

    bench.facts.own.record.values["oggetto"].is_erased = true;
    EXPECT_EQ(code_of(bench, kEraser, asking("oggetto")), ErrorCode::not_found);
}

TEST(Erasure, WhileItRunsKeepsWhatItsConditionsAndTermsRead) {
    Bench bench = bench_with_values();

    const auto plan = bench.decide(kEventErase, kEraser, asking("giorno"));

    ASSERT_FALSE(plan.has_value());
    EXPECT_EQ(plan.error().code, ErrorCode::guard_failed);
    EXPECT_EQ(plan.error().details.front().legal_basis.front(),
              "Reg. UE 2016/679 art. 17 c. 3 lett. b)");
    bench.facts.own.record.instance.is_final = true;
    EXPECT_TRUE(bench.decide(kEventErase, kEraser, asking("giorno")).has_value());
}

TEST(Erasure, WhileItRunsLetsASingleFieldGoThatNothingReads) {
    const auto plan = bench_with_values().decide(kEventErase, kEraser, asking("oggetto"));

    ASSERT_TRUE(plan.has_value()) << plan.error().message_it;
    EXPECT_EQ(effect_names(*plan), "value_erased");
    EXPECT_EQ(plan->title, "Dati cancellati («Oggetto»). Atto: determina n. 5 del 3/3/2026");
}

TEST(Erasure, OfAllPersonalDataWaitsForTheEndAndLeavesTheRest) {
    Bench bench = bench_with_values();
    Fields payload = asking("oggetto");
    payload["campi"] = "[]";
    payload["personali"] = "true";

    EXPECT_EQ(code_of(bench, kEraser, payload), ErrorCode::guard_failed);

    bench.facts.own.record.instance.is_final = true;
    const auto plan = bench.decide(kEventErase, kEraser, payload);
    ASSERT_TRUE(plan.has_value()) << plan.error().message_it;
    ASSERT_EQ(plan->effects.size(), 1U) << "«Giorno» is not personal: publication may need it";
    EXPECT_EQ(std::get<engine::machine::ValueErased>(plan->effects.front()).field, "oggetto");
}

TEST(Erasure, WaitsNoLongerThanTheProcedureItIsPartOf) {
    Bench bench = bench_with_values();
    Fields payload = asking("oggetto");
    payload["personali"] = "true";
    bench.facts.parent = bench.facts.own;
    EXPECT_EQ(code_of(bench, kEraser, payload), ErrorCode::guard_failed);

    bench.facts.parent->record.instance.is_final = true;

    EXPECT_TRUE(bench.decide(kEventErase, kEraser, payload).has_value());
}

TEST(Erasure, OfMessagesTakesThoseThatWereSent) {
    Bench bench = bench_with_values();
    auto& messages = bench.facts.own.record.messages;
    using engine::base::MessageId;
    using engine::machine::MessageStatus;
    messages["m1"] = {MessageId{"m1"},     "avviso", "c",  "party", "pec",
                      MessageStatus::sent, "h1",     false};
    messages["m2"] = {MessageId{"m2"},       "avviso", "c",  "party", "pec",
                      MessageStatus::queued, "",       false};
    messages["m3"] = {MessageId{"m3"},     "avviso", "c", "party", "pec",
                      MessageStatus::sent, "h3",     true};
    Fields payload = asking("oggetto");
    payload["campi"] = "[]";
    payload["messaggi"] = "true";

    EXPECT_EQ(code_of(bench, kEraser, payload), ErrorCode::guard_failed) << "it still runs";
    bench.facts.own.record.instance.is_final = true;

    const auto plan = bench.decide(kEventErase, kEraser, payload);

    ASSERT_TRUE(plan.has_value()) << plan.error().message_it;
    EXPECT_NE(plan->title.find("testi inviati: «Avviso»"), std::string::npos) << plan->title;
    ASSERT_EQ(plan->effects.size(), 1U);
    EXPECT_EQ(std::get<engine::machine::MessageErased>(plan->effects.front()).id.text, "m1");
}

TEST(Erasure, KeepsWhatARunningChildReadsFromAbove) {
    Bench bench = bench_with_values();
    bench.facts.machines_below = {
        parsed(replaced(toy_parere(), R"("takes": ["testo"], "target": "presentato",)",
                        R"("takes": ["testo"], "target": "presentato", "legal_basis": ["L"],)"))};
    EXPECT_TRUE(bench.decide(kEventErase, kEraser, asking("oggetto")).has_value());
    bench.facts.machines_below = {parsed(
        replaced(toy_parere(), R"({ "deadline_open": { "name": "chiusura", "of": "parent" } },)",
                 R"({ "value_present": { "parent": "oggetto" } },)"))};

    const auto plan = bench.decide(kEventErase, kEraser, asking("oggetto"));

    ASSERT_FALSE(plan.has_value());
    EXPECT_EQ(plan.error().code, ErrorCode::guard_failed);
    EXPECT_NE(plan.error().details.front().message_it.find("serve a «Parere»"), std::string::npos)
        << plan.error().details.front().message_it;
}

TEST(Erasure, OfARegionalInstanceHasNoOfficeToAsk) {
    Bench bench = bench_with_values();
    bench.facts.own.record.instance.office.clear();

    EXPECT_TRUE(bench.decide(kEventErase, kEraser, asking("oggetto")).has_value());
}

}  // namespace
}  // namespace tests
