// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "api/pages/page.h"

// Every page of the program. One file for each family; page_routes.cpp gives them their addresses.

namespace api::pages {

// public_pages.cpp
PageResult home_page(const PageCall& page);
/// Errors: not_found, also for a notice that is not published yet.
PageResult notice_page(const PageCall& page);
/// A published document of a published notice. Errors: not_found.
engine::base::Result<http::Response> download_public_document(const PageCall& page);
PageResult accessibility_page(const PageCall& page);
PageResult guide_page(const PageCall& page);
PageResult privacy_page(const PageCall& page);
PageResult status_page(const PageCall& page);

// session_pages.cpp
PageResult login_page(const PageCall& page);
/// The session of the bearer of a token: a token of its own, in a cookie, until the day's work is
/// over. A wrong one shows the form again. Threads: writer.
engine::base::Result<http::Response> log_in(const PageCall& page);
engine::base::Result<http::Response> log_out(const PageCall& page);

// dashboard_page.cpp
PageResult dashboard_page(const PageCall& page);

// list_pages.cpp
PageResult procedures_page(const PageCall& page);
PageResult tasks_page(const PageCall& page);
PageResult deadlines_page(const PageCall& page);

// procedure_page.cpp
PageResult procedure_page(const PageCall& page);

// diagram_page.cpp
/// The drawing is of the present version of the definition: of an earlier one there is none.
bool has_diagram(const PageCall& page, const engine::InstanceView& view);
/// The committed drawing of the machine, with the present state painted. Errors: not_found.
engine::base::Result<http::Response> procedure_diagram(const PageCall& page);

// act_pages.cpp: the form, what was typed judged and shown back, the act
PageResult act_page(const PageCall& page);
PageResult review_act_page(const PageCall& page);
engine::base::Result<engine::machine::Command> prepare_act(const PageCall& page);
PageResult opening_page(const PageCall& page);
PageResult review_opening_page(const PageCall& page);
engine::base::Result<engine::machine::Command> prepare_opening(const PageCall& page);
/// After an act: the procedure's page, or the form again with what is wrong.
engine::base::Result<http::Response> answer_act(
    const PageCall& page, const engine::base::Result<engine::Outcome>& outcome);

// document_pages.cpp
PageResult document_page(const PageCall& page);
engine::base::Result<http::Response> download_document(const PageCall& page);
engine::base::Result<engine::machine::Command> prepare_document(const PageCall& page);
engine::base::Result<http::Response> answer_document(
    const PageCall& page, const engine::base::Result<engine::Outcome>& outcome);

// task_pages.cpp: a task taken, passed on to a colleague, given back, ended
engine::base::Result<engine::machine::Command> prepare_task(const PageCall& page);
engine::base::Result<http::Response> answer_task(
    const PageCall& page, const engine::base::Result<engine::Outcome>& outcome);

}  // namespace api::pages
