// SPDX-License-Identifier: EUPL-1.2
#include <nlohmann/json.hpp>

#include "api/cli/picture.h"
#include "engine/calendar/local_time.h"

namespace api::cli {
namespace {

using Json = nlohmann::ordered_json;
using engine::PastInstance;
using engine::calendar::render_instant;

template <class Section>
std::string title_in(const Section& section, const std::string& name) {
    const auto* found = section.find(name);
    return found == nullptr ? name : found->title;
}

Json deadlines_of(const PastInstance& instance) {
    Json list = Json::array();
    for (const auto& [key, row] : instance.record.deadlines) {
        const std::string& name = row.reminds_of.empty() ? row.name : row.reminds_of;
        Json one{{"name", row.name},
                 {"title", title_in(instance.definition->deadlines, name)},
                 {"occurrence", row.occurrence},
                 {"kind", engine::definition::deadline_kind_name(row.kind)},
                 {"status", engine::machine::deadline_status_name(instance.status_of(row))}};
        if (row.due_date) {
            one["due_date"] = *row.due_date;
        }
        if (row.bound) {
            one["bound"] = render_instant(*row.bound);
        }
        if (instance.ended_unrecorded.contains(key)) {
            one["unrecorded"] = true;
        }
        list.push_back(std::move(one));
    }
    return list;
}

Json tasks_of(const PastInstance& instance) {
    Json list = Json::array();
    for (const auto& [id, row] : instance.record.tasks) {
        Json one{{"id", id},
                 {"name", row.name},
                 {"title", title_in(instance.definition->tasks, row.name)},
                 {"role", row.role},
                 {"status", engine::machine::task_status_name(row.status)},
                 {"assignee", row.assignee}};
        if (row.due_date) {
            one["due_date"] = *row.due_date;
        }
        list.push_back(std::move(one));
    }
    return list;
}

Json documents_of(const PastInstance& instance) {
    Json list = Json::array();
    for (const auto& [key, row] : instance.record.documents) {
        Json one{{"name", row.name},
                 {"title", title_in(instance.definition->documents, row.name)},
                 {"version", row.version},
                 {"sha256", row.sha256},
                 {"signed_by", row.signed_by},
                 {"frozen", row.is_frozen}};
        if (row.published_at) {
            one["published_at"] = render_instant(*row.published_at);
        }
        list.push_back(std::move(one));
    }
    return list;
}

Json values_of(const PastInstance& instance, const PictureOptions& options) {
    Json values = Json::object();
    for (const auto& [name, field] : instance.definition->fields) {
        const auto value = instance.values.find(name);
        if (instance.erased.contains(name)) {
            values[name] = {{"title", field.title}, {"erased", true}};
        } else if (value != instance.values.end()) {
            const bool is_hidden = field.is_personal && !options.with_personal;
            values[name] = {{"title", field.title}, {"personal", field.is_personal}};
            if (!is_hidden) {
                values[name]["value"] = Json::parse(value->second);
            }
        }
    }
    return values;
}

Json later_acts_of(const PastInstance& instance) {
    Json list = Json::array();
    for (const auto& act : instance.later_acts) {
        list.push_back({{"title", act.title},
                        {"took_place_at", render_instant(act.took_place_at)},
                        {"recorded_at", render_instant(act.recorded_at)},
                        {"in_picture", act.is_in_picture}});
    }
    return list;
}

Json registrations_of(const PastInstance& instance) {
    Json list = Json::array();
    for (const auto& [name, row] : instance.record.registrations) {
        list.push_back({{"register", name}, {"number", row.number}, {"year", row.year}});
    }
    return list;
}

Json silences_of(const PastInstance& instance) {
    Json list = Json::array();
    for (const auto& row : instance.record.silences) {
        list.push_back({{"deadline", row.deadline}, {"counts_as", row.counts_as}});
    }
    return list;
}

Json instance_of(const PastInstance& instance, const PictureOptions& options) {
    const auto& own = instance.record.instance;
    Json json{{"id", own.id.text}, {"root", own.root.text}};
    if (!own.parent.empty()) {
        json["parent"] = own.parent.text;
        json["list"] = own.list;
    }
    json["title"] = instance.definition->title;
    json["state"] = {{"name", own.state},
                     {"title", title_in(instance.definition->states, own.state)},
                     {"final", own.is_final}};
    json["office"] = own.office;
    json["party"] = own.party;
    json["opened_at"] = render_instant(own.opened_at);
    json["deadlines"] = deadlines_of(instance);
    json["tasks"] = tasks_of(instance);
    json["documents"] = documents_of(instance);
    json["values"] = values_of(instance, options);
    json["registrations"] = registrations_of(instance);
    json["silences"] = silences_of(instance);
    json["later_acts"] = later_acts_of(instance);
    return json;
}

}  // namespace

std::string render_picture_json(const engine::PastPicture& picture, const PictureOptions& options) {
    Json json{{"at", render_instant(picture.at)}, {"instances", Json::array()}};
    if (picture.future_entries > 0) {
        json["future_entries"] = picture.future_entries;
    }
    for (const PastInstance& instance : picture.instances) {
        json["instances"].push_back(instance_of(instance, options));
    }
    return json.dump(2) + "\n";
}

}  // namespace api::cli
