// SPDX-License-Identifier: EUPL-1.2
#include "api/http/response_head.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "api/http/letters.h"
#include "api/http/refusal.h"
#include "engine/base/ensure.h"

namespace api::http {
namespace {

using engine::base::ensure;

constexpr std::array<std::string_view, 5> kServerFields{"Content-Length", "Connection", "Date",
                                                        "X-Request-Id", "Transfer-Encoding"};

constexpr std::array<std::string_view, 7> kDayNames{"Sun", "Mon", "Tue", "Wed",
                                                    "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> kMonthNames{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

void check_field(const std::string& name, std::string_view value) {
    ensure(is_token(name), "a route wrote a header name that is no token");
    ensure(std::none_of(value.begin(), value.end(), is_control),
           "a route wrote a header value with a control character");
    ensure(std::none_of(kServerFields.begin(), kServerFields.end(),
                        [&](std::string_view own) { return equals_ignoring_case(own, name); }),
           "a route wrote a header field that only the server writes");
}

bool has_no_content(int status) {
    return status == 204 || status == 304;
}

}  // namespace

std::string render_http_date(engine::base::Instant instant) {
    using std::chrono::days;
    using std::chrono::floor;
    const std::chrono::sys_time<std::chrono::milliseconds> moment{
        std::chrono::milliseconds{instant.utc_ms}};
    const auto day = floor<days>(moment);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{floor<std::chrono::seconds>(moment - day)};
    return fmt::format(
        "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
        kDayNames.at(std::chrono::weekday{day}.c_encoding()), static_cast<unsigned>(date.day()),
        kMonthNames.at(static_cast<unsigned>(date.month()) - 1U), static_cast<int>(date.year()),
        time.hours().count(), time.minutes().count(), time.seconds().count());
}

std::string render_response_head(const Response& response, const ResponseFrame& frame) {
    const std::string_view reason = reason_phrase(response.status);
    const std::size_t size = response.body_bytes().size();
    ensure(!reason.empty(), "a route answered with a status that reason_phrase does not know");
    ensure(size == 0 || !has_no_content(response.status), "a route gave a body to 204 or 304");

    std::string head = fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason);
    for (const auto& [name, value] : response.headers.lines()) {
        check_field(name, value);
        head += fmt::format("{}: {}\r\n", name, value);
    }
    if (!has_no_content(response.status)) {
        head += fmt::format("Content-Length: {}\r\n", size);
    }
    if (!frame.goes_on) {
        head += "Connection: close\r\n";
    }
    return head + fmt::format("Date: {}\r\nX-Request-Id: {}\r\n\r\n", render_http_date(frame.now),
                              frame.request_id);
}

}  // namespace api::http
