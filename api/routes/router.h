// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "api/access/caller.h"
#include "api/access/rate_limiter.h"
#include "api/http/reply.h"
#include "api/service/service.h"
#include "engine/base/json.h"

namespace api::routes {

using access::Caller;
using access::Reach;
using engine::Outcome;
using engine::base::Result;
using engine::machine::Command;

/// A request on its way through its route.
struct Call {
    const http::Request& request;
    const std::map<std::string, std::string>& path;  ///< by name in the pattern; decoded
    const Caller& caller;
    Reach reach;          ///< of the authorization table, for this route and this caller
    service::Desk& desk;  ///< of the thread that works
    service::Service& service;
    const access::RoleClasses& roles;
    /// Of an Act that is answered: its command was made, so that an error is the engine's.
    bool was_prepared = false;
};

/// Answered at once on the I/O thread: no database, nothing that waits.
struct Immediate {
    std::function<Result<http::Response>(const http::Request&, service::Service&)> run;
};

/// Answered by a reader.
struct Read {
    std::function<Result<http::Response>(const Call&)> run;
};

/// Becomes a command. Both are called on the writer's thread; the second, after the commit.
struct Act {
    std::function<Result<Command>(const Call&)> prepare;
    /// Also says what was refused, when it wants to: an error it returns goes through the route's
    /// `render_error`.
    std::function<Result<http::Response>(const Call&, const Result<Outcome>&)> answer;
};

/// Writes, but no act of a procedure (a login): on the writer's thread, between two batches.
struct Chore {
    std::function<Result<http::Response>(const Call&)> run;
};

using Work = std::variant<Immediate, Read, Act, Chore>;

/// How an error is shown: problem+json to programs, a page to people. `caller` may be nobody.
using RenderError = std::function<http::Response(const http::Request&, const Caller& caller,
                                                 const engine::base::Error&)>;

/// The longest body of a route that says no other: the longest JSON, or form, that is read.
inline constexpr std::size_t kMaxBodyBytes = engine::base::kMaxJsonBytes;

/// One method of one path.
struct Route {
    std::string name;     ///< its line in the authorization table, and in logs
    std::string method;   ///< GET or POST; HEAD comes with GET
    std::string pattern;  ///< "/v1/procedure/{id}/eventi"
    Work work;
    access::Credential credential = access::Credential::bearer;
    RenderError render_error = {};  ///< empty: problem+json
    std::size_t max_body_bytes = kMaxBodyBytes;
    /// The types of body that a program may send (lower case, without parameters); any other is
    /// refused with these in `Accept-Post`. Pages read what browsers send by themselves.
    std::vector<std::string> body_types = {"application/json"};
};

/// What the router does for each answer, told to who counts and logs.
struct Served {
    std::string route;  ///< empty: no route
    int status = 0;
    std::int64_t duration_ms = 0;
    std::string request_id;
    std::string role;    ///< of the caller; empty for nobody
    std::string office;  ///< the same
};

struct RouterOptions {
    access::RateLimit rate = {};
    /// Addresses of proxies that may say for whom they ask, in `X-Forwarded-For`.
    std::vector<std::string> trusted_proxies = {"127.0.0.1", "::1"};
    /// Called once for each answer, from any thread; must not throw. Empty: nobody listens.
    std::function<void(const Served&)> observe = {};
    /// Lines of the authorization table for routes that only this kind of program has; they outlive
    /// the router.
    std::span<const access::AccessRow> also_allowed = {};
    /// For paths that no route has, and for errors before a route is known.
    RenderError render_error = {};
};

/// From a request to its route: limits, who asks, the authorization table, the thread that works,
/// the headers that every answer has.
/// Threads: `handle`, any; it never blocks.
class Router {
  public:
    /// Errors: BugError when two routes are the same, or the authorization table and the routes do
    /// not name each other. The service outlives the router.
    Router(service::Service& service, access::RoleClasses roles, std::vector<Route> routes,
           RouterOptions options);

    void handle(http::Request request, http::Reply reply) const;

    /// How long the body of a request may be: what its route says, little where there is none.
    std::size_t max_body(const http::Request& head) const;

    const std::vector<Route>& routes() const { return routes_; }

  private:
    struct Journey;
    using JourneyPointer = std::shared_ptr<Journey>;
    /// A path's segments; `{name}` stands for any one segment.
    struct Pattern {
        std::vector<std::string> segments;
        std::size_t literals = 0;
    };

    void check_routes() const;
    /// What a request's path and method lead to.
    struct Found {
        const Route* route = nullptr;  ///< null: no route has this method here
        std::map<std::string, std::string> path;
        std::vector<std::string> methods;  ///< of every route of the path
    };
    /// Of patterns that fit, the one with more literal segments.
    Found find_route(const http::Request& request) const;
    void turn_away(Journey& journey, const std::vector<std::string>& methods) const;
    /// Where there is nothing: a person with a session is told so in their own frame.
    void turn_away_from_nowhere(const JourneyPointer& journey) const;
    bool pass_limits(Journey& journey) const;
    void dispatch(const JourneyPointer& journey) const;
    void dispatch_act(const JourneyPointer& journey, const Act& act) const;
    void dispatch_to_writer(const JourneyPointer& journey, const Chore& chore) const;
    std::optional<Reach> reach_of(const Route& route, access::RoleClass role_class) const;
    Result<void> admit(Journey& journey, service::Desk& desk) const;
    Result<void> check_body_type(const Journey& journey) const;
    Call call_of(const Journey& journey, service::Desk& desk) const;
    /// Runs what answers; what it throws is a bug, logged and told as such.
    template <class Respond>
    void respond(Journey& journey, Respond run) const;
    void send_error(Journey& journey, const engine::base::Error& error) const;
    void send(Journey& journey, http::Response response) const;
    std::string client_of(const http::Request& request) const;

    service::Service& service_;
    access::RoleClasses roles_;
    std::vector<Route> routes_;
    std::vector<Pattern> patterns_;  ///< one for each route
    RouterOptions options_;
    std::unique_ptr<access::RateLimiter> limiter_;
};

}  // namespace api::routes
