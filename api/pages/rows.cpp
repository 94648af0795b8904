// SPDX-License-Identifier: EUPL-1.2
#include "api/pages/rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/pages/words.h"
#include "engine/base/json.h"
#include "engine/calendar/term.h"
#include "engine/waiting.h"

namespace api::pages {
namespace {

using engine::DeadlineRow;
using engine::InstanceView;
using engine::TaskRow;
using engine::machine::DeadlineStatus;
using engine::machine::TaskStatus;
using nlohmann::json;

std::string bound_words(const std::optional<engine::base::Instant>& bound) {
    return bound ? last_moment_words(*bound) : "";
}

json steps_json(const std::string& rule) {
    json steps = json::array();
    const auto term = engine::calendar::parse_term_json(rule);
    if (!term) {
        return steps;
    }
    for (const auto& step : term->steps) {
        steps.push_back({{"giorno", date_words(engine::calendar::render_legal_date(step.date))},
                         {"motivo", step.reason_it},
                         {"fonti", sources_words(step.legal_basis)}});
    }
    return steps;
}

/// What is left of a term that still runs; of one that is over, nothing.
Countdown deadline_countdown(const DeadlineRow& deadline, engine::base::Instant now) {
    if (!engine::machine::is_live(deadline.status)) {
        return {};
    }
    if (deadline.status == DeadlineStatus::suspended) {
        return {Urgency::none, "sospeso"};
    }
    return count_down(deadline.bound, now);
}

template <class Row>
void set_owner(Row& row, const InstanceView& view) {
    const auto& own = view.record.instance;
    row.instance = own.id;
    row.root = own.root;
    row.machine = own.machine;
    row.machine_title = view.definition->title;
    row.office = own.office;
    row.party = own.party;
}

/// Late first, those without an end last.
template <class Row>
bool ends_before(const Row& left, const Row& right) {
    return left.bound && (!right.bound || *left.bound < *right.bound);
}

template <class Section>
std::string title_in(const Section& section, const std::string& name) {
    const auto* found = section.find(name);
    return found == nullptr ? choice_words(name) : found->title;
}

}  // namespace

std::string sources_words(const std::vector<std::string>& sources) {
    return fmt::format("{}", fmt::join(sources, "; "));
}

json task_json(const PageCall& page, const TaskRow& task, const std::string& assignee) {
    const Countdown left = count_down(task.bound, page.now);
    return {{"titolo", task.title},
            {"ruolo", task.role_title},
            {"stato", task_status_words(task.status)},
            {"assegnato", assignee},
            {"base", sources_words(task.legal_basis)},
            {"entro", bound_words(task.bound)},
            {"conto", left.text},
            {"urgenza", urgency_name(left.urgency)},
            {"id", task.id.text},
            {"procedura", task.instance.text},
            {"nome_procedura", task.machine_title},
            {"ufficio", owner_words(page.site, task.office, task.party)}};
}

engine::base::Result<std::vector<engine::Person>> read_colleagues(const PageCall& page) {
    return page.actor().office.empty() ? std::vector<engine::Person>{}
                                       : page.call.desk.accounts->list_colleagues(page.actor());
}

void add_task_actions(const PageCall& page, const TaskRow& task,
                      const std::vector<engine::Person>& colleagues, json& row) {
    const std::string& own = page.actor().person;
    const bool is_of_role = task.role == page.actor().role;
    const auto definition = page.call.service.catalog().find_by_hash(task.definition_sha256);
    const std::string ends_by = is_of_role && definition
                                    ? engine::describe_task_end(*definition, task.state, task.name)
                                    : "";
    json actions = json::array();
    if (is_of_role && task.status == TaskStatus::open) {
        actions.push_back({{"azione", "prendi"}, {"testo", "Prendi in carico"}});
    } else if (is_of_role && task.assignee == own) {
        if (ends_by.empty()) {
            actions.push_back({{"azione", "concludi"}, {"testo", "Segna come concluso"}});
        }
        actions.push_back({{"azione", "restituisci"}, {"testo", "Rimetti a disposizione"}});
    }
    json others = json::array();
    for (const auto& person : colleagues) {
        // Who has it has it; what nobody has, one takes.
        const bool is_one_self = person.id == own;
        const bool is_possible =
            person.id != task.assignee && (!is_one_self || !task.assignee.empty());
        if (is_of_role && is_possible) {
            others.push_back({{"persona", person.id},
                              {"nome", person.display_name + (is_one_self ? " (tu)" : "")}});
        }
    }
    row["si_conclude"] = ends_by;
    row["ha_azioni"] = !actions.empty() || !others.empty() || !ends_by.empty();
    row["azioni"] = std::move(actions);
    row["ha_colleghi"] = !others.empty();
    row["colleghi"] = std::move(others);
}

json deadline_json(const PageCall& page, const DeadlineRow& deadline) {
    const Countdown left = deadline_countdown(deadline, page.now);
    json steps = steps_json(deadline.rule);
    const std::string again =
        deadline.occurrence > 1 ? fmt::format(" ({}ª volta)", deadline.occurrence) : "";
    return {{"titolo_termine", deadline.title + again},
            {"conto", left.text},
            {"urgenza", urgency_name(left.urgency)},
            {"entro", bound_words(deadline.bound)},
            {"tipo", deadline_kind_words(deadline.kind)},
            {"stato", deadline_status_words(deadline.status)},
            {"procedura", deadline.instance.text},
            {"nome_procedura", deadline.machine_title},
            {"ufficio", owner_words(page.site, deadline.office, deadline.party)},
            {"avvertenza", deadline.later_holiday},
            {"ha_passi", !steps.empty()},
            {"passi", std::move(steps)},
            {"base", sources_words(deadline.legal_basis)}};
}

std::vector<DeadlineRow> deadline_rows(const InstanceView& view) {
    std::vector<DeadlineRow> rows;
    for (const auto& [key, deadline] : view.record.deadlines) {
        const auto* definition = view.definition->deadlines.find(key.name);
        if (!deadline.reminds_of.empty() || definition == nullptr) {
            continue;
        }
        DeadlineRow row;
        set_owner(row, view);
        row.name = deadline.name;
        row.occurrence = deadline.occurrence;
        row.title = definition->title;
        row.kind = deadline.kind;
        row.status = deadline.status;
        row.due_date = deadline.due_date;
        row.bound = deadline.bound;
        row.rule = deadline.term.text;
        row.awaited = engine::awaited_roles(*view.definition, view.record.instance.state, row.party,
                                            deadline, deadline.status);
        row.later_holiday = engine::machine::describe_later_holiday(deadline, std::nullopt);
        row.legal_basis = definition->legal_basis;
        rows.push_back(std::move(row));
    }
    std::stable_sort(rows.begin(), rows.end(), ends_before<DeadlineRow>);
    return rows;
}

std::vector<TaskRow> task_rows(const InstanceView& view) {
    std::vector<TaskRow> rows;
    for (const auto& [id, task] : view.record.tasks) {
        if (!engine::machine::is_open(task.status)) {
            continue;
        }
        TaskRow row;
        set_owner(row, view);
        row.id = task.id;
        row.name = task.name;
        row.title = title_in(view.definition->tasks, task.name);
        row.role = task.role;
        row.role_title = title_in(view.definition->roles, task.role);
        row.status = task.status;
        row.assignee = task.assignee;
        row.opened_at = task.opened_at;
        row.due_date = task.due_date;
        row.bound = task.bound;
        if (const auto* definition = view.definition->tasks.find(task.name)) {
            row.legal_basis = definition->legal_basis;
        }
        row.definition_sha256 = view.definition->sha256;
        row.state = view.record.instance.state;
        rows.push_back(std::move(row));
    }
    std::stable_sort(rows.begin(), rows.end(), ends_before<TaskRow>);
    return rows;
}

json phases_json(const Site& site, const std::string& machine, const std::string& state,
                 const std::string& state_title) {
    json phases = json::array();
    const Presentation& shown = site.presentation();
    const auto present = shown.find_phase(state);
    if (machine != shown.procedure || !present) {
        return phases;
    }
    for (std::size_t place = 0; place < shown.phases.size(); ++place) {
        const bool is_present = place == *present;
        const bool is_done = place < *present;
        phases.push_back({{"titolo", shown.phases[place].title},
                          {"tipo", is_present ? "presente"
                                   : is_done  ? "fatta"
                                              : "futura"},
                          {"parole", is_present ? "Ora: " + state_title
                                     : is_done  ? "Fatta"
                                                : "Da fare"},
                          {"e_presente", is_present}});
    }
    return phases;
}

json paging_json(const http::Request& request, const std::string& next) {
    const bool is_first = !request.target.query.find("dopo");
    if (next.empty() && is_first) {
        return json();
    }
    return {{"avanti", next.empty() ? "" : next_page_url(request, next)},
            {"inizio", is_first ? "" : next_page_url(request, "")}};
}

json choice_json(const std::string& value, const std::string& words, const std::string& chosen) {
    return {{"valore", value}, {"testo", words}, {"scelta", value == chosen}};
}

json office_choices(const Site& site, const std::string& chosen) {
    json choices = {choice_json("", "Tutte", chosen)};
    for (const auto& [code, name] : site.offices()) {
        choices.push_back(choice_json(code, name, chosen));
    }
    return choices;
}

std::string value_of(const InstanceView& view, const std::string& field) {
    const auto found = view.values.find(field);
    const auto* definition = view.definition->fields.find(field);
    return found == view.values.end() || definition == nullptr
               ? ""
               : field_words(*definition, found->second);
}

std::string instance_title(const Site& site, const InstanceView& view) {
    const std::string subject = value_of(view, site.presentation().subject);
    return subject.empty() ? view.definition->title : subject;
}

}  // namespace api::pages
