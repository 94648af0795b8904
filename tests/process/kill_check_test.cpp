// SPDX-License-Identifier: EUPL-1.2
// The kill test can fail: each of its questions says no to a folder, or to an answer, that was
// doctored so that only that question can notice.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "engine/data_files.h"
#include "tests/process/kill/keeping_word.h"
#include "tests/process/kill/told_story.h"
#include "tests/support/whole_texts.h"
#include "tests/support/world.h"

namespace tests::kill {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

/// Copies an entry to the end of its chain, with the values it set. Its place is %1.
constexpr const char* kDoneTwice =
    "insert into journal select root_id, 99, instance_id, event, person,"
    " json_set(text, '$.position', 99), hash from journal where event = '%1';"
    "insert into field_value select instance_id, field, 99, value, salt, hash from field_value"
    " where position = (select position from journal where event = '%1' and position < 99)";

std::string done_twice(const std::string& event) {
    std::string sql = kDoneTwice;
    for (std::size_t at = sql.find("%1"); at != std::string::npos; at = sql.find("%1")) {
        sql.replace(at, 2, event);
    }
    return sql;
}

/// Takes an effect out of the entries of an event.
std::string without_effect(const std::string& event, const std::string& effect) {
    return "update journal set text = json_remove(text, (select fullkey from json_each(text,"
           " '$.effects') where json_extract(value, '$.effect') = '" +
           effect + "')) where event = '" + event + "'";
}

std::string with(const std::string& event, const std::string& pointer, const std::string& value) {
    return "update journal set text = json_set(text, '" + pointer + "', " + value +
           ") where event = '" + event + "'";
}

/// The first now stands where the second stood, and the other way round.
std::string changed_places(const std::string& first, const std::string& second) {
    const auto place_of = [](const std::string& event) {
        return "(select json_extract(text, '$.position') from journal where event = '" + event +
               "')";
    };
    const auto move = [](const std::string& event, const std::string& place) {
        return "update journal set position = " + place + " where event = '" + event + "';";
    };
    return move(first, "98") + move(second, place_of(first)) + move(first, place_of(second));
}

/// A copy of the story's folder, to be doctored.
struct Copy {
    explicit Copy(ToldStory& story) : attempts(story.attempts) {
        std::filesystem::copy(story.server.data_folder(), data,
                              std::filesystem::copy_options::recursive);
    }
    void run(const std::string& sql) const {
        SQLite::Database database((data / engine::kDatabaseName).string(), SQLite::OPEN_READWRITE);
        database.exec("pragma foreign_keys = off");
        database.exec(kWholeTexts);
        const int before = database.getTotalChanges();
        database.exec(sql);
        EXPECT_GT(database.getTotalChanges(), before) << "nothing was doctored: " << sql;
    }
    JournalFacts facts() const { return read_journals(*engine::open_store(data, clock).value()); }
    std::vector<std::string> broken_words() const {
        std::vector<const Attempt*> pointers;
        for (const Attempt& attempt : attempts) {
            pointers.push_back(&attempt);
        }
        return find_broken_words(facts(), pointers,
                                 engine::documents::ContentStore(data / engine::kContentFolder));
    }
    Attempt& attempt(const std::string& key) { return ToldStory::find(attempts, key); }

    TemporaryFolder folder;
    std::filesystem::path data = folder.path() / "dati";
    engine::base::ManualClock clock{at("2025-03-05T09:00")};
    std::vector<Attempt> attempts;
};

class KillCheck : public testing::Test {
  protected:
    static void SetUpTestSuite() { told() = std::make_unique<ToldStory>(); }
    static void TearDownTestSuite() { told().reset(); }
    static ToldStory& story() { return *told(); }

