// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/sheet.h"

#include <fmt/format.h>

#include <algorithm>

namespace engine::definition {
namespace {

/// Writes the sections one after another.
class SheetWriter {
  public:
    SheetWriter(const WorkflowDefinition& definition, const CheckTitle& check_title)
        : definition_(definition), check_title_(check_title) {}

    std::string run() {
        head();
        roles();
        states();
        shared();
        common_terms();
        deadlines();
        tasks();
        documents();
        messages();
        return std::move(text_);
    }

  private:
    template <class... Args>
    void line(fmt::format_string<Args...> format, Args&&... args) {
        text_ += fmt::format(format, std::forward<Args>(args)...);
        text_ += '\n';
    }

    std::string basis(const LegalBasis& own) const {
        return own.empty() ? "" : fmt::format(" *({})*", fmt::join(own, "; "));
    }

    std::string role_title(const std::string& name) const {
        const auto* role = definition_.roles.find(name);
        return role == nullptr ? readable_name(name) : role->title;
    }

    std::string role_titles(const std::vector<std::string>& names) const {
        std::vector<std::string> titles;
        for (const std::string& name : names) {
            titles.push_back(role_title(name));
        }
        return join_quoted(titles, " o ");
    }

    std::string field_titles(const std::vector<std::string>& names) const {
        std::vector<std::string> titles;
        for (const std::string& name : names) {
            const auto* field = definition_.fields.find(name);
            titles.push_back(
                fmt::format("«{}» (`{}`)", field == nullptr ? name : field->title, name));
        }
        return join_quoted(titles, " e ");
    }

    void head() {
        line("<!-- SPDX-License-Identifier: EUPL-1.2 -->");
        line("<!-- Generata da «coprog sheet»: non modificare a mano. -->");
        line("# {}", definition_.title);
        line("");
        line("Definizione `{}`, impronta `{}`.", definition_name(definition_),
             definition_.sha256.substr(0, 12));
        line("");
        line("Fonti: {}.", fmt::join(definition_.legal_basis, "; "));
        line("");
        if (definition_.opening) {
            line("Si apre per atto di: {}.", role_titles(definition_.opening->by));
            if (!definition_.opening->takes.empty()) {
                line("Servono: {}.", field_titles(definition_.opening->takes));
            }
            line("");
        }
        line("Comincia da {}.", quote_state(definition_, definition_.initial));
    }

    void roles() {
        line("");
        line("## Chi agisce");
        line("");
        for (const auto& [name, role] : definition_.roles) {
            const std::string_view where =
                role.scope == RoleScope::office  ? "nei procedimenti della propria amministrazione"
                : role.scope == RoleScope::party ? "per il proprio ente"
                                                 : "in tutti i procedimenti";
            line("- **{}** (`{}`): {}", role.title, name, where);
            if (role.holder) {
                line("  - titolare: la persona indicata in {}; se agisce un'altra, l'atto vale e:",
                     describe_source(definition_, *role.holder));
                for (const Action& action : role.on_other) {
                    line("    - {}", describe_action(definition_, action, check_title_));
                }
            }
        }
    }

    void actions(const std::vector<Action>& list) {
        for (const Action& action : list) {
            line("    - {}", describe_action(definition_, action, check_title_));
        }
    }

    std::string destination(const Branch& branch) const {
        if (branch.target.empty()) {
            return "resta dov'è";
        }
        return branch.target == "@previous"
                   ? "torna allo stato di prima"
                   : fmt::format("passa a {}", quote_state(definition_, branch.target));
    }

    /// Several conditions are a list; one fits the line.
    bool lists_conditions(const Branch& one) {
        if (!one.guard || one.guard->kind != GuardKind::all || one.guard->parts.size() < 2) {
            return false;
        }
        line("  - se è vero tutto questo:");
        for (const Guard& part : one.guard->parts) {
            line("    - {}{}", describe_guard(definition_, part, check_title_),
                 basis(part.legal_basis));
        }
        return true;
    }

