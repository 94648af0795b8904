// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "api/http/refusal.h"
#include "api/pages/form_data.h"
#include "api/pages/site.h"
#include "api/routes/router.h"

namespace api::pages {

/// A step of the path to a page.
struct Crumb {
    std::string words;
    std::string url;  ///< empty: the page itself
};

/// What a page function makes; the frame adds the rest.
struct Page {
    std::string title;  ///< of the window; the heading is in the content
    std::string content_html;
    std::vector<Crumb> crumbs = {};  ///< after the home, the page last
    int status = 200;
};

/// What a page is made from. Threads: one, that of the call.
struct PageCall {
    const Site& site;
    const routes::Call& call;
    engine::base::Instant now;

    engine::Queries& queries() const { return *call.desk.queries; }
    const engine::machine::Actor& actor() const { return call.caller.actor; }
    engine::Visibility visible() const { return access::visibility_of(call.reach, actor()); }
    /// A part of the path by its name in the pattern.
    const std::string& path(const std::string& name) const { return call.path.at(name); }
    /// A parameter of the address; empty when there is none.
    std::string query(std::string_view name) const {
        return call.request.target.query.find(name).value_or("");
    }
};

/// The instance that the path names, when the caller sees at least that much. Errors: not_found.
engine::base::Result<access::SeenInstance> find_seen(const PageCall& page, access::Sight least);

using PageResult = engine::base::Result<Page>;
using SitePointer = std::shared_ptr<const Site>;

/// A page in its frame: header, menu of the role, path, footer; with the headers that every page
/// has (no script or style but our own, no framing, nothing cached, nothing told to other sites).
http::Response render_page(const Site& site, const http::Request& request,
                           const access::Caller& caller, const Page& page);

/// 303: after what was sent by a form the browser asks for a page, so that going back or reloading
/// sends nothing again.
http::Response see_other(const std::string& url);

/// An error as a page that says what happened and what to do. Who is nobody and asks for a page of
/// somebody is led to the login.
http::Response render_error_page(const Site& site, const http::Request& request,
                                 const access::Caller& caller, const engine::base::Error& error);

/// What the transport did not let through, as a page: the reason and the way back. Who asks is not
/// known: nobody's session is looked at. Threads: the I/O thread's.
http::Response render_refusal_page(const Site& site, const http::Refusal& refusal);

/// Where somebody begins: the page of theirs, and the words of a link to it.
struct Home {
    std::string url;
    std::string words;
};
Home home_of(access::RoleClass role_class);

/// The path that somebody asked for before entering; the first page of their role in the place of
/// one that the role may not open.
std::string first_path_of(access::RoleClass role_class, const std::string& asked);

/// The seal of the session's forms: another site cannot know it, so it cannot make a browser act.
/// Empty without a session.
std::string session_seal(const http::Request& request);

/// Ten hours: a working day, then one enters again.
inline constexpr std::int64_t kSessionMs = std::int64_t{10} * 60 * 60 * 1000;

/// A session for the actor until an instant: 303 to a path of ours, with the cookie. Threads: the
/// writer's. Errors: those of create_token.
engine::base::Result<http::Response> open_session(const PageCall& page,
                                                  const engine::machine::Actor& actor,
                                                  engine::base::Instant until,
                                                  const std::string& path);

/// A path of ours as it is; the dashboard in the place of anything else.
std::string safe_path(const std::string& path);

/// The form of a request, when it carries the session's seal and does not come from another site.
/// Errors: forbidden (no seal, or of another session), those of read_form.
engine::base::Result<FormData> read_sealed_form(const http::Request& request);

/// Whether the browser says that the request comes from a page of another site.
bool is_from_elsewhere(const http::Request& request);

/// The address without the query's `dopo`, with another value of it; for the next page of a list.
std::string next_page_url(const http::Request& request, const std::string& next);

/// "ATS di Bergamo", "ente 99000010100": whose an instance is.
std::string owner_words(const Site& site, const std::string& office, const std::string& party);

}  // namespace api::pages
