// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include "engine/definition/sentences.h"

namespace engine::definition {
namespace {

std::string unit_word(const DueRule& due) {
    if (due.day_count == calendar::DayCount::working) {
        return "giorni lavorativi";
    }
    switch (due.unit) {
        case calendar::TermUnit::days: return due.both_ends_clear ? "giorni liberi" : "giorni";
        case calendar::TermUnit::months: return "mesi";
        case calendar::TermUnit::years: return "anni";
    }
    return "";
}

/// "a" + "l'ultimo giorno" → "all'ultimo giorno"; "da" + "la data" → "dalla data".
std::string with_preposition(std::string_view preposition, const std::string& text) {
    if (text.starts_with("la ")) {
        return fmt::format("{}lla {}", preposition, text.substr(3));
    }
    if (text.starts_with("l'")) {
        return fmt::format("{}ll'{}", preposition, text.substr(2));
    }
    return fmt::format("{} {}", preposition, text);
}

/// One overload for each action: what it does.
struct ActionSentence {
    const WorkflowDefinition& definition;

    std::string deadline(const std::string& name) const {
        return quote_deadline(definition, {name, Relation::own});
    }
    std::string document(const std::string& name) const {
        return quote_document(definition, {name, Relation::own});
    }
    std::string carried(const Carried& with) const {
        std::vector<std::string> sources;
        for (const auto& [field, source] : with) {
            sources.push_back(describe_source(definition, source));
        }
        return sources.empty() ? "" : fmt::format(" con {}", join_quoted(sources, " e "));
    }
    std::string task(const std::string& name) const {
        const TaskDefinition* found = definition.tasks.find(name);
        return fmt::format("«{}»", found == nullptr ? readable_name(name) : found->title);
    }

    std::string operator()(const StartDeadline& a) const {
        return fmt::format("decorre il termine {}", deadline(a.deadline));
    }
    std::string operator()(const MoveDeadline& a) const {
        return fmt::format("il termine {} passa a {}", deadline(a.deadline),
                           describe_source(definition, a.to));
    }
    std::string operator()(const ReopenDeadline& a) const {
        return fmt::format("si riapre il termine {} fino a {}", deadline(a.deadline),
                           describe_source(definition, a.to));
    }
    std::string operator()(const CancelDeadline& a) const {
        return fmt::format("cade il termine {}", deadline(a.deadline));
    }
    std::string operator()(const SuspendDeadline& a) const {
        std::string text =
            fmt::format("il termine {} è sospeso ({}) dal giorno dopo {}", deadline(a.deadline),
                        describe_ground(a.ground), describe_source(definition, a.after));
        if (a.days) {
            text += fmt::format(", per non più di {} giorni", describe_source(definition, *a.days));
        }
        if (a.until) {
            text += fmt::format(", fino {}",
                                with_preposition("a", describe_source(definition, *a.until)));
        }
        return text;
    }
    std::string operator()(const EndSuspension& a) const {
        const std::string plus = a.plus_days == 0 ? "" : fmt::format(" più {} giorni", a.plus_days);
        return fmt::format("il termine {} riprende a decorrere {}{}", deadline(a.deadline),
                           with_preposition("da", describe_source(definition, a.on)), plus);
    }
    std::string operator()(const StartTask& a) const {
        return fmt::format("si apre il compito {}", task(a.task));
    }
    std::string operator()(const CompleteTask& a) const {
        return fmt::format("si chiude il compito {}", task(a.task));
    }
    std::string operator()(const CancelTask& a) const {
        return fmt::format("si annulla il compito {}", task(a.task));
    }
    std::string operator()(const OpenChild& a) const {
        const std::string list = quote_list(definition, a.child);
        if (a.for_each) {
            return fmt::format("si apre una voce in {} per ogni ente tra {}{}", list,
                               describe_children(definition, *a.for_each), carried(a.with));
        }
        if (a.office && a.office->scope != SourceScope::payload) {
            return fmt::format("si apre una voce in {} per ogni amministrazione in {}{}", list,
                               describe_source(definition, *a.office), carried(a.with));
        }
        return fmt::format("si apre una voce in {}{}", list, carried(a.with));
    }
    std::string operator()(const Signal& a) const {
        const std::string who = a.to == SignalTarget::parent ? std::string("al procedimento")
                                : a.to == SignalTarget::children
                                    ? fmt::format("a {}", quote_list(definition, a.path))
                                    : std::string("alle altre voci dell'elenco");
        return fmt::format("si comunica «{}» {}{}{}", readable_name(a.event), who,
                           a.same_party ? " dello stesso ente" : "", carried(a.with));
    }
    std::string operator()(const SendMessage& a) const {
        const MessageDefinition* found = definition.messages.find(a.message);
        return fmt::format("si invia «{}»",
                           found == nullptr ? readable_name(a.message) : found->title);
    }
    std::string operator()(const PublishDocument& a) const {
        return fmt::format("si pubblica {}", document(a.document));
    }
    std::string operator()(const FreezeDocument& a) const {
        return fmt::format("si fissa la versione di {}", document(a.document));
    }
    std::string operator()(const AssignNumber& a) const {
        return fmt::format("si assegna il numero nel registro «{}»",
                           readable_name(a.register_name));
    }
    std::string operator()(const SetValue& a) const {
        const bool is_emptied = a.value.scope == SourceScope::constant &&
                                (a.value.name == "\"\"" || a.value.name == "[]");
        if (is_emptied) {
            return fmt::format("{} si svuota",
                               describe_source(definition, {SourceScope::own, a.field}));
        }
        return fmt::format("{} diventa {}",
                           describe_source(definition, {SourceScope::own, a.field}),
                           describe_source(definition, a.value));
    }
    std::string operator()(const AppendValue& a) const {
        return fmt::format("{} si aggiunge a {}", describe_source(definition, a.value),
                           describe_source(definition, {SourceScope::own, a.field}));
    }
    std::string operator()(const ComputeValue& a) const {
        return fmt::format("si calcola e si conserva {}",
                           describe_source(definition, {SourceScope::own, a.field}));
    }
    std::string operator()(const RecordSilence& a) const {
        return fmt::format(
            "si annota il silenzio al {}: vale quanto dichiarato in {}, e resta "
            "silenzio",
            deadline(a.deadline), describe_source(definition, a.counts_as));
    }
};

}  // namespace

std::string describe_action(const WorkflowDefinition& definition, const Action& action,
                            const CheckTitle& check_title) {
    const std::string text = std::visit(ActionSentence{definition}, action.verb);
    return action.when ? fmt::format("{} (se {})", text,
                                     describe_guard(definition, *action.when, check_title))
                       : text;
}

std::string describe_due(const WorkflowDefinition& definition, const DueRule& due) {
    if (due.on) {
        return fmt::format("alla data di {}", describe_source(definition, *due.on));
    }
    const std::string side =
        due.direction == calendar::TermDirection::forward ? "dopo" : "prima di";
    return fmt::format(
        "{} {} {} {}{}", describe_source(definition, due.count), unit_word(due), side,
        describe_source(definition, due.from),
        due.suspension_scope.empty() ? "" : ", salvo sospensioni disposte per legge");
}

}  // namespace engine::definition
