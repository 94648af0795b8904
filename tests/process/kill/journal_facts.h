// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"

namespace tests::kill {

/// Where an act is in the journal, and what its answer must therefore have said.
struct Trace {
    engine::base::InstanceId instance;
    std::string event;
    std::int64_t version = 0;  ///< of the instance, once it was done
    std::optional<engine::machine::Registration> registration;
    std::size_t consequences = 0;  ///< entries of which it is the cause
};

/// What the journals of a database say, read without the engine that wrote them.
struct JournalFacts {
    /// By what an act leaves behind (Attempt::mark): the text of a value, the hash of a document,
    /// "prendi TASK PERSON", "concludi TASK PERSON".
    std::map<std::string, std::vector<Trace>> traces;
    std::size_t deadlines_fired = 0;
    std::size_t numbers_given = 0;
    /// Ends of deadlines that still run.
    std::vector<engine::base::Instant> running;
    /// Whatever no order of acts could explain, as sentences: a deadline that fired twice, or not
    /// at its end, or after one that ends later, or after an act it should have come before; a
    /// number missing from a register, or given twice.
    std::vector<std::string> problems;
};

/// Reads all of them in one snapshot.
JournalFacts read_journals(engine::store::Reader& reader);

}  // namespace tests::kill
