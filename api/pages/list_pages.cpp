// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "api/pages/awaited.h"
#include "api/pages/body_names.h"
#include "api/pages/list_filters.h"
#include "api/pages/page_families.h"
#include "api/pages/rows.h"
#include "api/pages/words.h"
#include "engine/base/make_id.h"
#include "engine/base/names.h"
#include "engine/base/random.h"

namespace api::pages {
namespace {

using engine::PageRequest;
using engine::base::fail;
using engine::definition::DeadlineKind;
using nlohmann::json;

constexpr std::size_t kRows = 50;
/// In the filter of whose tasks.
constexpr const char* kMine = "miei";
constexpr const char* kEverybody = "tutti";
/// In the filter of kinds: all of them, said so that the address is complete.
constexpr const char* kAll = "tutte";

PageRequest page_request(const PageCall& page) {
    return {page.query("dopo"), kRows};
}

bool sees_offices(const PageCall& page) {
    return page.call.reach == access::Reach::everything;
}

/// The machines a person may look for, by title.
json machine_choices(const PageCall& page, const std::string& chosen) {
    json choices = {choice_json(kAll, "Tutto", chosen)};
    std::map<std::string, std::string> titles;
    for (const auto& definition : page.call.service.catalog().definitions()) {
        titles.insert_or_assign(definition->title, definition->machine);
    }
    for (const auto& [title, machine] : titles) {
        choices.push_back(choice_json(machine, title, chosen));
    }
    return choices;
}

/// What the actor may open: `{"macchina", "titolo"}`.
json openings(const PageCall& page) {
    json list = json::array();
    std::map<std::string, engine::definition::DefinitionPointer> newest;
    for (const auto& definition : page.call.service.catalog().definitions()) {
        auto& kept = newest[definition->machine];
        if (!kept || kept->version < definition->version) {
            kept = definition;
        }
    }
    for (const auto& [machine, definition] : newest) {
        if (definition->opening &&
            engine::base::has_name(definition->opening->by, page.actor().role)) {
            list.push_back({{"macchina", machine}, {"titolo", definition->title}});
        }
    }
    return list;
}

/// The one who looks finds the procedures of the administration first; a body, all that is its own.
std::string usual_machine(const PageCall& page) {
    return page.call.reach == access::Reach::own_party ? kAll : page.site.presentation().procedure;
}

json choices_of_kinds(const std::string& chosen) {
    json choices = {choice_json("", "Tutte", chosen)};
    for (const auto& [kind, words] :
         {std::pair{DeadlineKind::closing, "Termini che chiudono"},
          std::pair{DeadlineKind::obligation, "Adempimenti dovuti"},
          std::pair{DeadlineKind::recurring, "Adempimenti che si ripetono"},
          std::pair{DeadlineKind::advisory, "Date consigliate"},
          std::pair{DeadlineKind::minimum_notice, "Preavvisi minimi"}}) {
        choices.push_back(
            choice_json(std::string(engine::definition::deadline_kind_name(kind)), words, chosen));
    }
    return choices;
}

void add_office_filter(const PageCall& page, const std::string& office, json& data) {
    data["ha_uffici"] = sees_offices(page);
    data["uffici"] = sees_offices(page) ? office_choices(page.site, office) : json();
}

/// A list of one procedure and of what is under it says so, with the way to all the others.
engine::base::Result<void> add_root_filter(const PageCall& page, const std::string& root,
                                           json& data) {
    data["solo"] = json();
    if (root.empty()) {
        return {};
    }
    const auto seen =
        access::find_instance(page.call.reach, page.actor(), engine::base::InstanceId{root},
                              access::Sight::outline, page.queries());
    if (!seen && seen.error().code != engine::base::ErrorCode::not_found) {
        return fail(seen.error());
    }
    const auto words = [&] {
        const auto& own = seen->view.record.instance;
        return owner_words(page.site, own.office, own.party) + ", " +
               instance_title(page.site, seen->view);
    };
    data["solo"] = {{"procedura", root},
                    {"titolo", seen ? words() : ""},
                    {"breve", engine::base::short_id(root)},
                    {"tutti", page.call.request.target.path}};
    return {};
}

engine::base::Result<json> instance_row_json(const PageCall& page, const engine::InstanceRow& row,
                                             BodyNames& names) {
    const auto name = names.find(row.party);
    if (!name) {
        return fail(name.error());
    }
    return json{{"id", row.id.text},
                {"titolo", row.title},
                {"breve", engine::base::short_id(row.id.text)},
                {"chi", owner_words(page.site, row.office, row.party)},
                {"nome_ente", *name},
                {"stato", row.state_title},
                {"aperto", instant_words(row.opened_at)}};
}

/// `filter` says all but whose.
engine::base::Result<engine::Page<engine::TaskRow>> find_tasks(const PageCall& page,
                                                               engine::TaskFilter filter,
                                                               const std::string& whose) {
    if (whose == kMine) {
        filter.person = page.actor().person;
    } else if (whose.empty()) {
        filter.role = page.actor().role;
    }
    return page.queries().list_tasks(filter, page_request(page));
}

/// Who has a task, among those of the same role.
std::string assignee_words(const PageCall& page, const engine::TaskRow& row,
                           const std::vector<engine::Person>& colleagues) {
    if (row.assignee == page.actor().person) {
        return "tu";
    }
    const auto found =
        std::find_if(colleagues.begin(), colleagues.end(),
                     [&](const engine::Person& person) { return person.id == row.assignee; });
    return found == colleagues.end() ? "" : found->display_name;
}

json task_row_json(const PageCall& page, const engine::TaskRow& row,
                   const std::vector<engine::Person>& colleagues) {
    json shown = task_json(page, row, assignee_words(page, row, colleagues));
    add_task_actions(page, row, colleagues, shown);
    shown["versione"] = "";  // the list does not know it: the task is taken without one
    shown["chiave"] = engine::base::random_hex(page.site.random());
    return shown;
}

/// What the body of the one who looks is waited for. Nothing for others.
engine::base::Result<void> add_awaited(const PageCall& page, json& data) {
    auto waits = awaited_of_body(page);
    if (!waits) {
        return fail(waits.error());
    }
    data["di_ente"] = page.call.reach == access::Reach::own_party;
    data["ha_attese"] = !waits->empty();
    data["attese"] = std::move(*waits);
    return {};
}

/// Whose tasks are asked for, and all else that is.
struct AskedTasks {
    engine::TaskFilter filter;
    std::string whose;
};

engine::base::Result<AskedTasks> read_asked_tasks(const PageCall& page) {
    ListFilters asked(page,
                      {"di", "ufficio", "amministrazione", "ritardo", "in_ritardo", "procedura"});
    AskedTasks tasks;
    tasks.filter.visible = page.visible();
    tasks.filter.office = asked.office();
    tasks.filter.root = asked.root();
    tasks.filter.only_overdue = asked.flag("ritardo", "in_ritardo");
    tasks.whose = page.query("di");
    if (!tasks.whose.empty() && tasks.whose != kMine && tasks.whose != kEverybody) {
        asked.refuse("di", "serve «miei», «tutti», o niente: quelli del proprio ruolo");
    }
    if (auto good = asked.finish(); !good) {
        return fail(good.error());
    }
    return tasks;
}

}  // namespace

PageResult procedures_page(const PageCall& page) {
    ListFilters asked(page,
                      {"tipo", "macchina", "ufficio", "amministrazione", "conclusi", "concluse"});
    const std::string asked_machine = asked.text("tipo", "macchina");
    const std::string machine = asked_machine.empty() ? usual_machine(page) : asked_machine;
    const bool with_ended = asked.flag("conclusi", "concluse");
    engine::InstanceFilter filter;
    filter.visible = page.visible();
    filter.machine = machine == kAll ? "" : machine;
    filter.office = asked.office();
    filter.only_live = !with_ended || machine == kAll;
    if (auto good = asked.finish(); !good) {
        return fail(good.error());
    }
    const auto rows = page.queries().list_instances(filter, page_request(page));
    if (!rows) {
        return fail(rows.error());
    }
    BodyNames names(page);
    json list = json::array();
    for (const auto& row : rows->items) {
        auto shown = instance_row_json(page, row, names);
        if (!shown) {
            return fail(shown.error());
        }
        list.push_back(std::move(*shown));
    }
    json opened = openings(page);
    json data = {{"tipi", machine_choices(page, machine)},
                 {"conclusi", with_ended},
                 {"ha_aperture", !opened.empty()},
                 {"aperture", std::move(opened)},
                 {"ha_righe", !list.empty()},
                 {"righe", std::move(list)},
                 {"pagine", paging_json(page.call.request, rows->next)}};
    add_office_filter(page, filter.office, data);
    return Page{"Procedure", page.site.fill("procedure", std::move(data)), {{"Procedure", ""}}};
}

PageResult tasks_page(const PageCall& page) {
    auto asked = read_asked_tasks(page);
    if (!asked) {
        return fail(asked.error());
    }
    std::string& whose = asked->whose;
    auto rows = find_tasks(page, asked->filter, whose);
    // Of a role that has no tasks: what one sees at once, unless the choice was made.
    const bool is_chosen = page.call.request.target.query.find("di").has_value();
    if (rows && rows->items.empty() && !is_chosen) {
        whose = kEverybody;
        rows = find_tasks(page, asked->filter, whose);
    }
    if (!rows) {
        return fail(rows.error());
    }
    const auto colleagues = read_colleagues(page);
    if (!colleagues) {
        return fail(colleagues.error());
    }
    json list = json::array();
    for (const auto& row : rows->items) {
        list.push_back(task_row_json(page, row, *colleagues));
    }
    json data = {{"di",
                  {choice_json("", "Del mio ruolo", whose),
                   choice_json(kMine, "Presi in carico da me", whose),
                   choice_json(kEverybody, "Tutti quelli che vedo", whose)}},
                 {"ritardo", asked->filter.only_overdue},
                 {"con_procedura", true},
                 {"con_azioni", true},
                 {"sigillo", session_seal(page.call.request)},
                 {"ha_compiti", !list.empty()},
                 {"compiti", std::move(list)},
                 {"pagine", paging_json(page.call.request, rows->next)}};
    if (auto added = add_awaited(page, data); !added) {
        return fail(added.error());
    }
    if (auto added = add_root_filter(page, asked->filter.root, data); !added) {
        return fail(added.error());
    }
    add_office_filter(page, asked->filter.office, data);
    return Page{"Compiti", page.site.fill("compiti", std::move(data)), {{"Compiti", ""}}};
}

PageResult deadlines_page(const PageCall& page) {
    ListFilters asked(page,
                      {"tipo", "ufficio", "amministrazione", "ritardo", "in_ritardo", "procedura"});
    engine::DeadlineFilter filter;
    filter.visible = page.visible();
    filter.office = asked.office();
    filter.root = asked.root();
    filter.kind = asked.text("tipo", "tipo");
    filter.only_overdue = asked.flag("ritardo", "in_ritardo");
    if (auto good = asked.finish(); !good) {
        return fail(good.error());
    }
    const auto rows = page.queries().list_deadlines(filter, page_request(page));
    if (!rows) {
        return fail(rows.error());
    }
    json list = json::array();
    for (const auto& row : rows->items) {
        if (row.reminds_of.empty()) {
            list.push_back(deadline_json(page, row));
        }
    }
    json data = {{"tipi", choices_of_kinds(filter.kind)},
                 {"ritardo", filter.only_overdue},
                 {"ha_termini", !list.empty()},
                 {"termini", std::move(list)},
                 {"pagine", paging_json(page.call.request, rows->next)}};
    if (auto added = add_root_filter(page, filter.root, data); !added) {
        return fail(added.error());
    }
    add_office_filter(page, filter.office, data);
    return Page{"Scadenze", page.site.fill("scadenze", std::move(data)), {{"Scadenze", ""}}};
}

}  // namespace api::pages