    static void expect_broken(const Copy& copy, const std::string& sentence) {
        EXPECT_THAT(copy.broken_words(), Contains(HasSubstr(sentence)));
    }
    static void expect_broken_by(const std::string& sql, const std::string& sentence) {
        SCOPED_TRACE(sql);
        const Copy copy(story());
        copy.run(sql);
        expect_broken(copy, sentence);
    }

  private:
    static std::unique_ptr<ToldStory>& told() {
        static std::unique_ptr<ToldStory> story;
        return story;
    }
};

TEST_F(KillCheck, FindsTheStoryWhole) {
    const Copy copy(story());

    EXPECT_THAT(copy.broken_words(), IsEmpty());

    for (const Attempt& attempt : story().attempts) {
        const bool is_refused = attempt.asked.headers.back().second == "nota-vecchia";
        EXPECT_EQ(attempt.is_done(), !is_refused) << attempt.answer.value_or(RawResponse{}).body;
    }
    EXPECT_EQ(copy.facts().deadlines_fired, 2U);
    EXPECT_EQ(copy.facts().numbers_given, 3U);
    EXPECT_FALSE(has_overdue(copy.facts(), copy.clock.now()));
    for (std::size_t i = 0; i < story().again.size(); ++i) {
        EXPECT_EQ(find_difference(*story().attempts[i].answer, story().again[i]), "");
    }
}

TEST_F(KillCheck, RefusesAnAcknowledgedActThatIsGoneOrThereTwice) {
    expect_broken_by("delete from journal where event = 'annota'",
                     "was acknowledged and is there 0 times");
    expect_broken_by(done_twice("annota"), "was acknowledged and is there 2 times");
    Copy copy(story());
    copy.attempts.push_back(copy.attempt("nota"));
    expect_broken(copy, "was acknowledged to two");
}

TEST_F(KillCheck, RefusesAnActThatWasRefusedAndIsThere) {
    Copy copy(story());
    copy.attempt("nota").answer->status = 409;

    expect_broken(copy, "is there 1 times for 0 unanswered requests");
}

TEST_F(KillCheck, RefusesAnUnansweredActThatIsThereTwice) {
    Copy copy(story());
    copy.attempt("nota").answer.reset();
    EXPECT_THAT(copy.broken_words(), IsEmpty()) << "once is right";
    copy.run(done_twice("annota"));

    expect_broken(copy, "is there 2 times for 1 unanswered requests");
}

TEST_F(KillCheck, RefusesAnUnansweredActThatIsHalfDone) {
    const std::vector<std::pair<std::string, std::string>> halves{
        {"update journal set text = json_remove(text, '$.cause')",
         "without the application it opens"},
        {without_effect("presenta", "registered"), "without its number"},
        {without_effect("decidi", "registered"), "without its number"}};
    for (const auto& [sql, sentence] : halves) {
        SCOPED_TRACE(sql);
        Copy copy(story());
        for (Attempt& attempt : copy.attempts) {
            attempt.answer.reset();
        }
        copy.run(sql);
        expect_broken(copy, sentence);
    }
    const Copy copy(story());
    std::filesystem::remove_all(copy.data / engine::kContentFolder);
    expect_broken(copy, "without the bytes that were attached");
}

TEST_F(KillCheck, RefusesAnAnswerThatSaysOtherwiseThanTheJournal) {
    for (const char* key : {"apri", "nota", "presenta-A"}) {
        Copy copy(story());
        copy.attempt(key).answer->body = R"({"id": "altro", "versione": 9})";
        expect_broken(copy, "was answered with /id = altro");
        expect_broken(copy, "was answered with /versione = 9");
    }
    Copy copy(story());
    copy.attempt("presenta-A").answer->body = copy.attempt("presenta-B").answer->body;
    expect_broken(copy, "was answered with /registrazione/numero = 2, not 1");
}

TEST_F(KillCheck, RefusesDeadlinesThatFireTwiceElsewhereOrInAnotherOrder) {
    const std::string closing = "engine:deadline:chiusura";
    const std::string obligation = "engine:deadline:trasmissione";
    expect_broken_by(done_twice(closing), "fired without running");
    expect_broken_by(with(closing, "$.received_at", "json_extract(text, '$.received_at') + 1"),
                     "did not fire as of its end");
    expect_broken_by(changed_places(closing, obligation), "fired after a deadline that ends later");
    expect_broken_by(with(closing, "$.event", "'engine:deadline_failed:chiusura'"),
                     "could not be carried out");
    expect_broken_by("update journal set position = 98 where event = '" + closing + "'",
                     "came before the deadline chiusura, over by then");
}

TEST_F(KillCheck, RefusesDeadlinesThatDoNotFire) {
    const Copy copy(story());
    copy.run("delete from journal where event = 'engine:deadline:chiusura'");

    EXPECT_TRUE(has_overdue(copy.facts(), copy.clock.now()));
}

TEST_F(KillCheck, RefusesActsThatStandInAnotherOrder) {
    expect_broken_by(
        with("annota", "$.received_at", "json_extract(text, '$.received_at') - 86400000"),
        "stands after one that counts from later");
}

TEST_F(KillCheck, RefusesNumbersWithAGapOrGivenTwice) {
    const auto renumbered = [](const char* number) {
        return "update journal set text = replace(text, '\"number\":2', '\"number\":" +
               std::string(number) + "') where event = 'presenta'";
    };
    expect_broken_by(renumbered("3"), "3 where 2 should be");
    expect_broken_by(renumbered("1"), "1 where 2 should be");
}

TEST_F(KillCheck, RefusesWhatCannotBeRead) {
    expect_broken_by("update journal set text = '{}' where event = 'annota'", "unreadable entry");
    expect_broken_by("delete from field_value where field = 'nota'",
                     "set a value that no table holds");
}

TEST_F(KillCheck, RefusesASecondAnswerThatIsAnother) {
    const RawResponse first{200, {{"etag", "\"2\""}}, "fatto"};

    EXPECT_EQ(find_difference(first, first), "");
    EXPECT_NE(find_difference(first, std::nullopt), "");
    EXPECT_NE(find_difference(first, RawResponse{201, first.headers, "fatto"}), "");
    EXPECT_NE(find_difference(first, RawResponse{200, first.headers, "rifatto"}), "");
    EXPECT_NE(find_difference(first, RawResponse{200, {{"etag", "\"3\""}}, "fatto"}), "");
}

TEST_F(KillCheck, RefusesALateAnswerThatDeniesWhatWasDone) {
    const RawResponse done{200, {}, "fatto"};
    const RawResponse stale{412, {}, "versione"};

    EXPECT_EQ(judge_late_answer(true, done), "");
    EXPECT_EQ(judge_late_answer(false, done), "");
    EXPECT_EQ(judge_late_answer(false, stale), "");
    EXPECT_NE(judge_late_answer(true, stale), "");
    EXPECT_NE(judge_late_answer(false, RawResponse{500, {}, "guasto"}), "");
    EXPECT_NE(judge_late_answer(false, std::nullopt), "");
    EXPECT_TRUE(is_fair_refusal({503, {}, ""}));
    EXPECT_FALSE(is_fair_refusal({500, {}, ""}));
    EXPECT_FALSE(is_fair_refusal({302, {}, ""}));
}

TEST_F(KillCheck, RefusesAFolderThatVerifyRefuses) {
    const auto run = [](const std::string& sql) {
        const auto path = story().server.data_folder() / engine::kDatabaseName;
        SQLite::Database(path.string(), SQLite::OPEN_READWRITE).exec(sql);
    };
    EXPECT_EQ(story().server.verify(), "");

    run("update instance set office = '999'");
    EXPECT_NE(story().server.verify(), "");

    run("update instance set office = '326'");
    EXPECT_EQ(story().server.verify(), "");
}

}  // namespace
}  // namespace tests::kill
