// SPDX-License-Identifier: EUPL-1.2
#include <functional>

#include "api/pages/act_form.h"
#include "api/pages/page_families.h"

namespace api::pages {
namespace {

using engine::Outcome;
using engine::base::Error;
using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;
using engine::machine::Command;

using FindForm = Result<ActForm> (*)(const PageCall&);

/// Whether the path is that of an opening.
FindForm form_finder(const PageCall& page) {
    return page.call.path.contains("macchina") ? find_opening_form : find_event_form;
}

/// The form to fill in; of an act that asks for nothing, at once the page that confirms it.
PageResult first_page(const PageCall& page, FindForm find) {
    const auto form = find(page);
    if (!form) {
        return fail(form.error());
    }
    if (!form->fields.empty() || !form->initiatives.empty()) {
        return form_page(page, *form, {}, {});
    }
    const auto branch = foresee(page, *form, {});
    if (!branch) {
        return fail(branch.error());
    }
    return confirm_page(page, *form, {}, {}, *branch);
}

/// What is told above the form, with all that was typed. A version that has changed meanwhile (a
/// term that ended is enough) asks to look again: the form then carries the new one.
bool belongs_in_the_form(ErrorCode code) {
    return code == ErrorCode::invalid_input || code == ErrorCode::guard_failed ||
           code == ErrorCode::version_conflict;
}

/// What was typed, judged: the form again with what is wrong, or what is to be confirmed.
PageResult review(const PageCall& page, FindForm find) {
    const auto sent = read_sealed_form(page.call.request);
    if (!sent) {
        return fail(sent.error());
    }
    const auto form = find(page);
    if (!form) {
        return fail(form.error());
    }
    if (sent->text("passo") == "modifica") {
        return form_page(page, *form, *sent, {});
    }
    FormErrors errors;
    const ActInput input = read_input(*form, *sent, errors);
    if (!errors.empty()) {
        return form_page(page, *form, *sent, errors);
    }
    const auto branch = foresee(page, *form, input);
    if (branch) {
        return confirm_page(page, *form, *sent, input, *branch);
    }
    if (!belongs_in_the_form(branch.error().code)) {
        return fail(branch.error());
    }
    return form_page(page, *form, *sent, errors_of(*form, branch.error()));
}

}  // namespace

PageResult act_page(const PageCall& page) {
    return first_page(page, find_event_form);
}

PageResult review_act_page(const PageCall& page) {
    return review(page, find_event_form);
}

Result<Command> prepare_act(const PageCall& page) {
    const auto form = find_sent_form(page);
    return form ? command_of(page, *form) : fail(form.error());
}

PageResult opening_page(const PageCall& page) {
    return first_page(page, find_opening_form);
}

PageResult review_opening_page(const PageCall& page) {
    return review(page, find_opening_form);
}

Result<Command> prepare_opening(const PageCall& page) {
    const auto form = find_opening_form(page);
    if (!form) {
        return fail(form.error());
    }
    auto command = command_of(page, *form);
    if (!command) {
        return command;
    }
    const auto sent = read_sealed_form(page.call.request);
    command->expected_version.reset();
    command->event = engine::machine::kEventOpen;
    command->opening = engine::machine::Opening{
        form->definition->family, form->definition->machine, form->definition->version,
        page.actor().office, sent ? sent->text(kInitiativeInput) : std::string()};
    return command;
}

/// Where a body goes on after its act: to what it has just begun, else to where it was.
std::string page_after(const PageCall& page, const Outcome& outcome) {
    const auto& party = page.actor().party;
    if (!party.empty() && outcome.opened.size() == 1) {
        const auto begun = page.queries().view(outcome.opened.front());
        if (begun && begun->record.instance.party == party) {
            return begun->record.instance.id.text;
        }
    }
    return outcome.instance.text;
}

Result<http::Response> answer_act(const PageCall& page, const Result<Outcome>& outcome) {
    if (outcome) {
        return see_other("/procedure/" + page_after(page, *outcome) + "?esito=fatto");
    }
    if (!belongs_in_the_form(outcome.error().code)) {
        return fail(outcome.error());
    }
    const auto sent = read_sealed_form(page.call.request);
    if (!sent) {
        return fail(outcome.error());
    }
    const auto form = form_finder(page)(page);
    if (!form) {
        return fail(form.error());  // why it is possible no more says more than what has changed
    }
    return render_page(page.site, page.call.request, page.call.caller,
                       form_page(page, *form, *sent, errors_of(*form, outcome.error())));
}

}  // namespace api::pages
