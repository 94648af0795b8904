// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "engine/base/json.h"
#include "workflows/territorio/territory.h"

namespace workflows::territorio {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;
using engine::calendar::LegalDate;
using Json = nlohmann::json;
using Keys = std::vector<std::string_view>;

std::vector<TerritorialUnit>& list_of_kind(Territory& territory, UnitKind kind) {
    switch (kind) {
        case UnitKind::ats: return territory.ats;
        case UnitKind::asst: return territory.asst;
        case UnitKind::ambito: return territory.ambiti;
        case UnitKind::distretto: break;
    }
    return territory.distretti;
}

/// Takes an edition out of its JSON. Goes on after a mistake, but remembers only the first one:
/// the others are often its consequences.
class EditionReader {
  public:
    Territory read(const Json& root) {
        Territory territory;
        if (!has_keys(root, "",
                      {"version", "valid_from", "valid_to", "source", "counts", "ats", "asst",
                       "distretti", "ambiti", "rows"})) {
            return territory;
        }
        territory.version = read_text(root, "", "version");
        read_validity(root, territory);
        read_source(root["source"], territory);
        for (const auto kind : kUnitKinds) {
            read_units(root[std::string(unit_list_name(kind))], kind, territory);
        }
        read_rows(root["rows"], territory);
        check_counts(root["counts"], territory);
        return territory;
    }

    const std::optional<std::string>& problem() const { return problem_; }

  private:
    void refuse(std::string problem) {
        if (!problem_) {
            problem_ = std::move(problem);
        }
    }

    /// True when `value` is an object with the required keys and, besides them, optional ones only.
    bool has_keys(const Json& value, const std::string& where, const Keys& required,
                  const Keys& optional = {}) {
        if (!value.is_object()) {
            refuse(fmt::format("«{}/» deve essere un oggetto JSON.", where));
            return false;
        }
        for (const auto key : required) {
            if (!value.contains(key)) {
                refuse(fmt::format("In «{}/» manca la chiave «{}».", where, key));
                return false;
            }
        }
        for (const auto& [key, ignored] : value.items()) {
            if (std::find(required.begin(), required.end(), key) == required.end() &&
                std::find(optional.begin(), optional.end(), key) == optional.end()) {
                refuse(fmt::format("In «{}/» la chiave «{}» non è prevista.", where, key));
                return false;
            }
        }
        return true;
    }

    std::string read_text(const Json& object, const std::string& where, const char* key) {
        const Json& value = object[key];
        if (!value.is_string() || value.get_ref<const std::string&>().empty()) {
            refuse(fmt::format("«{}/{}» deve essere un testo non vuoto.", where, key));
            return {};
        }
        return value.get<std::string>();
    }

    std::string read_code(const Json& object, const std::string& where, const char* key) {
        auto code = read_text(object, where, key);
        if (code.find_first_not_of("0123456789") != std::string::npos) {
            refuse(fmt::format("«{}/{}» deve essere un codice di sole cifre.", where, key));
        }
        return code;
    }

    LegalDate read_date(const Json& root, const char* key) {
        const auto date = engine::calendar::parse_legal_date(read_text(root, "", key));
        if (!date) {
            refuse(fmt::format("«/{}»: {}", key, date.error().message_it));
            return {};
        }
        return *date;
    }

    void read_validity(const Json& root, Territory& territory) {
        territory.valid_from = read_date(root, "valid_from");
        if (!root["valid_to"].is_null()) {
            territory.valid_to = read_date(root, "valid_to");
            if (*territory.valid_to < territory.valid_from) {
                refuse("«/valid_to» viene prima di «/valid_from».");
            }
        }
    }

    void read_source(const Json& source, Territory& territory) {
        if (has_keys(source, "/source", {"act", "annex"})) {
            territory.source_act = read_text(source, "/source", "act");
            territory.source_annex = read_text(source, "/source", "annex");
        }
    }

    bool is_filled_list(const Json& value, const std::string& where) {
        if (!value.is_array() || value.empty()) {
            refuse(fmt::format("«{}» deve essere un elenco non vuoto.", where));
            return false;
        }
        return true;
    }

    void read_units(const Json& list, UnitKind kind, Territory& territory) {
        const std::string place = fmt::format("/{}", unit_list_name(kind));
        if (!is_filled_list(list, place)) {
            return;
        }
        for (std::size_t index = 0; index < list.size(); ++index) {
            const auto where = fmt::format("{}/{}", place, index);
            list_of_kind(territory, kind).push_back(read_unit(list[index], where, kind));
        }
        auto& units = list_of_kind(territory, kind);
        std::sort(units.begin(), units.end(),
                  [](const auto& left, const auto& right) { return left.code < right.code; });
    }

