// SPDX-License-Identifier: EUPL-1.2
#include "engine/calendar/suspension.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "engine/base/ensure.h"
#include "engine/calendar/quote_input.h"

namespace engine::calendar {
namespace {

using base::ErrorCode;
using std::chrono::sys_days;
using std::chrono::year;

struct GroundNames {
    SuspensionGround ground;
    std::string_view name;
    std::string_view description_it;
    std::string_view legal_basis;
};

constexpr std::array<GroundNames, 4> kGrounds{{
    {SuspensionGround::art_2_c_7, "art_2_c_7",
     "acquisizione di fatti non in possesso dell'amministrazione", "L. 241/1990 art. 2 c. 7"},
    {SuspensionGround::art_10_bis, "art_10_bis", "preavviso di rigetto", "L. 241/1990 art. 10-bis"},
    {SuspensionGround::legge, "legge", "sospensione disposta dalla legge",
     "legge che dispone la sospensione"},
    {SuspensionGround::provvedimento, "provvedimento", "sospensione disposta con provvedimento",
     "provvedimento che dispone la sospensione"},
}};

struct LegalSuspensionRow {
    std::string_view scope;
    sys_days first;
    sys_days last;
    std::string_view legal_basis;
};

// No summer suspension here: L. 742/1969 is for courts only.
constexpr std::array<LegalSuspensionRow, 2> kLegalSuspensions{{
    {"procedimenti_amministrativi", sys_days{year{2020} / 2 / 23}, sys_days{year{2020} / 5 / 15},
     "DL 18/2020 art. 103 c. 1, prorogato da DL 23/2020 art. 37"},
    {"verifica_runts", sys_days{year{2022} / 7 / 1}, sys_days{year{2022} / 9 / 15},
     "DL 73/2022 art. 25-bis"},
}};

const GroundNames& names_of(SuspensionGround ground) {
    const auto* found =
        std::find_if(kGrounds.begin(), kGrounds.end(),
                     [ground](const GroundNames& names) { return names.ground == ground; });
    base::ensure(found != kGrounds.end(), "every ground has its row in kGrounds");
    return *found;
}

int length_in_days(const Suspension& suspension) {
    return static_cast<int>((suspension.last.day() - suspension.first.day()).count()) + 1;
}

bool is_art_2_c_7(const Suspension& suspension) {
    return suspension.ground == SuspensionGround::art_2_c_7;
}

}  // namespace

std::string_view suspension_ground_name(SuspensionGround ground) {
    return names_of(ground).name;
}

base::Result<SuspensionGround> parse_suspension_ground(std::string_view text) {
    const auto* found =
        std::find_if(kGrounds.begin(), kGrounds.end(),
                     [text](const GroundNames& names) { return names.name == text; });
    if (found == kGrounds.end()) {
        return base::fail(ErrorCode::malformed,
                          fmt::format("{} non è una causa di sospensione: usare art_2_c_7, "
                                      "art_10_bis, legge o provvedimento.",
                                      quote_input(text)));
    }
    return found->ground;
}

std::optional<Suspension> find_suspension(LegalDate date, std::span<const Suspension> suspensions) {
    const auto covers = [date](const Suspension& days) {
        return days.first <= date && date <= days.last;
    };
    const auto found = std::find_if(suspensions.begin(), suspensions.end(), covers);
    return found == suspensions.end() ? std::nullopt : std::optional(*found);
}

std::string_view describe_suspension_ground(SuspensionGround ground) {
    return names_of(ground).description_it;
}

std::string suspension_legal_basis(const Suspension& suspension) {
    if (suspension.ground == SuspensionGround::legge) {
        const auto* row = std::find_if(kLegalSuspensions.begin(), kLegalSuspensions.end(),
                                       [&suspension](const LegalSuspensionRow& candidate) {
                                           return candidate.first == suspension.first.day() &&
                                                  candidate.last == suspension.last.day();
                                       });
        if (row != kLegalSuspensions.end()) {
            return std::string(row->legal_basis);
        }
    }
    return std::string(names_of(suspension.ground).legal_basis);
}

base::Result<std::vector<Suspension>> add_suspension(std::span<const Suspension> existing,
                                                     const Suspension& added) {
    if (added.last < added.first) {
        return base::fail(ErrorCode::invalid_input,
                          "La sospensione finisce prima di cominciare: controllare le due date.");
    }
    if (existing.size() >= kMaxSuspensions) {
        return base::fail(
            ErrorCode::invalid_input,
            fmt::format("Un termine non può avere più di {} sospensioni.", kMaxSuspensions));
    }
    if (is_art_2_c_7(added) && length_in_days(added) > kMaxArt2Comma7Days) {
        return base::fail(
            ErrorCode::guard_failed,
            fmt::format("La sospensione dell'art. 2 c. 7 L. 241/1990 non può superare "
                        "{} giorni: ne sono stati indicati {}.",
                        kMaxArt2Comma7Days, length_in_days(added)));
    }
    if (is_art_2_c_7(added) && std::any_of(existing.begin(), existing.end(), is_art_2_c_7)) {
        return base::fail(ErrorCode::guard_failed,
                          "Il termine è già stato sospeso una volta in base all'art. 2 c. 7 "
                          "L. 241/1990: non può esserlo di nuovo.");
    }
    std::vector<Suspension> all(existing.begin(), existing.end());
    all.push_back(added);
    return all;
}

Suspension suspend_for_preavviso(LegalDate received_on, std::optional<LegalDate> observations_on,
                                 LegalDate observations_term_end) {
    const bool are_in_time = observations_on && *observations_on <= observations_term_end;
    const LegalDate last =
        are_in_time ? observations_on->plus_days(kArt10BisDays) : observations_term_end;
    return {received_on.plus_days(1), last, SuspensionGround::art_10_bis};
}

std::vector<LegalSuspension> find_legal_suspensions(std::string_view scope) {
    std::vector<LegalSuspension> found;
    for (const auto& row : kLegalSuspensions) {
        if (row.scope == scope) {
            found.push_back(
                {row.scope,
                 Suspension{LegalDate{row.first}, LegalDate{row.last}, SuspensionGround::legge},
                 row.legal_basis});
        }
    }
    return found;
}

base::Result<Suspension> parse_suspension(std::string_view text) {
    constexpr std::string_view kSeparator = "..";
    const auto separator = text.find(kSeparator);
    if (separator == std::string_view::npos) {
        return base::fail(base::ErrorCode::malformed,
                          fmt::format("{} non è un periodo: scriverlo come "
                                      "2026-08-01..2026-08-15.",
                                      quote_input(text)));
    }
    const auto first = parse_legal_date(text.substr(0, separator));
    if (!first) {
        return base::fail(first.error());
    }
    const auto last = parse_legal_date(text.substr(separator + kSeparator.size()));
    if (!last) {
        return base::fail(last.error());
    }
    return Suspension{*first, *last, SuspensionGround::provvedimento};
}

}  // namespace engine::calendar
