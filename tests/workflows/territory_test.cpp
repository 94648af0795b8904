// SPDX-License-Identifier: EUPL-1.2
#include "workflows/territorio/territory.h"

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace {

using engine::base::ErrorCode;
using engine::calendar::LegalDate;
using workflows::territorio::choose_edition;
using workflows::territorio::find_related;
using workflows::territorio::find_unit;
using workflows::territorio::kMaxSearchBytes;
using workflows::territorio::kUnitKinds;
using workflows::territorio::load_editions;
using workflows::territorio::load_latest_territory;
using workflows::territorio::load_territory;
using workflows::territorio::load_territory_version;
using workflows::territorio::parse_territory;
using workflows::territorio::search_units;
using workflows::territorio::TerritorialUnit;
using workflows::territorio::Territory;
using workflows::territorio::UnitKind;
using workflows::territorio::units_of_kind;

/// The smallest edition: one of each, in one row.
const std::string kSmallest = R"({
  "version": "prova/1",
  "valid_from": "2024-04-15",
  "valid_to": null,
  "source": {"act": "Atto di prova", "annex": "Allegato"},
  "counts": {"ats": 1, "asst": 1, "distretti": 1, "ambiti": 1, "rows": 1},
  "ats": [{"code": "1", "name": "ATS"}],
  "asst": [{"code": "2", "name": "ASST"}],
  "distretti": [{"code": "3", "name": "Distretto"}],
  "ambiti": [{"code": "4", "name": "Ambito", "sioss_code": "lom_4"}],
  "rows": [{"ats": "1", "asst": "2", "distretto": "3", "ambito": "4"}]
})";

std::string replace(std::string text, const std::string& what, const std::string& with) {
    const auto place = text.find(what);
    EXPECT_NE(place, std::string::npos) << what;
    return text.replace(place, what.size(), with);
}

Territory latest() {
    auto territory = load_latest_territory();
    EXPECT_TRUE(territory) << territory.error().message_it;
    return *territory;
}

std::string codes(const std::vector<TerritorialUnit>& units) {
    std::string text;
    for (const auto& unit : units) {
        text += (text.empty() ? "" : " ") + unit.code;
    }
    return text;
}

std::string related(UnitKind kind, const std::string& code, UnitKind wanted) {
    const auto territory = latest();
    const auto unit = find_unit(territory, kind, code);
    return unit ? codes(find_related(territory, *unit, wanted)) : "no unit " + code;
}

std::string found(const std::string& text) {
    const auto units = search_units(latest(), text);
    return units ? codes(*units) : units.error().message_it;
}

Territory edition(const std::string& version, LegalDate from, std::optional<LegalDate> to) {
    Territory territory;
    territory.version = version;
    territory.valid_from = from;
    territory.valid_to = to;
    return territory;
}

struct Mistake {
    std::string right;
    std::string wrong;
    std::string message;
};

void expect_mistakes(const std::vector<Mistake>& mistakes) {
    for (const auto& mistake : mistakes) {
        SCOPED_TRACE(mistake.wrong);

        const auto territory = parse_territory(replace(kSmallest, mistake.right, mistake.wrong));

        ASSERT_FALSE(territory);
        EXPECT_EQ(territory.error().code, ErrorCode::invalid_input);
        EXPECT_EQ(territory.error().message_it, mistake.message);
    }
}

// ---- broken files ------------------------------------------------------------------------------

TEST(ParseTerritory, RefusesWhatIsNoJson) {
    EXPECT_EQ(parse_territory("").error().code, ErrorCode::malformed);
    EXPECT_EQ(parse_territory(kSmallest + "]").error().code, ErrorCode::malformed);
    EXPECT_EQ(parse_territory(replace(kSmallest, R"("valid_to")", R"("version")")).error().code,
              ErrorCode::malformed);
    EXPECT_EQ(parse_territory("[]").error().message_it, "«/» deve essere un oggetto JSON.");
}

