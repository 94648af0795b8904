// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/calendar/legal_date.h"

// Whether a body may take part, by the table of admission bases (basi_di_ammissione.json). The
// table is data with dates of validity; here is only how it is read.

namespace workflows::comuni {

/// Exactly the names used in the table. "da_verificare" is never a reason to exclude.
enum class EligibilityOutcome { idonea, con_riserva, da_verificare, non_idonea };

/// Exactly the enumerator ("con_riserva").
std::string_view eligibility_outcome_name(EligibilityOutcome outcome);

/// What the officer found in a source, ex officio (DPR 445/2000 art. 43).
struct EligibilityEvidence {
    std::string basis;        ///< "E1" … "E11"
    std::string status;       ///< what the source shows: "iscritto", "in_trasmigrazione" …
    std::string source_name;  ///< which source: "RUNTS, ricerca enti"
    engine::calendar::LegalDate source_date;  ///< the day the source is dated, not the import's
    std::optional<engine::calendar::LegalDate> registered_on;
    std::optional<engine::calendar::LegalDate> cancelled_on;
    std::optional<engine::calendar::LegalDate> applied_on;  ///< application to the RUNTS
    std::optional<engine::calendar::LegalDate> refused_on;  ///< the RUNTS office's refusal
};

/// The outcome with its printed reasoning.
struct EligibilityFinding {
    EligibilityOutcome outcome = EligibilityOutcome::da_verificare;
    std::string basis_title;
    std::string reasoning_it;
    std::vector<std::string> legal_basis;
    std::string table_version;

    bool operator==(const EligibilityFinding&) const = default;
};

/// Evaluates the evidence at the reference date. Pure. What the table does not name, a basis out of
/// its period and a source that merely lacks the body give `da_verificare`, never `non_idonea`.
/// Units: dates of the Italian calendar; the reference date is the day of the last admitted moment.
/// Errors: invalid_input (a basis that is not in the table), malformed (the table).
/// Legal: D.Lgs. 117/2017 artt. 4, 11, 54, 101; DGR XII/3824/2025 All. A § 2; rules.md §3.2.
engine::base::Result<EligibilityFinding> evaluate_eligibility(
    std::string_view table_json, const EligibilityEvidence& evidence,
    engine::calendar::LegalDate reference_date);

}  // namespace workflows::comuni
