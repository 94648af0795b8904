// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/calendar/legal_date.h"

// The territory of the Region as the acts print it: which ambiti, ASST and distretti make each ATS.
// Each act is one edition, a JSON file in this folder. A new act is a new file and nothing else:
// the edition before ends where the new one begins, and stays, because the procedures opened under
// it keep its scope.

namespace workflows::territorio {

enum class UnitKind { ats, asst, ambito, distretto };

inline constexpr std::array kUnitKinds = {UnitKind::ats, UnitKind::asst, UnitKind::ambito,
                                          UnitKind::distretto};

/// Longest text searched: the longest name has 61 characters.
inline constexpr std::size_t kMaxSearchBytes = 200;

/// One ATS, ASST, ambito or distretto. The code identifies it, never the name.
struct TerritorialUnit {
    UnitKind kind = UnitKind::ats;
    std::string code;
    std::string name;                         ///< correct spelling
    std::optional<std::string> printed_name;  ///< spelling of the act, where it differs
    std::optional<std::string> sioss_code;    ///< ambiti only

    bool operator==(const TerritorialUnit&) const = default;
};

/// One row of the act, by codes. The relation is many to many: an ambito may have several ASST,
/// even through one distretto (Oglio Po), so none of the four codes follows from another one.
struct TerritorialRow {
    std::string ats;
    std::string asst;
    std::string distretto;
    std::string ambito;

    auto operator<=>(const TerritorialRow&) const = default;
};

/// One edition of the territory. A checked value: every code in `rows` names a unit.
struct Territory {
    std::string version;  ///< what a procedure stores, to find its scope again
    engine::calendar::LegalDate valid_from;
    std::optional<engine::calendar::LegalDate> valid_to;  ///< last day; absent: until the next one
    std::string source_act;
    std::string source_annex;
    std::vector<TerritorialUnit> ats;
    std::vector<TerritorialUnit> asst;
    std::vector<TerritorialUnit> ambiti;
    std::vector<TerritorialUnit> distretti;
    std::vector<TerritorialRow> rows;
};

/// Reads one edition: `{"version", "valid_from", "valid_to" (date or null), "source": {"act",
/// "annex"}, "counts": {"ats", "asst", "distretti", "ambiti", "rows"}, "ats": [{"code", "name",
/// "printed_name" (optional), "sioss_code" (ambiti)}], "asst", "distretti", "ambiti": the same,
/// "rows": [{"ats", "asst", "distretto", "ambito"}]}`, and nothing else.
/// Errors: malformed (no JSON), invalid_input (the first mistake, and where it is).
/// Legal: DGR XII/2167 of 15/04/2024, Allegato C.
engine::base::Result<Territory> parse_territory(std::string_view json);

/// The edition in force on a day: the last one to have begun, if it has not ended. An edition that
/// was replaced never comes back into force by itself. Errors: not_found.
engine::base::Result<Territory> choose_edition(const std::vector<Territory>& editions,
                                               engine::calendar::LegalDate as_of);

/// All the editions in the binary, oldest first. Errors: internal when one is broken, when two
/// begin on the same day or have the same version, when there is none.
engine::base::Result<std::vector<Territory>> load_editions();

/// The edition in the binary in force on a day. Errors: not_found; as load_editions.
engine::base::Result<Territory> load_territory(engine::calendar::LegalDate as_of);

/// The edition that a procedure froze when it was opened. Errors: not_found; as load_editions.
engine::base::Result<Territory> load_territory_version(std::string_view version);

/// The last edition to begin, in force today or not. Errors: as load_editions.
engine::base::Result<Territory> load_latest_territory();

/// The stable name of a kind, as in the rows of a file: `ambito`.
std::string_view unit_kind_name(UnitKind kind);

/// The stable name of the list of a kind, as in a file: `ambiti`.
std::string_view unit_list_name(UnitKind kind);

/// The code that a row gives for a kind.
const std::string& code_in_row(const TerritorialRow& row, UnitKind kind);

/// All the units of a kind, by code.
const std::vector<TerritorialUnit>& units_of_kind(const Territory& territory, UnitKind kind);

/// The unit with that code, if there is one.
std::optional<TerritorialUnit> find_unit(const Territory& territory, UnitKind kind,
                                         std::string_view code);

/// The units of a kind that share a row with the given one, by code: all the ASST of an ambito, all
/// the ambiti of an ATS. The unit itself when `kind` is its own.
std::vector<TerritorialUnit> find_related(const Territory& territory, const TerritorialUnit& unit,
                                          UnitKind kind);

/// The units whose name (correct or printed) holds every word of the text, or whose code it is:
/// ATS, then ASST, ambiti, distretti. Case, accents, apostrophes and hyphens make no difference.
/// Errors: invalid_input (empty, not UTF-8, with control characters, over kMaxSearchBytes).
engine::base::Result<std::vector<TerritorialUnit>> search_units(const Territory& territory,
                                                                std::string_view text);

}  // namespace workflows::territorio
