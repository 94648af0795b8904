// SPDX-License-Identifier: EUPL-1.2
#include "api/routes/router.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "api/routes/path_pattern.h"
#include "api/routes/problem.h"
#include "api/routes/request_reading.h"
#include "engine/base/ensure.h"
#include "engine/base/names.h"
#include "engine/base/sha256.h"

namespace api::routes {
namespace {

using engine::base::Error;
using engine::base::ErrorCode;
using engine::base::fail;

Error busy_error() {
    return {ErrorCode::busy, "Il servizio è molto carico: riprovare tra qualche secondo.", {}};
}

/// The last address that a chain of proxies names: the one our own proxy saw.
std::string last_forwarded(const http::Request& request) {
    const auto addresses = request.headers.list("X-Forwarded-For");
    return addresses.empty() ? std::string{} : addresses.back();
}

}  // namespace

/// What a request carries from its arrival to its answer.
struct Router::Journey {
    http::Request request;
    http::Reply reply;
    const Route* route = nullptr;
    std::map<std::string, std::string> path;
    std::optional<std::string> secret;
    std::string client_key;  ///< the bucket of the bearer of the secret
    access::RateState rate;
    Caller caller;
    Reach reach = Reach::none;
    bool is_admitted = false;
    bool was_prepared = false;
};

Router::Router(service::Service& service, access::RoleClasses roles, std::vector<Route> routes,
               RouterOptions options)
    : service_(service),
      roles_(std::move(roles)),
      routes_(std::move(routes)),
      options_(std::move(options)),
      limiter_(std::make_unique<access::RateLimiter>(options_.rate)) {
    for (const Route& route : routes_) {
        Pattern pattern{split_pattern(route.pattern), 0};
        pattern.literals = static_cast<std::size_t>(
            std::count_if(pattern.segments.begin(), pattern.segments.end(),
                          [](const std::string& segment) { return !is_parameter(segment); }));
        patterns_.push_back(std::move(pattern));
    }
    check_routes();
}

void Router::check_routes() const {
    using engine::base::ensure;
    std::set<std::string> names;
    std::set<std::pair<std::string, std::string>> places;
    for (const Route& route : routes_) {
        ensure(names.insert(route.name).second, "a route's name is its own");
        ensure(places.insert({route.method, route.pattern}).second,
               "a path has one route a method");
        const auto reach = reach_of(route, access::RoleClass::anonymous);
        ensure(reach.has_value(), "the authorization table has a line for every route");
        ensure(!std::holds_alternative<Immediate>(route.work) || *reach == Reach::everyone,
               "what answers without asking who is there is for everyone");
    }
}

Router::Found Router::find_route(const http::Request& request) const {
    Found found;
    std::size_t best = 0;
    for (std::size_t i = 0; i < routes_.size(); ++i) {
        auto path = match_path(patterns_[i].segments, request.target.segments);
        if (!path) {
            continue;
        }
        found.methods.push_back(routes_[i].method);
        const bool is_better = found.route == nullptr || patterns_[i].literals > best;
        if (routes_[i].method == request.method && is_better) {
            found.route = &routes_[i];
            found.path = std::move(*path);
            best = patterns_[i].literals;
        }
    }
    return found;
}

std::size_t Router::max_body(const http::Request& head) const {
    const Route* route = find_route(head).route;
    return route == nullptr ? kMaxBodyBytes : route->max_body_bytes;
}

void Router::turn_away_from_nowhere(const JourneyPointer& journey) const {
    const auto tell = [this, journey] {
        send_error(*journey, {ErrorCode::not_found,
                              "A questo indirizzo non c'è niente: controllare com'è scritto.",
                              {}});
    };
    const auto secret = access::find_secret(journey->request, access::Credential::session);
    if (!secret || !options_.render_error) {
        tell();
        return;
    }
    const bool is_taken = service_.readers().submit([this, journey, secret, tell](auto& desk) {
        const auto caller =
            access::find_caller(*desk.accounts, roles_, *secret, access::Credential::session);
        journey->caller = caller.value_or(Caller{});  // who is nobody is told as nobody
        tell();
    });
    if (!is_taken) {
        tell();
    }
}

void Router::turn_away(Journey& journey, const std::vector<std::string>& methods) const {
    if (journey.request.method == "OPTIONS") {
        send(journey, http::allowed_methods(methods));
        return;
    }
    const auto plain = http::method_not_allowed(methods);
    auto response = render_problem({"method_not_allowed",
                                    "Questo indirizzo non ammette il metodo usato: quelli ammessi "
                                    "sono nell'intestazione Allow.",
                                    {}},
                                   journey.request.request_id);
    response.headers.add("Allow", plain.headers.find("Allow").value_or(""));
    send(journey, std::move(response));
}

std::string Router::client_of(const http::Request& request) const {
    const std::string forwarded =
        engine::base::has_name(options_.trusted_proxies, request.peer_address)
            ? last_forwarded(request)
            : std::string{};
    return "a:" + (forwarded.empty() ? request.peer_address : forwarded);
}

/// Who has shown a good secret before has a bucket of its own. Everybody else, who tries secrets
/// too, shares that of the address.
bool Router::pass_limits(Journey& journey) const {
    if (journey.route != nullptr) {
        journey.secret = access::find_secret(journey.request, journey.route->credential);
    }
    if (journey.secret) {
        journey.client_key = "t:" + engine::base::sha256_hex(*journey.secret);
    }
    const bool is_known = !journey.client_key.empty() && limiter_->knows(journey.client_key);
    journey.rate = limiter_->take(is_known ? journey.client_key : client_of(journey.request),
                                  journey.request.received_at);
    return journey.rate.is_allowed;
}

void Router::handle(http::Request request, http::Reply reply) const {
    const auto journey = std::make_shared<Journey>(
        Journey{std::move(request), std::move(reply), nullptr, {}, {}, {}, {}, {}, Reach::none});
    auto found = find_route(journey->request);
    journey->route = found.route;
    journey->path = std::move(found.path);
    if (!pass_limits(*journey)) {
        send_error(*journey, {ErrorCode::too_many_requests,
                              fmt::format("Troppe richieste: riprovare tra {} secondi.",
                                          journey->rate.reset_seconds),
                              {}});
        return;
    }
    if (found.methods.empty()) {
        turn_away_from_nowhere(journey);
        return;
    }
    if (journey->route == nullptr) {
        turn_away(*journey, found.methods);
        return;
    }
    dispatch(journey);
}

void Router::dispatch(const JourneyPointer& journey) const {
    const Work& work = journey->route->work;
    if (const auto* immediate = std::get_if<Immediate>(&work)) {
        respond(*journey, [&]() -> Result<http::Response> {
            if (auto readable = check_body_type(*journey); !readable) {
                return fail(readable.error());
            }
            return immediate->run(journey->request, service_);
        });
    } else if (const auto* act = std::get_if<Act>(&work)) {
        dispatch_act(journey, *act);
    } else if (const auto* chore = std::get_if<Chore>(&work)) {
        dispatch_to_writer(journey, *chore);
    } else {
        const auto& read = std::get<Read>(work);
        const bool is_taken = service_.readers().submit([this, journey, &read](auto& desk) {
            respond(*journey, [&]() -> Result<http::Response> {
                if (auto admitted = admit(*journey, desk); !admitted) {
                    return fail(admitted.error());
                }
                return read.run(call_of(*journey, desk));
            });
        });
        if (!is_taken) {
            send_error(*journey, busy_error());
        }
    }
}

void Router::dispatch_to_writer(const JourneyPointer& journey, const Chore& chore) const {
    const bool is_taken = service_.writer().post([this, journey, &chore] {
        respond(*journey, [&]() -> Result<http::Response> {
            if (const auto refusal = service_.writer().storage().refusal()) {
                return fail(*refusal);
            }
            auto& desk = service_.writer_desk();
            if (auto admitted = admit(*journey, desk); !admitted) {
                return fail(admitted.error());
            }
            return chore.run(call_of(*journey, desk));
        });
    });
    if (!is_taken) {
        send_error(*journey, busy_error());
    }
}

void Router::dispatch_act(const JourneyPointer& journey, const Act& act) const {
    service::Submission submission;
    submission.received_at = journey->request.received_at;
    submission.bytes = journey->request.body.size();
    submission.prepare = [this, journey, &act]() -> Result<Command> {
        auto& desk = service_.writer_desk();
        if (auto admitted = admit(*journey, desk); !admitted) {
            return fail(admitted.error());
        }
        auto command = act.prepare(call_of(*journey, desk));
        journey->was_prepared = command.has_value();
        if (command) {
            command->actor = journey->caller.actor;
            command->begun_at = journey->request.begun_at;
            command->received_at = journey->request.received_at;
        }
        return command;
    };
    submission.answer = [this, journey, &act](const Result<Outcome>& outcome) {
        respond(*journey, [&]() -> Result<http::Response> {
            if (!journey->is_admitted) {
                return fail(outcome.error());
            }
            return act.answer(call_of(*journey, service_.writer_desk()), outcome);
        });
    };
    if (!service_.writer().submit(std::move(submission))) {
        send_error(*journey, busy_error());
    }
}

std::optional<Reach> Router::reach_of(const Route& route, access::RoleClass role_class) const {
    return access::find_reach(route.name, role_class, options_.also_allowed);
}

Result<void> Router::admit(Journey& journey, service::Desk& desk) const {
    const bool is_page = journey.route->credential == access::Credential::session;
    if (journey.secret) {
        auto caller =
            access::find_caller(*desk.accounts, roles_, *journey.secret, journey.route->credential);
        if (caller) {
            journey.caller = std::move(*caller);
            limiter_->admit(journey.client_key, journey.request.received_at);
        } else if (!is_page || caller.error().code != ErrorCode::unauthenticated) {
            return fail(caller.error());  // a session that is over is nobody, and may log in again
        }
    }
    const auto reach = reach_of(*journey.route, journey.caller.role_class);
    journey.reach = reach.value_or(Reach::none);
    if (journey.reach == Reach::none && !journey.caller.is_known()) {
        return fail(ErrorCode::unauthenticated,
                    "Per questa richiesta serve l'accesso, con un codice valido.");
    }
    if (journey.reach == Reach::none) {
        return fail(ErrorCode::forbidden, "Il ruolo di chi chiede non comprende questa richiesta.");
    }
    if (auto readable = check_body_type(journey); !readable) {
        return readable;
    }
    journey.is_admitted = true;
    return {};
}

/// Looked at after who asks: a stranger learns nothing of what a route reads.
Result<void> Router::check_body_type(const Journey& journey) const {
    const Route& route = *journey.route;
    const auto& request = journey.request;
    const bool is_of_program = route.credential == access::Credential::bearer;
    const bool has_body = request.headers.count("Content-Type") > 0 || !request.body.empty();
    if (request.method != "POST" || !is_of_program || !has_body ||
        engine::base::has_name(route.body_types, media_type_of(request))) {
        return {};
    }
    return fail(ErrorCode::unsupported_type,
                fmt::format("Qui il corpo della richiesta è di tipo {}, e va detto con "
                            "l'intestazione Content-Type.",
                            fmt::join(route.body_types, " o ")));
}

Call Router::call_of(const Journey& journey, service::Desk& desk) const {
    return {journey.request, journey.path, journey.caller,      journey.reach, desk,
            service_,        roles_,       journey.was_prepared};
}

template <class Respond>
void Router::respond(Journey& journey, Respond run) const {
    try {
        auto response = run();
        if (response) {
            send(journey, std::move(*response));
        } else {
            send_error(journey, response.error());
        }
    } catch (const std::exception& exception) {
        service_.log().error("route_failed", {{"request", journey.request.request_id},
                                              {"route", journey.route->name},
                                              {"cause", exception.what()}});
        send_error(journey, {ErrorCode::internal, "", {}});
    }
}

void Router::send_error(Journey& journey, const Error& error) const {
    const RenderError& own =
        journey.route == nullptr ? options_.render_error : journey.route->render_error;
    if (status_of(error.code) >= 500 && error.code != ErrorCode::busy) {
        service_.log().error("request_failed", {{"request", journey.request.request_id},
                                                {"code", engine::base::error_code_name(error.code)},
                                                {"cause", error.message_it}});
    }
    auto response = own ? own(journey.request, journey.caller, error)
                        : render_problem(problem_of(error), journey.request.request_id);
    if (error.code == ErrorCode::too_many_requests && !journey.rate.is_allowed) {
        response.headers.add("Retry-After", std::to_string(journey.rate.reset_seconds));
    }
    if (error.code == ErrorCode::unsupported_type && journey.route != nullptr) {
        response.headers.add("Accept-Post",
                             fmt::format("{}", fmt::join(journey.route->body_types, ", ")));
    }
    send(journey, std::move(response));
}

void Router::send(Journey& journey, http::Response response) const {
    auto& headers = response.headers;
    headers.add("X-RateLimit-Limit", std::to_string(journey.rate.limit));
    headers.add("X-RateLimit-Remaining", std::to_string(journey.rate.remaining));
    headers.add("X-RateLimit-Reset", std::to_string(journey.rate.reset_seconds));
    headers.add("X-Content-Type-Options", "nosniff");
    if (headers.count("Cache-Control") == 0) {
        headers.add("Cache-Control", "no-store");
    }
    if (options_.observe) {
        const auto now = service_.clock().now();
        options_.observe(
            {journey.route == nullptr ? std::string{} : journey.route->name, response.status,
             std::max<std::int64_t>(now.utc_ms - journey.request.received_at.utc_ms, 0),
             journey.request.request_id, journey.caller.actor.role, journey.caller.actor.office});
    }
    journey.reply(std::move(response));
}

}  // namespace api::routes
