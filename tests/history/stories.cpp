// SPDX-License-Identifier: EUPL-1.2
#include "tests/history/stories.h"

#include <gtest/gtest.h>

#include "engine/base/json.h"
#include "tests/machine/bench.h"
#include "tests/store/disk_story.h"
#include "tests/support/command_line_run.h"
#include "tests/support/shared_clock.h"
#include "tests/support/source_dir.h"
#include "tests/support/toy_workflow.h"
#include "tests/support/world.h"

namespace tests::history {
namespace {

using engine::base::InstanceId;
using engine::machine::Actor;

constexpr const char* kScript = "/workflows/coprogrammazione/scenari/riconosci_tempestiva.copione";

/// An engine on a folder, with the bench machine and those that come after it.
class BenchScene {
  public:
    explicit BenchScene(std::filesystem::path folder)
        : folder_(std::move(folder)), contents_(folder_ / "contenuti") {}

    void start(const std::vector<std::string>& definitions) {
        engine_.reset();
        store_.reset();
        store_ = std::move(engine::open_store(folder_, clock_).value());
        auto catalog = toy_catalog();
        for (const std::string& text : definitions) {
            EXPECT_TRUE(catalog.add(parsed(text)).has_value());
        }
        auto started = engine::Engine::start(
            {*store_, std::move(catalog), toy_checks(), contents_, clock_, random_});
        if (!started) {
            throw std::runtime_error(started.error().message_it);
        }
        engine_ = std::move(*started);
    }
    void open() {
        engine::machine::Command command;
        command.opening = engine::machine::Opening{"banco", "prova", 1, "326", ""};
        send(std::move(command), officer_, R"({"oggetto": "uno", "giorno": "2025-03-31"})");
    }
    void act(const std::string& event, const Actor& actor, const std::string& payload = "{}") {
        engine::machine::Command command;
        command.instance = id_;
        command.event = event;
        send(std::move(command), actor, payload);
    }
    /// The open task with that name, as a payload names it.
    std::string task(const std::string& name) {
        const auto view = engine_->queries().view(id_).value();
        for (const auto& [id, row] : view.record.tasks) {
            if (row.name == name && engine::machine::is_open(row.status)) {
                return R"({"compito": ")" + id + R"("})";
            }
        }
        ADD_FAILURE() << "no open task " << name;
        return "{}";
    }
    void let_time_pass_until(const std::string& instant) {
        clock_.move_to(at(instant));
        EXPECT_TRUE(engine_->run_due().has_value());
        EXPECT_TRUE(engine_->run_outbox(courier_).has_value());
    }
    void erase() {
        engine::ErasureRequest request;
        request.instance = id_;
        request.fields = {"oggetto"};
        request.with_messages = true;
        request.act = "determina n. 5 del 3/3/2026";
        request.reason = "richiesta dell'interessata";
        request.actor = {"p9", engine::machine::kEraserRole, "326", ""};
        const auto report = engine_->erase(request);
        EXPECT_TRUE(report.has_value() && report->refused.empty());
    }

    const Actor officer_{"p1", "funzionario", "326", ""};
    const Actor other_officer_{"p3", "funzionario", "326", ""};
    const Actor director_{"p2", "dirigente", "326", ""};

  private:
    void send(engine::machine::Command command, const Actor& actor, const std::string& payload) {
        command.actor = actor;
        command.payload = engine::base::parse_fields(payload).value();
        command.received_at = clock_.now();
        command.idempotency_key = "chiave-" + std::to_string(++sent_);
        const auto outcome = engine_->execute(command);
        ASSERT_TRUE(outcome.has_value()) << command.event << ": " << outcome.error().message_it;
        id_ = outcome->instance;
    }

    std::filesystem::path folder_;
    SharedClock clock_{at("2025-02-03T09:00")};
    engine::base::SeededRandom random_{7};
    engine::documents::ContentStore contents_;
    TestCourier courier_;
    std::unique_ptr<engine::store::Store> store_;
    std::unique_ptr<engine::Engine> engine_;
    InstanceId id_;
    int sent_ = 0;
};

/// The bench machine with an event that touches what no other story does.
std::string bench_version(int version) {
    std::string text = bench_doing(
        R"({"freeze": "atto"}, {"record_silence": {"deadline": "chiusura",
            "counts_as": "assenso"}}, {"assign_number": "ingresso"}, {"send": "avviso"},
           {"start_task": "lavoro"}, {"start_deadline": "obbligo"})");
    if (version == 1) {
        return text;
    }
    text = replaced(text, R"("version": 1)",
                    R"("version": 2, "migration": { "from": [1], "by": ["dirigente"],
                       "states": { "uno": "primo" } })");
    text = replaced(text, R"("initial": "uno")", R"("initial": "primo")");
    return replaced(text, R"("uno": { "title")", R"("primo": { "title")");
}

