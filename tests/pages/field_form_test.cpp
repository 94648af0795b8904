// SPDX-License-Identifier: EUPL-1.2
#include "api/pages/field_form.h"

#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "engine/definition/catalog.h"

namespace tests {
namespace {

using api::pages::FieldErrors;
using api::pages::FormData;
using api::pages::FormField;
using engine::definition::FieldDefinition;
using engine::definition::FieldSchema;

/// A field made of the text of its schema.
class OneField {
  public:
    explicit OneField(const std::string& schema, bool is_required = true) {
        definition_.title = "Campo";
        definition_.schema_json = schema;
        definition_.schema =
            std::make_shared<FieldSchema>(std::move(FieldSchema::compile(schema).value()));
        fields_ = {{"campo", &definition_, is_required}};
    }

    /// The value read of what was sent; "" when there is none.
    std::string read(const std::vector<std::string>& sent) {
        errors_.clear();
        const auto values = api::pages::read_fields(fields_, form(sent), errors_);
        const auto value = values.find("campo");
        return value == values.end() ? "" : value->second;
    }
    std::string error() const {
        return errors_.contains("campo") ? errors_.at("campo") : std::string();
    }
    FormField& field() { return fields_.front(); }
    nlohmann::json show(const std::vector<std::string>& sent, const std::string& present = "") {
        engine::base::Fields values;
        if (!present.empty()) {
            values.emplace("campo", present);
        }
        return api::pages::form_json(fields_, form(sent), values, errors_).at(0);
    }

  private:
    static FormData form(const std::vector<std::string>& sent) {
        FormData data;
        for (const std::string& value : sent) {
            data.fields.emplace_back("campo.campo", value);
        }
        return data;
    }

