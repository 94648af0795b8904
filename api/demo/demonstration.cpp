// SPDX-License-Identifier: EUPL-1.2
#include "api/demo/demonstration.h"

#include <fmt/format.h>

#include "api/demo/demo_data.h"
#include "api/demo/demo_pages.h"
#include "api/demo/demo_roles.h"
#include "api/pages/page_routes.h"
#include "api/routes/routes.h"
#include "engine/calendar/local_time.h"

namespace api::demo {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;
using engine::calendar::LegalDate;

/// One visitor who reads pages as fast as a browser asks for them.
constexpr access::RateLimit kRate{1000, 200};

/// Beginning again after midnight plays the whole story: a second, a minute on a busy machine.
constexpr std::chrono::minutes kAnswerTime{5};

/// Longer than anybody moves the calendar.
constexpr std::int64_t kTenYearsMs = std::int64_t{3653} * 24 * 60 * 60 * 1000;

/// Somebody to pass a task on to, in the office that the visitor knows best. Nobody has the secret.
Result<void> add_colleague(engine::Accounts& accounts, const engine::base::Clock& clock) {
    const DemoRole& officer = *find_demo_role("ats");
    const auto person = accounts.add_person("Collega di esempio (Brianza)");
    if (!person) {
        return fail(person.error());
    }
    engine::TokenRequest request;
    request.actor = {person->id, std::string(officer.role), std::string(officer.office), ""};
    request.valid_until = {clock.now().utc_ms + kTenYearsMs};
    const auto issued = accounts.create_token(request);
    return issued ? Result<void>{} : fail(issued.error());
}

/// One person for each role, before the story is played: what the same person does in it is then
/// theirs. By the script's names.
Result<std::map<std::string, std::string>> add_people(const std::filesystem::path& folder,
                                                      const engine::base::Clock& clock,
                                                      engine::base::Random& random) {
    std::error_code ignored;  // the database says what is wrong with the folder
    std::filesystem::create_directories(folder, ignored);
    auto accounts = engine::open_accounts(folder, clock, random);
    if (!accounts) {
        return fail(accounts.error());
    }
    std::map<std::string, std::string> known_as;
    for (const DemoRole& role : demo_roles()) {
        const auto person = (*accounts)->add_person(std::string(role.person_it));
        if (!person) {
            return fail(person.error());
        }
        if (!role.script_person.empty()) {
            known_as.emplace(role.script_person, person->id);
        }
    }
    if (auto added = add_colleague(**accounts, clock); !added) {
        return fail(added.error());
    }
    return known_as;
}

/// Asked before a second goes into the data. Errors: those of http::Server::open.
Result<void> check_port(const DemonstrationOptions& options) {
    http::ServerOptions server;
    server.address = options.address;
    server.port = options.port;
    server.clock = &options.clock;
    server.random = &options.random;
    const auto opened = http::Server::open(std::move(server), [](const auto&, const auto&) {});
    return opened ? Result<void>{} : fail(opened.error());
}

}  // namespace

Demonstration::Demonstration(DemonstrationOptions options)
    : options_(std::move(options)),
      clock_(options_.clock),
      courier_(options_.folder / "in-uscita") {}

LegalDate Demonstration::real_day() const {
    return engine::calendar::legal_date_of(options_.clock.now());
}

void Demonstration::set_clock(LegalDate today) {
    clock_.begin((today.day() - real_day().day()).count());
}

Result<void> Demonstration::play_beginning(LegalDate today) {
    if (beginning_ && beginning_->today == today) {
        return {};
    }
    auto catalog = load_demo_catalog(today);
    if (!catalog) {
        return fail(catalog.error());
    }
    const auto folder =
        options_.folder / ("dati-iniziali-" + engine::calendar::render_legal_date(today));
    const auto known_as = add_people(folder, options_.clock, options_.random);
    if (!known_as) {
        return fail(known_as.error());
    }
    const auto report = play_demo(folder, *catalog, options_.checks, today, *known_as);
    if (!report) {
        return fail(report.error());
    }
    if (!report->failures.empty()) {
        options_.log.warning("demo_story_differs", {{"lines", report->failures.size()}});
    }
    beginning_ = Beginning{today, std::move(*catalog), folder};
    return {};
}

