// SPDX-License-Identifier: EUPL-1.2
// What the journal says today it must say for ever: recordings of the past, replayed by the present
// program. Each has the entries as they were written, what each changed, and what was answered.
//
// COPROG_RECORD_HISTORY=1 records the stories that have no recording yet (and the databases of
// schemas that have none); it never touches one that is there. When a test here fails, what is
// wrong is the program: people hold receipts with these hashes on them.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "engine/machine/effect.h"
#include "engine/machine/journal_entry.h"
#include "tests/history/recording.h"
#include "tests/history/stories.h"
#include "tests/support/source_dir.h"
#include "tests/support/temporary_folder.h"

namespace tests::history {
namespace {

std::filesystem::path path_of(const Story& story) {
    return source_dir() + "/tests/history/journals/" + story.name + ".txt";
}

Recording played(const Story& story) {
    const TemporaryFolder folder;
    const auto data = folder.path() / "dati";
    story.play(data);
    const auto recording = record_story(story.about, data);
    if (!recording) {
        throw std::runtime_error(recording.error().message_it);
    }
    return *recording;
}

/// Reads a recording; makes it first when it is missing and that was asked for.
Recording recording_of(const Story& story) {
    const auto path = path_of(story);
    if (!std::filesystem::exists(path) && std::getenv("COPROG_RECORD_HISTORY") != nullptr) {
        const std::string recorded = render_recording(played(story));
        std::ofstream(path) << "# SPDX-License-Identifier: EUPL-1.2\n"
                               "# Recorded once, never edited: tests/history/history_test.cpp.\n"
                            << recorded;
    }
    std::ifstream file(path);
    if (!file) {
        throw std::runtime_error("no recording of " + story.name +
                                 ": COPROG_RECORD_HISTORY=1 makes it");
    }
    std::ostringstream text;
    text << file.rdbuf();
    return parse_recording(text.str());
}

class History : public testing::TestWithParam<Story> {};

TEST_P(History, MeansWhatItMeant) {
    const Recording recording = recording_of(GetParam());

    ASSERT_FALSE(recording.chains.empty());
    EXPECT_EQ(find_change_of_meaning(recording), "");
}

INSTANTIATE_TEST_SUITE_P(Story, History, testing::ValuesIn(stories()),
                         [](const auto& instance) { return instance.param.name; });

template <std::size_t... kIndexes>
std::set<std::string> every_effect(std::index_sequence<kIndexes...> /*alternatives*/) {
    using engine::machine::Effect;
    return {std::string(effect_name(Effect(std::in_place_index<kIndexes>)))...};
}

TEST(HistoryRecordings, TogetherHoldEveryEffect) {
    std::set<std::string> missing =
        every_effect(std::make_index_sequence<std::variant_size_v<engine::machine::Effect>>());

    for (const Story& story : stories()) {
        for (const auto& chain : recording_of(story).chains) {
            for (const auto& entry : chain.entries) {
                const auto parsed = engine::machine::parse_entry(entry.text).value();
                for (const auto& effect : parsed.effects) {
                    missing.erase(std::string(effect_name(effect)));
                }
            }
        }
    }

    EXPECT_EQ(missing, std::set<std::string>{})
        << "a story must touch each: what no recording holds may change its meaning unseen";
}

TEST(HistoryRecordings, AreReadAsTheyAreWritten) {
    const Recording recording = recording_of(stories().front());

    EXPECT_EQ(parse_recording(render_recording(recording)), recording);
}

// ---- that the check can fail
// ---------------------------------------------------------------------

/// The first story, doctored.
struct Doctored {
    Recording recording = recording_of(stories().front());

    RecordedEntry& entry(std::size_t number) {
        return recording.chains.front().entries.at(number - 1);
    }
    /// Another text, chained as if it had always been so.
    void rewrite(const std::string& from, const std::string& to) {
        std::string head = engine::machine::kFirstPreviousHash;
        for (auto& one : recording.chains.front().entries) {
            if (const auto found = one.text.find(from); found != std::string::npos) {
                one.text.replace(found, from.size(), to);
            }
            head = one.hash = engine::machine::chain_hash(head, one.text);
        }
    }
    std::string problem() const { return find_change_of_meaning(recording); }
};

void expect_named(const Doctored& doctored, const std::vector<std::string>& words) {
    const std::string problem = doctored.problem();
    for (const std::string& word : words) {
        EXPECT_NE(problem.find(word), std::string::npos) << word << " in: " << problem;
    }
}

TEST(HistoryCheck, NamesTheEntryWhereTheChainBreaks) {
    Doctored doctored;
    doctored.entry(3).hash[0] = doctored.entry(3).hash[0] == 'a' ? 'b' : 'a';

    expect_named(doctored, {"entry 3 (avvia)", "the chain is broken"});
}

TEST(HistoryCheck, NamesAFieldThatFoldsToSomethingElse) {
    Doctored doctored;
    doctored.entry(3).changes["instance.state"] = "altro";

    expect_named(doctored, {"entry 3 (avvia)", "«instance.state»", "«altro»", "«raccolta»"});
}

TEST(HistoryCheck, NamesAFieldThatTheFoldLeavesOrTouches) {
    Doctored left;
    left.entry(2).changes["instance.state"] = "altro";
    expect_named(left, {"entry 2 (engine:record_document)", "now it is left as it was"});

    Doctored touched;
    touched.entry(3).changes.erase("instance.state");
    expect_named(touched, {"entry 3 (avvia)", "was left as it was, now it becomes «raccolta»"});
}

TEST(HistoryCheck, LetsANewFieldBe) {
    Doctored doctored;
    doctored.entry(3).changes.erase("instance.state");
    doctored.recording.fields.erase("instance.state");

    // Entry 1 still says how the state began: only what a later entry adds is unknown.
    EXPECT_EQ(doctored.problem(), "");
}

TEST(HistoryCheck, NamesAPropertyThatIsNoLongerRead) {
    Doctored doctored;
    doctored.rewrite(R"("title":)", R"("oggi_ignota":1,"title":)");

    expect_named(doctored, {"entry 1 (engine:open)", "«/oggi_ignota»"});
}

TEST(HistoryCheck, NamesAnEntryThatCannotBeReadOrFolded) {
    Doctored unreadable;
    unreadable.rewrite(R"("effect":"state_entered")", R"("effect":"altro")");
    expect_named(unreadable, {"entry 1", "cannot be read any more"});

    Doctored unfolded;
    unfolded.rewrite(R"("effect":"document_published","name":"atto")",
                     R"("effect":"document_published","name":"altro")");
    expect_named(unfolded, {"entry 3 (avvia)", "cannot be folded any more"});
}

TEST(HistoryCheck, NamesAnAnswerThatIsToldOtherwise) {
    Doctored doctored;
    ASSERT_FALSE(doctored.recording.answers.empty());
    auto& answer = doctored.recording.answers.front();
    answer.text.insert(1, R"("oggi_ignota":1,)");

    expect_named(doctored, {"the answer to " + answer.key, "«/oggi_ignota»"});
    answer.text = "{}";
    expect_named(doctored, {"cannot be read any more"});
}

}  // namespace
}  // namespace tests::history
