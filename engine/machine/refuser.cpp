// SPDX-License-Identifier: EUPL-1.2
#include "engine/machine/refuser.h"

#include <limits>
#include <set>

#include "engine/base/ensure.h"
#include "engine/machine/deadline_rule.h"

namespace engine::machine {
namespace {

int count_them(const definition::ChildrenCount& p, const std::vector<const Relative*>& counted) {
    std::set<std::string> offices;
    for (const Relative* relative : counted) {
        offices.insert(relative->office);
    }
    return static_cast<int>(p.distinct_offices ? offices.size() : counted.size());
}

std::string plural(std::int64_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

}  // namespace

Sentence Refuser::operator()(const WithinTerm& p) const {
    const auto* definition = context_.definition.deadlines.find(p.deadline);
    base::ensure(definition != nullptr, "lint checks the names of deadlines");
    // What arrives with the act counts already: the new day of a meeting that is put off.
    Facts facts = context_.facts;
    for (const auto& [field, json] : context_.payload) {
        facts.own.values[field] = json;
    }
    const auto rule = resolve_due(definition->due, facts, context_.payload);
    const auto term =
        rule ? compute_due(*rule) : base::Result<calendar::Term>(base::fail(rule.error()));
    if (!term) {
        return term.error().message_it;
    }
    if (context_.facts.times.judged_at < term->bound) {
        return std::nullopt;
    }
    return fmt::format("È troppo tardi per il termine {}: l'ultimo momento utile è stato il {}.",
                       quoted({p.deadline, Relation::own}),
                       calendar::render_italian_instant(base::Instant{term->bound.utc_ms - 1}));
}

Sentence Refuser::operator()(const SuspensionUnused& p) const {
    for (const auto& [key, deadline] : context_.facts.own.record.deadlines) {
        if (key.name != p.deadline || !deadline.reminds_of.empty()) {
            continue;
        }
        const auto rule = parse_deadline_rule(deadline.rule.text);
        base::ensure(rule.has_value(), "the engine wrote the rule itself");
        if (rule->has_used(p.ground)) {
            return fmt::format(
                "Il {} è già stato sospeso una volta per lo stesso motivo ({}): una "
                "seconda non è ammessa.",
                quoted({p.deadline, Relation::own}), describe_ground(p.ground));
        }
    }
    return std::nullopt;
}

Sentence Refuser::operator()(const DateAtLeast& p) const {
    const auto date = read_moment(p.date, context_.facts, context_.payload);
    const auto from = read_moment(p.from, context_.facts, context_.payload);
    const auto days = read_count(p.plus_days, context_.facts, context_.payload);
    if (!date || !from || !days) {
        return (!date ? date.error() : !from ? from.error() : days.error()).message_it;
    }
    const auto earliest = from->date.plus_days(*days);
    return date->date >= earliest
               ? std::nullopt
               : Sentence(fmt::format("Per {} non va bene {}: il primo giorno ammesso è {}.",
                                      describe(p.date), calendar::render_italian_date(date->date),
                                      calendar::render_italian_date(earliest)));
}

Sentence Refuser::operator()(const ChildrenCount& p) const {
    const auto counted = find_counted(p.children, context_.facts, context_.payload);
    if (!counted) {
        return counted.error().message_it;
    }
    const int count = count_them(p, *counted);
    const auto bound = [&](const std::optional<ValueSource>& source, int otherwise) {
        return source ? read_count(*source, context_.facts, context_.payload)
                      : base::Result<int>(otherwise);
    };
    const auto least = bound(p.at_least, 0);
    const auto most = bound(p.at_most, std::numeric_limits<int>::max());
    if (!least || !most) {
        return (!least ? least : most).error().message_it;
    }
    if (count >= *least && count <= *most) {
        return std::nullopt;
    }
    return fmt::format("Serve: {}; ora {}.", condition(p),
                       count == 1 ? "è 1" : fmt::format("sono {}", count));
}

Sentence Refuser::operator()(const LaterThan& p) const {
    const auto value = read_text(p.value);
    const auto than = read_text(p.than);
    // Instants are texts of one width: the order of the texts is that of time.
    return value && than && *value > *than ? std::nullopt
                                           : Sentence(fmt::format("Non è così: {}.", condition(p)));
}

Sentence Refuser::operator()(const ChildrenAll& p) const {
    const auto listed = find_listed(p.children, context_.facts, context_.payload);
    if (!listed) {
        return listed.error().message_it;
    }
    const auto missing =
        std::count_if(listed->begin(), listed->end(),
                      [&](const Relative* relative) { return !is_counted(p.children, *relative); });
    return missing == 0 ? std::nullopt
                        : Sentence(fmt::format("Prima serve: {}; {} ancora no.", condition(p),
                                               plural(missing, "voce", "voci")));
}

Sentence Refuser::operator()(const PartyNotAmong& p) const {
    const auto& own = context_.facts.own.record.instance;
    const std::string& party = own.party.empty() ? context_.actor.party : own.party;
    const auto counted = find_counted(p.children, context_.facts, context_.payload);
    if (!counted) {
        return counted.error().message_it;
    }
    for (const Relative* relative : *counted) {
        if (relative->id != own.id && relative->party == party) {
            return fmt::format("L'ente {} ne ha già una in {} (stato «{}»).", party,
                               quote_list(context_.definition, p.children.path),
                               readable_name(relative->state));
        }
    }
    return std::nullopt;
}

Sentence Refuser::operator()(const ActorNotPerformed& p) const {
    const auto is_counted_instance = [&](const base::InstanceId& id) {
        if (p.path.empty()) {
            const Snapshot* snapshot = context_.facts.find(p.of);
            return snapshot != nullptr && id == snapshot->record.instance.id;
        }
        const bool is_own = p.of == Relation::own;
        const auto& all = is_own ? context_.facts.descendants : context_.facts.siblings;
        return std::any_of(all.begin(), all.end(), [&](const Relative& relative) {
            return relative.id == id && relative.path == p.path;
        });
    };
    for (const Performance& one : context_.facts.performances) {
        if (one.person == context_.actor.person && has_name(p.events, one.event) &&
            is_counted_instance(one.instance)) {
            return fmt::format(
                "Chi ha compiuto «{}» non può compiere anche questo atto: serve "
                "un'altra persona.",
                readable_name(one.event));
        }
    }
    return std::nullopt;
}

}  // namespace engine::machine
