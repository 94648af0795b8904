// SPDX-License-Identifier: EUPL-1.2
#include "api/scenario/player.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ostream>

#include "api/scenario/expectation.h"
#include "api/scenario/narration.h"
#include "api/scenario/stage.h"
#include "engine/base/sha256.h"
#include "engine/calendar/local_time.h"

namespace api::scenario {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Fields;
using engine::base::Result;
using engine::definition::FieldDefinition;
using engine::definition::WorkflowDefinition;
using engine::machine::Command;

/// A value as an officer writes it, as JSON of the field's type.
std::string coerce(const std::string& text, const FieldDefinition* field) {
    const std::string type = field == nullptr ? "string" : field->type;
    if (type == "boolean") {
        return text == "sì" || text == "si" ? "true"
               : text == "no"               ? "false"
                                            : engine::base::render_text(text);
    }
    if (type == "integer") {
        std::int64_t number = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
        const bool is_whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
        return is_whole ? engine::base::render_integer(number) : engine::base::render_text(text);
    }
    if (text.starts_with('[') || text.starts_with('{')) {
        const auto json = engine::base::canonical_json(text);
        return json ? *json : engine::base::render_text(text);
    }
    if (type == "array") {
        std::vector<std::string> parts;
        std::size_t start = 0;
        while (start <= text.size()) {
            const std::size_t end = std::min(text.find(';', start), text.size());
            std::string part = text.substr(start, end - start);
            part.erase(0, part.find_first_not_of(' '));
            part.erase(part.find_last_not_of(' ') + 1);
            parts.push_back(std::move(part));
            start = end + 1;
        }
        return engine::base::render_texts(parts);
    }
    return engine::base::render_text(text);
}

class Player {
  public:
    Player(Stage& stage, const PlayOptions& options, std::ostream& out)
        : stage_(stage), options_(options), out_(out) {}

    Result<void> take(const Line& line) {
        line_ = &line;
        if (options_.reopens_every > 0 && ++lines_taken_ % options_.reopens_every == 0) {
            if (auto done = stage_.open(); !done) {
                return done;
            }
        }
        return std::visit(*this, line.step);
    }

    Result<void> operator()(const Remark& step) {
        out_ << step.text << '\n';
        return {};
    }
    Result<void> operator()(const DeclareParty& step) {
        stage_.parties[step.alias] = step.code;
        return {};
    }
    Result<void> operator()(const DeclareOffice& step) {
        stage_.office = step.office;
        stage_.initiative = step.initiative;
        return {};
    }
    Result<void> operator()(const DataBlock& step) {
        stage_.blocks[step.name] = step.values;
        return {};
    }
    Result<void> operator()(const MoveClock& step) {
        auto instant = engine::calendar::parse_instant(step.moment);
        if (!instant) {
            return fail(instant.error());
        }
        return move_to(*instant);
    }
    Result<void> operator()(const Advance& step) {
        const std::int64_t unit_ms = step.unit.starts_with("giorn")   ? 86'400'000
                                     : step.unit.starts_with("or")    ? 3'600'000
                                     : step.unit.starts_with("minut") ? 60'000
                                                                      : 0;
        if (unit_ms == 0) {
            return bad("serve «giorni», «ore» o «minuti»");
        }
        return move_to({stage_.now().utc_ms + step.count * unit_ms});
    }
    Result<void> operator()(const NameChild& step) {
        auto child = stage_.find_child(step.parent, step.list, step.key);
        if (!child) {
            return bad(child.error().message_it);
        }
        return name_instance(step.alias, *child);
    }
    Result<void> operator()(const Act& act) {
        LineResult result;
        result.target =
            act.target.empty() && !stage_.aliases.empty() ? stage_.aliases.front() : act.target;
        if (act.role == "sistema") {
            if (auto done = stage_.run_due(); !done) {
                return done;
            }
            result.entries = std::move(unexpected_);
            unexpected_.clear();
        } else if (auto done = carry_out(act, result); !done) {
            return done;
        }
        if (auto done = tell(result); !done) {
            return done;
        }
        return check(act, result);
    }

