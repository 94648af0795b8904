// SPDX-License-Identifier: EUPL-1.2
#include "api/routes/instance_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "api/routes/json_replies.h"
#include "engine/calendar/local_time.h"
#include "engine/queries.h"
#include "engine/waiting.h"

namespace api::routes {
namespace {

using access::Sight;
using engine::calendar::render_instant;
using engine::definition::WorkflowDefinition;
using engine::machine::InstanceRecord;
using Json = nlohmann::ordered_json;

/// More than an instance is told with.
constexpr std::size_t kMaxInstanceFields = 32;

/// An instance of now or of then.
struct Shown {
    const InstanceRecord& record;
    const engine::base::Fields& values;
    const WorkflowDefinition& definition;
    const engine::PastInstance* past;  ///< null: of now
    const engine::documents::ContentStore& contents;
};

template <class Section>
std::string title_in(const Section& section, const std::string& name) {
    const auto* found = section.find(name);
    return found == nullptr ? name : found->title;
}

Json text_or_null(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

Json instant_or_null(const std::optional<engine::base::Instant>& instant) {
    return instant ? Json(render_instant(*instant)) : Json(nullptr);
}

Json render_head(const Shown& shown) {
    const auto& own = shown.record.instance;
    return {
        {"id", own.id.text},
        {"radice", own.root.text},
        {"genitore", text_or_null(own.parent.text)},
        {"elenco", text_or_null(own.list)},
        {"definizione", definition_id(shown.definition)},
        {"titolo", shown.definition.title},
        {"amministrazione", own.office},
        {"ente", text_or_null(own.party)},
        {"stato", {{"nome", own.state}, {"titolo", title_in(shown.definition.states, own.state)}}},
        {"conclusa", own.is_final},
        {"versione", own.version},
        {"aperta_il", render_instant(own.opened_at)}};
}

Json render_deadlines(const Shown& shown) {
    Json list = Json::array();
    for (const auto& [key, row] : shown.record.deadlines) {
        const std::string& name = row.reminds_of.empty() ? row.name : row.reminds_of;
        const auto* definition = shown.definition.deadlines.find(name);
        const auto status = shown.past == nullptr ? row.status : shown.past->status_of(row);
        // Of the present only: what has become a holiday since is news for who can still act.
        const std::string remark =
            shown.past == nullptr ? engine::machine::describe_later_holiday(row, std::nullopt) : "";
        Json one{{"nome", row.name},
                 {"titolo", title_in(shown.definition.deadlines, name)},
                 {"occorrenza", row.occurrence},
                 {"tipo", engine::definition::deadline_kind_name(row.kind)},
                 {"stato", engine::machine::deadline_status_name(status)},
                 {"scadenza", row.due_date ? Json(*row.due_date) : Json(nullptr)},
                 {"limite", instant_or_null(row.bound)},
                 {"ricorda", text_or_null(row.reminds_of)},
                 {"calcolo", parse_kept(row.term.text)},
                 {"avvertenza", text_or_null(remark)},
                 {"fonti", definition == nullptr ? Json::array() : Json(definition->legal_basis)}};
        list.push_back(std::move(one));
    }
    return list;
}

Json render_tasks(const Shown& shown) {
    Json list = Json::array();
    for (const auto& [id, row] : shown.record.tasks) {
        list.push_back({{"id", id},
                        {"nome", row.name},
                        {"titolo", title_in(shown.definition.tasks, row.name)},
                        {"ruolo", row.role},
                        {"titolo_ruolo", title_in(shown.definition.roles, row.role)},
                        {"stato", engine::machine::task_status_name(row.status)},
                        {"assegnatario", text_or_null(row.assignee)},
                        {"scadenza", row.due_date ? Json(*row.due_date) : Json(nullptr)},
                        {"limite", instant_or_null(row.bound)}});
    }
    return list;
}

/// The body of the instance, when one of its terms is for it to meet: bodies have no tasks.
void add_awaited_body(const Shown& shown, Json& list) {
    const auto& own = shown.record.instance;
    for (const auto& [key, row] : shown.record.deadlines) {
        const auto status = shown.past == nullptr ? row.status : shown.past->status_of(row);
        const auto roles =
            engine::awaited_roles(shown.definition, own.state, own.party, row, status);
        if (roles.empty()) {
            continue;
        }
        std::vector<std::string> titles;
        for (const std::string& role : roles) {
            titles.push_back(title_in(shown.definition.roles, role));
        }
        list.push_back({{"ruolo", roles.size() == 1 ? Json(roles.front()) : Json(nullptr)},
                        {"titolo_ruolo", fmt::format("{}", fmt::join(titles, " o "))},
                        {"ente", own.party},
                        {"persona", nullptr},
                        {"per", title_in(shown.definition.deadlines, row.name)},
                        {"entro", row.due_date ? Json(*row.due_date) : Json(nullptr)}});
    }
}

/// Who is waited for, and for what.
Json render_waiting(const Shown& shown) {
    Json list = Json::array();
    for (const auto& [id, row] : shown.record.tasks) {
        if (is_open(row.status)) {
            list.push_back({{"ruolo", row.role},
                            {"titolo_ruolo", title_in(shown.definition.roles, row.role)},
                            {"ente", nullptr},
                            {"persona", text_or_null(row.assignee)},
                            {"per", title_in(shown.definition.tasks, row.name)},
                            {"entro", row.due_date ? Json(*row.due_date) : Json(nullptr)}});
        }
    }
    add_awaited_body(shown, list);
    return list;
}

Json render_documents(const Shown& shown, bool only_published) {
    Json list = Json::array();
    const std::string path = "/v1/procedure/" + shown.record.instance.id.text + "/documenti/";
    for (const auto& [key, row] : shown.record.documents) {
        if (only_published && !row.published_at) {
            continue;
        }
        list.push_back(
            {{"nome", row.name},
             {"titolo", title_in(shown.definition.documents, row.name)},
             {"versione", row.version},
             {"sha256", row.sha256},
             {"firmato_da", text_or_null(row.signed_by)},
             {"stato_firma", row.signature_status},
             {"aggiunto_il", render_instant(row.recorded_at)},
             {"pubblicato_il", instant_or_null(row.published_at)},
             {"definitivo", row.is_frozen},
             {"contenuto", shown.contents.has(row.sha256) ? Json(path + percent_encode(row.name) +
                                                                 "/" + std::to_string(row.version))
                                                          : Json(nullptr)}});
    }
    return list;
}

Json render_values(const Shown& shown, Sight sight) {
    Json values = Json::object();
    for (const auto& [name, field] : shown.definition.fields) {
        const auto value = shown.values.find(name);
        const auto stamp = shown.record.values.find(name);
        const bool is_erased = (stamp != shown.record.values.end() && stamp->second.is_erased) ||
                               (shown.past != nullptr && shown.past->erased.contains(name));
        if (value == shown.values.end() && !is_erased) {
            continue;
        }
        Json one{{"titolo", field.title}, {"personale", field.is_personal}};
        if (is_erased) {
            one["cancellato"] = true;
        } else if (!field.is_personal || sight == Sight::whole) {
            one["valore"] = parse_kept(value->second);
        }
        values[name] = std::move(one);
    }
    return values;
}

Json render_registrations(const Shown& shown) {
    Json list = Json::array();
    for (const auto& [name, row] : shown.record.registrations) {
        list.push_back({{"registro", name},
                        {"amministrazione", row.office},
                        {"anno", row.year},
                        {"numero", row.number},
                        {"registrata_il", render_instant(row.registered_at)}});
    }
    return list;
}

Json render_silences(const Shown& shown) {
    Json list = Json::array();
    for (const auto& row : shown.record.silences) {
        list.push_back({{"termine", row.deadline},
                        {"vale_come", row.counts_as},
                        {"annotato_il", render_instant(row.recorded_at)}});
    }
    return list;
}

Json render_messages(const Shown& shown) {
    Json list = Json::array();
    for (const auto& [id, row] : shown.record.messages) {
        list.push_back({{"id", id},
                        {"nome", row.name},
                        {"titolo", title_in(shown.definition.messages, row.name)},
                        {"a", row.to},
                        {"canale", row.channel},
                        {"stato", engine::machine::message_status_name(row.status)}});
    }
    return list;
}

Json render_shown(const Shown& shown, Sight sight) {
    Json json = render_head(shown);
    // Room for all that follows: an object that grows copies what it has, lists and all.
    json.get_ref<Json::object_t&>().reserve(kMaxInstanceFields);
    json["termini"] = render_deadlines(shown);
    json["documenti"] = render_documents(shown, sight == Sight::outline);
    if (sight == Sight::outline) {
        return json;
    }
    json["compiti"] = render_tasks(shown);
    json["in_attesa_di"] = render_waiting(shown);
    json["valori"] = render_values(shown, sight);
    json["registrazioni"] = render_registrations(shown);
    json["silenzi"] = render_silences(shown);
    json["messaggi"] = render_messages(shown);
    return json;
}

Json render_refusals(const std::vector<engine::base::ErrorDetail>& refusals) {
    Json list = Json::array();
    for (const auto& refusal : refusals) {
        list.push_back({{"codice", refusal.code},
                        {"messaggio", refusal.message_it},
                        {"fonti", refusal.legal_basis}});
    }
    return list;
}

}  // namespace

std::string definition_id(const WorkflowDefinition& definition) {
    return fmt::format("{}.{}.{}", definition.family, definition.machine, definition.version);
}

Json render_row(const engine::InstanceRow& row) {
    return {{"id", row.id.text},
            {"radice", row.root.text},
            {"genitore", text_or_null(row.parent.text)},
            {"elenco", text_or_null(row.list)},
            {"famiglia", row.family},
            {"macchina", row.machine},
            {"titolo", row.title},
            {"amministrazione", row.office},
            {"ente", text_or_null(row.party)},
            {"stato", {{"nome", row.state}, {"titolo", row.state_title}}},
            {"conclusa", row.is_final},
            {"versione", row.version},
            {"aperta_il", render_instant(row.opened_at)},
            {"collegamento", "/v1/procedure/" + row.id.text}};
}

Json render_instance(const engine::InstanceView& view, Sight sight,
                     const engine::documents::ContentStore& contents) {
    return render_shown({view.record, view.values, *view.definition, nullptr, contents}, sight);
}

Json render_past_instance(const engine::PastInstance& past, Sight sight,
                          const engine::documents::ContentStore& contents) {
    Json json = render_shown({past.record, past.values, *past.definition, &past, contents}, sight);
    Json later = Json::array();
    for (const auto& act : past.later_acts) {
        later.push_back({{"titolo", act.title},
                         {"avvenuto_il", render_instant(act.took_place_at)},
                         {"registrato_il", render_instant(act.recorded_at)},
                         {"compreso", act.is_in_picture}});
    }
    json["registrati_dopo"] = std::move(later);
    return json;
}

Json render_fields_schema(const WorkflowDefinition& definition,
                          const std::vector<std::string>& takes,
                          const std::vector<std::string>& may_take) {
    Json properties = Json::object();
    const auto add = [&](const std::vector<std::string>& names) {
        for (const std::string& name : names) {
            const auto* field = definition.fields.find(name);
            if (field != nullptr) {
                properties[name] = parse_kept(field->schema_json);
            }
        }
    };
    add(takes);
    add(may_take);
    Json schema{{"type", "object"}, {"properties", std::move(properties)}};
    if (!takes.empty()) {
        schema["required"] = takes;  // draft-04 wants no empty list
    }
    schema["additionalProperties"] = false;
    return schema;
}

Json render_events(const WorkflowDefinition& definition, const std::string& state,
                   const std::vector<engine::machine::AvailableEvent>& events) {
    Json list = Json::array();
    for (const auto& event : events) {
        const auto* transition = definition.find_transition(state, event.event);
        Json one{{"evento", event.event},
                 {"titolo", event.title},
                 {"possibile", event.refusals.empty()},
                 {"rifiuti", render_refusals(event.refusals)}};
        if (transition != nullptr) {
            one["fonti"] = transition->legal_basis;
            one["dati"] = render_fields_schema(definition, transition->takes, transition->may_take);
        }
        list.push_back(std::move(one));
    }
    return list;
}

Json render_outcome(const engine::Outcome& outcome, const WorkflowDefinition& definition) {
    Json json{{"id", outcome.instance.text},
              {"atto", outcome.title},
              {"stato",
               {{"nome", outcome.state}, {"titolo", title_in(definition.states, outcome.state)}}},
              {"versione", outcome.version}};
    json["registrazione"] = nullptr;
    if (outcome.registration) {
        const auto& row = *outcome.registration;
        json["registrazione"] = {{"registro", row.register_name},
                                 {"amministrazione", row.office},
                                 {"anno", row.year},
                                 {"numero", row.number},
                                 {"registrata_il", render_instant(row.registered_at)}};
    }
    json["aperte"] = Json::array();
    for (const auto& id : outcome.opened) {
        json["aperte"].push_back(id.text);
    }
    json["eventi"] = render_events(definition, outcome.state, outcome.available);
    return json;
}

}  // namespace api::routes
