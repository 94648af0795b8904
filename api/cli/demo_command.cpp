// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <ostream>

#include "api/cli/command_line.h"
#include "api/cli/workflow_files.h"
#include "api/demo/demo_data.h"
#include "api/demo/demo_roles.h"
#include "api/demo/demonstration.h"
#include "api/http/server.h"
#include "engine/base/clock.h"
#include "engine/calendar/local_time.h"

namespace api::cli {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;
using engine::calendar::LegalDate;

constexpr std::uint16_t kPort = 8080;

struct DemoOptions {
    std::string data_folder;
    std::string today;
    std::string address = "127.0.0.1";
    std::uint16_t port = kPort;
    bool is_data_only = false;
};

/// What a demonstration may grow to while somebody plays with it.
constexpr std::uintmax_t kScratchBytes = 512ULL << 20U;

/// Where data that go away with the program wait for no disk: in memory, where there is room
/// and TMPDIR asks for no other place.
std::filesystem::path find_scratch_folder() {
    const std::filesystem::path usual = std::filesystem::temp_directory_path();
    const std::filesystem::path memory = "/dev/shm";
    std::error_code error;
    const auto space = std::filesystem::space(memory, error);
    const bool has_room =
        !error && space.available >= kScratchBytes && ::access(memory.c_str(), W_OK) == 0;
    return has_room && usual == "/tmp" ? memory : usual;
}

/// The folder of one demonstration: the visitor's, or one that goes away with it.
class DemoFolder {
  public:
    explicit DemoFolder(const std::string& asked) : path_(asked), is_ours_(asked.empty()) {
        if (is_ours_) {
            engine::base::SystemRandom random;
            path_ = find_scratch_folder() / ("coprog-demo-" + engine::base::random_hex(random));
        }
    }
    ~DemoFolder() {
        if (is_ours_) {
            std::error_code ignored;
            std::filesystem::remove_all(path_, ignored);
        }
    }
    DemoFolder(const DemoFolder&) = delete;
    DemoFolder& operator=(const DemoFolder&) = delete;

    /// Never over data that may be somebody's work.
    Result<void> make() const {
        if (std::filesystem::exists(path_ / "coprog.db")) {
            return fail(ErrorCode::invalid_input,
                        fmt::format("La cartella «{}» ha già un archivio: i dati dimostrativi ne "
                                    "vogliono una vuota.",
                                    path_.string()));
        }
        std::error_code error;
        std::filesystem::create_directories(path_, error);
        if (!error && is_ours_) {
            std::filesystem::permissions(path_, std::filesystem::perms::owner_all, error);
        }
        return error ? fail(ErrorCode::invalid_input,
                            fmt::format("Non posso scrivere nella cartella «{}»: indicane "
                                        "un'altra con --data.",
                                        path_.string()))
                     : Result<void>{};
    }

    const std::filesystem::path& path() const { return path_; }
    bool is_ours() const { return is_ours_; }

