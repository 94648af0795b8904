// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <algorithm>

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

std::string one_unit_word(const DueRule& due) {
    if (due.day_count == calendar::DayCount::working) {
        return "giorno lavorativo";
    }
    switch (due.unit) {
        case calendar::TermUnit::days: return due.both_ends_clear ? "giorno libero" : "giorno";
        case calendar::TermUnit::months: return "mese";
        case calendar::TermUnit::years: return "anno";
    }
    return "";
}

void add_once(std::vector<std::string>& texts, std::string text) {
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) {
        texts.push_back(std::move(text));
    }
}

/// What an event does to another machine, seen from who sends it there: by which title it is known
/// and where it leads. Empty when the machine does not know it.
std::string describe_arrival(const WorkflowDefinition& machine, const std::string& event,
                             const std::vector<std::string>& states) {
    std::vector<std::string> titles;
    std::vector<const Branch*> branches;
    for (const auto& [name, state] : machine.states) {
        const bool is_meant =
            states.empty() || std::find(states.begin(), states.end(), name) != states.end();
        const auto* transition = is_meant ? machine.find_transition(name, event) : nullptr;
        if (transition == nullptr) {
            continue;
        }
        add_once(titles, fmt::format("«{}»", transition->title));
        for (const Branch& branch : transition->branches) {
            branches.push_back(&branch);
        }
    }
    return titles.empty() ? ""
                          : fmt::format("avviene {} ({})", join_quoted(titles, " o "),
                                        describe_targets(machine, branches));
}

/// One overload for each action: what it does.
struct ActionSentence {
    const Kin& kin;

    std::string deadline(const std::string& name) const {
        return name_deadline(kin, {name, Relation::own});
    }
    std::string document(const std::string& name) const {
        return quote_document(kin, {name, Relation::own});
    }
    std::string carried(const Carried& with) const {
        std::vector<std::string> sources;
        for (const auto& [field, source] : with) {
            sources.push_back(describe_source(kin, source));
        }
        return sources.empty() ? "" : fmt::format(" con {}", join_quoted(sources, " e "));
    }
    std::string task(const std::string& name) const {
        const TaskDefinition* found = kin.own().tasks.find(name);
        return fmt::format("«{}»", found == nullptr ? readable_name(name) : found->title);
    }

    std::string operator()(const StartDeadline& a) const {
        return fmt::format("decorre il {}", deadline(a.deadline));
    }
    std::string operator()(const MoveDeadline& a) const {
        return fmt::format("l'ultimo giorno del {} diventa {}", deadline(a.deadline),
                           describe_source(kin, a.to));
    }
    std::string operator()(const ReopenDeadline& a) const {
        return fmt::format("si riapre il {} fino {}", deadline(a.deadline),
                           with_preposition("a", describe_source(kin, a.to)));
    }
    std::string operator()(const CancelDeadline& a) const {
        return fmt::format("cade il {}", deadline(a.deadline));
    }
    std::string operator()(const SuspendDeadline& a) const {
        std::string text =
            fmt::format("il {} è sospeso ({}) dal giorno dopo {}", deadline(a.deadline),
                        describe_ground(a.ground), describe_source(kin, a.after));
        if (a.days) {
            text += fmt::format(", per non più di {} giorni", describe_source(kin, *a.days));
        }
        if (a.until) {
            text += fmt::format(", fino {}", with_preposition("a", describe_source(kin, *a.until)));
        }
        return text;
    }
    std::string operator()(const EndSuspension& a) const {
        const std::string plus = a.plus_days == 0 ? "" : fmt::format(" più {} giorni", a.plus_days);
        return fmt::format("il {} riprende a decorrere {}{}", deadline(a.deadline),
                           with_preposition("da", describe_source(kin, a.on)), plus);
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
        std::string text = fmt::format("si apre una voce in {}", quote_list(kin, a.child));
        if (a.for_each) {
            text += fmt::format(" per ogni ente tra {}", describe_children(kin, *a.for_each));
        } else if (a.office && a.office->scope != SourceScope::payload) {
            text += fmt::format(" per ogni amministrazione in {}", describe_source(kin, *a.office));
        }
        text += carried(a.with);
        const auto machines = kin.find_list(Relation::own, a.child);
        if (!a.event.empty() && !machines.empty()) {
            text += fmt::format("; in essa {}", describe_arrival(*machines.front(), a.event,
                                                                 {machines.front()->initial}));
        }
        return text;
    }

    /// The machines a signal may reach.
    std::vector<const WorkflowDefinition*> receivers(const Signal& a) const {
        if (a.to != SignalTarget::children) {
            return kin.find(a.to == SignalTarget::parent ? Relation::parent : Relation::own);
        }
        std::vector<const WorkflowDefinition*> found;
        for (const DefinitionPointer& one : kin.find_list(Relation::own, a.path)) {
            found.push_back(one.get());
        }
        return found;
    }
    /// Which of them: where they are, whose, in which states.
    std::string whom(const Signal& a,
                     const std::vector<const WorkflowDefinition*>& machines) const {
        std::string text =
            a.to == SignalTarget::children   ? quote_list(kin, a.path)
            : a.to == SignalTarget::siblings ? std::string("altre voci dell'elenco")
            : machines.empty()
                ? std::string("fascicolo superiore")
                : fmt::format("fascicolo superiore ({})", readable_name(machines.front()->machine));
        text += a.same_party ? " dello stesso ente" : "";
        text += a.in.empty() ? "" : fmt::format(" in stato {}", quote_states(machines, a.in));
        return text;
    }