    std::vector<std::string> failures;

  private:
    tl::unexpected<engine::base::Error> bad(std::string_view reason) const {
        return fail(ErrorCode::malformed, fmt::format("Riga {}: {}.", line_->number, reason));
    }

    /// Moves the clock and tells what the deadlines did meanwhile; `sistema` may then look at it.
    Result<void> move_to(engine::base::Instant instant) {
        if (instant < stage_.now()) {
            return bad("l'orologio non torna indietro");
        }
        if (auto done = stage_.move_to(instant); !done) {
            return done;
        }
        LineResult result;
        if (auto done = tell(result); !done) {
            return done;
        }
        unexpected_ = std::move(result.entries);
        return {};
    }

    Result<void> tell(LineResult& result) {
        auto entries = stage_.take_new_entries();
        if (!entries) {
            return fail(entries.error());
        }
        narrate_entries(out_, stage_, *entries);
        result.entries.insert(result.entries.end(), entries->begin(), entries->end());
        auto sent = stage_.run_outbox();
        if (!sent) {
            return fail(sent.error());
        }
        narrate_messages(out_, stage_, *sent);
        auto told = stage_.take_new_entries();  // that messages have left is told already
        return told ? Result<void>{} : Result<void>(fail(told.error()));
    }

    Result<void> check(const Act& act, const LineResult& result) {
        const bool expects_refusal =
            std::any_of(act.expectations.begin(), act.expectations.end(),
                        [](const auto& one) { return one.words.front() == "rifiuto"; });
        if (result.error && !expects_refusal) {
            failures.push_back(
                fmt::format("Riga {}: atto rifiutato senza che il copione se lo "
                            "aspetti: {}",
                            line_->number, explain(*result.error)));
        }
        for (const Expectation& expectation : act.expectations) {
            if (auto why = check_expectation(expectation, result, stage_); !why.empty()) {
                failures.push_back(fmt::format("Riga {}: {}", line_->number, why));
            }
        }
        return {};
    }

    Result<engine::machine::Actor> make_actor(const Act& act) const {
        engine::machine::Actor actor;
        actor.role = act.role;
        actor.person = act.role + ":" + act.person;
        actor.office = stage_.office;
        if (const auto party = stage_.parties.find(act.person); party != stage_.parties.end()) {
            actor.party = party->second;
        }
        return actor;
    }

    Result<std::map<std::string, std::string>> collect_values(const Act& act) const {
        std::map<std::string, std::string> values;
        if (!act.block.empty()) {
            const auto block = stage_.blocks.find(act.block);
            if (block == stage_.blocks.end()) {
                return bad(fmt::format("non c'è il blocco di dati «{}»", act.block));
            }
            values = block->second;
        }
        for (const auto& [field, text] : act.values) {
            values[field] = text;
        }
        return values;
    }

    Result<Fields> make_payload(const Act& act, const WorkflowDefinition& definition) const {
        auto values = collect_values(act);
        if (!values) {
            return fail(values.error());
        }
        Fields payload;
        for (const auto& [field, text] : *values) {
            payload[field] = coerce(text, definition.fields.find(field));
        }
        return payload;
    }

    Result<void> name_instance(const std::string& alias, const engine::base::InstanceId& id) {
        if (alias.empty()) {
            return {};
        }
        if (!stage_.instances.emplace(alias, id).second) {
            return bad(fmt::format("il nome «{}» è già preso", alias));
        }
        stage_.aliases.push_back(alias);
        return {};
    }

    Result<Command> make_opening(const Act& act) const {
        Command command;
        // `pratica@1` opens that version; `pratica` the newest.
        const std::size_t mark = act.object.find('@');
        const std::string machine = act.object.substr(0, mark);
        const int version = mark == std::string::npos ? 0 : std::atoi(&act.object[mark + 1]);
        for (const auto& definition : stage_.engine().catalog().definitions()) {
            if (definition->machine == machine && definition->opening) {
                command.opening = engine::machine::Opening{definition->family, machine, version,
                                                           stage_.office, stage_.initiative};
                auto payload = make_payload(act, *definition);
                if (!payload) {
                    return fail(payload.error());
                }
                command.payload = std::move(*payload);
                return command;
            }
        }
        return bad(fmt::format("non c'è un procedimento «{}» da aprire", act.object));
    }

