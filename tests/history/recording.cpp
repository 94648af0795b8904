// SPDX-License-Identifier: EUPL-1.2
#include "tests/history/recording.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

#include <sstream>
#include <stdexcept>

#include "engine/data_files.h"
#include "engine/engine.h"
#include "engine/machine/journal_entry.h"
#include "tests/support/store_reads.h"

namespace tests::history {
namespace {

using engine::base::Result;
using engine::machine::InstanceRecord;

constexpr std::string_view kAbout = "story: ";
constexpr std::string_view kField = "field: ";
constexpr std::string_view kChain = "chain: ";
constexpr std::string_view kEntry = "entry: ";
constexpr std::string_view kHash = "hash: ";
constexpr std::string_view kChange = "  = ";
constexpr std::string_view kGone = "  - ";
constexpr std::string_view kKey = "answer to: ";
constexpr std::string_view kAnswer = "answer: ";
constexpr std::string_view kIs = " : ";

Result<RecordedChain> record_chain(engine::store::Reader& reader,
                                   const engine::base::InstanceId& root) {
    RecordedChain chain{root, {}};
    std::map<engine::base::InstanceId, InstanceRecord> records;
    for (const auto& stored : entries_of(reader, root)) {
        const auto entry = engine::machine::parse_entry(stored.text);
        if (!entry) {
            return engine::base::fail(entry.error());
        }
        InstanceRecord& record = records[entry->instance];
        const Meaning before = meaning_of(record);
        if (const auto folded = engine::machine::fold_entry(record, *entry); !folded) {
            return engine::base::fail(folded.error());
        }
        chain.entries.push_back(
            {stored.text, stored.hash, changes_between(before, meaning_of(record))});
    }
    return chain;
}

std::vector<RecordedAnswer> record_answers(const std::filesystem::path& folder) {
    std::vector<RecordedAnswer> answers;
    const SQLite::Database database((folder / engine::kDatabaseName).string());
    SQLite::Statement rows(database,
                           "select key, answer from idempotency where answer <> '' order by key");
    while (rows.executeStep()) {
        answers.push_back({rows.getColumn(0).getString(), rows.getColumn(1).getString()});
    }
    return answers;
}

/// Reads the lines of a recording, one kind after the other.
class Lines {
  public:
    explicit Lines(const std::string& text) : stream_(text) { next(); }

    bool is_over() const { return is_over_; }
    bool begins(std::string_view word) const { return !is_over_ && line_.starts_with(word); }
    /// What follows the word; the line is done.
    std::string take(std::string_view word) {
        if (!begins(word)) {
            throw std::runtime_error(
                fmt::format("line {}: «{}» where «{}» should be", number_, line_, word));
        }
        std::string rest = line_.substr(word.size());
        next();
        return rest;
    }

  private:
    void next() {
        do {
            is_over_ = !std::getline(stream_, line_);
            ++number_;
        } while (!is_over_ && (line_.empty() || line_.starts_with('#')));
    }

    std::istringstream stream_;
    std::string line_;
    int number_ = 0;
    bool is_over_ = false;
};

RecordedEntry parse_recorded_entry(Lines& lines) {
    RecordedEntry entry;
    entry.text = lines.take(kEntry);
    entry.hash = lines.take(kHash);
    while (lines.begins(kChange) || lines.begins(kGone)) {
        if (lines.begins(kGone)) {
            entry.changes[lines.take(kGone)] = std::nullopt;
            continue;
        }
        const std::string change = lines.take(kChange);
        const std::size_t middle = change.find(kIs);
        if (middle == std::string::npos) {
            throw std::runtime_error("no change: " + change);
        }
        entry.changes[change.substr(0, middle)] = change.substr(middle + kIs.size());
    }
    return entry;
}

}  // namespace

Result<Recording> record_story(const std::string& about, const std::filesystem::path& folder) {
    const engine::base::SystemClock clock;
    Recording recording{about, known_fields(), {}, record_answers(folder)};
    const auto store = engine::open_store(folder, clock);
    if (!store) {
        return engine::base::fail(store.error());
    }
    for (const auto& root : roots_of(**store)) {
        auto chain = record_chain(**store, root);
        if (!chain) {
            return engine::base::fail(chain.error());
        }
        recording.chains.push_back(std::move(*chain));
    }
    return recording;
}

std::string render_recording(const Recording& recording) {
    std::string text = fmt::format("{}{}\n", kAbout, recording.about);
    for (const auto& field : recording.fields) {
        text += fmt::format("{}{}\n", kField, field);
    }
    for (const auto& chain : recording.chains) {
        text += fmt::format("\n{}{}\n", kChain, chain.root.text);
        for (const auto& entry : chain.entries) {
            text += fmt::format("\n{}{}\n{}{}\n", kEntry, entry.text, kHash, entry.hash);
            for (const auto& [name, value] : entry.changes) {
                text += value ? fmt::format("{}{}{}{}\n", kChange, name, kIs, *value)
                              : fmt::format("{}{}\n", kGone, name);
            }
        }
    }
    for (const auto& answer : recording.answers) {
        text += fmt::format("\n{}{}\n{}{}\n", kKey, answer.key, kAnswer, answer.text);
    }
    return text;
}

Recording parse_recording(const std::string& text) {
    Lines lines(text);
    Recording recording{lines.take(kAbout), {}, {}, {}};
    while (lines.begins(kField)) {
        recording.fields.insert(lines.take(kField));
    }
    while (lines.begins(kChain)) {
        RecordedChain chain{engine::base::InstanceId{lines.take(kChain)}, {}};
        while (lines.begins(kEntry)) {
            chain.entries.push_back(parse_recorded_entry(lines));
        }
        recording.chains.push_back(std::move(chain));
    }
    while (lines.begins(kKey)) {
        std::string key = lines.take(kKey);
        recording.answers.push_back({std::move(key), lines.take(kAnswer)});
    }
    if (!lines.is_over()) {
        lines.take(kKey);
    }
    return recording;
}

}  // namespace tests::history