    void branch(const Branch& one, bool is_first, bool is_only) {
        std::string when;
        if (lists_conditions(one)) {
            when = "allora: ";
        } else if (one.guard) {
            when = fmt::format("se {}: ", describe_guard(definition_, *one.guard, check_title_));
        } else if (!is_first) {
            when = "altrimenti: ";
        }
        const std::string title = is_only || one.title.empty() ? "" : one.title + ", ";
        line("  - {}{}{}{}", when, title, destination(one), basis(one.legal_basis));
        actions(one.actions);
    }

    void branches(const std::vector<Branch>& list) {
        for (std::size_t index = 0; index < list.size(); ++index) {
            branch(list[index], index == 0, list.size() == 1);
        }
    }

    void transition(const std::string& event, const TransitionDefinition& one) {
        const std::string who = one.by.empty() ? "solo per effetto di un altro atto"
                                               : fmt::format("spetta a: {}", role_titles(one.by));
        line("- **{}** (`{}`) — {}{}", one.title, event, who, basis(one.legal_basis));
        if (!one.takes.empty()) {
            line("  - servono: {}", field_titles(one.takes));
        }
        if (!one.may_take.empty()) {
            line("  - si può aggiungere: {}", field_titles(one.may_take));
        }
        branches(one.branches);
    }

    void state(const StateDefinition& one) {
        line("");
        line("### {}{}", one.title, one.is_final ? " (fine)" : "");
        line("");
        if (!one.note.empty()) {
            line("{}", one.note);
            line("");
        }
        if (!one.entry.empty()) {
            line("- Quando vi si entra:");
            for (const Action& action : one.entry) {
                line("  - {}", describe_action(definition_, action, check_title_));
            }
        }
        for (const auto& [event, transition_definition] : one.on) {
            transition(event, transition_definition);
        }
        for (const auto& [deadline, list] : one.after) {
            line("- Scaduto il termine {}:",
                 quote_deadline(definition_, {deadline, Relation::own}));
            branches(list);
        }
        if (!one.automatic.empty()) {
            line("- Da sé, appena è vero:");
            branches(one.automatic);
        }
        if (!one.is_final && one.after.empty() && one.automatic.empty()) {
            line("- Se nessuno agisce: resta in questo stato.");
        }
        if (one.is_final) {
            line("- Alla fine cadono i termini in corso e si chiudono i compiti aperti.");
        }
    }

    void states() {
        line("");
        line("## Stati e atti");
        for (const auto& [name, one] : definition_.states) {
            state(one);
        }
    }

    void shared() {
        if (definition_.shared.empty()) {
            return;
        }
        line("");
        line("## Atti possibili in più stati");
        for (const auto& [event, one] : definition_.shared) {
            line("");
            std::vector<std::string> quoted;
            for (const std::string& name : one.in.empty() ? one.except : one.in) {
                quoted.push_back(quote_state(definition_, name));
            }
            const std::string where =
                !one.in.empty()  ? fmt::format("In {}", join_quoted(quoted, " e "))
                : quoted.empty() ? std::string("In ogni stato non finale")
                                 : fmt::format("In ogni stato non finale, tranne {}",
                                               join_quoted(quoted, " e "));
            line("{}:", where);
            line("");
            transition(event, one.transition);
        }
    }

    void common_terms() {
        if (definition_.after.empty()) {
            return;
        }
        line("");
        line("## Termini che scadono in qualunque stato non finale");
        line("");
        for (const auto& [deadline, list] : definition_.after) {
            line("- Scaduto il termine {}:",
                 quote_deadline(definition_, {deadline, Relation::own}));
            branches(list);
        }
    }

