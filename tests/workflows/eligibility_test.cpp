// SPDX-License-Identifier: EUPL-1.2
// Every admission basis at the days around each of its boundaries (rules.md §3.1 and §3.2), on the
// table that the definitions carry.
#include "workflows/comuni/eligibility.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <ostream>
#include <set>
#include <sstream>

#include "tests/support/source_dir.h"

namespace tests {
namespace {

using engine::calendar::LegalDate;
using workflows::comuni::EligibilityEvidence;
using workflows::comuni::EligibilityFinding;
using workflows::comuni::EligibilityOutcome;

const std::string& table() {
    static const std::string kTable = [] {
        std::ostringstream text;
        text << std::ifstream(source_dir() + "/workflows/comuni/basi_di_ammissione.json").rdbuf();
        return text.str();
    }();
    return kTable;
}

LegalDate day(const std::string& text) {
    return engine::calendar::parse_legal_date(text).value();
}

std::optional<LegalDate> day_or_none(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(day(text));
}

struct Case {
    const char* basis;
    const char* status;
    const char* reference_date;
    EligibilityOutcome outcome;
    const char* registered_on = "";
    const char* cancelled_on = "";
    const char* applied_on = "";
    const char* refused_on = "";
};

void PrintTo(const Case& one, std::ostream* out) {
    *out << one.basis << " " << one.status << " " << one.reference_date << " " << one.registered_on
         << one.cancelled_on << one.applied_on << one.refused_on;
}

EligibilityFinding evaluate(const Case& one) {
    const EligibilityEvidence evidence{
        one.basis,
        one.status,
        "Fonte di esempio",
        day(one.reference_date),
        day_or_none(one.registered_on),
        day_or_none(one.cancelled_on),
        day_or_none(one.applied_on),
        day_or_none(one.refused_on),
    };
    auto finding =
        workflows::comuni::evaluate_eligibility(table(), evidence, day(one.reference_date));
    EXPECT_TRUE(finding.has_value());
    return finding.value_or(EligibilityFinding{});
}

constexpr auto kEligible = EligibilityOutcome::idonea;
constexpr auto kReserve = EligibilityOutcome::con_riserva;
constexpr auto kVerify = EligibilityOutcome::da_verificare;
constexpr auto kNotEligible = EligibilityOutcome::non_idonea;

class Eligibility : public testing::TestWithParam<Case> {};

TEST_P(Eligibility, IsJudgedAtTheReferenceDate) {
    EXPECT_EQ(evaluate(GetParam()).outcome, GetParam().outcome)
        << evaluate(GetParam()).reasoning_it;
}

INSTANTIATE_TEST_SUITE_P(
    E1Runts, Eligibility,
    testing::Values(Case{"E1", "iscritto", "2021-11-22", kVerify},
                    Case{"E1", "iscritto", "2021-11-23", kEligible},
                    Case{"E1", "iscritto", "2025-05-16", kEligible},
                    Case{"E1", "iscritto", "2025-05-16", kEligible, "2025-05-16"},
                    Case{"E1", "iscritto", "2025-05-16", kVerify, "2025-05-17"},
                    Case{"E1", "in_diffida", "2025-05-16", kEligible},
                    Case{"E1", "cancellazione_in_corso", "2025-05-16", kReserve},
                    Case{"E1", "cancellato", "2025-05-16", kVerify},
                    Case{"E1", "cancellato", "2025-05-16", kNotEligible, "", "2025-05-16"},
                    Case{"E1", "cancellato", "2025-05-16", kVerify, "", "2025-05-17"},
                    Case{"E1", "iscrizione_rifiutata", "2025-05-16", kNotEligible},
                    Case{"E1", "non_iscritto_confermato", "2025-05-16", kNotEligible},
                    Case{"E1", "in_trasmigrazione", "2025-05-16", kVerify}));

INSTANTIATE_TEST_SUITE_P(
    E2BusinessRegister, Eligibility,
    testing::Values(Case{"E2", "iscritto", "2021-11-22", kVerify},
                    Case{"E2", "iscritto", "2021-11-23", kEligible},
                    Case{"E2", "in_diffida", "2025-05-16", kEligible},
                    Case{"E2", "cancellazione_in_corso", "2025-05-16", kReserve},
                    Case{"E2", "cancellato", "2025-05-16", kNotEligible, "", "2025-01-01"},
                    Case{"E2", "non_iscritto_confermato", "2025-05-16", kNotEligible}));

INSTANTIATE_TEST_SUITE_P(E3SectorRegister, Eligibility,
                         testing::Values(Case{"E3", "iscritto", "2017-08-02", kVerify},
                                         Case{"E3", "iscritto", "2017-08-03", kEligible},
                                         Case{"E3", "iscritto", "2021-11-22", kEligible},
                                         Case{"E3", "iscritto", "2021-11-23", kVerify},
                                         Case{"E3", "cancellato", "2021-11-22", kNotEligible, "",
                                              "2021-11-22"}));

INSTANTIATE_TEST_SUITE_P(
    E4Transit, Eligibility,
    testing::Values(
        Case{"E4", "in_trasmigrazione", "2021-11-22", kVerify},
        Case{"E4", "in_trasmigrazione", "2021-11-23", kEligible},
        Case{"E4", "in_trasmigrazione", "2022-11-07", kEligible},
        Case{"E4", "in_trasmigrazione", "2022-11-08", kVerify},
        Case{"E4", "trasmigrazione_confermata", "2022-11-08", kEligible},
        Case{"E4", "iscrizione_rifiutata", "2022-11-07", kNotEligible},
        Case{"E4", "iscrizione_rifiutata", "2022-11-08", kNotEligible},
        // Refused later than the reference date: on that day the file was open.
        Case{"E4", "iscrizione_rifiutata", "2025-05-16", kVerify, "", "", "", "2025-05-17"},
        Case{"E4", "iscrizione_rifiutata", "2025-05-16", kNotEligible, "", "", "", "2025-05-16"}));

INSTANTIATE_TEST_SUITE_P(
    E5Onlus, Eligibility,
    testing::Values(Case{"E5", "iscritto", "2025-12-31", kEligible},
                    Case{"E5", "iscritto", "2026-01-01", kVerify},
                    Case{"E5", "cancellazione_in_corso", "2025-12-31", kReserve},
                    Case{"E5", "cancellato", "2025-12-31", kNotEligible, "", "2025-06-30"},
                    Case{"E5", "cancellato", "2026-01-01", kVerify, "", "2026-01-01"},
                    Case{"E5", "non_iscritto_confermato", "2025-12-31", kNotEligible}));

INSTANTIATE_TEST_SUITE_P(
    E6FormerOnlusThatApplied, Eligibility,
    testing::Values(Case{"E6", "domanda_presentata", "2025-12-31", kVerify, "", "", "2025-12-01"},
                    Case{"E6", "domanda_presentata", "2026-01-01", kReserve, "", "", "2025-12-01"},
                    Case{"E6", "domanda_presentata", "2026-03-31", kReserve, "", "", "2026-03-31"},
                    Case{"E6", "domanda_presentata", "2026-04-01", kReserve, "", "", "2026-03-31"},
                    Case{"E6", "domanda_presentata", "2026-04-01", kVerify, "", "", "2026-04-01"},
                    Case{"E6", "domanda_presentata", "2026-04-01", kVerify},
                    // Filed in time, but after the reference date: on that day it was E6b.
                    Case{"E6", "domanda_presentata", "2026-02-10", kVerify, "", "", "2026-02-11"},
                    Case{"E6", "domanda_presentata", "2026-02-10", kReserve, "", "", "2026-02-10"},
                    Case{"E6", "iscrizione_rifiutata", "2026-05-04", kVerify, "", "", "",
                         "2026-05-05"},
                    Case{"E6", "iscrizione_rifiutata", "2026-05-04", kNotEligible},
                    Case{"E6", "iscritto", "2026-05-04", kEligible}));

INSTANTIATE_TEST_SUITE_P(
    E6bFormerOnlusThatMayStillApply, Eligibility,
    testing::Values(Case{"E6b", "domanda_non_presentata", "2025-12-31", kVerify},
                    Case{"E6b", "domanda_non_presentata", "2026-01-01", kVerify},
                    Case{"E6b", "domanda_non_presentata", "2026-03-31", kVerify},
                    Case{"E6b", "domanda_non_presentata", "2026-04-01", kVerify},
                    Case{"E6b", "domanda_presentata", "2026-03-31", kReserve, "", "",
                         "2026-03-31"}));

INSTANTIATE_TEST_SUITE_P(
    E7FormerOnlusThatDidNotApply, Eligibility,
    testing::Values(Case{"E7", "domanda_non_presentata", "2026-03-31", kVerify},
                    Case{"E7", "domanda_non_presentata", "2026-04-01", kNotEligible},
                    Case{"E7", "domanda_presentata", "2026-04-01", kVerify, "", "", "2026-03-31"}));

INSTANTIATE_TEST_SUITE_P(
    E8ToE11, Eligibility,
    testing::Values(Case{"E8", "accordo_con_ente_idoneo", "2025-05-16", kEligible},
                    Case{"E8", "accordo_da_verificare", "2025-05-16", kVerify},
                    Case{"E9", "soggetto_escluso_dalla_legge", "2025-05-16", kNotEligible},
                    Case{"E10", "iscritto", "2021-11-22", kVerify},
                    Case{"E10", "iscritto", "2021-11-23", kEligible},
                    Case{"E10", "in_diffida", "2025-05-16", kEligible},
                    Case{"E10", "non_iscritto_confermato", "2025-05-16", kNotEligible},
                    Case{"E11", "in_diffida", "2025-05-16", kEligible},
                    Case{"E11", "cancellazione_in_corso", "2025-05-16", kReserve},
                    Case{"E11", "cancellato", "2025-05-16", kVerify, "", "2025-05-17"},
                    Case{"E11", "cancellato", "2025-05-16", kNotEligible, "", "2025-05-16"}));

const std::set<std::string> kBases{"E1",  "E2", "E3", "E4", "E5",  "E6",
                                   "E6b", "E7", "E8", "E9", "E10", "E11"};

TEST(EligibilityTable, NeverExcludesWhoIsMerelyAbsentFromASource) {
    for (const std::string& basis : kBases) {
        for (const char* date : {"2021-11-22", "2021-11-23", "2022-11-08", "2025-12-31",
                                 "2026-01-01", "2026-03-31", "2026-04-01"}) {
            const auto outcome =
                evaluate({basis.c_str(), "assente_dalla_fonte", date, kVerify}).outcome;

            EXPECT_EQ(outcome, kVerify) << basis << " " << date;
        }
    }
}

TEST(EligibilityTable, NeverExcludesForADiffidaOrAPendingCancellation) {
    for (const std::string& basis : kBases) {
        for (const char* status : {"in_diffida", "cancellazione_in_corso"}) {
            const auto outcome = evaluate({basis.c_str(), status, "2025-05-16", kVerify}).outcome;

            EXPECT_NE(outcome, kNotEligible) << basis << " " << status;
        }
    }
}

TEST(EligibilityTable, DoesNotKnowWhatItDoesNotName) {
    EXPECT_EQ(evaluate({"E1", "stato_mai_visto", "2025-05-16", kVerify}).outcome, kVerify);
}

TEST(EligibilityFinding, SaysTheBasisTheDayTheSourceAndTheLaw) {
    const auto finding = evaluate({"E1", "iscritto", "2025-05-16", kEligible});

    EXPECT_EQ(finding.table_version, "basi-di-ammissione/1");
    EXPECT_EQ(finding.basis_title, "Iscrizione al RUNTS (sezioni a-g)");
    EXPECT_THAT(finding.legal_basis, testing::Contains("D.Lgs. 117/2017 artt. 4 e 11"));
    EXPECT_THAT(finding.reasoning_it,
                testing::HasSubstr("alla data di riferimento venerdì 16/05/2025"));
    EXPECT_THAT(finding.reasoning_it, testing::HasSubstr("Fonte: Fonte di esempio"));
}

TEST(EligibilityFinding, SaysThatAnOlderSourceShouldBeReadAgain) {
    const EligibilityEvidence evidence{"E1", "iscritto", "RUNTS", day("2025-05-15"),
                                       {},   {},         {},      {}};

    const auto finding =
        workflows::comuni::evaluate_eligibility(table(), evidence, day("2025-05-16"));

    ASSERT_TRUE(finding.has_value());
    EXPECT_THAT(finding->reasoning_it, testing::HasSubstr("conviene ripetere la verifica"));
}

TEST(EligibilityFinding, RefusesABasisThatIsNotInTheTable) {
    const EligibilityEvidence evidence{"E99", "iscritto", "RUNTS", day("2025-05-16"),
                                       {},    {},         {},      {}};

    const auto finding =
        workflows::comuni::evaluate_eligibility(table(), evidence, day("2025-05-16"));

    ASSERT_FALSE(finding.has_value());
    EXPECT_EQ(finding.error().code, engine::base::ErrorCode::invalid_input);
}

TEST(EligibilityFinding, RefusesATableThatIsNotJson) {
    const EligibilityEvidence evidence{"E1", "iscritto", "RUNTS", day("2025-05-16"),
                                       {},   {},         {},      {}};

    const auto finding = workflows::comuni::evaluate_eligibility("{", evidence, day("2025-05-16"));

    ASSERT_FALSE(finding.has_value());
    EXPECT_EQ(finding.error().code, engine::base::ErrorCode::malformed);
}

}  // namespace
}  // namespace tests