void play_bench(const std::filesystem::path& folder) {
    BenchScene scene(folder);
    scene.start({bench_version(1)});
    scene.open();
    scene.act(engine::machine::kEventRecordDocument, scene.officer_,
              R"({"documento": "atto", "sha256": ")" + std::string(64, 'a') +
                  R"(", "firmato_da": "dirigente"})");
    scene.act("agisci", scene.officer_);
    scene.act(engine::machine::kEventTakeTask, scene.officer_, scene.task("lavoro"));
    std::string handed = scene.task("lavoro");
    handed.insert(handed.size() - 1, R"(, "assegnatario": "p3")");
    scene.act(engine::machine::kEventHandOverTask, scene.officer_, handed);
    scene.act(engine::machine::kEventCompleteTask, scene.other_officer_, scene.task("lavoro"));
    scene.let_time_pass_until("2025-04-15T09:00");
    scene.start({bench_version(1), bench_version(2)});
    scene.act(engine::machine::kEventMigrate, scene.director_,
              R"({"versione": 2, "atto": "Decreto n. 3"})");
    scene.act("chiudi", scene.officer_);
    scene.erase();
}

void play_until_erasure(const std::filesystem::path& folder) {
    DiskStory story(folder);
    EXPECT_TRUE(story.tell()) << story.stopped_at();
    story.end_program();
}

/// Terms that are moved, suspended and missed; a whole suspension; an automatic end. No erasure.
void play_terms(const std::filesystem::path& folder) {
    World world;
    const auto pratica = world.open_raccolta("2025-05-16");
    const auto expect_done = [](const auto& outcome) {
        EXPECT_TRUE(outcome.has_value()) << outcome.error().message_it;
    };
    const auto parere = world.file_parere(pratica, world.body);
    expect_done(
        world.act(pratica, "proroga", world.director, R"({"nuovo_termine": "2025-05-30"})"));
    expect_done(world.act(pratica, "sospendi_tutto", world.director));
    world.clock.move_to(at("2025-02-10T09:00"));
    expect_done(world.act(pratica, "riprendi", world.director));
    world.clock.move_to(at("2025-06-02T09:00"));
    expect_done(world.engine->run_due());
    expect_done(world.act(pratica, "sospendi", world.officer, R"({"ricevuta_il": "2025-06-02"})"));
    world.clock.move_to(at("2025-06-10T09:00"));
    expect_done(world.act(pratica, "integra", world.body));
    expect_done(world.engine->run_outbox(world.courier));
    expect_done(world.act(parere, "ritira", world.body));
    world.clock.move_to(at("2025-07-02T09:00"));
    expect_done(world.engine->run_due());
    const auto running = world.open_raccolta("2025-09-30");
    world.file_parere(running, world.other_body);
    world.engine.reset();
    world.store.reset();
    std::filesystem::copy(world.folder.path(), folder, std::filesystem::copy_options::recursive);
}

void play_script(const std::filesystem::path& folder) {
    const auto done =
        run_arguments({"scenario", source_dir() + kScript, "--data", folder.string()});
    EXPECT_EQ(done.exit_code, 0) << done.err;
}

}  // namespace

const std::vector<Story>& stories() {
    static const std::vector<Story> kStories{
        {"pratica_fino_alla_cancellazione",
         "the toy request from opening to erasure: documents, two bodies, letters, deadlines",
         play_until_erasure},
        {"termini_spostati_e_sospesi",
         "the toy request: terms moved, suspended, missed, an end by itself", play_terms},
        {"banco_con_passaggio_di_versione",
         "the bench machine: silence, freezing, tasks handed over, a later version, erasure",
         play_bench},
        {"istanza_riconosciuta_tempestiva",
         "the real procedure: an application that came late and is recognised as in time",
         play_script}};
    return kStories;
}

const Story& database_story() {
    return stories()[1];
}

}  // namespace tests::history
