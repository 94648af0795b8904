// SPDX-License-Identifier: EUPL-1.2
// The journal's texts as they are stored: shorter, and the same to who reads them, by the program
// or by SQLite alone.
#include "engine/store/journal_text.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include "tests/support/whole_texts.h"
#include "tests/support/world.h"

namespace tests {
namespace {

using engine::store::EntryColumns;
using engine::store::plain_entry_text;
using engine::store::shorten_entry_text;

const EntryColumns kColumns{"r", "i", "annota", "p1"};

TEST(JournalText, LeavesATextThatHasACodeAlready) {
    const std::string odd = "{\"effects\":[{\"a\":\"\1\"}],\"event\":\"annota\"}";

    EXPECT_EQ(shorten_entry_text(odd, kColumns), odd);
}

TEST(JournalText, ReadsATextThatWasStoredWhole) {
    const std::string whole = R"({"effects":[],"event":"annota","root":"r"})";

    EXPECT_EQ(plain_entry_text(whole, kColumns), whole);
}

TEST(JournalText, GivesBackWhatItShortened) {
    for (const std::string text :
         {R"({"cause":3,"effects":[{"effect":"task_opened","id":"i.t1"},{"effect":"x"}],)"
          R"("event":"annota","instance":"i","person":"p1","position":2,"root":"r"})",
          R"({"event":"annota","event":"altro","person":"p1"})", R"("person":"p1",)", "", "r",
          "{"}) {
        const std::string shortened = shorten_entry_text(text, kColumns);

        EXPECT_EQ(plain_entry_text(shortened, kColumns), text);
        EXPECT_LE(shortened.size(), text.size());
    }
}

/// A procedure with a child and its messages.
struct Told {
    Told() {
        const auto id = world.open_raccolta("2025-05-16");
        world.file_parere(id, world.body);
        EXPECT_TRUE(world.engine->run_outbox(world.courier).has_value());
    }
    SQLite::Database open() {
        return {(world.folder.path() / "coprog.db").string(), SQLite::OPEN_READWRITE};
    }

    World world;
};

TEST(JournalText, IsLessThanHalfOfWhatWasHashed) {
    Told told;
    auto database = told.open();

    const auto stored = database.execAndGet("select sum(length(text)) from journal").getInt();
    const auto plain = database.execAndGet("select sum(length(text)) from journal_plain").getInt();

    EXPECT_GT(stored, 0);
    EXPECT_LT(stored, plain);
    const std::string messages = " where event = 'engine:message_sent'";
    EXPECT_LT(
        2 * database.execAndGet("select sum(length(text)) from journal" + messages).getInt(),
        database.execAndGet("select sum(length(text)) from journal_plain" + messages).getInt());
}

TEST(JournalText, IsReadBySqliteAloneAsByTheProgram) {
    Told told;
    auto database = told.open();

    SQLite::Statement query(database,
                            "select journal.text, journal_plain.text, root_id, instance_id,"
                            " journal.event, journal.person from journal"
                            " join journal_plain using (root_id, position, instance_id)");
    std::size_t read = 0;
    while (query.executeStep()) {
        const auto column = [&](int place) { return query.getColumn(place).getString(); };
        EXPECT_EQ(plain_entry_text(column(0), {column(2), column(3), column(4), column(5)}),
                  column(1));
        EXPECT_TRUE(column(1).starts_with(R"({")"));
        ++read;
    }
    EXPECT_GT(read, 5U);
}

TEST(JournalText, VerifiesTheSameShortenedOrWhole) {
    Told told;
    ASSERT_EQ(told.world.verify(), "");

    EXPECT_GT(told.open().exec(kWholeTexts), 0);

    EXPECT_EQ(told.world.verify(), "");
}

}  // namespace
}  // namespace tests
