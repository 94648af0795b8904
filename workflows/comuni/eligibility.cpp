// SPDX-License-Identifier: EUPL-1.2
#include "workflows/comuni/eligibility.h"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "engine/base/ensure.h"

namespace workflows::comuni {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;
using engine::calendar::LegalDate;
using engine::calendar::render_italian_date;
using Json = nlohmann::json;

constexpr std::array<std::pair<EligibilityOutcome, std::string_view>, 4> kOutcomes{{
    {EligibilityOutcome::idonea, "idonea"},
    {EligibilityOutcome::con_riserva, "con_riserva"},
    {EligibilityOutcome::da_verificare, "da_verificare"},
    {EligibilityOutcome::non_idonea, "non_idonea"},
}};

EligibilityOutcome parse_outcome(std::string_view text) {
    for (const auto& [outcome, name] : kOutcomes) {
        if (name == text) {
            return outcome;
        }
    }
    return EligibilityOutcome::da_verificare;
}

LegalDate read_date(const Json& json) {
    auto date = engine::calendar::parse_legal_date(json.get<std::string>());
    engine::base::ensure(date.has_value(), "the table's dates are tested to exist");
    return *date;
}

bool is_valid_on(const Json& row, LegalDate date) {
    const bool has_begun = read_date(row.at("valid_from")) <= date;
    return has_begun && (row.at("valid_to").is_null() || date <= read_date(row.at("valid_to")));
}

std::string describe_period(const Json& row) {
    const std::string from = render_italian_date(read_date(row.at("valid_from")));
    return row.at("valid_to").is_null()
               ? fmt::format("dal {}", from)
               : fmt::format("dal {} al {}", from,
                             render_italian_date(read_date(row.at("valid_to"))));
}

/// What ended a registration or an application counts from its day: before it the requirement was
/// there.
std::optional<std::string> doubt_an_ending(const EligibilityEvidence& evidence,
                                           LegalDate reference_date) {
    if (evidence.status == "cancellato") {
        if (!evidence.cancelled_on) {
            return "Manca il giorno da cui la cancellazione ha effetto.";
        }
        if (*evidence.cancelled_on > reference_date) {
            return fmt::format(
                "La cancellazione ha effetto dal {}, dopo la data di riferimento: il requisito "
                "c'era, e la sua perdita si fa valere con la decadenza.",
                render_italian_date(*evidence.cancelled_on));
        }
    }
    if (evidence.status == "iscrizione_rifiutata" && evidence.refused_on &&
        *evidence.refused_on > reference_date) {
        return fmt::format(
            "Il rifiuto è del {}, dopo la data di riferimento: allora la pratica era aperta.",
            render_italian_date(*evidence.refused_on));
    }
    return std::nullopt;
}

/// An application must have been filed by the reference date, and by the last day of the law.
std::optional<std::string> doubt_an_application(const Json& row,
                                                const EligibilityEvidence& evidence,
                                                LegalDate reference_date) {
    if (evidence.status != "domanda_presentata" || !row.contains("latest_application")) {
        return std::nullopt;
    }
    const LegalDate latest = read_date(row.at("latest_application"));
    if (!evidence.applied_on || *evidence.applied_on > latest) {
        return fmt::format("La domanda va presentata entro il {}: va verificata la sua data.",
                           render_italian_date(latest));
    }
    if (*evidence.applied_on > reference_date) {
        return fmt::format(
            "La domanda è del {}, dopo la data di riferimento: allora non era ancora presentata.",
            render_italian_date(*evidence.applied_on));
    }
    return std::nullopt;
}

/// Why the outcome of the row does not stand; absent when it does.
std::optional<std::string> find_doubt(const Json& row, const EligibilityEvidence& evidence,
                                      LegalDate reference_date) {
    if (auto doubt = doubt_an_ending(evidence, reference_date)) {
        return doubt;
    }
    if (evidence.status == "iscritto" && evidence.registered_on &&
        *evidence.registered_on > reference_date) {
        return fmt::format(
            "L'iscrizione è del {}, dopo la data di riferimento: va verificato se allora c'era "
            "un'altra base.",
            render_italian_date(*evidence.registered_on));
    }
    return doubt_an_application(row, evidence, reference_date);
}

std::string describe_source(const EligibilityEvidence& evidence, LegalDate reference_date) {
    std::string text = fmt::format("Fonte: {}, del {}.", evidence.source_name,
                                   render_italian_date(evidence.source_date));
    if (evidence.source_date < reference_date) {
        text += " La fonte precede la data di riferimento: conviene ripetere la verifica.";
    }
    return text;
}

EligibilityFinding evaluate_row(const Json& row, const EligibilityEvidence& evidence,
                                LegalDate reference_date) {
    EligibilityFinding finding;
    finding.basis_title = row.at("title").get<std::string>();
    finding.legal_basis = row.at("legal_basis").get<std::vector<std::string>>();
    finding.outcome = parse_outcome(row.at("outcomes").value(evidence.status, "da_verificare"));
    finding.reasoning_it = row.at("reason").get<std::string>();
    if (auto doubt = find_doubt(row, evidence, reference_date)) {
        finding.outcome = EligibilityOutcome::da_verificare;
        finding.reasoning_it += " " + *std::move(doubt);
    } else if (!row.at("outcomes").contains(evidence.status)) {
        finding.reasoning_it +=
            " Quanto risulta dalla fonte non basta né ad ammettere né a escludere.";
    }
    return finding;
}

EligibilityFinding explain_out_of_period(const Json& row, LegalDate reference_date) {
    EligibilityFinding finding;
    finding.basis_title = row.at("title").get<std::string>();
    finding.legal_basis = row.at("legal_basis").get<std::vector<std::string>>();
    finding.reasoning_it = fmt::format(
        "Questa base vale {}, e la data di riferimento è {}: va verificato se l'ente "
        "ne ha un'altra.",
        describe_period(row), render_italian_date(reference_date));
    return finding;
}

Result<EligibilityFinding> evaluate(const Json& table, const EligibilityEvidence& evidence,
                                    LegalDate reference_date) {
    const Json* last = nullptr;
    std::optional<EligibilityFinding> finding;
    for (const Json& row : table.at("basi")) {
        if (row.at("base") == evidence.basis) {
            last = &row;
            if (is_valid_on(row, reference_date)) {
                finding = evaluate_row(row, evidence, reference_date);
            }
        }
    }
    if (last == nullptr) {
        return fail(ErrorCode::invalid_input, "La base di ammissione indicata non è in tabella.");
    }
    if (!finding) {
        finding = explain_out_of_period(*last, reference_date);
    }
    finding->reasoning_it =
        fmt::format("{} ({}), alla data di riferimento {}. {} {}", evidence.basis,
                    finding->basis_title, render_italian_date(reference_date),
                    finding->reasoning_it, describe_source(evidence, reference_date));
    finding->table_version = table.at("version").get<std::string>();
    return *finding;
}

}  // namespace

std::string_view eligibility_outcome_name(EligibilityOutcome outcome) {
    for (const auto& [candidate, name] : kOutcomes) {
        if (candidate == outcome) {
            return name;
        }
    }
    engine::base::ensure(false, "kOutcomes names every outcome");
    return "";
}

Result<EligibilityFinding> evaluate_eligibility(std::string_view table_json,
                                                const EligibilityEvidence& evidence,
                                                LegalDate reference_date) {
    try {
        return evaluate(Json::parse(table_json), evidence, reference_date);
    } catch (const Json::exception&) {
        return fail(ErrorCode::malformed, "La tabella delle basi di ammissione non è leggibile.");
    }
}

}  // namespace workflows::comuni
