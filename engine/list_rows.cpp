// SPDX-License-Identifier: EUPL-1.2
#include "engine/list_rows.h"

#include "engine/base/ensure.h"
#include "engine/waiting.h"

namespace engine {
namespace {

const definition::WorkflowDefinition& definition_of(const definition::Catalog& catalog,
                                                    const std::string& sha256) {
    const auto definition = catalog.find_by_hash(sha256);
    base::ensure(definition != nullptr, "start-up takes over every stored definition");
    return *definition;
}

/// The name itself for what a later version of the definition no longer has.
template <class Items>
std::string title_of(const Items& items, const std::string& name) {
    const auto* item = items.find(name);
    return item == nullptr ? name : item->title;
}

template <class Items>
definition::LegalBasis basis_of(const Items& items, const std::string& name) {
    const auto* item = items.find(name);
    return item == nullptr ? definition::LegalBasis{} : item->legal_basis;
}

/// The columns that tasks and deadlines share.
template <class Row, class Listed>
void fill_whereabouts(Row& row, const Listed& listed,
                      const definition::WorkflowDefinition& definition) {
    row.instance = listed.instance;
    row.root = listed.root;
    row.machine = definition.machine;
    row.machine_title = definition.title;
    row.office = listed.office;
    row.party = listed.party;
}

bool is_past(const std::optional<base::Instant>& bound, base::Instant now) {
    return bound && *bound <= now;
}

}  // namespace

InstanceRow make_row(const definition::Catalog& catalog, const machine::Instance& row) {
    const auto& definition = definition_of(catalog, row.definition_sha256);
    InstanceRow made;
    made.id = row.id;
    made.root = row.root;
    made.parent = row.parent;
    made.list = row.list;
    made.family = row.family;
    made.machine = row.machine;
    made.office = row.office;
    made.party = row.party;
    made.state = row.state;
    made.state_title = title_of(definition.states, row.state);
    made.version = row.version;
    made.is_final = row.is_final;
    made.opened_at = row.opened_at;
    made.title = definition.title;
    return made;
}

TaskRow make_row(const definition::Catalog& catalog, const store::ListedTask& listed,
                 base::Instant now) {
    const auto& definition = definition_of(catalog, listed.definition_sha256);
    const machine::Task& task = listed.task;
    TaskRow made;
    fill_whereabouts(made, listed, definition);
    made.id = task.id;
    made.name = task.name;
    made.title = title_of(definition.tasks, task.name);
    made.role = task.role;
    made.role_title = title_of(definition.roles, task.role);
    made.status = task.status;
    made.assignee = task.assignee;
    made.opened_at = task.opened_at;
    made.due_date = task.due_date;
    made.bound = task.bound;
    made.is_overdue = machine::is_open(task.status) && is_past(task.bound, now);
    made.legal_basis = basis_of(definition.tasks, task.name);
    made.definition_sha256 = listed.definition_sha256;
    made.state = listed.state;
    return made;
}

DeadlineRow make_row(const definition::Catalog& catalog, const store::ListedDeadline& listed,
                     base::Instant now) {
    const auto& definition = definition_of(catalog, listed.definition_sha256);
    const machine::Deadline& deadline = listed.deadline;
    const std::string& named = deadline.reminds_of.empty() ? deadline.name : deadline.reminds_of;
    DeadlineRow made;
    fill_whereabouts(made, listed, definition);
    made.name = deadline.name;
    made.occurrence = deadline.occurrence;
    made.title = title_of(definition.deadlines, named);
    made.reminds_of = deadline.reminds_of;
    made.kind = deadline.kind;
    made.status = deadline.status;
    made.due_date = deadline.due_date;
    made.bound = deadline.bound;
    made.is_overdue = machine::is_live(deadline.status) &&
                      deadline.status != machine::DeadlineStatus::suspended &&
                      is_past(deadline.bound, now);
    made.rule = deadline.term.text;
    made.later_holiday = machine::describe_later_holiday(deadline, std::nullopt);
    made.awaited = awaited_roles(definition, listed.state, listed.party, deadline, deadline.status);
    made.legal_basis = basis_of(definition.deadlines, named);
    return made;
}

}  // namespace engine