    std::string operator()(const Signal& a) const {
        const auto machines = receivers(a);
        std::string arrival;
        for (const WorkflowDefinition* machine : machines) {
            arrival = arrival.empty() ? describe_arrival(*machine, a.event, a.in) : arrival;
        }
        if (!arrival.empty()) {
            const std::string_view in = a.to == SignalTarget::children   ? "in "
                                        : a.to == SignalTarget::siblings ? "nelle "
                                                                         : "nel ";
            return fmt::format("{}{} {}{}", in, whom(a, machines), arrival, carried(a.with));
        }
        const std::string_view to = a.to == SignalTarget::children   ? "a "
                                    : a.to == SignalTarget::siblings ? "alle "
                                                                     : "al ";
        return fmt::format("si comunica «{}» {}{}{}", readable_name(a.event), to, whom(a, machines),
                           carried(a.with));
    }
    std::string operator()(const SendMessage& a) const {
        const MessageDefinition* found = kin.own().messages.find(a.message);
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
            return fmt::format("{} si svuota", describe_source(kin, {SourceScope::own, a.field}));
        }
        return fmt::format("{} diventa {}", describe_source(kin, {SourceScope::own, a.field}),
                           describe_source(kin, a.value));
    }
    std::string operator()(const AppendValue& a) const {
        return fmt::format("{} si aggiunge a {}", describe_source(kin, a.value),
                           describe_source(kin, {SourceScope::own, a.field}));
    }
    std::string operator()(const ComputeValue& a) const {
        return fmt::format("si calcola e si conserva {}",
                           describe_source(kin, {SourceScope::own, a.field}));
    }
    std::string operator()(const RecordSilence& a) const {
        return fmt::format(
            "si annota il silenzio alla scadenza del {}: vale quanto dichiarato in {}, e resta "
            "silenzio",
            deadline(a.deadline), describe_source(kin, a.counts_as));
    }
};

/// When the last day is no working day, what the notice says of it; the rule has a line of its own.
std::string describe_roll(const Kin& kin, const DueRule& due) {
    std::string text;
    if (due.roll_holiday) {
        const std::string said = describe_source(kin, *due.roll_holiday);
        text += said == "«no»"   ? "; non si rinvia se cade in un giorno festivo"
                : said == "«sì»" ? ""
                                 : fmt::format("; si rinvia dai festivi se {} è «sì»", said);
    }
    if (due.roll_saturday) {
        const std::string said = describe_source(kin, *due.roll_saturday);
        text += said == "«sì»"   ? "; si rinvia anche se cade di sabato"
                : said == "«no»" ? ""
                                 : fmt::format("; si rinvia anche dal sabato se {} è «sì»", said);
    }
    if (due.patron) {
        text += fmt::format("; è festivo anche il patrono indicato in {}",
                            describe_source(kin, *due.patron));
    }
    if (due.time) {
        text += fmt::format("; all'ora {}", describe_source(kin, *due.time));
    }
    return text;
}

}  // namespace

std::string describe_targets(const WorkflowDefinition& machine,
                             const std::vector<const Branch*>& branches) {
    std::vector<std::string> targets;
    bool may_stay = false;
    for (const Branch* branch : branches) {
        if (branch->target.empty()) {
            may_stay = true;
        } else {
            add_once(targets, branch->target == "@previous"
                                  ? "torna allo stato di prima"
                                  : "passa a " + quote_state(machine, branch->target));
        }
    }
    if (may_stay || targets.empty()) {
        add_once(targets, "resta dov'è");
    }
    return join_quoted(targets, " o ");
}

std::string describe_action(const Kin& kin, const Action& action, const CheckTitle& check_title) {
    const std::string text = std::visit(ActionSentence{kin}, action.verb);
    return action.when
               ? fmt::format("se {}: {}", describe_guard(kin, *action.when, check_title), text)
               : text;
}

std::string describe_due(const Kin& kin, const DueRule& due) {
    const std::string roll = describe_roll(kin, due);
    if (due.on) {
        const std::string day = describe_source(kin, *due.on);
        const bool is_day = day.starts_with("la ") || day.starts_with("l'");
        return (is_day ? with_preposition("a", day) : "nel giorno indicato in " + day) + roll;
    }
    const std::string from = describe_source(kin, due.from);
    const bool is_forward = due.direction == calendar::TermDirection::forward;
    const std::string side = is_forward ? "dopo " + from : "prima " + with_preposition("di", from);
    const std::string count = describe_source(kin, due.count);
    return fmt::format(
        "{} {}{}{}",
        count == "1" ? fmt::format("1 {}", one_unit_word(due))
                     : fmt::format("{} {}", count, unit_word(due)),
        side, due.suspension_scope.empty() ? "" : ", salvo sospensioni disposte per legge", roll);
}

}  // namespace engine::definition
