// SPDX-License-Identifier: EUPL-1.2
#include "engine/documents/message_renderer.h"

#include <fmt/format.h>

#include <kainjow/mustache.hpp>

#include "engine/base/embedded.h"
#include "engine/base/json.h"
#include "engine/calendar/legal_date.h"
#include "engine/calendar/local_time.h"
#include "engine/calendar/rome_moment.h"
#include "engine/definition/sentences.h"

namespace engine::documents {
namespace {

namespace mustache = kainjow::mustache;

std::string template_path(std::string_view name) {
    return fmt::format("templates/messages/{}.txt", name);
}

std::optional<std::string> find_template(std::string_view name) {
    const std::string path = template_path(name);
    for (const base::EmbeddedFile& file : base::embedded_files()) {
        if (file.path == path) {
            return std::string(file.bytes);
        }
    }
    return std::nullopt;
}

/// `12:00`, or `12:00:30` when the seconds matter.
std::string render_clock(calendar::TimeOfDay time) {
    const std::int64_t seconds = time.ms / 1000;
    const std::string minutes = fmt::format("{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
    return seconds % 60 == 0 ? minutes : fmt::format("{}:{:02}", minutes, seconds % 60);
}

/// A text as people read it: dates in Italian order, with their hour.
std::string plain_text(const std::string& text) {
    const auto moment = calendar::parse_local_moment(text);
    if (!moment) {
        return text;
    }
    const auto here = calendar::in_rome(*moment);
    const std::string date = calendar::render_italian_date(here.date);
    return here.time ? fmt::format("{} alle {}", date, render_clock(*here.time)) : date;
}

/// A value for a template: texts and lists as people read them, yes and no, numbers; an object by
/// its members. What is empty is absent, so that a section about it is left out.
std::optional<mustache::data> template_value(const std::string& json) {
    if (const auto text = base::read_text(json)) {
        return text->empty() ? std::nullopt : std::optional<mustache::data>(plain_text(*text));
    }
    if (const auto flag = base::read_flag(json)) {
        return mustache::data(*flag ? "sì" : "no");
    }
    if (json.starts_with('[')) {
        const auto texts = base::read_texts(json);
        return texts.empty() ? std::nullopt
                             : std::optional<mustache::data>(definition::join_quoted(texts, " e "));
    }
    if (json.starts_with('{')) {
        mustache::data members{mustache::data::type::object};
        const auto fields = base::parse_fields(json);
        for (const auto& [name, member] : fields ? *fields : base::Fields{}) {
            if (auto value = template_value(member)) {
                members.set(name, *value);
            }
        }
        return members;
    }
    return json == "null" ? std::nullopt : std::optional<mustache::data>(json);
}

mustache::data field_data(const machine::Snapshot& snapshot) {
    mustache::data fields{mustache::data::type::object};
    for (const auto& [name, json] : snapshot.values) {
        if (auto value = template_value(json)) {
            fields.set(name, *value);
        }
    }
    for (const auto& [name, stamp] : snapshot.record.values) {
        if (stamp.is_erased) {
            fields.set(name, "[dato cancellato]");
        }
    }
    return fields;
}

mustache::data deadline_data(const machine::InstanceRecord& record) {
    mustache::data deadlines{mustache::data::type::object};
    for (const auto& [key, deadline] : record.deadlines) {
        if (deadline.due_date && deadline.reminds_of.empty()) {
            const auto date = calendar::parse_legal_date(*deadline.due_date).value();
            deadlines.set(key.name, calendar::render_italian_date(date));
        }
    }
    return deadlines;
}

}  // namespace

bool has_message_template(std::string_view template_name) {
    return find_template(template_name).has_value();
}

base::Result<std::string> render_message(const definition::WorkflowDefinition& definition,
                                         const machine::Snapshot& snapshot,
                                         const machine::Message& message, base::Instant now,
                                         std::string_view chain_head) {
    const auto text = find_template(message.template_name);
    if (!text) {
        return base::fail(base::ErrorCode::not_found,
                          fmt::format("Manca il modello «{}».", message.template_name));
    }
    mustache::mustache view{*text};
    if (!view.is_valid()) {
        return base::fail(base::ErrorCode::internal,
                          fmt::format("Il modello «{}» non è valido: {}.", message.template_name,
                                      view.error_message()));
    }
    // Plain text: nothing to escape. HTML pages use another renderer, which escapes.
    view.set_custom_escape([](const std::string& value) { return value; });
    const auto* about = definition.messages.find(message.name);
    mustache::data data;
    data.set("titolo", about == nullptr ? message.name : about->title);
    data.set("procedimento", definition.title);
    data.set("ente", snapshot.record.instance.party);
    data.set("data", calendar::render_italian_date(calendar::legal_date_of(now)));
    data.set("impronta", std::string(chain_head));
    if (const auto* registration = snapshot.record.find_last_registration()) {
        data.set("registro_numero", std::to_string(registration->number));
        data.set("registro_anno", std::to_string(registration->year));
    }
    data.set("dati", field_data(snapshot));
    data.set("termine", deadline_data(snapshot.record));
    return view.render(data);
}

}  // namespace engine::documents
