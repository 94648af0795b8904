// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/strong_id.h"
#include "engine/store/store.h"
#include "tests/history/meaning.h"

namespace tests::history {

/// An entry of a chain as it was written, with what it made true then.
struct RecordedEntry {
    std::string text;
    std::string hash;
    Changes changes;  ///< of its instance's record

    bool operator==(const RecordedEntry&) const = default;
};

struct RecordedChain {
    engine::base::InstanceId root;
    std::vector<RecordedEntry> entries;

    bool operator==(const RecordedChain&) const = default;
};

/// What was answered, and is kept for who asks again.
struct RecordedAnswer {
    std::string key;
    std::string text;  ///< engine::runtime::render_outcome

    bool operator==(const RecordedAnswer&) const = default;
};

/// A story of the past: its journals, what they meant, what was answered.
struct Recording {
    std::string about;
    std::set<std::string> fields;  ///< those that rows had then: known_fields
    std::vector<RecordedChain> chains;
    std::vector<RecordedAnswer> answers;

    bool operator==(const Recording&) const = default;
};

/// Reads what a story left in the database of a folder.
/// Errors: storage_corrupt, when the journal cannot be folded.
engine::base::Result<Recording> record_story(const std::string& about,
                                             const std::filesystem::path& folder);

/// Text for people and for `git diff`, and its inverse. Errors: std::runtime_error with the line.
std::string render_recording(const Recording& recording);
Recording parse_recording(const std::string& text);

/// Under this program: the first thing of a recording that means something else now, as a sentence
/// that names entry and field; empty when all means what it meant. A field that the program did not
/// know then is no change.
std::string find_change_of_meaning(const Recording& recording);

}  // namespace tests::history