    TerritorialUnit read_unit(const Json& value, const std::string& where, UnitKind kind) {
        TerritorialUnit unit;
        unit.kind = kind;
        Keys required = {"code", "name"};
        if (kind == UnitKind::ambito) {
            required.push_back("sioss_code");
        }
        if (!has_keys(value, where, required, {"printed_name"})) {
            return unit;
        }
        unit.code = read_code(value, where, "code");
        unit.name = read_text(value, where, "name");
        if (kind == UnitKind::ambito) {
            unit.sioss_code = read_text(value, where, "sioss_code");
        }
        if (value.contains("printed_name")) {
            unit.printed_name = read_text(value, where, "printed_name");
            if (unit.printed_name == unit.name) {
                refuse(fmt::format("«{}/printed_name» è uguale al nome: va tolto.", where));
            }
        }
        return unit;
    }

    void read_rows(const Json& list, Territory& territory) {
        if (!is_filled_list(list, "/rows")) {
            return;
        }
        for (std::size_t index = 0; index < list.size(); ++index) {
            const auto where = fmt::format("/rows/{}", index);
            const Json& row = list[index];
            if (has_keys(row, where, {"ats", "asst", "distretto", "ambito"})) {
                territory.rows.push_back(
                    {read_code(row, where, "ats"), read_code(row, where, "asst"),
                     read_code(row, where, "distretto"), read_code(row, where, "ambito")});
            }
        }
    }

    /// The act says how many they are: a row lost in typing is found so.
    void check_counts(const Json& counts, Territory& territory) {
        if (!has_keys(counts, "/counts", {"ats", "asst", "distretti", "ambiti", "rows"})) {
            return;
        }
        check_count(counts, "rows", territory.rows.size());
        for (const auto kind : kUnitKinds) {
            check_count(counts, std::string(unit_list_name(kind)),
                        list_of_kind(territory, kind).size());
        }
    }

    void check_count(const Json& counts, const std::string& key, std::size_t found) {
        if (counts[key] != Json(found)) {
            refuse(fmt::format("«/counts/{0}» vale {1}, ma in «/{0}» gli elementi sono {2}.", key,
                               counts[key].dump(), found));
        }
    }

    std::optional<std::string> problem_;
};

std::optional<std::string> find_repeated_unit(const Territory& territory) {
    std::set<std::string> sioss_codes;
    for (const auto kind : kUnitKinds) {
        std::set<std::string> codes;
        for (const auto& unit : units_of_kind(territory, kind)) {
            if (!codes.insert(unit.code).second) {
                return fmt::format("Il codice {} compare due volte in «/{}».", unit.code,
                                   unit_list_name(kind));
            }
            if (unit.sioss_code && !sioss_codes.insert(*unit.sioss_code).second) {
                return fmt::format("Il codice SIOSS {} compare due volte.", *unit.sioss_code);
            }
        }
    }
    return std::nullopt;
}

std::optional<std::string> find_broken_row(const Territory& territory) {
    std::set<TerritorialRow> seen;
    for (std::size_t index = 0; index < territory.rows.size(); ++index) {
        const auto& row = territory.rows[index];
        for (const auto kind : kUnitKinds) {
            if (!find_unit(territory, kind, code_in_row(row, kind))) {
                return fmt::format("«/rows/{}»: il codice {} non è in «/{}».", index,
                                   code_in_row(row, kind), unit_list_name(kind));
            }
        }
        if (!seen.insert(row).second) {
            return fmt::format("«/rows/{}» ripete una riga precedente.", index);
        }
    }
    return std::nullopt;
}

/// Every unit is in some row. Each ASST, ambito and distretto is in one ATS only, as in all the
/// rows of Allegato C: a second ATS is a mistyped code.
std::optional<std::string> find_broken_link(const Territory& territory) {
    for (const auto kind : kUnitKinds) {
        for (const auto& unit : units_of_kind(territory, kind)) {
            const auto ats = find_related(territory, unit, UnitKind::ats);
            if (ats.empty()) {
                return fmt::format("«/rows» non nomina mai {} {}.", unit_kind_name(kind),
                                   unit.code);
            }
            if (ats.size() > 1) {
                return fmt::format("In «/rows» {} {} sta in due ATS: {} e {}.",
                                   unit_kind_name(kind), unit.code, ats[0].code, ats[1].code);
            }
        }
    }
    return std::nullopt;
}

}  // namespace

Result<Territory> parse_territory(std::string_view json) {
    const auto parsed = engine::base::parse_json(json);
    if (!parsed) {
        return fail(parsed.error());
    }
    EditionReader reader;
    Territory territory = reader.read(*parsed);
    if (reader.problem()) {
        return fail(ErrorCode::invalid_input, *reader.problem());
    }
    for (const auto find_problem : {find_repeated_unit, find_broken_row, find_broken_link}) {
        if (auto problem = find_problem(territory)) {
            return fail(ErrorCode::invalid_input, std::move(*problem));
        }
    }
    return territory;
}

}  // namespace workflows::territorio
