// SPDX-License-Identifier: EUPL-1.2
#include "engine/calendar/local_time.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

#include "engine/base/ensure.h"
#include "engine/calendar/quote_input.h"

namespace engine::calendar {
namespace {

using base::ErrorCode;
using base::Instant;
using std::chrono::milliseconds;
using LocalMilliseconds = date::local_time<milliseconds>;

constexpr std::int64_t kSecondMs = 1000;
constexpr std::int64_t kMinuteMs = 60 * kSecondMs;
constexpr std::int64_t kHourMs = 60 * kMinuteMs;
constexpr std::int64_t kDayMs = 24 * kHourMs;
/// The widest offset in use on Earth is +14:00.
constexpr int kMaxOffsetMinutes = 14 * 60;

/// The compiled zone files list transitions up to 2037 and the library does not read the rule that
/// follows them: without the twin years below, every summer from 2038 would be an hour off.
constexpr int kLastListedYear = 2037;
/// The calendar repeats after 28 years (no century year without 29 February is among them).
constexpr int kCycleYears = 28;

const date::time_zone& rome() {
    static const date::time_zone* const zone = date::locate_zone("Europe/Rome");
    return *zone;
}

LegalDate first_day_of(int year) {
    return LegalDate::of(year, 1, 1);
}

/// True when every date of the two years falls on the same weekday.
bool are_twin_years(int one, int other) {
    return first_day_of(one).weekday() == first_day_of(other).weekday() &&
           first_day_of(one + 1).weekday() == first_day_of(other + 1).weekday();
}

/// How far back the listed year with the same calendar is. The rule in force (last Sunday of March
/// to last Sunday of October, at 01:00 UTC) puts the transitions on the same dates there.
/// Legal: direttiva 2000/84/CE.
std::chrono::days distance_to_listed_twin(LegalDate date) {
    for (int year = kLastListedYear; year > kLastListedYear - kCycleYears; --year) {
        if (are_twin_years(year, date.year())) {
            return first_day_of(date.year()).day() - first_day_of(year).day();
        }
    }
    base::ensure(false, "28 years in a row hold all fourteen calendars");
    return {};
}

/// The zone's offsets at a UTC or local moment. The year is that of its own day in either case: no
/// transition is near New Year's Eve. Only offsets and kind of the answer hold, not its bounds.
template <class TimePoint>
auto find_zone_info(TimePoint moment) {
    const LegalDate day{
        std::chrono::sys_days{std::chrono::floor<std::chrono::days>(moment.time_since_epoch())}};
    if (day.year() > kLastListedYear) {
        moment -= distance_to_listed_twin(day);
    }
    return rome().get_info(std::chrono::floor<std::chrono::seconds>(moment));
}

milliseconds offset_at(Instant instant) {
    return find_zone_info(date::sys_time<milliseconds>{milliseconds{instant.utc_ms}}).offset;
}

/// The wall clock of Rome at an instant.
struct WallClock {
    LegalDate date;
    std::int64_t ms_of_day;
    std::int64_t offset_minutes;
};

WallClock read_wall_clock(Instant instant) {
    const auto offset = offset_at(instant);
    const milliseconds local = milliseconds{instant.utc_ms} + offset;
    const auto day = std::chrono::floor<std::chrono::days>(local);
    return {LegalDate{std::chrono::sys_days{day}}, (local - day).count(),
            offset.count() / kMinuteMs};
}

LocalMilliseconds local_time_of(LegalDate date, TimeOfDay time) {
    return LocalMilliseconds{date.day().time_since_epoch() + milliseconds{time.ms}};
}

std::string render_time(std::int64_t ms_of_day) {
    return fmt::format("{:02}:{:02}:{:02}", ms_of_day / kHourMs, ms_of_day / kMinuteMs % 60,
                       ms_of_day / kSecondMs % 60);
}

tl::unexpected<base::Error> refuse_hour(LegalDate date, TimeOfDay time, std::string_view problem) {
    return base::fail(
        ErrorCode::invalid_input,
        fmt::format("L'ora {} di {} {}", render_time(time.ms), render_italian_date(date), problem));
}

base::Result<Instant> resolve_local(LegalDate date, TimeOfDay time) {
    if (time.ms < 0 || time.ms > kDayMs) {
        return base::fail(ErrorCode::invalid_input,
                          "L'ora è fuori dal giorno: va da 00:00 a 24:00.");
    }
    const LocalMilliseconds local = local_time_of(date, time);
    const date::local_info info = find_zone_info(local);
    if (info.result == date::local_info::nonexistent) {
        return refuse_hour(date, time,
                           "non esiste: quella notte entra l'ora legale. Indicare un'altra ora.");
    }
    if (info.result == date::local_info::ambiguous) {
        return refuse_hour(date, time,
                           "esiste due volte: quella notte finisce l'ora legale. Indicare lo "
                           "scarto da UTC (+02:00 o +01:00).");
    }
    return Instant{(local.time_since_epoch() - milliseconds{info.first.offset}).count()};
}

/// Takes text from the left, piece by piece; once a piece is missing, `failed` stays true.
class Reader {
  public:
    explicit Reader(std::string_view text) : rest_(text) {}

