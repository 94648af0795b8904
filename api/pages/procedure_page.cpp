// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/pages/act_form.h"
#include "api/pages/awaited.h"
#include "api/pages/history.h"
#include "api/pages/page_families.h"
#include "api/pages/rows.h"
#include "api/pages/standing.h"
#include "api/pages/words.h"
#include "api/routes/document_file.h"
#include "engine/base/make_id.h"
#include "engine/base/names.h"
#include "engine/queries.h"

namespace api::pages {
namespace {

using access::Sight;
using engine::InstanceView;
using engine::TaskRow;
using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::InstanceId;
using engine::base::Result;
using engine::machine::AvailableEvent;
using nlohmann::json;

/// Tasks and parts shown; the lists have the rest.
constexpr std::size_t kMaxTasks = 50;
constexpr std::size_t kMaxParts = 100;
/// As many values as are shown without being asked for.
constexpr std::size_t kFewValues = 10;

json head_json(const PageCall& page, const access::SeenInstance& seen) {
    const InstanceView& view = seen.view;
    const auto& own = view.record.instance;
    std::string registration;
    for (const auto& [name, row] : view.record.registrations) {
        registration = fmt::format("n. {}/{}", row.number, row.year);
    }
    return {{"chi", owner_words(page.site, own.office, own.party)},
            {"titolo", instance_title(page.site, view)},
            {"stato", view.definition->states.find(own.state)->title},
            {"nota", view.definition->states.find(own.state)->note},
            {"registrazione", registration},
            {"aperto", instant_words(own.opened_at)},
            // Who is responsible is public by law (L. 241/1990 art. 5), whoever looks.
            {"responsabile", value_of(view, page.site.presentation().responsible)},
            {"procedura", own.id.text},
            {"versione", std::to_string(own.version)},
            {"sigillo", session_seal(page.call.request)},
            {"chiave", engine::base::random_hex(page.site.random())}};
}

json refusals_json(const std::vector<engine::base::ErrorDetail>& refusals) {
    json list = json::array();
    for (const auto& refusal : refusals) {
        list.push_back(
            {{"testo", refusal.message_it}, {"fonti", sources_words(refusal.legal_basis)}});
    }
    return list;
}

Result<void> add_acts(const PageCall& page, const InstanceView& view, json& data) {
    const auto events = page.queries().available(view.record.instance.id, page.actor());
    if (!events) {
        return fail(events.error());
    }
    const auto awaited = engine::find_awaited_acts(*view.definition, view.record.instance.state);
    const bool is_body = page.call.reach == access::Reach::own_party;
    json awaited_acts = json::array();
    json possible = json::array();
    json impossible = json::array();
    for (const AvailableEvent& event : *events) {
        const auto* transition =
            view.definition->find_transition(view.record.instance.state, event.event);
        const bool is_incomplete =
            transition != nullptr && may_be_completed(*transition, event.refusals);
        if (event.refusals.empty() || is_incomplete) {
            possible.push_back({{"evento", event.event},
                                {"titolo", event.title},
                                {"ragioni", refusals_json(event.refusals)},
                                {"e_incompleto", is_incomplete}});
            const auto act = std::find_if(awaited.begin(), awaited.end(), [&](const auto& one) {
                return one.event == event.event;
            });
            if (act != awaited.end()) {
                auto terms = act_terms_json(page, view, *act);
                if (!terms) {
                    return fail(terms.error());
                }
                if (is_body && (terms->at("ha_termini") || !terms->at("non_decorre").empty())) {
                    awaited_acts.push_back(possible.back());
                    awaited_acts.back().update(*terms);
                }
                possible.back()["tempo"] = std::move(*terms);
            }
        } else {
            impossible.push_back(
                {{"titolo", event.title}, {"ragioni", refusals_json(event.refusals)}});
        }
    }
    data["ha_aspettati"] = !awaited_acts.empty();
    data["aspettati"] = std::move(awaited_acts);
    data["ha_possibili"] = !possible.empty();
    data["possibili"] = std::move(possible);
    data["quanti_impossibili"] = impossible.size();
    data["ha_impossibili"] = !impossible.empty();
    data["impossibili"] = std::move(impossible);
    return {};
}

/// Of a root, the tasks of all its parts; of a part, its own.
Result<void> add_tasks(const PageCall& page, const access::SeenInstance& seen,
                       const PeopleNames& names, json& data) {
    const auto& own = seen.view.record.instance;
    std::vector<TaskRow> rows = task_rows(seen.view);
    const bool is_root = own.id == own.root;
    if (is_root) {
        engine::TaskFilter filter;
        filter.visible = page.visible();
        filter.root = own.root.text;
        auto listed = page.queries().list_tasks(filter, {"", kMaxTasks});
        if (!listed) {
            return fail(listed.error());
        }
        rows = std::move(listed->items);
    }
    const auto colleagues = read_colleagues(page);
    if (!colleagues) {
        return fail(colleagues.error());
    }
    json list = json::array();
    for (const TaskRow& task : rows) {
        const auto name = names.find(task.assignee);
        json row = task_json(page, task, name == names.end() ? "" : name->second);
        add_task_actions(page, task, *colleagues, row);
        // Another part has a version of its own: its task is taken without one.
        row["versione"] = task.instance == own.id ? std::to_string(own.version) : std::string();
        list.push_back(std::move(row));
    }
    data["con_procedura"] = is_root;
    data["con_azioni"] = true;
    data["ha_compiti"] = !list.empty();
    data["compiti"] = std::move(list);
    data["con_elenco"] = data["ha_compiti"] || !data["ha_aspettati"];
    return {};
}

/// Its own, and the one above within which its body may act (for a draft, the notice's).
Result<void> add_deadlines(const PageCall& page, const InstanceView& view, json& data) {
    json live = json::array();
    json past = json::array();
    const auto above = parent_term(page, view);
    if (!above) {
        return fail(above.error());
    }
    if (*above) {
        live.push_back(deadline_json(page, **above));
    }
    for (const auto& row : deadline_rows(view)) {
        json shown = deadline_json(page, row);
        shown["procedura"] = "";
        (engine::machine::is_live(row.status) ? live : past).push_back(std::move(shown));
    }
    data["ha_termini"] = !live.empty();
    data["termini"] = std::move(live);
    data["quanti_passati"] = past.size();
    data["ha_passati"] = !past.empty();
    data["passati"] = std::move(past);
    return {};
}

void add_documents(const access::SeenInstance& seen, const PageCall& page, json& data) {
    const auto& view = seen.view;
    json rows = json::array();
    for (const auto& [key, document] : view.record.documents) {
        const auto* definition = view.definition->documents.find(document.name);
        if (definition == nullptr || (seen.sight == Sight::outline && !document.published_at)) {
            continue;
        }
        const bool may_read = routes::may_read_document(seen, document);
        const bool is_kept = page.call.service.contents().has(document.sha256);
        rows.push_back(
            {{"titolo", definition->title},
             {"nome", document.name},
             {"si_scarica", may_read && is_kept},
             {"manca", may_read && !is_kept},
             {"versione", document.version},
             {"registrato", instant_words(document.recorded_at)},
             {"impronta", document.sha256},
             {"firma", signature_words(document.signature_status)},
             {"pubblicato", document.published_at ? instant_words(*document.published_at) : "No"}});
    }
    const auto& state = view.record.instance.state;
    const bool may_add =
        std::any_of(view.definition->documents.begin(), view.definition->documents.end(),
                    [&](const auto& document) {
                        return engine::base::has_name(document.second.by, page.actor().role) &&
                               (document.second.in.empty() ||
                                engine::base::has_name(document.second.in, state));
                    });
    data["solo_pubblici"] = seen.sight == Sight::outline;
    data["puo_aggiungere"] = may_add && !view.record.instance.is_final;
    data["ha_documenti"] = !rows.empty();
    data["documenti"] = std::move(rows);
}

/// What is directly under the instance, list by list.
Result<void> add_parts(const PageCall& page, const InstanceView& view, json& data) {
    engine::InstanceFilter filter;
    filter.visible = page.visible();
    filter.parent = view.record.instance.id.text;
    filter.only_live = false;
    filter.oldest_first = true;
    const auto rows = page.queries().list_instances(filter, {"", kMaxParts});
    if (!rows) {
        return fail(rows.error());
    }
    json parts = json::array();
    for (const auto& [list, definition] : view.definition->children) {
        json items = json::array();
        for (const auto& row : rows->items) {
            if (row.list == list) {
                items.push_back(
                    {{"id", row.id.text},
                     {"nome", row.party.empty()
                                  ? row.title + ", " + engine::base::short_id(row.id.text)
                                  : "Ente " + row.party},
                     {"stato", row.state_title}});
            }
        }
        if (!items.empty()) {
            parts.push_back({{"titolo", definition.title},
                             {"quante", items.size()},
                             {"voci", std::move(items)}});
        }
    }
    data["parti_altre"] = rows->next.empty() ? json() : json(kMaxParts);
    data["ha_parti"] = !parts.empty();
    data["parti"] = std::move(parts);
    return {};
}

/// Values in the order of the schema; persons' data only to who sees the whole.
void add_values(const access::SeenInstance& seen, json& data) {
    json rows = json::array();
    for (const auto& [name, field] : seen.view.definition->fields) {
        const auto stamp = seen.view.record.values.find(name);
        const bool is_erased = stamp != seen.view.record.values.end() && stamp->second.is_erased;
        std::string words = is_erased ? "[dato cancellato]" : value_of(seen.view, name);
        if (words.empty()) {
            continue;
        }
        if (field.is_personal && seen.sight != Sight::whole) {
            words = "[dato personale]";
        }
        rows.push_back({{"titolo", field.title}, {"valore", words}});
    }
    const bool is_shown = seen.sight != Sight::outline && !rows.empty();
    data["ha_dati"] = is_shown;
    data["quanti_dati"] = rows.size();
    data["dati_aperti"] = rows.size() <= kFewValues;
    data["dati"] = is_shown ? std::move(rows) : json();
}

void add_states(const InstanceView& view, const std::map<std::string, std::string>& dates,
                json& data) {
    json states = json::array();
    for (const auto& [name, state] : view.definition->states) {
        const auto entered = dates.find(name);
        states.push_back({{"titolo", state.title},
                          {"e_qui", name == view.record.instance.state},
                          {"entrato", entered == dates.end() ? "" : entered->second}});
    }
    data["stati"] = std::move(states);
}

Result<void> add_history(const PageCall& page, const access::SeenInstance& seen,
                         const PeopleNames& names, json& data) {
    const std::string before = page.query("prima");
    const auto position = engine::base::read_integer(before.empty() ? "0" : before);
    if (!position) {
        return fail(ErrorCode::malformed, "L'indirizzo non è giusto: torna alla procedura.");
    }
    const auto history = read_history(page.queries(), seen.view.record.instance, *position);
    if (!history) {
        return fail(history.error());
    }
    add_states(seen.view, state_dates(seen.view.record.instance.id, *history), data);
    if (seen.sight == Sight::outline) {
        return {};
    }
    auto acts = history_json(page, seen.view, *history, names);
    if (!acts) {
        return fail(acts.error());
    }
    data["ha_storia"] = !acts->empty();
    data["storia"] = std::move(*acts);
    data["storia_altra"] = history->before == 0
                               ? ""
                               : fmt::format("/procedure/{}?prima={}#storia",
                                             seen.view.record.instance.id.text, history->before);
    return {};
}

/// Names of people are for the administrations; a body reads the role.
Result<PeopleNames> names_for(const PageCall& page) {
    if (page.call.caller.role_class == access::RoleClass::party) {
        return PeopleNames{};
    }
    return read_people(*page.call.desk.accounts);
}

/// A path from the root down to the instance; at most a few levels.
Result<std::vector<Crumb>> find_crumbs(const PageCall& page, const InstanceView& view) {
    std::vector<Crumb> crumbs{{instance_title(page.site, view), ""}};
    InstanceId parent = view.record.instance.parent;
    for (int level = 0; level < 6 && !parent.empty(); ++level) {
        auto above = access::find_instance(page.call.reach, page.actor(), parent, Sight::outline,
                                           page.queries());
        if (!above) {
            break;
        }
        crumbs.insert(crumbs.begin(),
                      {instance_title(page.site, above->view), "/procedure/" + parent.text});
        parent = above->view.record.instance.parent;
    }
    crumbs.insert(crumbs.begin(), {"Procedure", "/procedure"});
    return crumbs;
}

}  // namespace

PageResult procedure_page(const PageCall& page) {
    const auto seen = find_seen(page, Sight::outline);
    if (!seen) {
        return fail(seen.error());
    }
    const auto names = names_for(page);
    if (!names) {
        return fail(names.error());
    }
    const auto& own = seen->view.record.instance;
    json data = head_json(page, *seen);
    add_documents(*seen, page, data);
    add_values(*seen, data);
    for (auto added : {add_deadlines(page, seen->view, data), add_acts(page, seen->view, data),
                       add_tasks(page, *seen, *names, data), add_parts(page, seen->view, data),
                       add_history(page, *seen, *names, data)}) {
        if (!added) {
            return fail(added.error());
        }
    }
    data["fasi"] =
        phases_json(page.site, own.machine, own.state, data.at("stato").get<std::string>());
    data["ha_fasi"] = !data["fasi"].empty();
    data["diagramma"] =
        has_diagram(page, seen->view)
            ? fmt::format("/procedure/{}/diagramma.svg?stato={}", own.id.text, own.version)
            : "";
    auto crumbs = find_crumbs(page, seen->view);
    if (!crumbs) {
        return fail(crumbs.error());
    }
    const std::string title = data["titolo"].get<std::string>();
    return Page{title, page.site.fill("procedura", std::move(data)), std::move(*crumbs)};
}

}  // namespace api::pages
