// SPDX-License-Identifier: EUPL-1.2
#include "api/http/request_rules.h"

#include <algorithm>
#include <array>

#include "api/http/letters.h"

namespace api::http {
namespace {

/// What routes may know. CONNECT and TRACE are HTTP's, and no server of pages implements them.
constexpr std::array<std::string_view, 7> kMethods{"GET",   "HEAD",   "POST",   "PUT",
                                                   "PATCH", "DELETE", "OPTIONS"};

/// Fields that hold one value: twice, each reader would believe another one (RFC 9110, 5.3).
constexpr std::array<std::string_view, 14> kSingleFields{
    "Host",   "Content-Length", "Content-Type",    "Transfer-Encoding",   "Authorization",
    "Cookie", "Origin",         "Idempotency-Key", "If-Modified-Since",   "If-Range",
    "Range",  "Referer",        "User-Agent",      "If-Unmodified-Since",
};

std::optional<Refusal> check_single_fields(const Headers& headers) {
    for (const std::string_view name : kSingleFields) {
        if (headers.count(name) > 1) {
            return malformed("L'intestazione «" + std::string(name) +
                             "» compare più volte: va scritta una volta sola.");
        }
    }
    return std::nullopt;
}

/// RFC 9112, 3.2. In HTTP/1.0 it need not be there.
std::optional<Refusal> check_host(const Head& head) {
    const auto host = head.headers.find("Host");
    if (!host && head.minor_version == 0) {
        return std::nullopt;
    }
    if (!host || !is_authority(*host)) {
        return malformed("L'intestazione «Host» manca o non è un nome di sito.");
    }
    return std::nullopt;
}

/// RFC 9112, 6.1 to 6.3. `chunked` is the only coding that is understood.
std::optional<Refusal> check_transfer_encoding(const Head& head) {
    const auto coding = head.headers.find("Transfer-Encoding");
    if (!coding) {
        return std::nullopt;
    }
    if (head.minor_version == 0 || head.headers.count("Content-Length") > 0) {
        return malformed("«Transfer-Encoding» non può stare con «Content-Length» né in HTTP/1.0.");
    }
    if (equals_ignoring_case(*coding, "chunked")) {
        return std::nullopt;
    }
    const auto codings = split(*coding, ',');
    const auto is_chunked = [](std::string_view member) {
        return equals_ignoring_case(trim(member), "chunked");
    };
    const bool ends_chunked = is_chunked(codings.back()) &&
                              std::count_if(codings.begin(), codings.end(), is_chunked) == 1;
    const bool are_tokens = std::all_of(codings.begin(), codings.end(),
                                        [](auto member) { return is_token(trim(member)); });
    if (ends_chunked && are_tokens) {
        return Refusal{"coding_not_implemented",
                       "Il server non conosce questa codifica di trasferimento: usa «chunked».", 0};
    }
    return malformed(
        "«Transfer-Encoding» non finisce con «chunked»: non si sa dove il corpo ha "
        "fine.");
}

std::optional<Refusal> check_content_length(const Head& head) {
    const auto length = head.headers.find("Content-Length");
    if (length && (length->empty() || !std::all_of(length->begin(), length->end(), is_digit))) {
        return malformed("«Content-Length» non è un numero.");
    }
    return std::nullopt;
}

std::optional<Refusal> check_method(const Head& head) {
    if (std::find(kMethods.begin(), kMethods.end(), head.method) == kMethods.end()) {
        return Refusal{"method_not_implemented", "Il server non conosce questo metodo.", 0};
    }
    return std::nullopt;
}

std::optional<Refusal> check_expectation(const Head& head) {
    const auto expectation = head.headers.find("Expect");
    if (expectation && !equals_ignoring_case(*expectation, "100-continue")) {
        return Refusal{"expectation_failed", "Il server non può soddisfare «Expect».", 0};
    }
    return std::nullopt;
}

std::optional<Refusal> check_target(const Head& head) {
    const auto target = parse_target(head.method, head.target);
    return target ? std::nullopt : std::optional(malformed(target.error().message_it));
}

}  // namespace

std::optional<Refusal> check_head(const Head& head) {
    constexpr std::array kRules{
        // The order in which a client is told: first what makes the message ambiguous.
        +[](const Head& h) { return check_single_fields(h.headers); },
        check_transfer_encoding,
        check_content_length,
        check_host,
        check_target,
        check_method,
        check_expectation,
    };
    for (const auto rule : kRules) {
        if (auto refusal = rule(head)) {
            return refusal;
        }
    }
    return std::nullopt;
}

bool keeps_alive(const Head& head) {
    const auto options = head.headers.list("Connection");
    return head.minor_version == 1 &&
           std::none_of(options.begin(), options.end(), [](const std::string& option) {
               return equals_ignoring_case(option, "close");
           });
}

bool expects_continue(const Head& head) {
    return head.minor_version == 1 && head.headers.count("Expect") > 0;
}

engine::base::Result<Request> make_request(Head head) {
    auto target = parse_target(head.method, head.target);
    if (!target) {
        return engine::base::fail(target.error());
    }
    Request request;
    request.is_head = head.method == "HEAD";
    request.method = request.is_head ? "GET" : std::move(head.method);
    request.target = std::move(*target);
    // RFC 9112, 3.2.2: a name in the target counts, and `Host` no longer does.
    request.host = request.target.authority.empty()
                       ? to_lower(head.headers.find("Host").value_or(""))
                       : request.target.authority;
    request.headers = std::move(head.headers);
    return request;
}

}  // namespace api::http