TEST(ParseTerritory, TellsWhatIsWrongInTheHead) {
    expect_mistakes({
        {R"("version": "prova/1",)", "", "In «/» manca la chiave «version»."},
        {R"("prova/1")", R"("")", "«/version» deve essere un testo non vuoto."},
        {R"("prova/1")", "1", "«/version» deve essere un testo non vuoto."},
        {R"("valid_to": null)", R"("valid_to": null, "note": "")",
         "In «/» la chiave «note» non è prevista."},
        {R"("valid_to": null)", R"("valid_to": "2024-04-14")",
         "«/valid_to» viene prima di «/valid_from»."},
        {R"("valid_to": null)", R"("valid_to": false)",
         "«/valid_to» deve essere un testo non vuoto."},
        {R"("Atto di prova")", "null", "«/source/act» deve essere un testo non vuoto."},
        {R"({"act": "Atto di prova", "annex": "Allegato"})", R"("Atto")",
         "«/source/» deve essere un oggetto JSON."},
        {R"("ats": 1, )", "", "In «/counts/» manca la chiave «ats»."},
        {R"("rows": 1)", R"("rows": 2)",
         "«/counts/rows» vale 2, ma in «/rows» gli elementi sono 1."},
        {R"("ambiti": 1)", R"("ambiti": "1")",
         "«/counts/ambiti» vale \"1\", ma in «/ambiti» gli elementi sono 1."},
    });
}

TEST(ParseTerritory, TellsWhichDateIsWrong) {
    const auto territory = parse_territory(replace(kSmallest, "2024-04-15", "2024-04-31"));

    ASSERT_FALSE(territory);
    EXPECT_TRUE(territory.error().message_it.starts_with("«/valid_from»: "));
}

TEST(ParseTerritory, TellsWhatIsWrongInAUnit) {
    expect_mistakes({
        {R"([{"code": "1", "name": "ATS"}])", "[]", "«/ats» deve essere un elenco non vuoto."},
        {R"([{"code": "1", "name": "ATS"}])", "{}", "«/ats» deve essere un elenco non vuoto."},
        {R"({"code": "1", "name": "ATS"})", "1", "«/ats/0/» deve essere un oggetto JSON."},
        {R"("name": "ASST")", R"("name": "")", "«/asst/0/name» deve essere un testo non vuoto."},
        {R"(, "name": "Distretto")", "", "In «/distretti/0/» manca la chiave «name»."},
        {R"("name": "Distretto")", R"("nome": "Distretto")",
         "In «/distretti/0/» manca la chiave «name»."},
        {R"("code": "4")", R"("code": "4a")",
         "«/ambiti/0/code» deve essere un codice di sole cifre."},
        {R"("code": "4")", R"("code": 4)", "«/ambiti/0/code» deve essere un testo non vuoto."},
        {R"(, "sioss_code": "lom_4")", "", "In «/ambiti/0/» manca la chiave «sioss_code»."},
        {R"("name": "ASST")", R"("name": "ASST", "sioss_code": "lom_1")",
         "In «/asst/0/» la chiave «sioss_code» non è prevista."},
        {R"("name": "ASST")", R"("name": "ASST", "printed_name": "ASST")",
         "«/asst/0/printed_name» è uguale al nome: va tolto."},
    });
}

TEST(ParseTerritory, TellsWhatIsWrongInARow) {
    expect_mistakes({
        {R"("asst": "2")", R"("asst": "9")", "«/rows/0»: il codice 9 non è in «/asst»."},
        {R"("ambito": "4")", R"("ambito": "3")", "«/rows/0»: il codice 3 non è in «/ambiti»."},
        {R"("ambito": "4")", R"("ambito": "Ambito")",
         "«/rows/0/ambito» deve essere un codice di sole cifre."},
        {R"("asst": "2", )", "", "In «/rows/0/» manca la chiave «asst»."},
    });
}

