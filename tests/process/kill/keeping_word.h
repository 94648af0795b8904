// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/documents/content_store.h"
#include "tests/process/kill/attempt.h"
#include "tests/process/kill/journal_facts.h"

// Whether a server kept its word: what its clients were told, against what it has. The kill test
// asks nothing else; tests/process/kill_check_test.cpp shows that each of these can say no.

namespace tests::kill {

/// Sentences, one for each thing that a server which keeps its word could not have left: done and
/// answered acts are there once, as answered; unanswered ones once and whole, or not at all;
/// refused ones are not; what was attached has its bytes. With them, the journals' own problems.
std::vector<std::string> find_broken_words(const JournalFacts& facts,
                                           const std::vector<const Attempt*>& attempts,
                                           const engine::documents::ContentStore& contents);

/// What the second answer to one key says otherwise than the first; empty when it is the same.
std::string find_difference(const RawResponse& first, const std::optional<RawResponse>& again);

/// Why the answer to who was not answered before does not do: what was done is told as done.
/// Empty when it does.
std::string judge_late_answer(bool was_done, const std::optional<RawResponse>& answer);

/// Whether a refusal is one that a client may get: its own fault, or that of a busy server.
bool is_fair_refusal(const RawResponse& answer);

/// Whether a deadline that still runs was over at that instant.
bool has_overdue(const JournalFacts& facts, engine::base::Instant until);

}  // namespace tests::kill
