// SPDX-License-Identifier: EUPL-1.2
#include "api/scenario/narration.h"

#include <fmt/format.h>

#include <ostream>

#include "engine/base/make_id.h"
#include "engine/calendar/local_time.h"

namespace api::scenario {
namespace {

using namespace engine::machine;

std::string alias_of(const Stage& stage, const engine::base::InstanceId& id) {
    for (const auto& [alias, instance] : stage.instances) {
        if (instance == id) {
            return alias;
        }
    }
    return engine::base::short_id(id.text);
}

std::string party_name(const Stage& stage, const std::string& code) {
    for (const auto& [alias, party] : stage.parties) {
        if (party == code) {
            return alias;
        }
    }
    return code;
}

template <class Section>
std::string title_in(const Section& section, const std::string& name) {
    const auto* found = section.find(name);
    return found == nullptr ? name : found->title;
}

std::string italian_date(const std::string& text) {
    const auto date = engine::calendar::parse_legal_date(text);
    return date ? engine::calendar::render_italian_date(*date) : text;
}

std::string change_words(const std::string& change) {
    return change == "started"     ? "comincia a decorrere"
           : change == "moved"     ? "è spostato"
           : change == "reopened"  ? "è riaperto"
           : change == "suspended" ? "è sospeso"
                                   : "riprende";
}

/// One overload for each effect: its line, empty for what people need not see.
struct EffectWords {
    const engine::definition::WorkflowDefinition& definition;