    Result<Command> make_event(const Act& act, const std::string& target) const {
        const auto instance = stage_.instances.find(target);
        if (instance == stage_.instances.end()) {
            return bad(fmt::format("«{}» non è il nome di niente", target));
        }
        auto view = stage_.engine().queries().view(instance->second);
        if (!view) {
            return fail(view.error());
        }
        Command command;
        command.instance = instance->second;
        command.event = act.verb;
        if (act.verb == "allega") {
            command.event = engine::machine::kEventRecordDocument;
            command.payload["documento"] = engine::base::render_text(act.object);
            command.payload["sha256"] = engine::base::render_text(
                engine::base::sha256_hex(fmt::format("{}:{}", act.object, line_->number)));
            if (!act.signed_by.empty()) {
                command.payload["firmato_da"] = engine::base::render_text(act.signed_by);
            }
            return command;
        }
        if (act.verb == "migra") {
            auto payload = make_payload(act, *view->definition);
            if (!payload) {
                return fail(payload.error());
            }
            command.event = engine::machine::kEventMigrate;
            command.payload = std::move(*payload);
            command.payload["versione"] = act.object;
            return command;
        }
        if (act.verb == "prende" || act.verb == "conclude") {
            command.event = act.verb == "prende" ? engine::machine::kEventTakeTask
                                                 : engine::machine::kEventCompleteTask;
            command.payload["compito"] =
                engine::base::render_text(find_open_task(view->record, act.object));
            return command;
        }
        auto payload = make_payload(act, *view->definition);
        if (!payload) {
            return fail(payload.error());
        }
        command.payload = std::move(*payload);
        return command;
    }

    static std::string find_open_task(const engine::machine::InstanceRecord& record,
                                      const std::string& name) {
        using engine::machine::TaskStatus;
        for (const auto& [id, task] : record.tasks) {
            if (task.name == name &&
                (task.status == TaskStatus::open || task.status == TaskStatus::taken)) {
                return id;
            }
        }
        return name;
    }

    Result<void> carry_out(const Act& act, LineResult& result) {
        auto command = act.verb == "apre" ? make_opening(act) : make_event(act, result.target);
        auto actor = make_actor(act);
        if (!command) {
            return fail(command.error());
        }
        command->actor = std::move(*actor);
        command->received_at = stage_.now();
        if (!act.occurred.empty()) {
            auto occurred = engine::calendar::parse_instant(act.occurred);
            if (!occurred) {
                return fail(occurred.error());
            }
            command->occurred_at = *occurred;
        }
        auto outcome = stage_.execute(*command);
        narrate_act(out_, stage_, *line_, outcome);
        if (!outcome) {
            result.error = outcome.error();
            return {};
        }
        if (command->opening) {
            result.target = act.alias;
            return name_instance(act.alias, outcome->instance);
        }
        if (!outcome->opened.empty() && !act.alias.empty()) {
            result.target = act.alias;
            return name_instance(act.alias, outcome->opened.front());
        }
        return {};
    }

    Stage& stage_;
    const PlayOptions& options_;
    std::ostream& out_;
    const Line* line_ = nullptr;
    int lines_taken_ = 0;
    std::vector<engine::machine::JournalEntry> unexpected_;
};

}  // namespace

Result<PlayReport> play(const std::vector<Line>& lines, const engine::definition::Catalog& catalog,
                        const engine::machine::CheckLibrary& checks, const PlayOptions& options,
                        std::ostream& out) {
    Stage stage(catalog, checks, options);
    if (auto done = stage.open(); !done) {
        return fail(done.error());
    }
    Player player(stage, options, out);
    for (const Line& line : lines) {
        if (auto done = player.take(line); !done) {
            return fail(done.error());
        }
    }
    return PlayReport{std::move(player.failures), summarise(stage)};
}

}  // namespace api::scenario
