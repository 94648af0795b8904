// SPDX-License-Identifier: EUPL-1.2
// Entries of the journal: their text, their chain, what folding them gives.
#include "engine/machine/journal_entry.h"

#include <gtest/gtest.h>

#include "engine/base/json.h"
#include "engine/base/sha256.h"
#include "tests/support/toy_workflow.h"
#include "tests/support/world.h"

namespace tests {
namespace {

using engine::base::ErrorCode;
using engine::base::InstanceId;
using engine::base::MessageId;
using engine::machine::InstanceRecord;
using engine::machine::JournalEntry;
using engine::machine::Message;
using engine::machine::MessageQueued;
using engine::machine::MessageSent;
using engine::machine::MessageStatus;
using engine::machine::parse_entry;
using engine::machine::StateEntered;
using engine::machine::TaskEnded;

JournalEntry an_entry() {
    JournalEntry entry;
    entry.root = InstanceId{"r1"};
    entry.position = 3;
    entry.instance = InstanceId{"i1"};
    entry.event = "presenta";
    entry.title = "Presenta";
    entry.person = "p1";
    entry.role = "ente";
    entry.cause = 2;
    entry.cause_root = InstanceId{"r0"};
    entry.received_at = at("2025-02-03T09:00");
    entry.begun_at = at("2025-02-03T08:59:59.900");
    entry.occurred_at = at("2025-02-02T09:00");
    entry.recorded_at = at("2025-02-03T09:00:00.100");
    entry.effects = {StateEntered{"presentato", false}};
    return entry;
}

void expect_same_again(const JournalEntry& entry) {
    const std::string text = render_entry(entry);

    const auto again = parse_entry(text);

    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(render_entry(*again), text);
    EXPECT_EQ(again->root, entry.root);
    EXPECT_EQ(again->position, entry.position);
    EXPECT_EQ(again->instance, entry.instance);
    EXPECT_EQ(again->event, entry.event);
    EXPECT_EQ(again->title, entry.title);
    EXPECT_EQ(again->person, entry.person);
    EXPECT_EQ(again->role, entry.role);
    EXPECT_EQ(again->cause, entry.cause);
    EXPECT_EQ(again->cause_root, entry.cause_root);
    EXPECT_EQ(again->received_at, entry.received_at);
    EXPECT_EQ(again->begun_at, entry.begun_at);
    EXPECT_EQ(again->occurred_at, entry.occurred_at);
    EXPECT_EQ(again->recorded_at, entry.recorded_at);
    EXPECT_EQ(again->effects.size(), entry.effects.size());
}

TEST(JournalEntry, SurvivesItsText) {
    expect_same_again(an_entry());
}

TEST(JournalEntry, OfTheSystemAloneSurvivesItsText) {
    JournalEntry entry;
    entry.root = InstanceId{"r1"};
    entry.instance = entry.root;
    entry.event = "engine:deadline:chiusura";
    entry.role = "sistema";

    expect_same_again(entry);
}

TEST(JournalEntry, IsCanonical) {
    const std::string text = render_entry(an_entry());

    EXPECT_EQ(engine::base::canonical_json(text).value(), text);
}

TEST(JournalEntry, RefusesATextThatIsNone) {
    const std::string whole = render_entry(an_entry());
    const std::string texts[] = {"",
                                 "{}",
                                 "[]",
                                 "null",
                                 whole.substr(0, whole.size() - 1),
                                 replaced(whole, R"("position":3)", R"("position":"3")"),
                                 replaced(whole, R"("role":"ente")", R"("rank":"ente")"),
                                 replaced(whole, R"("effects":[)", R"("effects":[{},)"),
                                 replaced(whole, R"("effects")", R"("facts")"),
                                 replaced(whole, "state_entered", "state_left")};

    for (const std::string& text : texts) {
        SCOPED_TRACE(text);
        const auto entry = parse_entry(text);
        ASSERT_FALSE(entry.has_value());
        EXPECT_EQ(entry.error().code, ErrorCode::storage_corrupt);
    }
}

TEST(JournalEntry, ChainsToTheOneBefore) {
    const std::string first =
        engine::machine::chain_hash(engine::machine::kFirstPreviousHash, "uno");
    const std::string second = engine::machine::chain_hash(first, "due");

    EXPECT_EQ(first, engine::base::sha256_hex(std::string(64, '0') + "\nuno"));
    EXPECT_EQ(second, engine::base::sha256_hex(first + "\ndue"));
    EXPECT_NE(second, engine::machine::chain_hash(engine::machine::kFirstPreviousHash, "due"));
}

TEST(JournalEntry, AFoldedActIsOneMoreVersion) {
    InstanceRecord record;

    ASSERT_TRUE(fold_entry(record, an_entry()).has_value());

    EXPECT_EQ(record.instance.version, 1);
    EXPECT_EQ(record.instance.state, "presentato");
}

TEST(JournalEntry, ThatAMessageHasLeftIsNoNewVersion) {
    InstanceRecord record;
    Message message;
    message.id = MessageId{"m1"};
    record.messages["m1"] = message;
    JournalEntry entry = an_entry();
    entry.effects = {MessageSent{MessageId{"m1"}, MessageStatus::sent, "c"}};

    ASSERT_TRUE(fold_entry(record, entry).has_value());

    EXPECT_EQ(record.instance.version, 0);
    EXPECT_EQ(record.messages.at("m1").status, MessageStatus::sent);
}

TEST(JournalEntry, AMessageSentBesideAnotherFactIsANewVersion) {
    InstanceRecord record;
    Message message;
    message.id = MessageId{"m1"};
    JournalEntry entry = an_entry();
    entry.effects = {MessageQueued{message},
                     MessageSent{MessageId{"m1"}, MessageStatus::sent, "c"}};

    ASSERT_TRUE(fold_entry(record, entry).has_value());

    EXPECT_EQ(record.instance.version, 1);
}

TEST(JournalEntry, AnActWithoutEffectsIsNoNewVersion) {
    InstanceRecord record;
    JournalEntry entry = an_entry();
    entry.effects.clear();

    ASSERT_TRUE(fold_entry(record, entry).has_value());

    EXPECT_EQ(record.instance.version, 0);
}

TEST(JournalEntry, ThatDoesNotFitIsADamagedJournal) {
    InstanceRecord record;
    JournalEntry entry = an_entry();
    entry.effects = {TaskEnded{engine::base::TaskId{"t9"}, engine::machine::TaskStatus::done}};

    const auto done = fold_entry(record, entry);

    ASSERT_FALSE(done.has_value());
    EXPECT_EQ(done.error().code, ErrorCode::storage_corrupt);
    EXPECT_EQ(record.instance.version, 0);
}

}  // namespace
}  // namespace tests