    std::string operator()(const InstanceOpened&) const { return ""; }
    std::string operator()(const StateEntered& e) const {
        return fmt::format("stato «{}»", title_in(definition.states, e.state));
    }
    std::string operator()(const ValueSet&) const { return ""; }
    std::string operator()(const DeadlineSet& e) const {
        if (!e.deadline.reminds_of.empty()) {
            return "";
        }
        return fmt::format(
            "«{}» {}: {}", title_in(definition.deadlines, e.deadline.name), change_words(e.change),
            e.deadline.due_date ? "l'ultimo giorno è " + italian_date(*e.deadline.due_date)
                                : "senza una fine nota");
    }
    std::string operator()(const DeadlineEnded& e) const {
        const bool is_reminder = e.name.find('~') != std::string::npos;
        return is_reminder ? ""
                           : fmt::format("«{}»: {}", title_in(definition.deadlines, e.name),
                                         describe_status(e.status));
    }
    std::string operator()(const TaskOpened& e) const {
        return fmt::format("compito «{}» aperto{}", title_in(definition.tasks, e.task.name),
                           e.task.due_date ? ", entro " + italian_date(*e.task.due_date) : "");
    }
    std::string operator()(const TaskAssigned& e) const {
        return e.assignee.empty() ? "compito rimesso a disposizione"
                                  : fmt::format("compito preso da {}", e.assignee);
    }
    std::string operator()(const TaskEnded& e) const {
        return e.status == TaskStatus::done ? "compito concluso" : "compito annullato";
    }
    std::string operator()(const DocumentRecorded& e) const {
        return fmt::format("documento «{}», versione {}{}",
                           title_in(definition.documents, e.document.name), e.document.version,
                           e.document.signed_by.empty() ? "" : ", firmato (firma non verificata)");
    }
    std::string operator()(const DocumentPublished& e) const {
        return fmt::format("pubblicato «{}»", title_in(definition.documents, e.name));
    }
    std::string operator()(const DocumentFrozen& e) const {
        return fmt::format("versione {} di «{}» fissata", e.version,
                           title_in(definition.documents, e.name));
    }
    std::string operator()(const Registered& e) const {
        return fmt::format("registrazione n. {}/{}", e.registration.number, e.registration.year);
    }
    std::string operator()(const MessageQueued&) const { return ""; }
    std::string operator()(const MessageSent&) const { return ""; }
    std::string operator()(const SilenceRecorded& e) const {
        return fmt::format("silenzio annotato, vale: {}", e.silence.counts_as);
    }
    std::string operator()(const ValueErased& e) const {
        return fmt::format("dato «{}» cancellato", title_in(definition.fields, e.field));
    }
    std::string operator()(const MessageErased&) const {
        return "testo di un messaggio cancellato";
    }
    std::string operator()(const Migrated& e) const {
        return fmt::format("passa alla versione {} ({})", e.version, e.act);
    }
};

}  // namespace

std::string describe_status(engine::machine::DeadlineStatus status) {
    switch (status) {
        case DeadlineStatus::running: return "in corso";
        case DeadlineStatus::suspended: return "sospeso";
        case DeadlineStatus::expired: return "scaduto";
        case DeadlineStatus::missed: return "non adempiuto in tempo";
        case DeadlineStatus::met: return "adempiuto";
        case DeadlineStatus::met_late: return "adempiuto in ritardo";
        case DeadlineStatus::cancelled: return "non più necessario";
    }
    return "";
}

void narrate_act(std::ostream& out, Stage& stage, const Line& line,
                 const engine::base::Result<engine::Outcome>& outcome) {
    const std::string what = line.text.substr(0, line.text.find("->"));
    out << fmt::format("\n{} · {}\n", engine::calendar::render_italian_instant(stage.now()), what);
    if (outcome) {
        return;
    }
    out << fmt::format("    RIFIUTATO: {} [{}]\n", outcome.error().message_it,
                       engine::base::error_code_name(outcome.error().code));
    for (const auto& detail : outcome.error().details) {
        // An act of this role is named as one writes it.
        const bool is_act = outcome.error().code == engine::base::ErrorCode::event_not_available;
        out << fmt::format(
            "      - {}{}{}{}\n",
            is_act && !detail.code.empty() ? "atto: " + detail.code + ", " : "", detail.message_it,
            detail.legal_basis.empty() ? "" : " — fonte: ", fmt::join(detail.legal_basis, "; "));
    }
}

std::vector<std::string> differences_ahead(
    Stage& stage, const engine::definition::WorkflowDefinition& definition) {
    const auto newest = stage.engine().catalog().find(definition.family, definition.machine, 0);
    return newest && newest->version > definition.version
               ? engine::definition::describe_differences(definition, *newest)
               : std::vector<std::string>{};
}

engine::base::Result<void> narrate_view(std::ostream& out, Stage& stage, const Line& line,
                                        const std::string& target,
                                        const engine::machine::Actor& actor) {
    const auto instance = stage.instances.find(target);
    if (instance == stage.instances.end()) {
        return engine::base::fail(
            engine::base::ErrorCode::malformed,
            fmt::format("{}: «{}» non è il nome di niente.", line.place, target));
    }
    const auto view = stage.engine().queries().view(instance->second);
    const auto events = stage.engine().queries().available(instance->second, actor);
    if (!view || !events) {
        return engine::base::fail(view ? events.error() : view.error());
    }
    out << fmt::format("\n{} · {}\n", engine::calendar::render_italian_instant(stage.now()),
                       line.text.substr(0, line.text.find("->")));
    for (const auto& event : *events) {
        out << fmt::format("    può: {}{}\n", event.title,
                           event.refusals.empty() ? "" : " — ma ora qualcosa lo impedisce");
    }
    for (const std::string& difference : differences_ahead(stage, *view->definition)) {
        out << fmt::format("    la versione nuova: {}\n", difference);
    }
    return {};
}

void narrate_entries(std::ostream& out, Stage& stage,
                     const std::vector<engine::machine::JournalEntry>& entries) {
    for (const auto& entry : entries) {
        const auto view = stage.engine().queries().view(entry.instance);
        if (!view) {
            continue;
        }
        const bool is_follow_up = entry.role == kSystemRole;
        if (is_follow_up) {
            out << fmt::format("    {} · sistema: {}\n",
                               engine::calendar::render_italian_instant(entry.received_at),
                               entry.title);
        }
        for (const auto& effect : entry.effects) {
            const std::string words = std::visit(EffectWords{*view->definition}, effect);
            if (!words.empty()) {
                out << fmt::format("    {}: {}\n", alias_of(stage, entry.instance), words);
            }
        }
    }
}

void narrate_messages(std::ostream& out, Stage& stage,
                      const std::vector<engine::documents::Envelope>& envelopes) {
    for (const auto& envelope : envelopes) {
        const std::string to =
            envelope.to == "party" ? "ente " + party_name(stage, envelope.party) : envelope.to;
        out << fmt::format("    messaggio «{}» a {} ({})\n", envelope.title, to,
                           envelope.channel == "pec"            ? "PEC"
                           : envelope.channel == "notice_board" ? "albo"
                                                                : "interno");
    }
}

std::string explain(const engine::base::Error& error) {
    std::string text = error.message_it;
    if (error.code == engine::base::ErrorCode::event_not_available) {
        return text;  // its details are the acts that are possible: told with the act
    }
    for (const auto& detail : error.details) {
        text += fmt::format(" [{}{}{}] {}", detail.code, detail.pointer.empty() ? "" : " ",
                            detail.pointer, detail.message_it);
    }
    return text;
}

}  // namespace api::scenario
