// SPDX-License-Identifier: EUPL-1.2
#include "api/scenario/player.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "api/scenario/command_maker.h"
#include "api/scenario/expectation.h"
#include "api/scenario/narration.h"
#include "api/scenario/stage.h"
#include "api/scenario/summary.h"
#include "engine/calendar/local_time.h"

namespace api::scenario {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;

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
    Result<void> operator()(const SamePerson& step) {
        stage_.known_as[step.also] = step.known_as;
        return {};
    }
    Result<void> operator()(const AssumeCheck& step) {
        if (auto done = stage_.assume_check(step.name, step.passes); !done) {
            return bad(done.error().message_it);
        }
        out_ << fmt::format("Il controllo «{}» è dato per {}.\n", step.name,
                            step.passes ? "superato" : "non superato");
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
        } else if (act.verb == "guarda") {
            result.actor = make_actor(stage_, act);
            if (auto done = narrate_view(out_, stage_, *line_, result.target, result.actor);
                !done) {
                return done;
            }
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
        return fail(ErrorCode::malformed, fmt::format("{}: {}.", line_->place, reason));
    }

    /// Moves the clock and tells what the deadlines did meanwhile; `sistema` may then look at it.
    Result<void> move_to(engine::base::Instant instant) {
        if (instant < stage_.now()) {
            return bad("l'orologio non torna indietro");
        }
        if (options_.is_seeding) {
            return seed_until(instant);
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

    /// What was sent leaves at the time it was sent.
    Result<void> seed_until(engine::base::Instant instant) {
        if (auto sent = stage_.run_outbox(); !sent) {
            return fail(sent.error());
        }
        return stage_.move_to(instant);
    }

    Result<void> tell(LineResult& result) {
        if (options_.is_seeding) {
            return {};
        }
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
                fmt::format("{}: atto rifiutato senza che il copione se lo "
                            "aspetti: {}",
                            line_->place, explain(*result.error)));
        }
        for (const Expectation& expectation : act.expectations) {
            if (auto why = check_expectation(expectation, result, stage_); !why.empty()) {
                failures.push_back(fmt::format("{}: {}", line_->place, why));
            }
        }
        return {};
    }

    Result<void> name_instance(const std::string& alias, const engine::base::InstanceId& id) {
        if (alias.empty()) {
            return {};
        }
        const auto [named, is_new] = stage_.instances.emplace(alias, id);
        if (is_new) {
            stage_.aliases.push_back(alias);
        }
        // A request that was sent twice opened one thing, and its two lines name it alike.
        return named->second == id ? Result<void>{}
                                   : bad(fmt::format("il nome «{}» è già preso", alias));
    }

    /// Under a key that was already used the answer is the first one: the lines can compare them.
    void remember_answer(const std::string& key, const engine::Outcome& outcome,
                         LineResult& result) {
        result.answer = outcome;
        if (!key.empty()) {
            result.first_answer =
                answers_.emplace(std::pair(result.actor.person, key), outcome).first->second;
        }
    }

    Result<void> carry_out(const Act& act, LineResult& result) {
        auto command = make_command(stage_, act, *line_, result.target);
        if (!command) {
            return fail(command.error());
        }
        result.actor = command->actor;
        auto outcome = stage_.execute(*command);
        narrate_act(out_, stage_, *line_, outcome);
        if (!outcome) {
            result.error = outcome.error();
            return {};
        }
        remember_answer(act.key, *outcome, result);
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
    /// The first answer to each key; keys belong to the person who uses them.
    std::map<std::pair<std::string, std::string>, engine::Outcome> answers_;
};

/// A line that cannot be read, since what it names was refused before, says so.
engine::base::Error with_first_failure(engine::base::Error error,
                                       const std::vector<std::string>& failures) {
    if (!failures.empty()) {
        error.message_it += fmt::format(" Prima, {}", failures.front());
    }
    return error;
}

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
            return fail(with_first_failure(done.error(), player.failures));
        }
    }
    return PlayReport{std::move(player.failures), summarise(stage)};
}

}  // namespace api::scenario