Result<void> Demonstration::copy_beginning(const std::filesystem::path& folder) const {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    std::filesystem::copy(beginning_->folder, folder, std::filesystem::copy_options::recursive,
                          error);
    return error ? fail(ErrorCode::storage_full,
                        fmt::format("Non posso scrivere i dati dimostrativi in «{}»: {}.",
                                    folder.string(), error.message()))
                 : Result<void>{};
}

Result<void> Demonstration::open() {
    if (auto free = check_port(options_); !free) {
        return free;
    }
    const LegalDate today = options_.today.value_or(real_day());
    if (auto played = play_beginning(today); !played) {
        return played;
    }
    if (auto copied = copy_beginning(options_.folder); !copied) {
        return copied;
    }
    set_clock(today);
    const auto site =
        pages::Site::make({.templates_folder = "", .banner = demo_banner}, beginning_->catalog,
                          options_.checks, clock_, options_.random);
    if (!site) {
        return fail(site.error());
    }
    ProgramOptions program{.service = {.data_folder = options_.folder,
                                       .catalog = beginning_->catalog,
                                       .checks = options_.checks,
                                       .clock = clock_,
                                       .random = options_.random,
                                       .log = options_.log,
                                       .courier = courier_},
                           .routes = routes::api_routes()};
    const DemoControls controls{
        [this](std::int64_t days, service::Service& service) { return move_clock(days, service); },
        [this] { return begin_again(); }};
    for (auto& routes : {pages::page_routes(*site), demo_routes(*site, controls)}) {
        program.routes.insert(program.routes.end(), routes.begin(), routes.end());
    }
    program.router.also_allowed = demo_access();
    program.router.render_error = pages::page_errors(*site);
    program.render_refusal = pages::page_refusals(*site);
    program.router.rate = kRate;
    program.service.timer_period = options_.timer_period;
    program.limits.answer_time = kAnswerTime;
    program.address = options_.address;
    program.port = options_.port;
    program.stops_on_signals = options_.stops_on_signals;
    auto started = Program::start(std::move(program));
    if (!started) {
        return fail(started.error());
    }
    program_ = std::move(*started);
    return {};
}

Result<std::unique_ptr<Demonstration>> Demonstration::start(DemonstrationOptions options) {
    std::unique_ptr<Demonstration> demonstration(new Demonstration(std::move(options)));
    if (auto opened = demonstration->open(); !opened) {
        return fail(opened.error());
    }
    return demonstration;
}

Result<void> Demonstration::move_clock(std::int64_t days, service::Service& service) {
    if (!clock_.move_forward(days)) {
        return fail(ErrorCode::invalid_input,
                    "Il calendario della dimostrazione arriva a due anni dal primo giorno: per "
                    "tornare all'inizio premi «Ricomincia».");
    }
    service.catch_up();
    return {};
}

/// In a folder of its own, so that pages are served until the new data are there.
Result<void> Demonstration::begin_again() {
    const auto folder = options_.folder / fmt::format("ricomincia-{}", ++copies_);
    const LegalDate today = options_.today.value_or(real_day());
    if (auto played = play_beginning(today); !played) {
        return played;
    }
    if (auto copied = copy_beginning(folder); !copied) {
        return copied;
    }
    // Before the data: their timer must not find the calendar of those before.
    const std::int64_t first_day = clock_.first_day();
    const std::int64_t days_ahead = clock_.days_ahead();
    set_clock(today);
    if (auto changed = program_->change_data(folder, beginning_->catalog); !changed) {
        clock_.begin(first_day);
        clock_.move_forward(days_ahead);
        return changed;
    }
    return {};
}

}  // namespace api::demo