TEST(ParseTerritory, TellsWhatIsRepeated) {
    const auto two_rows = replace(kSmallest, R"("rows": 1)", R"("rows": 2)");
    const auto repeated_row =
        replace(two_rows, R"("ambito": "4"})",
                R"("ambito": "4"}, {"ats": "1", "asst": "2", "distretto": "3", "ambito": "4"})");
    const auto two_asst = replace(kSmallest, R"("asst": 1)", R"("asst": 2)");
    const auto repeated_code =
        replace(two_asst, R"("name": "ASST"})", R"("name": "ASST"}, {"code": "2", "name": "B"})");
    const auto two_ambiti = replace(kSmallest, R"("ambiti": 1)", R"("ambiti": 2)");
    const auto repeated_sioss =
        replace(two_ambiti, R"("lom_4"})",
                R"("lom_4"}, {"code": "5", "name": "Altro", "sioss_code": "lom_4"})");

    EXPECT_EQ(parse_territory(repeated_row).error().message_it,
              "«/rows/1» ripete una riga precedente.");
    EXPECT_EQ(parse_territory(repeated_code).error().message_it,
              "Il codice 2 compare due volte in «/asst».");
    EXPECT_EQ(parse_territory(repeated_sioss).error().message_it,
              "Il codice SIOSS lom_4 compare due volte.");
}

TEST(ParseTerritory, TellsWhichUnitIsInNoRowOrInTwoAts) {
    const auto two_ats =
        replace(replace(kSmallest, R"("ats": 1)", R"("ats": 2)"), R"("name": "ATS"})",
                R"("name": "ATS"}, {"code": "8", "name": "B"})");
    const auto two_rows =
        replace(replace(two_ats, R"("rows": 1)", R"("rows": 2)"), R"("ambito": "4"})",
                R"("ambito": "4"}, {"ats": "8", "asst": "2", "distretto": "3", "ambito": "4"})");

    EXPECT_EQ(parse_territory(two_ats).error().message_it, "«/rows» non nomina mai ats 8.");
    EXPECT_EQ(parse_territory(two_rows).error().message_it,
              "In «/rows» asst 2 sta in due ATS: 1 e 8.");
}

TEST(ParseTerritory, ReadsTheSmallestEdition) {
    const auto territory = parse_territory(
        replace(kSmallest, R"("name": "ATS")", R"("name": "ATS", "printed_name": "AST")"));

    ASSERT_TRUE(territory) << territory.error().message_it;
    EXPECT_EQ(territory->version, "prova/1");
    EXPECT_EQ(territory->valid_from, LegalDate::of(2024, 4, 15));
    EXPECT_EQ(territory->valid_to, std::nullopt);
    EXPECT_EQ(territory->ats.at(0).printed_name, "AST");
    EXPECT_EQ(territory->ambiti.at(0).sioss_code, "lom_4");
}

// ---- editions ----------------------------------------------------------------------------------

TEST(Editions, HaveNoneBeforeTheFirstAct) {
    const auto territory = load_territory(LegalDate::of(2024, 4, 14));

    ASSERT_FALSE(territory);
    EXPECT_EQ(territory.error().code, ErrorCode::not_found);
}

TEST(Editions, DoNotComeBackWhenTheOneThatReplacedThemEnds) {
    const std::vector<Territory> editions = {
        edition("b", LegalDate::of(2025, 1, 1), LegalDate::of(2025, 6, 30)),
        edition("a", LegalDate::of(2024, 4, 15), std::nullopt)};

    EXPECT_EQ(choose_edition(editions, LegalDate::of(2025, 7, 1)).error().code,
              ErrorCode::not_found);
}