  private:
    std::filesystem::path path_;
    bool is_ours_;
};

Result<std::optional<LegalDate>> read_today(const std::string& text) {
    if (text.empty()) {
        return std::optional<LegalDate>{};
    }
    const auto today = engine::calendar::parse_legal_date(text);
    return today ? Result<std::optional<LegalDate>>(*today) : fail(today.error());
}

Result<void> make_data(CommandContext& context, const std::filesystem::path& folder,
                       LegalDate today) {
    const auto catalog = demo::load_demo_catalog(today);
    if (!catalog) {
        return fail(catalog.error());
    }
    const auto report = demo::play_demo(folder, *catalog, workflow_checks(), today, {});
    if (!report) {
        return fail(report.error());
    }
    for (const std::string& failure : report->failures) {
        context.err << failure << '\n';
    }
    context.exit_code = report->failures.empty() ? context.exit_code : kExitNegative;
    context.out << fmt::format(
        "Dati dimostrativi di {} in {}: otto ATS, otto fasi. Enti, persone e fatti sono "
        "inventati; nessun messaggio è partito.\n",
        engine::calendar::render_italian_date(today), folder.string());
    return {};
}

void tell_how_to_begin(std::ostream& out, const DemoOptions& options, const DemoFolder& folder,
                       std::uint16_t port) {
    const bool is_everywhere = options.address == "0.0.0.0";
    out << fmt::format(
        "coprog {}, dimostrazione: otto ATS in otto fasi. Enti, persone e fatti sono inventati; "
        "nessun messaggio parte.\n\n"
        "  Apri http://{}:{}/demo ed entra con un clic come:\n",
        service::kProgramVersion, is_everywhere ? "127.0.0.1" : options.address, port);
    for (const demo::DemoRole& role : demo::demo_roles()) {
        out << "    - " << role.title_it << '\n';
    }
    out << "\n  In cima a ogni pagina sposti in avanti il giorno e guardi scadere i termini; "
           "«Ricomincia» rimette tutto com'era.\n"
        << (folder.is_ours()
                ? std::string("  Ctrl-C ferma; i dati si cancellano.\n")
                : fmt::format("  Ctrl-C ferma; i dati restano in {}\n", folder.path().string()))
        << std::flush;
}

/// Ctrl-C while the data are prepared waits until they can be cleared away: the server lets it
/// through once it listens to it.
void hold_signals() {
    const sigset_t held = http::stop_signals();
    pthread_sigmask(SIG_BLOCK, &held, nullptr);
}

/// The log goes beside the data: the terminal is for who tries.
Result<void> serve_demo(CommandContext& context, const DemoOptions& options,
                        const DemoFolder& folder, std::optional<LegalDate> today) {
    hold_signals();
    context.err << "Preparo i dati della dimostrazione…\n" << std::flush;
    engine::base::SystemRandom random;
    std::ofstream lines(folder.path() / "registro.jsonl", std::ios::app);
    engine::base::Log log(context.clock,
                          [&lines](std::string_view line) { lines << line << std::flush; });
    auto demonstration = demo::Demonstration::start({.folder = folder.path(),
                                                     .today = today,
                                                     .address = options.address,
                                                     .port = options.port,
                                                     .stops_on_signals = true,
                                                     .checks = workflow_checks(),
                                                     .clock = context.clock,
                                                     .random = random,
                                                     .log = log});
    if (!demonstration && demonstration.error().code == ErrorCode::busy) {
        return fail(ErrorCode::busy,
                    demonstration.error().message_it + " La porta si dice con --port.");
    }
    if (!demonstration) {
        return fail(demonstration.error());
    }
    tell_how_to_begin(context.out, options, folder, (*demonstration)->port());
    (*demonstration)->run();
    return {};
}

Result<void> run_demo(CommandContext& context, const DemoOptions& options) {
    const auto today = read_today(options.today);
    if (!today) {
        return fail(today.error());
    }
    if (options.is_data_only && options.data_folder.empty()) {
        return fail(ErrorCode::invalid_input, "Con --only-data serve la cartella: --data DIR.");
    }
    const DemoFolder folder(options.data_folder);
    if (auto made = folder.make(); !made) {
        return made;
    }
    if (!options.is_data_only) {
        return serve_demo(context, options, folder, *today);
    }
    const LegalDate real_day = engine::calendar::legal_date_of(context.clock.now());
    return make_data(context, folder.path(), today->value_or(real_day));
}

}  // namespace

void add_demo_command(CLI::App& app, CommandContext& context) {
    auto* command = app.add_subcommand(
        "demo", "Dimostrazione: otto ATS in otto fasi, da provare con un clic; dati inventati");
    auto options = std::make_shared<DemoOptions>();
    command->add_option("--port", options->port, "Porta; preimpostata: 8080");
    command->add_option("--address", options->address,
                        "Indirizzo su cui ascolta; preimpostato: 127.0.0.1, solo questa macchina");
    command->add_option("--data", options->data_folder,
                        "Cartella (vuota) in cui tenere i dati: se manca, una che poi si cancella");
    command->add_option("--today", options->today,
                        "Giorno della dimostrazione, AAAA-MM-GG: se manca, oggi");
    command->add_flag("--only-data", options->is_data_only,
                      "Prepara i dati e finisce, senza servire; vuole --data");
    command->callback([&context, options] {
        if (auto done = run_demo(context, *options); !done) {
            report_error(context, done.error());
        }
    });
}

}  // namespace api::cli
