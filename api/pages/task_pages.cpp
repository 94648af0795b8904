// SPDX-License-Identifier: EUPL-1.2
#include "api/pages/page_families.h"
#include "api/routes/acts.h"
#include "engine/base/json.h"

// What the forms of a task's row do: the same commands as the API's /v1/compiti.

namespace api::pages {
namespace {

using access::Sight;
using engine::Outcome;
using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::render_text;
using engine::base::Result;
using engine::machine::Command;

constexpr const char* kAssignee = "assegnatario";

/// The event of a button's name. Errors: malformed.
Result<const char*> event_of(const std::string& action) {
    if (action == "prendi") {
        return engine::machine::kEventTakeTask;
    }
    if (action == "passa") {
        return engine::machine::kEventHandOverTask;
    }
    if (action == "restituisci") {
        return engine::machine::kEventReturnTask;
    }
    if (action == "concludi") {
        return engine::machine::kEventCompleteTask;
    }
    return fail(ErrorCode::malformed, "Il modulo non dice che cosa fare del compito.");
}

}  // namespace

Result<Command> prepare_task(const PageCall& page) {
    const auto seen = find_seen(page, Sight::outline);
    if (!seen) {
        return fail(seen.error());
    }
    const auto sent = read_sealed_form(page.call.request);
    if (!sent) {
        return fail(sent.error());
    }
    const auto event = event_of(sent->text("azione"));
    if (!event) {
        return fail(event.error());
    }
    Command command;
    command.instance = seen->view.record.instance.id;
    command.event = *event;
    command.actor = page.actor();
    command.payload = {{"compito", render_text(page.path("compito"))}};
    if (command.event == engine::machine::kEventHandOverTask) {
        const std::string assignee = sent->text(kAssignee);
        if (auto able = routes::check_assignee(page.call, assignee); !able) {
            return fail(able.error());
        }
        command.payload[kAssignee] = render_text(assignee);
    }
    command.received_at = page.call.request.received_at;
    command.expected_version = engine::base::read_integer(sent->text("versione"));
    command.idempotency_key = sent->text("chiave");
    return command;
}

Result<http::Response> answer_task(const PageCall&, const Result<Outcome>& outcome) {
    if (!outcome) {
        return fail(outcome.error());
    }
    return see_other("/procedure/" + outcome->instance.text + "?esito=compito#compiti");
}

}  // namespace api::pages
