// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "engine/base/json.h"
#include "engine/calendar/term.h"

namespace engine::calendar {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;
using nlohmann::json;
using nlohmann::ordered_json;

/// Most steps read back: a term with every suspension and ten extensions has fewer.
constexpr std::size_t kMaxSteps = 200;
constexpr std::size_t kTermKeys = 5;
constexpr std::size_t kStepKeys = 4;
constexpr int kIndent = 2;

ordered_json to_json(const Term& term) {
    ordered_json steps = ordered_json::array();
    for (const auto& step : term.steps) {
        steps.push_back({{"codice", step.code},
                         {"data", render_legal_date(step.date)},
                         {"motivo", step.reason_it},
                         {"fonti", step.legal_basis}});
    }
    return {{"risultato", render_legal_date(term.due_date)},
            {"data_grezza", render_legal_date(term.raw_date)},
            {"limite", render_instant(term.bound)},
            {"calendario", term.calendar_version},
            {"passi", std::move(steps)}};
}

tl::unexpected<base::Error> refuse(std::string_view problem) {
    return fail(ErrorCode::malformed, fmt::format("Il termine salvato non si legge: {}.", problem));
}

Result<std::string> read_member(const json& object, const char* key) {
    const auto member = object.find(key);
    if (member == object.end() || !member->is_string()) {
        return refuse(fmt::format("manca il testo «{}»", key));
    }
    return member->get<std::string>();
}

Result<LegalDate> read_date(const json& object, const char* key) {
    const auto text = read_member(object, key);
    if (!text) {
        return fail(text.error());
    }
    const auto date = parse_legal_date(*text);
    return date ? date : Result<LegalDate>(refuse(fmt::format("«{}» non è una data", key)));
}

Result<base::Instant> read_bound(const json& object) {
    const auto text = read_member(object, "limite");
    if (!text) {
        return fail(text.error());
    }
    const auto bound = parse_instant(*text);
    return bound ? bound : Result<base::Instant>(refuse("«limite» non è un istante"));
}

Result<std::vector<std::string>> read_legal_basis(const json& step) {
    const auto sources = step.find("fonti");
    if (sources == step.end() || !sources->is_array()) {
        return refuse("manca l'elenco «fonti»");
    }
    std::vector<std::string> texts;
    for (const auto& source : *sources) {
        if (!source.is_string()) {
            return refuse("«fonti» contiene altro che testi");
        }
        texts.push_back(source.get<std::string>());
    }
    return texts;
}

Result<TermStep> read_step(const json& step) {
    if (!step.is_object() || step.size() != kStepKeys) {
        return refuse("un passo non ha le sue quattro chiavi");
    }
    auto code = read_member(step, "codice");
    const auto date = read_date(step, "data");
    auto reason = read_member(step, "motivo");
    auto legal_basis = read_legal_basis(step);
    if (!code || !date || !reason || !legal_basis) {
        return fail(!code     ? code.error()
                    : !date   ? date.error()
                    : !reason ? reason.error()
                              : legal_basis.error());
    }
    return TermStep{*std::move(code), *date, *std::move(reason), *std::move(legal_basis)};
}

Result<std::vector<TermStep>> read_steps(const json& term) {
    const auto steps = term.find("passi");
    if (steps == term.end() || !steps->is_array() || steps->size() > kMaxSteps) {
        return refuse(fmt::format("manca l'elenco «passi» (al più {})", kMaxSteps));
    }
    std::vector<TermStep> read;
    for (const auto& step : *steps) {
        auto one = read_step(step);
        if (!one) {
            return fail(one.error());
        }
        read.push_back(*std::move(one));
    }
    return read;
}

}  // namespace

std::string render_term_json(const Term& term) {
    return to_json(term).dump();
}

std::string render_readable_term_json(const Term& term) {
    return to_json(term).dump(kIndent);
}

Result<Term> parse_term_json(std::string_view text) {
    const auto parsed = base::parse_json(text);
    if (!parsed) {
        return fail(ErrorCode::malformed, parsed.error().message_it);
    }
    if (!parsed->is_object() || parsed->size() != kTermKeys) {
        return refuse("non è un oggetto con le sue cinque chiavi");
    }
    const auto due_date = read_date(*parsed, "risultato");
    const auto raw_date = read_date(*parsed, "data_grezza");
    const auto bound = read_bound(*parsed);
    auto version = read_member(*parsed, "calendario");
    auto steps = read_steps(*parsed);
    if (!due_date || !raw_date || !bound || !version || !steps) {
        return fail(!due_date   ? due_date.error()
                    : !raw_date ? raw_date.error()
                    : !bound    ? bound.error()
                    : !version  ? version.error()
                                : steps.error());
    }
    return Term{*raw_date, *due_date, *bound, *std::move(steps), *std::move(version)};
}

}  // namespace engine::calendar
