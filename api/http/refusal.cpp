// SPDX-License-Identifier: EUPL-1.2
#include "api/http/refusal.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "engine/base/json.h"

namespace api::http {
namespace {

/// After how long a full queue is worth another try: the writer drains it in less.
constexpr int kRetryAfterSeconds = 1;

constexpr std::array<std::pair<int, std::string_view>, 38> kReasons{{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
}};

std::string allow_line(std::vector<std::string> methods) {
    const auto has = [&](std::string_view method) {
        return std::find(methods.begin(), methods.end(), method) != methods.end();
    };
    if (has("GET") && !has("HEAD")) {
        methods.emplace_back("HEAD");
    }
    if (!has("OPTIONS")) {
        methods.emplace_back("OPTIONS");
    }
    return fmt::format("{}", fmt::join(methods, ", "));
}

}  // namespace

Asked find_asked(std::string_view head) {
    constexpr std::string_view kAccept = "accept:";
    Asked asked;
    const std::string_view first = head.substr(0, head.find('\n'));
    const std::size_t from = std::min(first.find(' '), first.size());
    const std::string_view target = first.substr(std::min(from + 1, first.size()));
    asked.path = target.substr(0, target.find_first_of("? \r"));
    std::size_t start = first.size() + 1;
    while (start < head.size() && head[start] != '\r') {
        const std::string_view line = head.substr(start, head.find('\n', start) - start);
        if (equals_ignoring_case(line.substr(0, kAccept.size()), kAccept)) {
            asked.accept = line.substr(kAccept.size());
        }
        start += line.size() + 1;
    }
    return asked;
}

std::string_view reason_phrase(int status) {
    const auto* found = std::find_if(kReasons.begin(), kReasons.end(),
                                     [&](const auto& reason) { return reason.first == status; });
    return found == kReasons.end() ? std::string_view{} : found->second;
}

Refusal malformed(std::string message_it) {
    return {"malformed", std::move(message_it), 0};
}

Refusal busy(std::string message_it) {
    return {"busy", std::move(message_it), kRetryAfterSeconds};
}

Refusal answer_late() {
    return {"answer_late",
            "La risposta tarda, e la richiesta può essere stata eseguita: controlla prima di "
            "ripeterla, o ripetila con la stessa Idempotency-Key.",
            kRetryAfterSeconds};
}

Refusal internal_failure() {
    return {"internal",
            "C'è stato un errore nostro e la richiesta non ha avuto risposta. Riprova; se si "
            "ripete, segnalalo con il codice che trovi nell'intestazione X-Request-Id.",
            0};
}

Response render_refusal(const Refusal& refusal) {
    using engine::base::render_text;
    const ProblemKind& kind = problem_kind(refusal.code);
    Response response;
    response.status = kind.status;
    response.headers.add("Content-Type", "application/problem+json");
    response.headers.add("Cache-Control", "no-store");
    if (refusal.retry_after_s > 0) {
        response.headers.add("Retry-After", fmt::format("{}", refusal.retry_after_s));
    }
    response.body =
        fmt::format(R"({{"type":{},"title":{},"status":{},"detail":{},"codice":{}}})",
                    render_text("urn:coprog:problema:" + refusal.code), render_text(kind.title_it),
                    kind.status, render_text(refusal.message_it), render_text(refusal.code));
    return response;
}

Response method_not_allowed(const std::vector<std::string>& methods) {
    const std::string allow = allow_line(methods);
    Response response = render_refusal(
        {"method_not_allowed",
         "Questo indirizzo non accetta il metodo usato. Metodi ammessi: " + allow + ".", 0});
    response.headers.add("Allow", allow);
    return response;
}

Response allowed_methods(const std::vector<std::string>& methods) {
    Response response;
    response.status = 204;
    response.headers.add("Allow", allow_line(methods));
    return response;
}

}  // namespace api::http