TEST(Editions, EndWhereTheNextOneBegins) {
    const std::vector<Territory> editions = {
        edition("b", LegalDate::of(2025, 1, 1), LegalDate::of(2025, 6, 30)),
        edition("a", LegalDate::of(2024, 4, 15), std::nullopt)};

    EXPECT_EQ(choose_edition(editions, LegalDate::of(2024, 12, 31))->version, "a");
    EXPECT_EQ(choose_edition(editions, LegalDate::of(2025, 1, 1))->version, "b");
    EXPECT_EQ(choose_edition(editions, LegalDate::of(2025, 6, 30))->version, "b");
}

TEST(Editions, AreFoundAgainByTheVersionThatAProcedureFroze) {
    EXPECT_EQ(load_territory_version("allegato-c-dgr-2167/9").error().code, ErrorCode::not_found);

    const auto territory = load_territory_version("allegato-c-dgr-2167/1");

    ASSERT_TRUE(territory) << territory.error().message_it;
    EXPECT_EQ(territory->valid_from, LegalDate::of(2024, 4, 15));
    EXPECT_EQ(territory->source_act, "DGR XII/2167 del 15/04/2024");
}

TEST(Editions, InTheBinaryAreAllValid) {
    const auto editions = load_editions();

    ASSERT_TRUE(editions) << editions.error().message_it;
    EXPECT_TRUE(load_territory(LegalDate::of(2024, 4, 15)));
}

// ---- Allegato C --------------------------------------------------------------------------------

TEST(AllegatoC, HasTheNumbersOfTheAct) {
    const auto territory = load_territory_version("allegato-c-dgr-2167/1");

    ASSERT_TRUE(territory);
    EXPECT_EQ(territory->rows.size(), 102U);
    EXPECT_EQ(territory->ambiti.size(), 91U);
    EXPECT_EQ(territory->distretti.size(), 86U);
    EXPECT_EQ(territory->asst.size(), 25U);
    EXPECT_EQ(territory->ats.size(), 8U);
}

TEST(AllegatoC, HasTheAmbitiOfEachAts) {
    const auto territory = latest();
    std::map<std::string, std::size_t> ambiti;
    for (const auto& ats : territory.ats) {
        ambiti[ats.name] = find_related(territory, ats, UnitKind::ambito).size();
    }

    const std::map<std::string, std::size_t> expected = {
        {"ATS DELLA CITTA' METROPOLITANA DI MILANO", 17},
        {"ATS DELL'INSUBRIA", 20},
        {"ATS DELLA MONTAGNA", 7},
        {"ATS DELLA BRIANZA", 8},
        {"ATS DI BERGAMO", 14},
        {"ATS DI BRESCIA", 12},
        {"ATS DELLA VAL PADANA", 8},
        {"ATS DI PAVIA", 5}};
    EXPECT_EQ(ambiti, expected);
}

TEST(AllegatoC, GivesOglioPoTwoAsstThroughOneDistretto) {
    EXPECT_EQ(related(UnitKind::ambito, "50097", UnitKind::asst), "724 725");
    EXPECT_EQ(related(UnitKind::ambito, "50097", UnitKind::distretto), "22070");
    EXPECT_EQ(related(UnitKind::distretto, "22070", UnitKind::asst), "724 725");
    EXPECT_EQ(related(UnitKind::ambito, "50097", UnitKind::ats), "327");
}

TEST(AllegatoC, GivesMilanoThreeAsstAndNineDistretti) {
    EXPECT_EQ(related(UnitKind::ambito, "50007", UnitKind::asst), "701 702 703");
    EXPECT_EQ(related(UnitKind::ambito, "50007", UnitKind::distretto),
              "22101 22102 22103 22104 22105 22106 22107 22108 22109");
    EXPECT_EQ(related(UnitKind::asst, "703", UnitKind::distretto), "22101 22102 22103 22104 22108");
}

