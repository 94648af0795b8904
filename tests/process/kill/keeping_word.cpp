// SPDX-License-Identifier: EUPL-1.2
#include "tests/process/kill/keeping_word.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/machine/command.h"
#include "tests/support/json_probe.h"

namespace tests::kill {
namespace {

/// All that was tried under one mark.
struct Tried {
    std::vector<const Attempt*> done;
    std::size_t unanswered = 0;
};

/// Adds a sentence for each thing that does not hold.
class Judge {
  public:
    Judge(const JournalFacts& facts, const engine::documents::ContentStore& contents,
          std::vector<std::string>& broken)
        : facts_(facts), contents_(contents), broken_(broken) {}

    void judge(const std::string& mark, const Tried& tried) {
        if (tried.done.size() > 1) {
            complain(mark, "was acknowledged to two");
        }
        const auto found = facts_.traces.find(mark);
        const std::size_t count = found == facts_.traces.end() ? 0 : found->second.size();
        if (!tried.done.empty() && count != 1) {
            complain(mark, fmt::format("was acknowledged and is there {} times", count));
        }
        if (tried.done.empty() && count > tried.unanswered) {
            complain(mark, fmt::format("is there {} times for {} unanswered requests", count,
                                       tried.unanswered));
        }
        if (count == 1) {
            judge_whole(mark, found->second.front());
        }
        if (count == 1 && tried.done.size() == 1) {
            judge_answer(mark, found->second.front(), *tried.done.front()->answer);
        }
    }

  private:
    void judge_whole(const std::string& mark, const Trace& trace) {
        if (trace.event == "chiedi" && trace.consequences == 0) {
            complain(mark, "is there without the application it opens");
        }
        if ((trace.event == "presenta" || trace.event == "decidi") && !trace.registration) {
            complain(mark, "is there without its number");
        }
        if (trace.event == engine::machine::kEventRecordDocument && !contents_.get(mark)) {
            complain(mark, "is there without the bytes that were attached");
        }
    }

    void judge_answer(const std::string& mark, const Trace& trace, const RawResponse& answer) {
        const auto expect = [&](const char* pointer, const std::string& expected) {
            if (json_at(answer.body, pointer) != expected) {
                complain(mark, fmt::format("was answered with {} = {}, not {}", pointer,
                                           json_at(answer.body, pointer), expected));
            }
        };
        expect("/id", trace.instance.text);
        expect("/versione", std::to_string(trace.version));
        expect("/registrazione/numero",
               trace.registration ? std::to_string(trace.registration->number) : "(assente)");
    }

    void complain(const std::string& mark, const std::string& what) {
        broken_.push_back(fmt::format("«{}» {}", mark, what));
    }

    const JournalFacts& facts_;
    const engine::documents::ContentStore& contents_;
    std::vector<std::string>& broken_;
};

}  // namespace

std::vector<std::string> find_broken_words(const JournalFacts& facts,
                                           const std::vector<const Attempt*>& attempts,
                                           const engine::documents::ContentStore& contents) {
    std::map<std::string, Tried> by_mark;
    for (const Attempt* attempt : attempts) {
        Tried& tried = by_mark[attempt->mark];
        if (attempt->is_done()) {
            tried.done.push_back(attempt);
        }
        tried.unanswered += attempt->answer ? 0U : 1U;
    }
    std::vector<std::string> broken = facts.problems;
    Judge judge(facts, contents, broken);
    for (const auto& [mark, tried] : by_mark) {
        judge.judge(mark, tried);
    }
    return broken;
}

std::string find_difference(const RawResponse& first, const std::optional<RawResponse>& again) {
    if (!again) {
        return "no answer to what was answered before";
    }
    if (again->status != first.status) {
        return fmt::format("{} where {} was answered: {}", again->status, first.status,
                           again->body);
    }
    if (again->body != first.body) {
        return fmt::format("«{}» where «{}» was answered", again->body, first.body);
    }
    if (again->header("etag") != first.header("etag")) {
        return fmt::format("ETag {} where {} was answered", again->header("etag"),
                           first.header("etag"));
    }
    return "";
}

std::string judge_late_answer(bool was_done, const std::optional<RawResponse>& answer) {
    if (!answer) {
        return "no answer from a server that listens";
    }
    const bool is_done = answer->status == 200 || answer->status == 201;
    if (was_done && !is_done) {
        return fmt::format("{} for what was done: {}", answer->status, answer->body);
    }
    return is_done || is_fair_refusal(*answer)
               ? ""
               : fmt::format("{}: {}", answer->status, answer->body);
}

bool is_fair_refusal(const RawResponse& answer) {
    return (answer.status >= 400 && answer.status < 500) || answer.status == 503;
}

bool has_overdue(const JournalFacts& facts, engine::base::Instant until) {
    return std::any_of(facts.running.begin(), facts.running.end(),
                       [&](const auto& bound) { return bound <= until; });
}

}  // namespace tests::kill
