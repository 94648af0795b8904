// SPDX-License-Identifier: EUPL-1.2
// A person's data go, on an act; what is left proves that they were there and why they went.
#include "engine/runtime/erase.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/runtime/erase_scene.h"
#include "tests/support/store_reads.h"

namespace tests {
namespace {

using engine::base::ErrorCode;
using engine::base::InstanceId;
using engine::machine::Command;

/// Files of the folder that hold the text, by name.
std::string files_with(const std::filesystem::path& folder, const std::string& text) {
    std::string names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        std::ostringstream bytes;
        bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        if (entry.is_regular_file() && bytes.str().find(text) != std::string::npos) {
            names += entry.path().filename().string() + " ";
        }
    }
    return names;
}

TEST(Erase, RefusesWhatIsNotThere) {
    Scene scene;
    EXPECT_EQ(scene.erase(request_for(InstanceId{"niente"})).error().code, ErrorCode::not_found);

    auto request = request_for(scene.parere);
    request.fields = {"niente"};
    EXPECT_EQ(scene.erase(request).error().code, ErrorCode::invalid_input);

    request.fields = {};
    EXPECT_EQ(scene.erase(request).error().code, ErrorCode::invalid_input);

    request = request_for(scene.pratica);
    request.party = "Z";
    EXPECT_EQ(scene.erase(request).error().code, ErrorCode::not_found);
}

TEST(Erase, RefusesWithoutAnActAndChangesNothing) {
    Scene scene;
    auto request = request_for(scene.parere);
    request.act = "";
    const auto size = scene.world.journal_size(scene.pratica);

    const auto report = scene.erase(request);

    ASSERT_TRUE(report.has_value());
    ASSERT_EQ(report->refused.size(), 1U);
    EXPECT_EQ(report->refused.front().second.code, ErrorCode::invalid_input);
    EXPECT_EQ(scene.world.journal_size(scene.pratica), size);
    EXPECT_TRUE(scene.world.engine->queries().view(scene.parere)->values.contains("testo"));
}

TEST(Erase, TakesTheValueAndLeavesEverythingWhole) {
    Scene scene;

    const auto report = scene.erased(request_for(scene.parere));

    EXPECT_TRUE(report.is_scrubbed);
    const auto view = scene.world.engine->queries().view(scene.parere);
    EXPECT_FALSE(view->values.contains("testo"));
    EXPECT_TRUE(view->record.values.at("testo").is_erased);
    EXPECT_EQ(scene.problem(), "");
    const auto verified = engine::verify(*scene.world.store, &scene.world.contents);
    ASSERT_EQ(verified->erasures.size(), 1U);
    const auto& erasure = verified->erasures.front();
    EXPECT_EQ(erasure.instance, scene.parere);
    EXPECT_EQ(erasure.root, scene.pratica);
    EXPECT_EQ(erasure.person, "p9");
    EXPECT_EQ(erasure.erased_at, scene.world.clock.now());
    EXPECT_EQ(erasure.title, "Dati cancellati («Testo»). Atto: determina n. 5 del 3/3/2026");
    EXPECT_EQ(erasure.reason, "richiesta dell'interessata");
}

TEST(Erase, LeavesNothingOfItInTheFiles) {
    Scene scene;
    ASSERT_NE(files_with(scene.world.folder.path(), kSecret), "");

    scene.erased(request_for(scene.parere));

    EXPECT_EQ(files_with(scene.world.folder.path(), kSecret), "");
    scene.world.reopen();
    EXPECT_EQ(files_with(scene.world.folder.path(), kSecret), "");
    EXPECT_EQ(scene.problem(), "");
}

TEST(Erase, AKeyThatWasUsedIsNotAnsweredAgain) {
    Scene scene;
    scene.erased(request_for(scene.parere));
    Command command;
    command.instance = scene.parere;
    command.event = "presenta";
    command.actor = scene.world.body;
    command.payload = {{"testo", '"' + kSecret + '"'}};
    command.received_at = scene.world.clock.now();
    command.idempotency_key = "chiave";

    const auto again = scene.world.engine->execute(command);

    ASSERT_FALSE(again.has_value());
    EXPECT_EQ(again.error().code, ErrorCode::invalid_input);
    const SQLite::Database database((scene.world.folder.path() / "coprog.db").string());
    SQLite::Statement kept(database, "select request_sha256 || answer from idempotency");
    ASSERT_TRUE(kept.executeStep());
    EXPECT_EQ(kept.getColumn(0).getString(), "");
}

TEST(Erase, TwiceHasNothingMoreToErase) {
    Scene scene;
    scene.erased(request_for(scene.parere));
    const auto size = scene.world.journal_size(scene.pratica);

    const auto again = scene.erase(request_for(scene.parere));

    ASSERT_TRUE(again.has_value());
    ASSERT_EQ(again->refused.size(), 1U);
    EXPECT_EQ(again->refused.front().second.code, ErrorCode::not_found);
    EXPECT_NE(again->refused.front().second.message_it.find("Niente da cancellare"),
              std::string::npos);
    EXPECT_EQ(scene.world.journal_size(scene.pratica), size);
}

TEST(Erase, OfEveryVersionThatThereWas) {
    Scene scene;
    scene.extend_twice();
    auto request = request_for(scene.pratica);
    request.fields = {"nuovo_termine"};

    scene.erased(request);

    for (const auto& row : value_rows_of(*scene.world.store, scene.pratica)) {
        EXPECT_EQ(row.value.has_value(), row.field != "nuovo_termine") << row.field;
    }
    EXPECT_EQ(scene.problem(), "");
}

TEST(Erase, AValueMayComeAgain) {
    Scene scene;
    auto& world = scene.world;
    auto request = request_for(scene.pratica);
    request.fields = {"nuovo_termine"};
    ASSERT_TRUE(
        world.act(scene.pratica, "proroga", world.director, R"({"nuovo_termine": "2025-05-20"})"));
    scene.erased(request);

    ASSERT_TRUE(
        world.act(scene.pratica, "proroga", world.director, R"({"nuovo_termine": "2025-05-30"})"));

    EXPECT_EQ(world.engine->queries().view(scene.pratica)->values.at("nuovo_termine"),
              R"("2025-05-30")");
    EXPECT_EQ(scene.problem(), "");
}

TEST(Erase, OfAllPersonalDataWaitsForTheEnd) {
    Scene scene;
    auto request = request_for(scene.parere);
    request.fields = {};
    request.is_all_personal = true;

    EXPECT_EQ(scene.erase(request)->refused.front().second.code, ErrorCode::guard_failed);

    ASSERT_TRUE(scene.world.act(scene.parere, "ritira", scene.world.body).has_value());
    scene.erased(request);
    EXPECT_FALSE(scene.world.engine->queries().view(scene.parere)->values.contains("testo"));
}

TEST(Erase, OfABodyTakesAllThatIsItsAndNothingElse) {
    Scene scene;
    auto& world = scene.world;
    const auto second = file_secret(world, scene.pratica, {"e9", "ente", "", "A"});
    const auto others = world.file_parere(scene.pratica, world.other_body);
    auto request = request_for(scene.pratica);
    request.party = "A";

    const auto report = scene.erased(request);

    EXPECT_EQ(report.erased.size(), 2U);
    EXPECT_FALSE(world.engine->queries().view(scene.parere)->values.contains("testo"));
    EXPECT_FALSE(world.engine->queries().view(second)->values.contains("testo"));
    EXPECT_TRUE(world.engine->queries().view(others)->values.contains("testo"));
    EXPECT_EQ(files_with(world.folder.path(), kSecret), "");
    EXPECT_EQ(scene.problem(), "");
}

TEST(Erase, SaysWhereElseTheSameTextIs) {
    Scene scene;
    const auto second = file_secret(scene.world, scene.pratica, {"e9", "ente", "", "B"});

    const auto report = scene.erased(request_for(scene.parere));

    ASSERT_EQ(report.copies.size(), 1U);
    EXPECT_EQ(report.copies.front().instance, second);
    EXPECT_EQ(report.copies.front().field, "testo");
}

TEST(Erase, NamesTheLettersThatStillSayIt) {
    Scene scene;
    // A letter as a template that quotes the value would make it.
    const auto hash = scene.world.contents.put("Gentile " + kSecret + ", buongiorno.");
    ASSERT_TRUE(hash.has_value());
    scene.world.store->commit({[&](engine::store::UnitOfWork& unit) {
        auto record = unit.find_snapshot(scene.parere)->record;
        engine::machine::JournalEntry entry;
        entry.root = scene.pratica;
        entry.instance = scene.parere;
        entry.event = engine::machine::kEventMessageSent;
        entry.received_at = entry.recorded_at = scene.world.clock.now();
        entry.effects.emplace_back(engine::machine::MessageSent{
            record.messages.begin()->second.id, engine::machine::MessageStatus::sent, *hash});
        EXPECT_TRUE(fold_entry(record, entry).has_value());
        unit.append(entry, record);
        return true;
    }});

    const auto report = scene.erased(request_for(scene.parere));

    ASSERT_EQ(report.letters.size(), 1U);
    EXPECT_EQ(report.letters.front().instance, scene.parere);
    EXPECT_EQ(report.letters.front().name, "ricevuta");
}

TEST(Erase, AShortNameIsFoundAsAWordAndInPersonalFieldsOnly) {
    engine::runtime::Phrases phrases;
    engine::runtime::add_phrases(R"("Ada")", true, phrases);
    engine::runtime::add_phrases(R"("Ugo")", false, phrases);
    ASSERT_EQ(phrases.size(), 1U) << "a short text that is nobody's own is everywhere";
    Scene scene;
    const auto other = scene.world.act(scene.pratica, "chiedi_parere", scene.world.other_body);
    ASSERT_TRUE(other.has_value());
    ASSERT_TRUE(scene.world
                    .act(other->opened.front(), "presenta", scene.world.other_body,
                         R"({"testo": "Adamello"})")
                    .has_value());

    const auto found =
        engine::store::read_from(*scene.world.store, [&](engine::store::ReadUnit& unit) {
            return engine::runtime::find_values(unit, scene.world.engine->catalog(), scene.pratica,
                                                phrases);
        });

    ASSERT_EQ(found.size(), 1U) << "«storia di Ada Inventata», not «Adamello»";
    EXPECT_EQ(found.front().instance, scene.parere);
}

TEST(Erase, TheLettersStayUnlessAsked) {
    Scene scene;

    scene.erased(request_for(scene.parere));

    EXPECT_TRUE(scene.world.contents.get(scene.sent_text_hash()).has_value());
}

TEST(Erase, OfMessagesTakesTheFileAndVerifyAcceptsExactlyThatGap) {
    Scene scene;
    auto request = request_for(scene.parere);
    request.fields = {};
    request.with_messages = true;
    const std::string text = scene.world.contents.get(scene.sent_text_hash()).value();

    const auto running = scene.erase(request);
    ASSERT_EQ(running->refused.size(), 1U) << "the letters prove what was told";
    EXPECT_EQ(running->refused.front().second.code, ErrorCode::guard_failed);
    EXPECT_TRUE(scene.world.contents.get(scene.sent_text_hash()).has_value());
    ASSERT_TRUE(scene.world.act(scene.parere, "ritira", scene.world.body).has_value());

    const auto report = scene.erased(request);

    EXPECT_EQ(report.texts_removed, 1U);
    EXPECT_EQ(scene.world.contents.get(scene.sent_text_hash()).error().code, ErrorCode::not_found);
    EXPECT_EQ(scene.problem(), "");
    ASSERT_TRUE(scene.world.contents.put(text).has_value());
    EXPECT_NE(scene.problem().find("cancellato con un atto è ancora"), std::string::npos);
    // As after a call that was cut short before the file went.
    EXPECT_EQ(scene.erase(request)->texts_removed, 1U);
    EXPECT_EQ(scene.problem(), "");
}

/// A letter and a document may be the same bytes: the file is one.
TEST(Erase, OfMessagesLeavesTheFileOfADocument) {
    Scene scene;
    const std::string sha256 = scene.sent_text_hash();
    ASSERT_TRUE(scene.world
                    .act(scene.pratica, engine::machine::kEventRecordDocument, scene.world.officer,
                         R"({"documento": "verbale", "sha256": ")" + sha256 + R"("})")
                    .has_value());
    ASSERT_TRUE(scene.world.act(scene.parere, "ritira", scene.world.body).has_value());
    auto request = request_for(scene.parere);
    request.fields = {};
    request.with_messages = true;

    const auto report = scene.erased(request);

    EXPECT_EQ(report.texts_removed, 0U);
    EXPECT_TRUE(scene.world.contents.get(sha256).has_value());
    EXPECT_EQ(scene.problem(), "");
}

TEST(Erase, IsSeenFromThePastToo) {
    Scene scene;
    const auto before = scene.world.clock.now();
    scene.world.clock.move_to(at("2025-03-01T09:00"));
    scene.erased(request_for(scene.parere));

    const auto picture = scene.world.engine->queries().as_of(scene.parere, before);

    ASSERT_TRUE(picture.has_value());
    EXPECT_FALSE(picture->instances.front().values.contains("testo"));
    EXPECT_TRUE(picture->instances.front().erased.contains("testo"));
    EXPECT_FALSE(picture->instances.front().record.values.at("testo").is_erased);
}

TEST(Erase, IsForTheOneWhoAnswersForTheData) {
    Scene scene;
    auto request = request_for(scene.parere);
    request.actor = scene.world.director;

    EXPECT_EQ(scene.erase(request)->refused.front().second.code, ErrorCode::forbidden);
    EXPECT_TRUE(scene.world.engine->queries().view(scene.parere)->values.contains("testo"));
}

}  // namespace
}  // namespace tests