    FieldDefinition definition_;
    std::vector<FormField> fields_;
    FieldErrors errors_;
};

constexpr const char* kDay =
    R"({"type":"string","format":"date","pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}$","maxLength":10})";

TEST(FieldForm, ReadsDaysAsItaliansWriteThem) {
    OneField day(kDay);

    EXPECT_EQ(day.read({"16/05/2025"}), R"("2025-05-16")");
    EXPECT_EQ(day.read({"6-5-2025"}), R"("2025-05-06")");
    EXPECT_EQ(day.read({"2025-05-16"}), R"("2025-05-16")");
    for (const char* wrong : {"31/02/2025", "05/16/2025", "domani", "16/05/25", "16/05/2025 x"}) {
        day.read({wrong});
        EXPECT_NE(day.error(), "") << wrong;
    }
}

TEST(FieldForm, ReadsTheHour) {
    EXPECT_EQ(api::pages::read_typed_moment("16/05/2025 ore 12:00"), "2025-05-16T12:00");
    EXPECT_EQ(api::pages::read_typed_moment("16/05/2025 9:30"), "2025-05-16T09:30");
    EXPECT_EQ(api::pages::read_typed_moment("16/05/2025 ore 25:00"), std::nullopt);
}

TEST(FieldForm, TellsWhatIsMissing) {
    OneField day(kDay);

    EXPECT_EQ(day.read({"  "}), "");
    EXPECT_EQ(day.error(), "È obbligatorio: scrivilo.");

    OneField optional(kDay, false);
    EXPECT_EQ(optional.read({""}), "");
    EXPECT_EQ(optional.error(), "");
}

TEST(FieldForm, LetsTheSchemaJudge) {
    OneField text(R"({"type":"string","minLength":1,"maxLength":3})");

    EXPECT_EQ(text.read({"abc"}), R"("abc")");
    EXPECT_EQ(text.error(), "");
    text.read({"abcd"});
    EXPECT_NE(text.error(), "");
}

TEST(FieldForm, MakesListsOfLinesAndOfChoices) {
    OneField lines(R"({"type":"array","maxItems":5,"items":{"type":"string","maxLength":9}})");
    EXPECT_EQ(lines.read({"uno\n\n due\n"}), R"(["uno"," due"])");

    OneField choices(R"({"type":"array","maxItems":5,"items":{"type":"string","enum":["a","b"]}})");
    EXPECT_EQ(choices.read({"a", "b"}), R"(["a","b"])");
    choices.read({"c"});
    EXPECT_NE(choices.error(), "");
}

TEST(FieldForm, OffersTheOnlyValuesThatThereAreByTheirNames) {
    OneField person(R"({"type":"string","maxLength":100})");
    EXPECT_TRUE(person.show({}).contains("testo"));

    person.field().choices = {"p1", "p2"};
    person.field().choice_titles = {{"p1", "Anna Esempio"}, {"p2", "Bruno Esempio"}};

    const std::string shown = person.show({"p2"}).dump();
    EXPECT_FALSE(person.show({}).contains("testo"));
    EXPECT_NE(shown.find("Anna Esempio"), std::string::npos) << shown;
    EXPECT_NE(shown.find("Bruno Esempio"), std::string::npos) << shown;
}

TEST(FieldForm, MakesNumbersAndFlags) {
    OneField number(R"({"type":"integer","minimum":1,"maximum":30})");
    EXPECT_EQ(number.read({"10"}), "10");
    number.read({"31"});
    EXPECT_NE(number.error(), "");
    number.read({"dieci"});
    EXPECT_NE(number.error(), "");

    OneField flag(R"({"type":"boolean"})");
    EXPECT_EQ(flag.read({"true"}), "true");
    flag.read({"forse"});
    EXPECT_NE(flag.error(), "");
}

TEST(FieldForm, ShowsAgainWhatWasSent) {
    OneField day(kDay, false);

    EXPECT_EQ(day.show({"31/02/2025"}).at("testo").at("valore"), "31/02/2025");
    EXPECT_EQ(day.show({}, R"("2025-05-16")").at("testo").at("valore"), "16/05/2025");
}

TEST(FieldForm, KeepsRequiredFieldsEmptySoThatNoAnswerIsGivenTwiceByMistake) {
    OneField text(R"({"type":"string","maxLength":300})");

    EXPECT_EQ(text.show({}, R"("motivi dell'altra volta")").at("area").at("valore"), "");
}

TEST(FieldForm, AsksForTheMembersOfAnObject) {
    OneField object(R"({"type":"object","additionalProperties":false,"maxProperties":3,
        "required":["bisogno"],"properties":{"bisogno":{"type":"string","maxLength":9},
        "decisione":{"type":"string","enum":["attuato","rinviato"]}}})");
    const auto shown = object.show({});

    ASSERT_TRUE(shown.contains("gruppo"));
    EXPECT_EQ(shown.at("gruppo").at("campi_gruppo").size(), 2U);
    EXPECT_EQ(shown.at("gruppo").at("campi_gruppo").at(0).at("name"), "campo.campo.bisogno");
}

TEST(FieldForm, ManyFieldsComeUnderTheirSections) {
    nlohmann::json fields = nlohmann::json::array();
    for (int place = 0; place < 12; ++place) {
        fields.push_back({{"id", place},
                          {"sezione", place % 3 == 0   ? "Tavoli"
                                      : place % 3 == 1 ? "Chi può partecipare"
                                                       : ""}});
    }

    const auto sections = api::pages::sections_json(fields);

    ASSERT_EQ(sections.size(), 3U);
    EXPECT_EQ(sections[0].at("titolo_sezione"), "Tavoli");
    EXPECT_EQ(sections[1].at("titolo_sezione"), "Chi può partecipare");
    EXPECT_EQ(sections[2].at("titolo_sezione"), "Altro");
    for (const auto& section : sections) {
        EXPECT_EQ(section.at("campi_sezione").size(), 4U) << "none is lost";
    }
}

TEST(FieldForm, FewFieldsNeedNoHeading) {
    const nlohmann::json fields{{{"sezione", "Tavoli"}}, {{"sezione", "Altra"}}};

    const auto sections = api::pages::sections_json(fields);

    ASSERT_EQ(sections.size(), 1U);
    EXPECT_EQ(sections[0].at("titolo_sezione"), "");
    EXPECT_EQ(sections[0].at("campi_sezione").size(), 2U);
    EXPECT_TRUE(api::pages::sections_json(nlohmann::json::array()).empty());
}

/// The longest form there is: the notice. A field that is added to it says where it belongs.
TEST(FieldForm, EveryFieldOfTheNoticeHasASection) {
    const auto catalog =
        engine::definition::load_catalog(engine::definition::embedded_workflow_files()).value();
    const auto procedure = catalog.find("coprogrammazione", "procedimento", 0);
    const auto* act = procedure->find_transition("avviso_in_preparazione", "compila_avviso");
    ASSERT_NE(act, nullptr);

    const auto fields = api::pages::form_json(
        api::pages::form_fields(*procedure, act->takes, act->may_take), {}, {}, {});

    EXPECT_GT(fields.size(), 60U);
    for (const auto& field : fields) {
        EXPECT_TRUE(field.at("sezione") != "" || field.at("id") == "campo-note") << field.at("id");
    }
}

TEST(FieldForm, CallsConstantsByTheirTitles) {
    OneField one(R"({"type": "string", "x-titles": {"E1": "Iscritto al RUNTS"},
                     "enum": ["E1", "a_mano"]})");

    const auto options = one.show({}).at("scelta_una").at("opzioni");

    EXPECT_EQ(options.at(0).at("testo_opzione"), "Iscritto al RUNTS");
    EXPECT_EQ(options.at(0).at("valore"), "E1");
    EXPECT_EQ(options.at(1).at("testo_opzione"), "A mano") << "one without a title";
}

TEST(FieldForm, OffersTheChoicesThatTheProcedureAboveAsksFor) {
    OneField one(R"({"type": "array", "x-choices": {"parent": "richieste"},
                     "x-titles": {"conflitti": "Non ci sono conflitti"},
                     "items": {"type": "string", "maxLength": 64}})");
    one.field().choices = {"conflitti", "altra"};

    const auto options = one.show({}).at("scelte").at("opzioni");

    EXPECT_EQ(options.at(0).at("testo_opzione"), "Non ci sono conflitti");
    EXPECT_EQ(one.read({"conflitti", "altra"}), R"(["conflitti","altra"])");
}

TEST(FieldForm, SaysOfEachFieldWhetherItIsNeeded) {
    const std::string text = R"({"type": "string", "maxLength": 64})";
    OneField required(text);
    OneField optional(text, false);
    OneField later(text, false);
    later.field().needed = "serve per «Presenta»";

    EXPECT_EQ(required.show({}).at("marca"), "");
    EXPECT_EQ(optional.show({}).at("marca"), "facoltativo");
    EXPECT_EQ(optional.show({}, R"("c'è")").at("marca"), "") << "it may be needed: it is there";
    EXPECT_EQ(later.show({}).at("marca"), "serve per «Presenta»");
}

}  // namespace
}  // namespace tests