    static std::string_view kind_words(DeadlineKind kind) {
        switch (kind) {
            case DeadlineKind::closing: return "chiude: dopo, l'atto non è più ammesso";
            case DeadlineKind::obligation:
                return "adempimento: dopo, l'atto è in ritardo ma dovuto";
            case DeadlineKind::advisory: return "promemoria: avvisa soltanto";
            case DeadlineKind::minimum_notice: return "preavviso minimo: dopo è troppo tardi";
            case DeadlineKind::recurring: return "adempimento che ritorna";
        }
        return "";
    }

    void deadlines() {
        if (definition_.deadlines.empty()) {
            return;
        }
        line("");
        line("## Termini");
        line("");
        for (const auto& [name, one] : definition_.deadlines) {
            line("- **{}** — {}; {}{}", one.title, kind_words(one.kind),
                 describe_due(definition_, one.due), basis(one.legal_basis));
            if (!one.met_by.empty()) {
                std::vector<std::string> quoted;
                for (const std::string& event : one.met_by) {
                    quoted.push_back(quote_event(definition_, event));
                }
                line("  - si adempie con: {}", join_quoted(quoted, " o "));
            }
            if (!one.remind_days.empty()) {
                line("  - si ricorda {} giorni prima", fmt::join(one.remind_days, " e "));
            }
            if (one.preceded_by) {
                preceding(*one.preceded_by);
            }
            for (const Action& action : one.on_due) {
                line("  - quando passa: {}", describe_action(definition_, action, check_title_));
            }
        }
    }

    void preceding(const PrecedingSteps& preceded_by) {
        line("  - prima occorrono, da {}:", describe_source(definition_, preceded_by.from));
        for (const PrecedingStep& step : preceded_by.steps) {
            line("    - {}: almeno {} giorni{}", step.title, step.days, basis(step.legal_basis));
        }
    }

    void tasks() {
        if (definition_.tasks.empty()) {
            return;
        }
        line("");
        line("## Compiti");
        line("");
        for (const auto& [name, one] : definition_.tasks) {
            const std::string due =
                one.due ? fmt::format("; {}", describe_due(definition_, *one.due)) : "";
            line("- **{}** — {}{}{}", one.title, role_title(one.role), due, basis(one.legal_basis));
        }
    }

    void documents() {
        if (definition_.documents.empty()) {
            return;
        }
        line("");
        line("## Documenti");
        line("");
        for (const auto& [name, one] : definition_.documents) {
            const std::string signature =
                one.signed_by.empty() ? "" : fmt::format("; firma: {}", role_title(one.signed_by));
            line("- **{}** (`{}`) — lo aggiunge: {}{}{}{}", one.title, name, role_titles(one.by),
                 signature, one.is_public ? "; si pubblica" : "", basis(one.legal_basis));
            std::vector<std::string> quoted;
            for (const std::string& state_name : one.in) {
                quoted.push_back(quote_state(definition_, state_name));
            }
            if (!quoted.empty()) {
                line("  - si aggiunge solo in: {}", join_quoted(quoted, " o "));
            }
            if (one.is_final_once_frozen) {
                line("  - quando la versione è fissata non se ne aggiungono altre");
            }
        }
    }

    void messages() {
        if (definition_.messages.empty()) {
            return;
        }
        line("");
        line("## Messaggi");
        line("");
        for (const auto& [name, one] : definition_.messages) {
            const std::string_view channel = one.channel == MessageChannel::pec ? "PEC"
                                             : one.channel == MessageChannel::notice_board
                                                 ? "albo e sito"
                                                 : "nel programma";
            line("- **{}** — a: {}; canale: {}{}", one.title,
                 one.to == "party" ? "l'ente interessato" : role_title(one.to), channel,
                 basis(one.legal_basis));
        }
    }

    const WorkflowDefinition& definition_;
    const CheckTitle& check_title_;
    std::string text_;
};

}  // namespace

std::string render_sheet(const WorkflowDefinition& definition, const CheckTitle& check_title) {
    return SheetWriter(definition, check_title).run();
}

}  // namespace engine::definition
