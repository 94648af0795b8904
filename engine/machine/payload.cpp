// SPDX-License-Identifier: EUPL-1.2
#include "engine/machine/payload.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/names.h"
#include "engine/base/plain_text.h"
#include "engine/calendar/local_time.h"
#include "engine/definition/sentences.h"

namespace engine::machine {
namespace {

using base::ErrorCode;
using base::ErrorDetail;
using base::fail;
using base::Result;

std::string role_titles(const DecideContext& context, const std::vector<std::string>& by) {
    std::vector<std::string> titles;
    for (const std::string& name : by) {
        const auto* role = context.definition.roles.find(name);
        titles.push_back(role == nullptr ? name : role->title);
    }
    return definition::join_quoted(titles, " o ");
}

/// What is wrong with a moment; empty when nothing is. A schema knows the shape of a date, not the
/// calendar, nor the two nights of the year in which an hour is missing or comes twice.
std::string find_date_fault(const definition::FieldDefinition& field, const std::string& json) {
    const bool is_date = field.schema_json.find("\"format\":\"date\"") != std::string::npos;
    const auto text = is_date ? base::read_text(json) : std::nullopt;
    if (!text) {
        return "";
    }
    const auto moment = calendar::parse_local_moment(*text);
    if (!moment) {
        return "non è un giorno che esiste; serve una data come 2025-03-24";
    }
    const auto instant = calendar::to_instant(*moment);
    return instant ? "" : instant.error().message_it;
}

/// Of the first text inside the value that nobody could read.
std::string_view find_fault(const std::string& json) {
    for (const std::string& text : base::texts_within(json)) {
        if (const auto fault = base::find_text_fault(text); !fault.empty()) {
            return fault;
        }
    }
    return {};
}

tl::unexpected<base::Error> refuse_line(const std::string& field, const std::string& message,
                                        const char* code, std::string_view why) {
    return fail({ErrorCode::invalid_input, message, {{"/" + field, code, std::string(why), {}}}});
}

bool is_in_scope(const Instance& instance, const Actor& actor, definition::RoleScope scope) {
    switch (scope) {
        case definition::RoleScope::office: return actor.office == instance.office;
        case definition::RoleScope::party:
            return instance.party.empty() ? !actor.party.empty() : actor.party == instance.party;
        case definition::RoleScope::everywhere: return true;
    }
    return false;
}

}  // namespace

Result<void> check_payload(const definition::WorkflowDefinition& definition,
                           const base::Fields& payload, const std::vector<std::string>& takes,
                           const std::vector<std::string>& may_take) {
    std::vector<ErrorDetail> details;
    for (const std::string& field : takes) {
        if (!payload.contains(field)) {
            const auto* known = definition.fields.find(field);
            details.push_back({"/" + field,
                               "required",
                               fmt::format("manca «{}»", known == nullptr ? field : known->title),
                               {}});
        }
    }
    for (const auto& [field, json] : payload) {
        const auto* known = definition.fields.find(field);
        if (known == nullptr ||
            (!base::has_name(takes, field) && !base::has_name(may_take, field))) {
            details.push_back({"/" + field,
                               "additionalProperties",
                               fmt::format("«{}»: questo campo qui non è previsto", field),
                               {}});
            continue;
        }
        if (json.size() > definition::kMaxFieldBytes) {
            details.push_back({"/" + field,
                               "maxLength",
                               fmt::format("«{}»: il testo è troppo lungo", known->title),
                               {}});
            continue;
        }
        if (const auto fault = find_fault(json); !fault.empty()) {
            details.push_back(
                {"/" + field, "text", fmt::format("«{}»: {}", known->title, fault), {}});
            continue;
        }
        if (const auto fault = find_date_fault(*known, json); !fault.empty()) {
            details.push_back(
                {"/" + field, "format", fmt::format("«{}»: {}", known->title, fault), {}});
            continue;
        }
        for (ErrorDetail& detail : known->schema->validate(json, "/" + field)) {
            detail.message_it = fmt::format("«{}»: {}", known->title, detail.message_it);
            details.push_back(std::move(detail));
        }
    }
    if (details.empty()) {
        return {};
    }
    return fail({ErrorCode::invalid_input, "I dati dell'atto vanno corretti.", std::move(details)});
}

Result<void> check_actor(const DecideContext& context, const Actor& actor,
                         const std::vector<std::string>& by, const std::string& act_it) {
    const auto* role = context.definition.roles.find(actor.role);
    if (role == nullptr || !base::has_name(by, actor.role)) {
        return fail(ErrorCode::forbidden,
                    fmt::format("L'atto «{}» spetta a: {}.", act_it, role_titles(context, by)));
    }
    if (!is_in_scope(context.facts.own.record.instance, actor, role->scope)) {
        return fail(ErrorCode::forbidden,
                    fmt::format("L'atto «{}» spetta a chi ha questo ruolo in un'altra "
                                "amministrazione o in un altro ente.",
                                act_it));
    }
    return {};
}

Result<std::string> read_line(const base::Fields& payload, const std::string& field,
                              const std::string& message) {
    const auto found = payload.find(field);
    const auto text = found == payload.end() ? "" : base::read_text(found->second).value_or("");
    if (text.empty()) {
        return refuse_line(field, message, "required", "manca");
    }
    if (const auto fault = base::find_text_fault(text); !fault.empty()) {
        return refuse_line(field, message, "text", fault);
    }
    if (text.size() > kMaxLineBytes) {
        return refuse_line(field, message, "maxLength", "è troppo lungo");
    }
    return text;
}

}  // namespace engine::machine
