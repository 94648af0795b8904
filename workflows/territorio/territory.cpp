// SPDX-License-Identifier: EUPL-1.2
#include "workflows/territorio/territory.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "engine/base/embedded.h"

namespace workflows::territorio {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;
using engine::calendar::LegalDate;
using engine::calendar::render_italian_date;

constexpr std::string_view kEditionFolder = "workflows/territorio/";

tl::unexpected<engine::base::Error> fail_broken_build(std::string_view what) {
    return fail(ErrorCode::internal,
                fmt::format("I dati del territorio nel programma sono difettosi: {}", what));
}

std::optional<std::string> find_edition_clash(const std::vector<Territory>& editions) {
    std::set<std::string> versions;
    std::set<LegalDate> first_days;
    for (const auto& edition : editions) {
        if (!versions.insert(edition.version).second) {
            return fmt::format("due edizioni si chiamano {}.", edition.version);
        }
        if (!first_days.insert(edition.valid_from).second) {
            return fmt::format("due edizioni iniziano {}.",
                               render_italian_date(edition.valid_from));
        }
    }
    return std::nullopt;
}

}  // namespace

Result<Territory> choose_edition(const std::vector<Territory>& editions, LegalDate as_of) {
    const Territory* chosen = nullptr;
    for (const auto& edition : editions) {
        if (edition.valid_from <= as_of &&
            (chosen == nullptr || edition.valid_from > chosen->valid_from)) {
            chosen = &edition;
        }
    }
    if (chosen == nullptr || (chosen->valid_to && *chosen->valid_to < as_of)) {
        return fail(ErrorCode::not_found,
                    fmt::format("Nessuna edizione del territorio è in vigore {}.",
                                render_italian_date(as_of)));
    }
    return *chosen;
}

Result<std::vector<Territory>> load_editions() {
    std::vector<Territory> editions;
    for (const auto& file : engine::base::embedded_files()) {
        if (!file.path.starts_with(kEditionFolder) || !file.path.ends_with(".json")) {
            continue;
        }
        auto edition = parse_territory(file.bytes);
        if (!edition) {
            return fail_broken_build(fmt::format("{}: {}", file.path, edition.error().message_it));
        }
        editions.push_back(std::move(*edition));
    }
    if (editions.empty()) {
        return fail_broken_build("non c'è nessuna edizione.");
    }
    if (const auto clash = find_edition_clash(editions)) {
        return fail_broken_build(*clash);
    }
    std::sort(editions.begin(), editions.end(), [](const auto& left, const auto& right) {
        return left.valid_from < right.valid_from;
    });
    return editions;
}

Result<Territory> load_territory(LegalDate as_of) {
    const auto editions = load_editions();
    if (!editions) {
        return fail(editions.error());
    }
    return choose_edition(*editions, as_of);
}

Result<Territory> load_territory_version(std::string_view version) {
    const auto editions = load_editions();
    if (!editions) {
        return fail(editions.error());
    }
    for (const auto& edition : *editions) {
        if (edition.version == version) {
            return edition;
        }
    }
    return fail(ErrorCode::not_found,
                fmt::format("Nessuna edizione del territorio si chiama «{}».", version));
}

Result<Territory> load_latest_territory() {
    const auto editions = load_editions();
    if (!editions) {
        return fail(editions.error());
    }
    return editions->back();
}

std::string_view unit_kind_name(UnitKind kind) {
    switch (kind) {
        case UnitKind::ats: return "ats";
        case UnitKind::asst: return "asst";
        case UnitKind::ambito: return "ambito";
        case UnitKind::distretto: return "distretto";
    }
    return "";
}

std::string_view unit_list_name(UnitKind kind) {
    switch (kind) {
        case UnitKind::ats: return "ats";
        case UnitKind::asst: return "asst";
        case UnitKind::ambito: return "ambiti";
        case UnitKind::distretto: return "distretti";
    }
    return "";
}

const std::vector<TerritorialUnit>& units_of_kind(const Territory& territory, UnitKind kind) {
    switch (kind) {
        case UnitKind::ats: return territory.ats;
        case UnitKind::asst: return territory.asst;
        case UnitKind::ambito: return territory.ambiti;
        case UnitKind::distretto: break;
    }
    return territory.distretti;
}

const std::string& code_in_row(const TerritorialRow& row, UnitKind kind) {
    switch (kind) {
        case UnitKind::ats: return row.ats;
        case UnitKind::asst: return row.asst;
        case UnitKind::ambito: return row.ambito;
        case UnitKind::distretto: break;
    }
    return row.distretto;
}

std::optional<TerritorialUnit> find_unit(const Territory& territory, UnitKind kind,
                                         std::string_view code) {
    for (const auto& unit : units_of_kind(territory, kind)) {
        if (unit.code == code) {
            return unit;
        }
    }
    return std::nullopt;
}

std::vector<TerritorialUnit> find_related(const Territory& territory, const TerritorialUnit& unit,
                                          UnitKind kind) {
    std::set<std::string_view> codes;
    for (const auto& row : territory.rows) {
        if (code_in_row(row, unit.kind) == unit.code) {
            codes.insert(code_in_row(row, kind));
        }
    }
    std::vector<TerritorialUnit> related;
    for (const auto& candidate : units_of_kind(territory, kind)) {
        if (codes.contains(candidate.code)) {
            related.push_back(candidate);
        }
    }
    return related;
}

}  // namespace workflows::territorio
