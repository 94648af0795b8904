// SPDX-License-Identifier: EUPL-1.2
#include "engine/machine/predicates.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/ensure.h"
#include "engine/calendar/local_time.h"
#include "engine/definition/sentences.h"
#include "engine/machine/deadline_rule.h"
#include "engine/machine/read_source.h"

namespace engine::machine {
namespace {

using namespace definition;
using base::ErrorDetail;
using Sentence = std::optional<std::string>;  // absent: the condition holds

bool contains(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_counted(const Children& children, const Relative& relative) {
    return relative.path == children.path && (!children.settled || relative.is_final) &&
           (children.in.empty() || contains(children.in, relative.state)) &&
           !contains(children.not_in, relative.state);
}

std::string plural(std::int64_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

/// One overload for each predicate: why it does not hold, in Italian, with what is missing.
class Refuser {
  public:
    explicit Refuser(const GuardContext& context) : context_(context) {}

    Sentence operator()(const DeadlineOpen& p) const {
        const Deadline* deadline = find_deadline(p.deadline);
        if (deadline == nullptr || deadline->status == DeadlineStatus::cancelled) {
            return fmt::format("Il termine {} non è aperto.", quoted(p.deadline));
        }
        if (!deadline->bound || context_.facts.times.judged_at < *deadline->bound) {
            return std::nullopt;
        }
        return fmt::format("È scaduto il termine {}: l'ultimo momento utile è stato il {}.",
                           quoted(p.deadline), last_moment(*deadline));
    }
    Sentence operator()(const DeadlinePassed& p) const {
        const Deadline* deadline = find_deadline(p.deadline);
        if (deadline == nullptr) {
            return fmt::format("Il termine {} non è ancora cominciato.", quoted(p.deadline));
        }
        if (deadline->status == DeadlineStatus::cancelled) {
            return fmt::format("Il termine {} non è più in corso.", quoted(p.deadline));
        }
        if (!deadline->bound) {
            return fmt::format("Il termine {} è sospeso.", quoted(p.deadline));
        }
        return context_.facts.times.judged_at >= *deadline->bound
                   ? std::nullopt
                   : Sentence(fmt::format("Il termine {} non è ancora scaduto: scade il {}.",
                                          quoted(p.deadline), last_moment(*deadline)));
    }
    Sentence operator()(const DeadlineMet& p) const {
        const Deadline* deadline = find_deadline(p.deadline);
        const bool is_met = deadline != nullptr && (deadline->status == DeadlineStatus::met ||
                                                    deadline->status == DeadlineStatus::met_late);
        return is_met
                   ? std::nullopt
                   : Sentence(fmt::format("Non risulta ancora adempiuto: {}.", quoted(p.deadline)));
    }
    Sentence operator()(const SuspensionUnused& p) const;
    Sentence operator()(const DocumentPresent& p) const {
        return find_document(p.document) != nullptr
                   ? std::nullopt
                   : Sentence(fmt::format("Nel fascicolo manca {}: va aggiunto prima.",
                                          quoted_document(p.document)));
    }
    Sentence operator()(const DocumentSigned& p) const {
        const Document* document = find_document(p.document);
        if (document == nullptr) {
            return (*this)(DocumentPresent{p.document});
        }
        return document->signed_by.empty()
                   ? Sentence(fmt::format("{} non è firmato: va firmato prima.",
                                          quoted_document(p.document)))
                   : std::nullopt;
    }
    Sentence operator()(const DocumentPublished& p) const {
        const Document* document = find_document(p.document);
        return document != nullptr && document->published_at
                   ? std::nullopt
                   : Sentence(
                         fmt::format("{} non è ancora pubblicato.", quoted_document(p.document)));
    }
    Sentence operator()(const DocumentVersionIs& p) const {
        const Document* document = find_document(p.document);
        const auto value = read_text(p.value);
        return document != nullptr && value == document->sha256
                   ? std::nullopt
                   : Sentence(fmt::format("La versione indicata non è quella attuale di {}: va "
                                          "letta e indicata la nuova.",
                                          quoted_document(p.document)));
    }
    Sentence operator()(const ValuePresent& p) const {
        const auto value = read(p.value);
        const bool is_present = value && *value != "null" && *value != "\"\"" && *value != "[]";
        return is_present ? std::nullopt : Sentence(fmt::format("Manca {}.", describe(p.value)));
    }
    Sentence operator()(const ValueIn& p) const {
        const auto value = read(p.value);
        return value && contains(p.options, *value)
                   ? std::nullopt
                   : Sentence(fmt::format("Serve: {}.", condition(p)));
    }
    Sentence operator()(const DateAtLeast& p) const;
    Sentence operator()(const ChildrenCount& p) const;
    Sentence operator()(const ChildrenAll& p) const;
    Sentence operator()(const PartyAmong& p) const {
        const auto& party = context_.actor.party;
        const auto& among = relatives(p.children);
        const bool has = std::any_of(among.begin(), among.end(), [&](const Relative& relative) {
            return relative.party == party && is_counted(p.children, relative);
        });
        return has ? std::nullopt : Sentence(fmt::format("Serve: {}.", condition(p)));
    }
    Sentence operator()(const PartyNotAmong& p) const;
    Sentence operator()(const ParentIn& p) const {
        const auto& parent = context_.facts.parent;
        if (parent && contains(p.states, parent->record.instance.state)) {
            return std::nullopt;
        }
        return fmt::format("Ora non si può. Serve: {}.", condition(p));
    }
    Sentence operator()(const ActorPerformed& p) const {
        const Snapshot* snapshot = context_.facts.find(p.of);
        const bool has = snapshot != nullptr &&
                         std::any_of(context_.facts.performances.begin(),
                                     context_.facts.performances.end(), [&](const auto& one) {
                                         return one.instance == snapshot->record.instance.id &&
                                                one.person == context_.actor.person &&
                                                contains(p.events, one.event);
                                     });
        return has ? std::nullopt : Sentence(fmt::format("Prima serve: {}.", condition(p)));
    }
    Sentence operator()(const EventPerformed& p) const {
        const Snapshot* snapshot = context_.facts.find(p.of);
        const auto& all = context_.facts.performances;
        const bool has =
            snapshot != nullptr && std::any_of(all.begin(), all.end(), [&](const auto& one) {
                return one.instance == snapshot->record.instance.id &&
                       contains(p.events, one.event);
            });
        return has ? std::nullopt : Sentence(fmt::format("Prima serve: {}.", condition(p)));
    }
    Sentence operator()(const ActorNotPerformed& p) const;
    Sentence operator()(const TaskDone& p) const {
        const auto& tasks = context_.facts.own.record.tasks;
        const bool is_done = std::any_of(tasks.begin(), tasks.end(), [&](const auto& entry) {
            return entry.second.name == p.task && entry.second.status == TaskStatus::done;
        });
        return is_done ? std::nullopt : Sentence(fmt::format("Serve: {}.", condition(p)));
    }
    Sentence operator()(const CheckPassed&) const { return std::nullopt; }  // see refuse_check

  private:
    std::optional<std::string> read(const ValueSource& source) const {
        return read_source(source, context_.facts, context_.payload);
    }
    std::optional<std::string> read_text(const ValueSource& source) const {
        const auto json = read(source);
        return json ? base::read_text(*json) : std::nullopt;
    }
    const Deadline* find_deadline(const Reference& reference) const {
        const Snapshot* snapshot = context_.facts.find(reference.of);
        return snapshot == nullptr ? nullptr : snapshot->record.find_deadline(reference.name);
    }
    const Document* find_document(const Reference& reference) const {
        const Snapshot* snapshot = context_.facts.find(reference.of);
        return snapshot == nullptr ? nullptr : snapshot->record.find_document(reference.name);
    }
    const std::vector<Relative>& relatives(const Children& children) const {
        return children.of == Relation::own ? context_.facts.descendants : context_.facts.siblings;
    }
    /// Things of the parent are called by the parent's titles.
    const WorkflowDefinition& owner_of(const Reference& reference) const {
        const auto* definition = context_.facts.find_definition(reference.of);
        return definition == nullptr ? context_.definition : *definition;
    }
    std::string quoted(const Reference& reference) const {
        return quote_deadline(owner_of(reference), {reference.name, Relation::own});
    }
    std::string quoted_document(const Reference& reference) const {
        return quote_document(owner_of(reference), {reference.name, Relation::own});
    }
    std::string describe(const ValueSource& source) const {
        return describe_source(context_.definition, source);
    }
    std::string condition(const Predicate& predicate) const {
        return describe_predicate(context_.definition, predicate,
                                  [](std::string_view, int) { return std::string(); });
    }
    static std::string last_moment(const Deadline& deadline) {
        return calendar::render_italian_instant(base::Instant{deadline.bound->utc_ms - 1});
    }

    const GuardContext& context_;
};

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
               : Sentence(fmt::format("La data {} è troppo vicina: serve almeno {}.",
                                      calendar::render_italian_date(date->date),
                                      calendar::render_italian_date(earliest)));
}

Sentence Refuser::operator()(const ChildrenCount& p) const {
    const auto& all = relatives(p.children);
    const auto count = std::count_if(all.begin(), all.end(), [&](const Relative& relative) {
        return is_counted(p.children, relative);
    });
    if (count >= p.at_least.value_or(0) && (!p.at_most || count <= *p.at_most)) {
        return std::nullopt;
    }
    return fmt::format("Serve: {}; ora {}.", condition(p),
                       count == 1 ? "è 1" : fmt::format("sono {}", count));
}

Sentence Refuser::operator()(const ChildrenAll& p) const {
    const auto& all = relatives(p.children);
    const auto missing = std::count_if(all.begin(), all.end(), [&](const Relative& relative) {
        return relative.path == p.children.path && !is_counted(p.children, relative);
    });
    return missing == 0 ? std::nullopt
                        : Sentence(fmt::format("Prima serve: {}; {} ancora no.", condition(p),
                                               plural(missing, "voce", "voci")));
}

Sentence Refuser::operator()(const PartyNotAmong& p) const {
    const auto& own = context_.facts.own.record.instance;
    const std::string& party = own.party.empty() ? context_.actor.party : own.party;
    for (const Relative& relative : relatives(p.children)) {
        if (relative.id != own.id && relative.party == party && is_counted(p.children, relative)) {
            return fmt::format("L'ente {} ne ha già una in {} (stato «{}»).", party,
                               quote_list(context_.definition, p.children.path),
                               readable_name(relative.state));
        }
    }
    return std::nullopt;
}

Sentence Refuser::operator()(const ActorNotPerformed& p) const {
    const auto is_counted_instance = [&](const base::InstanceId& id) {
        if (p.path.empty()) {
            return id == context_.facts.own.record.instance.id;
        }
        return std::any_of(
            context_.facts.descendants.begin(), context_.facts.descendants.end(),
            [&](const Relative& relative) { return relative.id == id && relative.path == p.path; });
    };
    for (const Performance& one : context_.facts.performances) {
        if (one.person == context_.actor.person && contains(p.events, one.event) &&
            is_counted_instance(one.instance)) {
            return fmt::format(
                "Chi ha compiuto «{}» non può compiere anche questo atto: serve "
                "un'altra persona.",
                readable_name(one.event));
        }
    }
    return std::nullopt;
}

bool reads_payload(const Predicate& predicate) {
    const auto is_payload = [](const ValueSource& source) {
        return source.scope == SourceScope::payload;
    };
    if (const auto* p = std::get_if<DocumentVersionIs>(&predicate))
        return is_payload(p->value);
    if (const auto* p = std::get_if<ValuePresent>(&predicate))
        return is_payload(p->value);
    if (const auto* p = std::get_if<ValueIn>(&predicate))
        return is_payload(p->value);
    if (const auto* p = std::get_if<DateAtLeast>(&predicate)) {
        return is_payload(p->date) || is_payload(p->from) || is_payload(p->plus_days);
    }
    return false;
}

std::vector<ErrorDetail> refuse_check(const CheckPassed& call, const GuardContext& context,
                                      const std::vector<std::string>& legal_basis) {
    const Check* check = context.checks.find(call.name, call.version);
    base::ensure(check != nullptr, "lint and start-up refuse a definition that names a lost check");
    std::vector<ErrorDetail> details;
    for (const CheckFinding& finding : check->run(
             {context.definition, context.facts, context.actor, context.payload, call.params})) {
        details.push_back({finding.field.empty() ? "" : "/" + finding.field, call.name,
                           finding.message_it,
                           finding.legal_basis.empty() ? legal_basis : finding.legal_basis});
    }
    return details;
}

std::vector<ErrorDetail> refuse_predicate(const Guard& guard, const GuardContext& context) {
    const auto& legal_basis = guard.legal_basis.empty() ? context.legal_basis : guard.legal_basis;
    if (!context.is_payload_known && reads_payload(*guard.predicate)) {
        return {};
    }
    if (const auto* call = std::get_if<CheckPassed>(&*guard.predicate)) {
        return refuse_check(*call, context, legal_basis);
    }
    const Sentence sentence = std::visit(Refuser(context), *guard.predicate);
    if (!sentence) {
        return {};
    }
    return {{"", std::string(predicate_name(*guard.predicate)), *sentence, legal_basis}};
}

std::vector<ErrorDetail> refuse_any(const Guard& guard, const GuardContext& context) {
    std::vector<ErrorDetail> all;
    for (const Guard& part : guard.parts) {
        auto details = refuse(part, context);
        if (details.empty()) {
            return {};
        }
        all.insert(all.end(), details.begin(), details.end());
    }
    return all;
}

std::vector<ErrorDetail> refuse_negation(const Guard& guard, const GuardContext& context) {
    const Guard& part = guard.parts.front();
    if (!refuse(part, context).empty()) {
        return {};
    }
    if (!context.is_payload_known && part.predicate && reads_payload(*part.predicate)) {
        return {};
    }
    const std::string condition =
        describe_guard(context.definition, part, [&](std::string_view name, int version) {
            return context.checks.find(name, version)->condition_it;
        });
    return {{"", part.predicate ? std::string(predicate_name(*part.predicate)) : "not",
             fmt::format("Non si può: {}.", condition),
             guard.legal_basis.empty() ? context.legal_basis : guard.legal_basis}};
}

}  // namespace

std::vector<ErrorDetail> refuse(const Guard& guard, const GuardContext& context) {
    std::vector<ErrorDetail> all;
    switch (guard.kind) {
        case GuardKind::predicate: return refuse_predicate(guard, context);
        case GuardKind::any: return refuse_any(guard, context);
        case GuardKind::negation: return refuse_negation(guard, context);
        case GuardKind::all:
            for (const Guard& part : guard.parts) {
                auto details = refuse(part, context);
                all.insert(all.end(), details.begin(), details.end());
            }
            return all;
    }
    return all;
}

}  // namespace engine::machine