TEST(AllegatoC, HasAmbitiWithManyDistrettiAndDistrettiWithManyAmbiti) {
    const auto territory = latest();
    std::set<std::string> shared;
    for (const auto& distretto : territory.distretti) {
        if (find_related(territory, distretto, UnitKind::ambito).size() > 1) {
            shared.insert(distretto.code);
        }
    }

    EXPECT_EQ(shared.size(), 14U);
    EXPECT_EQ(related(UnitKind::distretto, "22053", UnitKind::ambito), "50019 50035 50079");
    EXPECT_EQ(related(UnitKind::ambito, "50066", UnitKind::distretto), "22015 22016");
    EXPECT_EQ(related(UnitKind::ambito, "50096", UnitKind::distretto), "22002 22003");
}

TEST(AllegatoC, KeepsTheTwoSpellingsThatAreWrongInTheAct) {
    const auto territory = latest();
    std::map<std::string, std::string> printed;
    for (const auto kind : kUnitKinds) {
        for (const auto& unit : units_of_kind(territory, kind)) {
            if (unit.printed_name) {
                printed[unit.name] = *unit.printed_name;
            }
        }
    }

    const std::map<std::string, std::string> expected = {
        {"ASST FATEBENEFRATELLI SACCO", "ASST FATEBENEFRAPELLI SACCO"},
        {"SERIATE E GRUMELLO", "SERiate E GRUMELLO"}};
    EXPECT_EQ(printed, expected);
}

TEST(AllegatoC, JoinsNamesThatThePagesBreak) {
    const auto territory = latest();

    EXPECT_EQ(find_unit(territory, UnitKind::ambito, "50004")->name,
              "Isola Bergamasca e Bassa Val San Martino");
    EXPECT_EQ(find_unit(territory, UnitKind::asst, "713")->name,
              "ASST DELLA VALTELLINA E DELL'ALTO LARIO");
    EXPECT_EQ(find_unit(territory, UnitKind::ambito, "59999"), std::nullopt);
}

// ---- search ------------------------------------------------------------------------------------

TEST(SearchUnits, RefusesWhatCannotBeSearched) {
    const auto territory = latest();
    for (const std::string text :
         {"", "  ", "'", "- -", "\xff", "\xc3", "\xc0\xaf", "\xed\xa0\x80", "a\nb", "\x1b[2J"}) {
        EXPECT_EQ(search_units(territory, text).error().code, ErrorCode::invalid_input) << text;
    }
    EXPECT_TRUE(search_units(territory, std::string(kMaxSearchBytes, 'a')));
    EXPECT_FALSE(search_units(territory, std::string(kMaxSearchBytes + 1, 'a')));
}

TEST(SearchUnits, FindsNothingForOtherWords) {
    EXPECT_EQ(found("Torino"), "");
    EXPECT_EQ(found("oglio torino"), "");
    EXPECT_EQ(found("łódź"), "");
    EXPECT_EQ(found("?? 漢"), "");
}

TEST(SearchUnits, IgnoresCaseAccentsApostrophesAndHyphens) {
    for (const std::string text : {"cantù", "CANTU'", "Cantu’", "cantu", "CANTÙ", "cantu\u0300"}) {
        EXPECT_EQ(found(text), "50067 22031") << text;
    }
    EXPECT_EQ(found("villa d’almè"), "50082 22048");
    EXPECT_EQ(found("lomazzo fino mornasco"), "50091 22030");
    EXPECT_EQ(found("LOMAZZO–FINO"), "50091 22030");
    EXPECT_EQ(found("dell’insubria"), "322");
}

TEST(SearchUnits, FindsCodesOfEveryKindAndPrintedSpellings) {
    EXPECT_EQ(found("327"), "327");
    EXPECT_EQ(found("50097"), "50097");
    EXPECT_EQ(found("LOM_48"), "50097");
    EXPECT_EQ(found("lom_4"), "50017");
    EXPECT_EQ(found("fatebenefrapelli"), "703");
    EXPECT_EQ(found("fatebenefratelli"), "703");
}

}  // namespace
