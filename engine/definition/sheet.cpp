// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/sheet.h"

#include <algorithm>

#include "engine/definition/sheet_writer.h"

namespace engine::definition {
namespace {

/// More fields than this are told below, once: a reader looks for who and when, not for them.
constexpr std::size_t kMaxFieldsInLine = 6;

std::vector<const Branch*> pointers(const std::vector<Branch>& list) {
    std::vector<const Branch*> found;
    for (const Branch& one : list) {
        found.push_back(&one);
    }
    return found;
}

/// Whether some case of the list is always met.
bool is_certain(const std::vector<Branch>& list) {
    return std::any_of(list.begin(), list.end(), [](const Branch& one) { return !one.guard; });
}

bool leads_away(const std::vector<Branch>& list) {
    return std::any_of(list.begin(), list.end(),
                       [](const Branch& one) { return !one.target.empty(); });
}

}  // namespace

std::string SheetWriter::run() {
    head();
    place();
    roles();
    states();
    shared();
    common_terms();
    lists();
    deadlines();
    tasks();
    documents();
    messages();
    migration();
    data();
    return std::move(text_);
}

void SheetWriter::section(std::string_view title) {
    line("");
    line("## {}", title);
    line("");
}

std::string SheetWriter::basis(const LegalBasis& own) {
    return own.empty() ? "" : fmt::format(" *({})*", fmt::join(own, "; "));
}

std::string SheetWriter::role_title(const std::string& name) const {
    const auto* role = definition_.roles.find(name);
    return role == nullptr ? readable_name(name) : role->title;
}

std::string SheetWriter::role_titles(const std::vector<std::string>& names) const {
    std::vector<std::string> titles;
    for (const std::string& name : names) {
        titles.push_back(role_title(name));
    }
    return join_quoted(titles, " o ");
}

std::string SheetWriter::state_titles(const std::vector<std::string>& names,
                                      std::string_view joint) const {
    std::vector<std::string> quoted;
    for (const std::string& name : names) {
        quoted.push_back(quote_state(definition_, name));
    }
    return join_quoted(quoted, joint);
}

std::string SheetWriter::field_titles(const std::vector<std::string>& names) {
    if (names.size() > kMaxFieldsInLine) {
        const auto known = std::find(field_lists_.begin(), field_lists_.end(), names);
        const auto number = known - field_lists_.begin() + 1;
        if (known == field_lists_.end()) {
            field_lists_.push_back(names);
        }
        return fmt::format("i {} dati dell'elenco {}, in fondo", names.size(), number);
    }
    std::vector<std::string> titles;
    for (const std::string& name : names) {
        const auto* field = definition_.fields.find(name);
        titles.push_back(fmt::format("«{}»", field == nullptr ? name : field->title));
    }
    return join_quoted(titles, " e ");
}

void SheetWriter::head() {
    line("<!-- SPDX-License-Identifier: EUPL-1.2 -->");
    line("<!-- Generata da «coprog sheet»: non modificare a mano. -->");
    line("# {}", definition_.title);
    line("");
    line("Definizione `{}`, impronta `{}`.", definition_name(definition_),
         definition_.sha256.substr(0, 12));
    line("");
    line("Fonti: {}. Valgono dove un atto, una condizione o un termine non indica la sua.",
         fmt::join(definition_.legal_basis, "; "));
}

/// Who opens it, above what it stands, where it begins.
void SheetWriter::place() {
    line("");
    const auto above = kin_.find(Relation::parent);
    if (!above.empty()) {
        std::vector<std::string> titles;
        for (const WorkflowDefinition* one : above) {
            titles.push_back(fmt::format("«{}» ({})", one->title, readable_name(one->machine)));
        }
        line(
            "È parte di: {}. Tra parentesi, qui sotto, il fascicolo a cui appartiene ciò che non "
            "è di questo.",
            join_quoted(titles, " o "));
        line("");
    }
    if (definition_.opening) {
        line("Si apre per atto di: {}.", role_titles(definition_.opening->by));
        if (!definition_.opening->takes.empty()) {
            line("Servono: {}.", field_titles(definition_.opening->takes));
        }
        if (!definition_.opening->may_take.empty()) {
            line("Si può aggiungere: {}.", field_titles(definition_.opening->may_take));
        }
        line("");
    }
    line("Comincia da {}.", quote_state(definition_, definition_.initial));
}

void SheetWriter::roles() {
    section("Chi agisce");
    for (const auto& [name, role] : definition_.roles) {
        const std::string_view where = role.scope == RoleScope::office
                                           ? "nei procedimenti della propria amministrazione"
                                       : role.scope == RoleScope::party ? "per il proprio ente"
                                                                        : "in tutti i procedimenti";
        line("- **{}** (`{}`): {}", role.title, name, where);
        if (role.holder) {
            line("  - titolare: la persona indicata in {}; se agisce un'altra, l'atto vale{}",
                 describe_source(kin_, *role.holder), role.on_other.empty() ? "" : " e:");
            for (const Action& action : role.on_other) {
                line("    - {}", describe_action(kin_, action, check_title_));
            }
        }
    }
}

void SheetWriter::actions(const std::vector<Action>& list) {
    for (const Action& action : list) {
        line("    - {}", describe_action(kin_, action, check_title_));
    }
}

std::string SheetWriter::destination(const Branch& branch) const {
    return describe_targets(definition_, {&branch});
}

/// Several conditions are a list; one fits the line.
bool SheetWriter::lists_conditions(const Branch& one) {
    if (!one.guard || one.guard->kind != GuardKind::all || one.guard->parts.size() < 2) {
        return false;
    }
    line("  - se è vero tutto questo:");
    for (const Guard& part : one.guard->parts) {
        line("    - {}{}", describe_guard(kin_, part, check_title_), basis(part.legal_basis));
    }
    return true;
}

void SheetWriter::branch(const Branch& one, bool is_first, bool is_only) {
    std::string when;
    if (lists_conditions(one)) {
        when = "allora: ";
    } else if (one.guard) {
        when = fmt::format("se {}: ", describe_guard(kin_, *one.guard, check_title_));
    } else if (!is_first) {
        when = "altrimenti: ";
    }
    const std::string title = is_only || one.title.empty() ? "" : one.title + ", ";
    line("  - {}{}{}{}", when, title, destination(one), basis(one.legal_basis));
    actions(one.actions);
}

void SheetWriter::branches(const std::vector<Branch>& list) {
    for (std::size_t index = 0; index < list.size(); ++index) {
        branch(list[index], index == 0, list.size() == 1);
    }
}

void SheetWriter::transition(const std::string& event, const TransitionDefinition& one) {
    const std::string who = one.by.empty() ? "avviene solo per effetto di un altro atto"
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

/// Acts of many states are told once, below; who reads a state must know that they are there.
void SheetWriter::also_here(const std::string& name, const StateDefinition& one) {
    std::vector<std::string> titles;
    for (const auto& [event, common] : definition_.shared) {
        const bool is_here = definition_.find_transition(name, event) == &common.transition;
        if (is_here && !common.transition.by.empty() && !one.on.contains(event)) {
            titles.push_back(fmt::format("«{}»", common.transition.title));
        }
    }
    if (!titles.empty()) {
        line("- Anche qui, come in altri stati (più sotto): {}", join_quoted(titles, " e "));
    }
}

/// What time and others bring about when those who may act do not.
void SheetWriter::if_nobody_acts(const std::string& name, const StateDefinition& one) {
    std::vector<std::string> ways;
    const auto add_after = [&](const std::string& deadline, const std::vector<Branch>& list) {
        ways.push_back(fmt::format(
            "alla scadenza del {}: {}{}", name_deadline(kin_, {deadline, Relation::own}),
            describe_targets(definition_, pointers(list)),
            is_certain(list) ? "" : "; se nessun caso si verifica, resta dov'è"));
    };
    for (const auto& [deadline, list] : one.after) {
        add_after(deadline, list);
    }
    for (const auto& [deadline, list] : definition_.after) {
        if (!one.after.contains(deadline)) {
            add_after(deadline, list);
        }
    }
    if (!one.automatic.empty()) {
        ways.push_back(fmt::format("da sé, appena se ne verificano le condizioni: {}",
                                   describe_targets(definition_, pointers(one.automatic))));
    }
    for (const std::string& event : definition_.events_of(name)) {
        const auto* arriving = definition_.find_transition(name, event);
        if (arriving->by.empty() && leads_away(arriving->branches)) {
            ways.push_back(
                fmt::format("per effetto di un altro atto, «{}»: {}", arriving->title,
                            describe_targets(definition_, pointers(arriving->branches))));
        }
    }
    if (ways.empty()) {
        line("- Se nessuno agisce: resta in questo stato.");
        return;
    }
    line("- Se nessuno agisce resta in questo stato, salvo ciò che segue:");
    for (const std::string& way : ways) {
        line("  - {}", way);
    }
}

void SheetWriter::state(const std::string& name, const StateDefinition& one) {
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
            line("  - {}", describe_action(kin_, action, check_title_));
        }
    }
    for (const auto& [event, transition_definition] : one.on) {
        transition(event, transition_definition);
    }
    for (const auto& [deadline, list] : one.after) {
        line("- Scaduto il {}:", name_deadline(kin_, {deadline, Relation::own}));
        branches(list);
    }
    if (!one.automatic.empty()) {
        line("- Da sé, appena è vero:");
        branches(one.automatic);
    }
    if (one.is_final) {
        line("- Alla fine cadono i termini in corso e si chiudono i compiti aperti.");
    } else {
        also_here(name, one);
        if_nobody_acts(name, one);
    }
}

void SheetWriter::states() {
    line("");
    line("## Stati e atti");
    for (const auto& [name, one] : definition_.states) {
        state(name, one);
    }
}

void SheetWriter::shared() {
    if (definition_.shared.empty()) {
        return;
    }
    line("");
    line("## Atti possibili in più stati");
    for (const auto& [event, one] : definition_.shared) {
        line("");
        const std::string where =
            !one.in.empty()      ? fmt::format("In {}", state_titles(one.in, " e "))
            : one.except.empty() ? std::string("In ogni stato non finale")
                                 : fmt::format("In ogni stato non finale, tranne {}",
                                               state_titles(one.except, " e "));
        line("{}:", where);
        line("");
        transition(event, one.transition);
    }
}

void SheetWriter::common_terms() {
    if (definition_.after.empty()) {
        return;
    }
    section("Termini che scadono in qualunque stato non finale");
    for (const auto& [deadline, list] : definition_.after) {
        line("- Scaduto il {}:", name_deadline(kin_, {deadline, Relation::own}));
        branches(list);
    }
}

std::string render_sheet(const Kin& kin, const CheckTitle& check_title) {
    return SheetWriter(kin, check_title).run();
}

}  // namespace engine::definition