    bool failed() const { return failed_; }
    bool is_complete() const { return !failed_ && rest_.empty(); }

    bool take(char letter) {
        if (rest_.empty() || rest_.front() != letter) {
            return false;
        }
        rest_.remove_prefix(1);
        return true;
    }

    void expect(char letter) { failed_ = !take(letter) || failed_; }

    /// A number of exactly two digits, at most `largest`.
    int two_digits(int largest) {
        const int value = digit() * 10 + digit();
        failed_ = failed_ || value > largest;
        return value;
    }

    /// One to three digits as thousandths: `.5` is half a second.
    int thousandths() {
        int value = digit() * 100;
        value += next_is_digit() ? digit() * 10 : 0;
        value += next_is_digit() ? digit() : 0;
        return value;
    }

  private:
    bool next_is_digit() const {
        return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
    }

    int digit() {
        if (!next_is_digit()) {
            failed_ = true;
            return 0;
        }
        const int value = rest_.front() - '0';
        rest_.remove_prefix(1);
        return value;
    }

    std::string_view rest_;
    bool failed_ = false;
};

/// `HH:MM[:SS]`; any failure stays in the reader.
TimeOfDay take_time(Reader& reader, bool allows_thousandths) {
    std::int64_t ms = reader.two_digits(24) * kHourMs;
    reader.expect(':');
    ms += reader.two_digits(59) * kMinuteMs;
    if (reader.take(':')) {
        ms += reader.two_digits(59) * kSecondMs;
        if (allows_thousandths && reader.take('.')) {
            ms += reader.thousandths();
        }
    }
    return {ms};
}

/// `Z` or `±HH:MM`; absent when no sign announces one.
std::optional<int> take_offset(Reader& reader) {
    if (reader.take('Z')) {
        return 0;
    }
    const bool is_west = reader.take('-');
    if (!is_west && !reader.take('+')) {
        return std::nullopt;
    }
    const int hours = reader.two_digits(kMaxOffsetMinutes / 60);
    reader.expect(':');
    const int minutes = hours * 60 + reader.two_digits(59);
    return is_west ? -minutes : minutes;
}

tl::unexpected<base::Error> refuse_moment(std::string_view text) {
    return base::fail(ErrorCode::malformed,
                      fmt::format("{} non è una data con ora: scriverla come 2025-05-16T12:00.",
                                  quote_input(text)));
}

}  // namespace

base::Result<LocalMoment> parse_local_moment(std::string_view text) {
    constexpr std::size_t kDateSize = 10;
    const auto date = parse_calendar_date(text.substr(0, kDateSize));
    if (!date) {
        return text.size() > kDateSize ? refuse_moment(text) : base::fail(date.error());
    }
    if (date->year() < kFirstInstantYear || date->year() > kLastInstantYear) {
        return base::fail(ErrorCode::invalid_input,
                          fmt::format("{} è fuori dagli anni {}-{}: controllare l'anno.",
                                      quote_input(text), kFirstInstantYear, kLastInstantYear));
    }
    LocalMoment moment{*date, std::nullopt, std::nullopt};
    if (text.size() == kDateSize) {
        return moment;
    }
    Reader reader{text.substr(kDateSize)};
    reader.expect('T');
    moment.time = take_time(reader, true);
    moment.offset_minutes = take_offset(reader);
    const bool is_plausible = moment.time->ms <= kDayMs &&
                              std::abs(moment.offset_minutes.value_or(0)) <= kMaxOffsetMinutes;
    if (!reader.is_complete() || !is_plausible) {
        return refuse_moment(text);
    }
    return moment;
}

base::Result<TimeOfDay> parse_time_of_day(std::string_view text) {
    Reader reader{text};
    const TimeOfDay time = take_time(reader, false);
    if (!reader.is_complete() || time.ms > kDayMs) {
        return base::fail(
            ErrorCode::malformed,
            fmt::format("{} non è un'ora: scriverla come 12:00 o 12:00:30, al più 24:00.",
                        quote_input(text)));
    }
    return time;
}

base::Result<Instant> to_instant(const LocalMoment& moment) {
    const TimeOfDay time = moment.time.value_or(TimeOfDay{0});
    if (!moment.offset_minutes) {
        return resolve_local(moment.date, time);
    }
    // A stated offset is trusted even when it is not Rome's: the instant is certain.
    return Instant{local_time_of(moment.date, time).time_since_epoch().count() -
                   *moment.offset_minutes * kMinuteMs};
}

Instant start_of_day(LegalDate date) {
    const LocalMilliseconds midnight = local_time_of(date, TimeOfDay{0});
    // Before 1980 clocks changed at midnight: the day then opens at the first reading of it.
    const date::local_info info = find_zone_info(midnight);
    return {(midnight.time_since_epoch() - milliseconds{info.first.offset}).count()};
}

base::Result<Instant> exclusive_bound(LegalDate date, std::optional<TimeOfDay> time) {
    if (!time || time->ms == kDayMs) {
        return start_of_day(date.plus_days(1));
    }
    const auto last_moment = resolve_local(date, *time);
    if (!last_moment) {
        return base::fail(last_moment.error());
    }
    // The term is stated to the second, and that whole second is within it.
    const auto second = std::chrono::floor<std::chrono::seconds>(milliseconds{last_moment->utc_ms});
    return Instant{milliseconds{second}.count() + kSecondMs};
}

LegalDate legal_date_of(Instant instant) {
    return read_wall_clock(instant).date;
}

std::string render_instant(Instant instant) {
    const WallClock clock = read_wall_clock(instant);
    const std::int64_t offset = std::abs(clock.offset_minutes);
    return fmt::format("{}T{}.{:03}{}{:02}:{:02}", render_legal_date(clock.date),
                       render_time(clock.ms_of_day), clock.ms_of_day % kSecondMs,
                       clock.offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
}

std::string render_utc_instant(Instant instant) {
    const auto day = date::floor<date::days>(
        date::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(instant.utc_ms)));
    const std::int64_t ms_of_day =
        instant.utc_ms -
        std::chrono::duration_cast<std::chrono::milliseconds>(day.time_since_epoch()).count();
    return fmt::format("{}T{}.{:03}Z", date::format("%F", day), render_time(ms_of_day),
                       ms_of_day % kSecondMs);
}

std::string render_italian_instant(Instant instant) {
    const WallClock clock = read_wall_clock(instant);
    const auto parts = clock.date.year_month_day();
    return fmt::format("{:02}/{:02}/{:04} alle {}", static_cast<unsigned>(parts.day()),
                       static_cast<unsigned>(parts.month()), static_cast<int>(parts.year()),
                       render_time(clock.ms_of_day));
}

base::Result<Instant> parse_instant(std::string_view text) {
    const auto moment = parse_local_moment(text);
    if (!moment) {
        return base::fail(moment.error());
    }
    return to_instant(*moment);
}

base::Result<base::Instant> parse_past_moment(std::string_view text, base::Instant now) {
    const auto moment = parse_local_moment(text);
    if (!moment) {
        return base::fail(moment.error());
    }
    if (moment->time) {
        return to_instant(*moment);
    }
    const bool is_today = moment->date == legal_date_of(now);
    return is_today ? now : base::Instant{start_of_day(moment->date.plus_days(1)).utc_ms - 1};
}

}  // namespace engine::calendar
