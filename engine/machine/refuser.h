// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "engine/base/names.h"
#include "engine/calendar/local_time.h"
#include "engine/definition/sentences.h"
#include "engine/machine/predicates.h"
#include "engine/machine/read_source.h"
#include "engine/machine/relatives.h"

namespace engine::machine {

using namespace definition;
using base::has_name;

/// Why a condition does not hold; absent when it does.
using Sentence = std::optional<std::string>;

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
    Sentence operator()(const WithinTerm& p) const;
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
        if (document != nullptr && value == document->sha256) {
            return std::nullopt;
        }
        return is_kept(context_.definition, p.value)
                   ? fmt::format("Serve: {}.", condition(p))
                   : fmt::format(
                         "La versione indicata non è quella attuale di {}: va letta e "
                         "indicata la nuova.",
                         quoted_document(p.document));
    }
    Sentence operator()(const ValuePresent& p) const {
        const auto value = read(p.value);
        const bool is_present = value && *value != "null" && *value != "\"\"" && *value != "[]";
        if (is_present) {
            return std::nullopt;
        }
        return is_kept(context_.definition, p.value) ? fmt::format("Serve: {}.", condition(p))
                                                     : fmt::format("Manca {}.", describe(p.value));
    }
    Sentence operator()(const ValueIn& p) const {
        const auto value = read(p.value);
        return value && has_name(p.options, *value)
                   ? std::nullopt
                   : Sentence(fmt::format("Serve: {}.", condition(p)));
    }
    Sentence operator()(const DateAtLeast& p) const;
    Sentence operator()(const ChildrenCount& p) const;
    Sentence operator()(const ChildrenAll& p) const;
    Sentence operator()(const PartyAmong& p) const {
        const auto among = find_counted(p.children, context_.facts, context_.payload);
        if (!among) {
            return among.error().message_it;
        }
        const bool has = std::any_of(among->begin(), among->end(), [&](const Relative* relative) {
            return relative->party == context_.actor.party;
        });
        return has ? std::nullopt : Sentence(fmt::format("Serve: {}.", condition(p)));
    }
    Sentence operator()(const PartyNotAmong& p) const;
    Sentence operator()(const ParentIn& p) const {
        const auto& parent = context_.facts.parent;
        if (parent && has_name(p.states, parent->record.instance.state)) {
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
                                                has_name(p.events, one.event);
                                     });
        return has ? std::nullopt : Sentence(fmt::format("Prima serve: {}.", condition(p)));
    }
    Sentence operator()(const EventPerformed& p) const {
        const Snapshot* snapshot = context_.facts.find(p.of);
        const auto& all = context_.facts.performances;
        const bool has =
            snapshot != nullptr && std::any_of(all.begin(), all.end(), [&](const auto& one) {
                return one.instance == snapshot->record.instance.id &&
                       has_name(p.events, one.event);
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
    Sentence operator()(const LaterThan& p) const;
    Sentence operator()(const ActorIs& p) const {
        return read_text(p.person) == context_.actor.person
                   ? std::nullopt
                   : Sentence(
                         fmt::format("Non si può: {} è un'altra persona.", describe(p.person)));
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

}  // namespace engine::machine
