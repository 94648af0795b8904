// SPDX-License-Identifier: EUPL-1.2
#include "engine/base/log.h"

#include <fmt/format.h>

#include <chrono>

#include "engine/base/json.h"

namespace engine::base {
namespace {

std::string_view level_name(LogLevel level) {
    switch (level) {
        case LogLevel::info: return "info";
        case LogLevel::warning: return "warning";
        case LogLevel::error: return "error";
    }
    return "error";
}

/// `2025-06-30T21:59:59.999Z`. The calendar room, which knows zones, is to the right of this one.
std::string render_time(Instant instant) {
    using namespace std::chrono;
    const sys_time<milliseconds> point{milliseconds{instant.utc_ms}};
    const auto day = floor<days>(point);
    const year_month_day date{day};
    const hh_mm_ss time{point - day};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       time.hours().count(), time.minutes().count(), time.seconds().count(),
                       time.subseconds().count());
}

}  // namespace

LogField::LogField(std::string_view key, std::string_view text)
    : name(key), json(render_text(text)) {}

LogField::LogField(std::string_view key, std::int64_t number)
    : name(key), json(render_integer(number)) {}

void Log::write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
    std::string line =
        fmt::format(R"({{"time":"{}","level":"{}","event":{})", render_time(clock_.now()),
                    level_name(level), render_text(event));
    for (const LogField& field : fields) {
        line += fmt::format(",{}:{}", render_text(field.name), field.json);
    }
    line += "}\n";
    const std::lock_guard lock(mutex_);
    sink_(line);
}

}  // namespace engine::base
