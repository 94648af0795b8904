// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "api/pages/awaited.h"
#include "api/pages/page_families.h"
#include "api/pages/rows.h"
#include "api/pages/words.h"
#include "engine/base/names.h"
#include "engine/base/random.h"

namespace api::pages {
namespace {

using engine::PageRequest;
using engine::base::fail;
using engine::definition::DeadlineKind;
using nlohmann::json;

constexpr std::size_t kRows = 50;
constexpr const char* kYes = "si";
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
std::string chosen_machine(const PageCall& page) {
    const std::string asked = page.query("tipo");
    if (!asked.empty()) {
        return asked;
    }
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

void add_office_filter(const PageCall& page, json& data) {
    data["ha_uffici"] = sees_offices(page);
    data["uffici"] = sees_offices(page) ? office_choices(page.site, page.query("ufficio")) : json();
}

std::string asked_office(const PageCall& page) {
    return sees_offices(page) ? page.query("ufficio") : "";
}

tl::unexpected<engine::base::Error> unknown_choice(const std::string& asked) {
    return fail(engine::base::ErrorCode::invalid_query,
                "«" + asked +
                    "» non è tra le scelte di questo elenco: togli quella parte dell'indirizzo, o "
                    "scegli dal filtro della pagina.");
}

/// What a filter of the address asks is something that the page offers: an empty list would say
/// that there is nothing to do. The engine judges the machine and the kind.
engine::base::Result<void> check_filters(const PageCall& page) {
    const std::string office = page.query("ufficio");
    if (!office.empty() && !page.site.offices().contains(office)) {
        return unknown_choice(office);
    }
    const std::string whose = page.query("di");
    if (!whose.empty() && whose != kMine && whose != kEverybody) {
        return unknown_choice(whose);
    }
    return {};
}

/// Of an instance of a body, the body's name, when it has said it there.
engine::base::Result<std::string> body_name(const PageCall& page, const engine::InstanceRow& row) {
    const std::string& field = page.site.presentation().body_name;
    if (row.party.empty() || field.empty()) {
        return std::string();
    }
    const auto view = page.queries().view(row.id);
    return view ? engine::base::Result<std::string>(value_of(*view, field)) : fail(view.error());
}

engine::base::Result<json> instance_row_json(const PageCall& page, const engine::InstanceRow& row) {
    const auto name = body_name(page, row);
    if (!name) {
        return fail(name.error());
    }
    return json{{"id", row.id.text},
                {"titolo", row.title},
                {"breve", short_id(row.id.text)},
                {"chi", owner_words(page.site, row.office, row.party)},
                {"nome_ente", *name},
                {"stato", row.state_title},
                {"aperto", instant_words(row.opened_at)}};
}

engine::base::Result<engine::Page<engine::TaskRow>> find_tasks(const PageCall& page,
                                                               const std::string& whose) {
    engine::TaskFilter filter;
    filter.visible = page.visible();
    filter.office = asked_office(page);
    filter.only_overdue = page.query("ritardo") == kYes;
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

}  // namespace

PageResult procedures_page(const PageCall& page) {
    if (auto good = check_filters(page); !good) {
        return fail(good.error());
    }
    const std::string machine = chosen_machine(page);
    const bool with_ended = page.query("conclusi") == kYes;
    engine::InstanceFilter filter;
    filter.visible = page.visible();
    filter.machine = machine == kAll ? "" : machine;
    filter.office = asked_office(page);
    filter.only_live = !with_ended || machine == kAll;
    const auto rows = page.queries().list_instances(filter, page_request(page));
    if (!rows) {
        return fail(rows.error());
    }
    json list = json::array();
    for (const auto& row : rows->items) {
        auto shown = instance_row_json(page, row);
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
    add_office_filter(page, data);
    return Page{"Procedure", page.site.fill("procedure", std::move(data)), {{"Procedure", ""}}};
}

PageResult tasks_page(const PageCall& page) {
    if (auto good = check_filters(page); !good) {
        return fail(good.error());
    }
    std::string whose = page.query("di");
    auto rows = find_tasks(page, whose);
    // Of a role that has no tasks: what one sees at once, unless the choice was made.
    const bool is_chosen = page.call.request.target.query.find("di").has_value();
    if (rows && rows->items.empty() && !is_chosen) {
        whose = kEverybody;
        rows = find_tasks(page, whose);
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
                 {"ritardo", page.query("ritardo") == kYes},
                 {"con_procedura", true},
                 {"con_azioni", true},
                 {"sigillo", session_seal(page.call.request)},
                 {"ha_compiti", !list.empty()},
                 {"compiti", std::move(list)},
                 {"pagine", paging_json(page.call.request, rows->next)}};
    if (auto added = add_awaited(page, data); !added) {
        return fail(added.error());
    }
    add_office_filter(page, data);
    return Page{"Compiti", page.site.fill("compiti", std::move(data)), {{"Compiti", ""}}};
}

PageResult deadlines_page(const PageCall& page) {
    if (auto good = check_filters(page); !good) {
        return fail(good.error());
    }
    const std::string kind = page.query("tipo");
    engine::DeadlineFilter filter;
    filter.visible = page.visible();
    filter.office = asked_office(page);
    filter.kind = kind;
    filter.only_overdue = page.query("ritardo") == kYes;
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
    json data = {{"tipi", choices_of_kinds(kind)},
                 {"ritardo", filter.only_overdue},
                 {"ha_termini", !list.empty()},
                 {"termini", std::move(list)},
                 {"pagine", paging_json(page.call.request, rows->next)}};
    add_office_filter(page, data);
    return Page{"Scadenze", page.site.fill("scadenze", std::move(data)), {{"Scadenze", ""}}};
}

}  // namespace api::pages
