// SPDX-License-Identifier: EUPL-1.2
#include "tests/store/disk_story.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/base/json.h"
#include "tests/support/store_reads.h"
#include "tests/support/toy_workflow.h"

namespace tests {

using engine::Outcome;
using engine::base::Error;
using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::InstanceId;
using engine::base::Result;
using engine::machine::Actor;
using engine::machine::Command;

namespace {

const Actor kOfficer{"p1", "funzionario", "326", ""};
const Actor kDirector{"p2", "dirigente", "326", ""};
const Actor kFirstBody{"e1", "ente", "", "A"};
const Actor kSecondBody{"e2", "ente", "", "B"};

/// Longer than a lease: what was handed out before an accident is handed out again.
constexpr std::int64_t kAfterTheLeaseMs = 10 * 60 * 1000;
/// How often a message is tried: an accident may strike one try.
constexpr int kTries = 3;

std::string render(const Outcome& outcome) {
    std::string text =
        fmt::format("{} v{} {}", outcome.instance.text, outcome.version, outcome.state);
    if (outcome.registration) {
        text += fmt::format(" n. {}", outcome.registration->number);
    }
    for (const auto& id : outcome.opened) {
        text += " +" + id.text;
    }
    return text;
}

}  // namespace

DiskStory::DiskStory(std::filesystem::path folder, std::uint64_t seed)
    : folder_(std::move(folder)),
      clock_(at("2025-02-03T09:00")),
      random_(seed),
      contents_(folder_ / "contenuti"),
      steps_(steps()) {}

std::vector<DiskStory::Step> DiskStory::steps() {
    std::vector<Step> steps{
        {"open the folder", "2025-02-03T09:00",
         [this]() -> Answer {
             const auto begun = begin_program();
             return begun ? Answer("open") : fail(begun.error());
         }},
        {"apri", "2025-02-03T09:01", [this] { return open_pratica(); }},
        {"atto", "2025-02-03T09:02", [this] { return attach(); }},
        {"avvia", "2025-02-03T09:03", [this] { return act(pratica_, "avvia", kDirector); }}};
    add_filing(steps, "A", kFirstBody, first_);
    steps.push_back({"send", "2025-02-05T09:00", [this] { return send(); }});
    add_filing(steps, "B", kSecondBody, second_);
    steps.push_back({"restart", "2025-02-07T09:00", [this] { return restart(); }});
    steps.push_back({"closing", "2025-05-17T09:00", [this] { return fire(); }});
    steps.push_back(
        {"valuta A", "2025-05-18T09:00", [this] { return act(first_, "valuta", kOfficer); }});
    steps.push_back({"obligations", "2025-07-02T09:00", [this] { return fire(); }});
    steps.push_back({"send again", "2025-07-02T09:30", [this] { return send(); }});
    steps.push_back(
        {"ritira B", "2025-07-03T09:00", [this] { return act(second_, "ritira", kSecondBody); }});
    steps.push_back(
        {"concludi", "2025-07-04T09:00", [this] { return act(pratica_, "concludi", kDirector); }});
    steps.push_back({"erase", "2025-07-05T09:00", [this] { return erase(); }});
    return steps;
}

void DiskStory::add_filing(std::vector<Step>& steps, const std::string& name, const Actor& actor,
                           InstanceId& id) {
    steps.push_back({"chiedi " + name, "2025-02-04T09:00", [this, actor, &id] {
                         return act(pratica_, "chiedi_parere", actor, {}, &id);
                     }});
    steps.push_back({"presenta " + name, "2025-02-04T10:00", [this, actor, &id] {
                         return act(id, "presenta", actor, {{"testo", R"("bene")"}});
                     }});
}

bool DiskStory::tell() {
    refusal_.reset();
    for (told_ = 0; told_ < steps_.size(); ++told_) {
        const bool is_open = told_ == 0 || engine_ != nullptr;
        // Time does not go back: who asks again asks later.
        clock_.move_to(std::max(clock_.now(), at(steps_[told_].instant)));
        const Answer answer =
            is_open ? steps_[told_].take() : Answer(fail(ErrorCode::internal, "not open"));
        if (!note(told_, answer)) {
            return false;
        }
    }
    return true;
}

bool DiskStory::note(std::size_t index, const Answer& answer) {
    const bool is_known = index < acknowledged_.size();
    if (is_known && is_erased_ && !answer && answer.error().code == ErrorCode::invalid_input) {
        return true;  // the answer went with the data that it quoted: its key is used up
    }
    if (!answer) {
        refusal_ = answer.error();
        return false;
    }
    if (is_known) {
        if (acknowledged_[index].answer != *answer) {
            refusal_ = Error{ErrorCode::internal,
                             fmt::format("it answered «{}» before, «{}» now",
                                         acknowledged_[index].answer, *answer),
                             {}};
            return false;
        }
        return true;
    }
    const auto entries = journal();
    acknowledged_.push_back({*answer, entries.size(), entries.empty() ? "" : entries.back().hash});
    return true;
}

void DiskStory::end_program() {
    engine_.reset();
    store_.reset();
}

Result<void> DiskStory::begin_program() {
    if (engine_) {
        return {};
    }
    end_program();
    auto opened = engine::open_store(folder_, clock_);
    if (!opened) {
        return fail(opened.error());
    }
    store_ = std::move(*opened);
    auto started =
        engine::Engine::start({*store_, toy_catalog(), toy_checks(), contents_, clock_, random_});
    if (!started) {
        return fail(started.error());
    }
    engine_ = std::move(*started);
    return {};
}

DiskStory::Answer DiskStory::restart() {
    end_program();
    const auto begun = begin_program();
    return begun ? Answer("open again") : fail(begun.error());
}

DiskStory::Answer DiskStory::open_pratica() {
    Command command;
    command.opening = engine::machine::Opening{"toy", "pratica", 0, "326", "prova-2025"};
    command.actor = kOfficer;
    command.payload = {{"oggetto", R"("completo")"}, {"termine", R"("2025-05-16")"}};
    command.received_at = clock_.now();
    command.idempotency_key = "apri";
    const auto outcome = engine_->execute(command);
    if (!outcome) {
        return fail(outcome.error());
    }
    pratica_ = outcome->instance;
    return render(*outcome);
}

DiskStory::Answer DiskStory::attach() {
    const auto sha256 = contents_.put("L'atto.");
    if (!sha256) {
        return fail(sha256.error());
    }
    return act(pratica_, engine::machine::kEventRecordDocument, kOfficer,
               {{"documento", R"("atto")"},
                {"firmato_da", R"("dirigente")"},
                {"sha256", engine::base::render_text(*sha256)}});
}

DiskStory::Answer DiskStory::act(const InstanceId& id, const std::string& event, const Actor& actor,
                                 engine::base::Fields payload, InstanceId* opened) {
    Command command;
    command.instance = id;
    command.event = event;
    command.actor = actor;
    command.payload = std::move(payload);
    command.received_at = clock_.now();
    command.idempotency_key = event + " " + id.text;
    const auto outcome = engine_->execute(command);
    if (!outcome) {
        return fail(outcome.error());
    }
    if (opened != nullptr) {
        *opened = outcome->opened.at(0);
    }
    return render(*outcome);
}

DiskStory::Answer DiskStory::fire() {
    const auto run = engine_->run_due();
    return run ? Answer("fired") : fail(run.error());
}

/// Until nothing waits.
DiskStory::Answer DiskStory::send() {
    for (int i = 0; i < kTries; ++i) {
        const auto run = engine_->run_outbox(courier_);
        if (!run) {
            return fail(run.error());
        }
        clock_.advance_ms(kAfterTheLeaseMs);
    }
    return "sent";
}

DiskStory::Answer DiskStory::erase() {
    engine::ErasureRequest request;
    request.instance = first_;
    request.fields = {"testo"};
    request.act = "determina n. 5 del 3/3/2026";
    request.reason = "richiesta dell'interessata";
    request.actor = {"p9", engine::machine::kEraserRole, "326", ""};
    is_erased_ = true;  // maybe: who asked does not know yet
    const auto report = engine_->erase(request);
    if (!report) {
        return fail(report.error());
    }
    for (const auto& [id, error] : report->refused) {
        if (error.code == ErrorCode::storage_full || error.code == ErrorCode::internal) {
            return fail(error);  // anything else: it was erased before
        }
    }
    return report->is_scrubbed ? Answer("erased") : fail(ErrorCode::busy, "not scrubbed");
}

std::vector<engine::machine::StoredEntry> DiskStory::journal() {
    if (!store_ || pratica_.text.empty()) {
        return {};
    }
    return entries_of(*store_, pratica_);
}

bool DiskStory::can_read() {
    if (!engine_ || pratica_.text.empty()) {
        return true;
    }
    return engine_->queries().view(pratica_).has_value();
}

std::string DiskStory::stopped_at() const {
    return told_ < steps_.size() ? steps_[told_].title : "the end";
}

std::string DiskStory::find_problem() {
    if (!engine_) {
        return "the program is not open";
    }
    const auto report = engine::verify(*store_, &contents_);
    if (!report) {
        return report.error().message_it;
    }
    if (!report->first_problem.empty()) {
        return report->first_problem;
    }
    if (report->roots > 1) {
        return "there are two procedures where one was asked for";
    }
    const auto entries = journal();
    for (std::size_t i = 0; i < acknowledged_.size(); ++i) {
        const auto& known = acknowledged_[i];
        if (known.journal_length > entries.size()) {
            return fmt::format("«{}» was acknowledged and is lost", steps_[i].title);
        }
        if (known.journal_length > 0 &&
            entries[known.journal_length - 1].hash != known.journal_head) {
            return fmt::format("«{}» was acknowledged and is another", steps_[i].title);
        }
    }
    return "";
}

std::string DiskStory::summary() {
    if (!engine_) {
        return "the program is not open";
    }
    std::string text;
    std::size_t sent = 0;
    for (const auto& entry : journal()) {
        if (entry.event == engine::machine::kEventMessageSent) {
            ++sent;
        } else {
            text += entry.event + "\n";
        }
    }
    for (const auto& id : {pratica_, first_, second_}) {
        const auto view = engine_->queries().view(id);
        if (!view) {
            return view.error().message_it;
        }
        text += view->record.instance.state;
        for (const auto& [name, one] : view->record.registrations) {
            text += fmt::format(" {}/{} n. {}", one.register_name, one.year, one.number);
        }
        for (const auto& [message_id, message] : view->record.messages) {
            text += fmt::format(" {}", engine::machine::message_status_name(message.status));
        }
        text += "\n";
    }
    std::set<std::string> delivered;
    for (const auto& envelope : courier_.envelopes) {
        delivered.insert(envelope.id.text);
    }
    return text + fmt::format("sent {} delivered {}", sent, delivered.size());
}

}  // namespace tests
