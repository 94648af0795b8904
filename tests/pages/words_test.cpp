// SPDX-License-Identifier: EUPL-1.2
#include "api/pages/words.h"

#include <gtest/gtest.h>

#include "tests/support/world.h"

namespace tests {
namespace {

using api::pages::count_down;
using api::pages::Urgency;

TEST(Words, CountTheDaysToTheLastUsefulDay) {
    const auto bound = at("2025-05-17T00:00");  // the whole of 16/05

    EXPECT_EQ(count_down(bound, at("2025-05-07T09:00")).text, "scade tra 9 giorni");
    EXPECT_EQ(count_down(bound, at("2025-05-15T23:59")).text, "scade domani");
    EXPECT_EQ(count_down(bound, at("2025-05-16T00:00")).text, "scade oggi");
    EXPECT_EQ(count_down(bound, at("2025-05-16T23:59:59.999")).urgency, Urgency::today);
}

TEST(Words, TellAnInstantOfTheArchiveOnRomesClock) {
    EXPECT_EQ(api::pages::date_words("2025-06-29T22:30:00.000Z"), "30/06/2025 ore 00:30");
    EXPECT_EQ(api::pages::date_words("2025-06-29T22:30"), "29/06/2025 ore 22:30");
}

TEST(Words, SayHowLateOneIs) {
    const auto noon = at("2025-05-16T12:00:01");  // "entro le ore 12:00"

    EXPECT_EQ(count_down(noon, at("2025-05-16T12:00:00.999")).text, "scade oggi");
    EXPECT_EQ(count_down(noon, at("2025-05-16T12:00:01")).text, "scaduto oggi");
    EXPECT_EQ(count_down(noon, at("2025-05-17T08:00")).text, "in ritardo di 1 giorno");
    EXPECT_EQ(count_down(noon, at("2025-05-18T08:00")).text, "in ritardo di 2 giorni");
    EXPECT_EQ(count_down(std::nullopt, at("2025-05-18T08:00")).urgency, Urgency::none);
}

TEST(Words, WriteTheLastMomentAsItIsSaid) {
    EXPECT_EQ(api::pages::last_moment_words(at("2025-05-17T00:00")), "16/05/2025");
    EXPECT_EQ(api::pages::last_moment_words(at("2025-05-16T12:00:01")), "16/05/2025 ore 12:00");
    // The day on which clocks go forward is an hour shorter.
    EXPECT_EQ(api::pages::last_moment_words(at("2025-03-31T00:00")), "30/03/2025");
}

TEST(Words, ShowTheHourOfTheClockOnDaysWhenItChanges) {
    EXPECT_EQ(api::pages::instant_words(at("2025-03-30T09:15")), "30/03/2025 ore 09:15");
    EXPECT_EQ(api::pages::instant_words(at("2025-10-26T09:15")), "26/10/2025 ore 09:15");
}

TEST(Words, ReadValuesAsPeopleDo) {
    EXPECT_EQ(api::pages::value_words(R"("2025-05-16T12:00")"), "16/05/2025 ore 12:00");
    EXPECT_EQ(api::pages::value_words(R"("iniziativa_regionale")"), "Iniziativa regionale");
    EXPECT_EQ(api::pages::value_words(R"("Testo con_trattino basso")"), "Testo con_trattino basso");
    EXPECT_EQ(api::pages::choice_words("iniziativa_dell_ufficio"), "Iniziativa dell'ufficio");
    EXPECT_EQ(api::pages::value_words("true"), "Sì");
    EXPECT_EQ(api::pages::value_words(R"(["uno","due"])"), "uno; due");
    EXPECT_EQ(api::pages::value_words(R"({"decisione":"in_attuazione"})"),
              "Decisione: In attuazione");
    EXPECT_EQ(api::pages::value_words("[]"), "");
}

TEST(Words, CallConstantsAndMembersByTheTitlesOfTheSchema) {
    engine::definition::FieldDefinition rule;
    rule.schema_json = R"({"type": "string", "enum": ["unanimita"],
                           "x-titles": {"unanimita": "Unanimità"}})";
    engine::definition::FieldDefinition list;
    list.schema_json = R"({"type": "array", "x-titles": {"pec": "PEC"},
                           "items": {"type": "string", "enum": ["pec", "a_mano"]}})";
    engine::definition::FieldDefinition round;
    round.schema_json = R"({"type": "object", "properties": {
        "frase": {"title": "In breve"},
        "regola": {"title": "Regola", "x-titles": {"unanimita": "unanimità"}}}})";

    EXPECT_EQ(api::pages::field_words(rule, R"("unanimita")"), "Unanimità");
    EXPECT_EQ(api::pages::field_words(list, R"(["pec","a_mano"])"), "PEC; A mano");
    EXPECT_EQ(api::pages::field_words(
                  round, R"({"frase":"Tutti d'accordo","interno":1,"regola":"unanimita"})"),
              "In breve: Tutti d'accordo; Regola: unanimità");
}

}  // namespace
}  // namespace tests
