// SPDX-License-Identifier: EUPL-1.2
// What leaves the program and what is kept of it.
#include <gtest/gtest.h>

#include <fstream>

#include "engine/base/sha256.h"
#include "engine/documents/content_store.h"
#include "engine/documents/message_renderer.h"
#include "tests/support/toy_workflow.h"
#include "tests/support/world.h"

namespace tests {
namespace {

using engine::base::ErrorCode;
using engine::documents::ContentStore;

TEST(ContentStore, GivesBackWhatItKeptUnderItsHash) {
    const TemporaryFolder folder;
    ContentStore contents(folder.path());

    const auto sha256 = contents.put("testo");

    ASSERT_TRUE(sha256.has_value());
    EXPECT_EQ(*sha256, engine::base::sha256_hex("testo"));
    EXPECT_EQ(contents.put("testo").value(), *sha256);
    EXPECT_EQ(contents.get(*sha256).value(), "testo");
}

TEST(ContentStore, NoticesAFileThatWasChanged) {
    const TemporaryFolder folder;
    ContentStore contents(folder.path());
    const auto sha256 = contents.put("testo").value();
    std::ofstream(folder.path() / sha256.substr(0, 2) / sha256) << "altro";

    EXPECT_EQ(contents.get(sha256).error().code, ErrorCode::storage_corrupt);
}

TEST(ContentStore, SaysThatAFileIsNotThere) {
    const TemporaryFolder folder;

    EXPECT_EQ(ContentStore(folder.path()).get(std::string(64, 'a')).error().code,
              ErrorCode::not_found);
}

TEST(ContentStore, TakesAwayWhatItHasAndSaysWhenItHasNot) {
    const TemporaryFolder folder;
    ContentStore contents(folder.path());
    const auto sha256 = contents.put("testo").value();

    EXPECT_TRUE(contents.remove(sha256).value());
    EXPECT_EQ(contents.get(sha256).error().code, ErrorCode::not_found);
    EXPECT_FALSE(contents.remove(sha256).value());
}

TEST(ContentStore, RefusesWhenItCannotWriteAndLeavesNothing) {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "pieno") << "un file dove serve una cartella";
    ContentStore contents(folder.path() / "pieno");

    EXPECT_EQ(contents.put("testo").error().code, ErrorCode::storage_full);
}

std::string render(const engine::machine::Snapshot& snapshot, const std::string& template_name) {
    const auto definition = parsed(toy_pratica());
    engine::machine::Message message;
    message.name = "ricevuta";
    message.template_name = template_name;
    const auto text = engine::documents::render_message(*definition, snapshot, message,
                                                        at("2025-05-16T10:00"), "capo");
    return text ? *text : std::string(engine::base::error_code_name(text.error().code));
}

TEST(MessageRenderer, NamesTheMessageTheBodyTheNumberAndTheHead) {
    engine::machine::Snapshot snapshot;
    snapshot.record.instance.party = "Ente & Co. <x>";
    snapshot.record.registrations["ingresso"] = {"ingresso", "326", 2025, 7, {}};

    EXPECT_EQ(render(snapshot, "comunicazione"),
              "Ricevuta\n\nProcedimento: Pratica di prova\nEnte: Ente & Co. <x>\n"
              "Registrazione n. 7/2025\nData: venerdì 16/05/2025\n\nImpronta del registro: capo\n");
}

TEST(MessageRenderer, LeavesOutWhatIsEmptyAndReadsDatesAndListsAsPeopleDo) {
    engine::machine::Snapshot snapshot;
    snapshot.values["motivi_decisione"] = R"("Cancellazione dal registro")";
    snapshot.values["decadenza_dal"] = R"("2025-05-12")";
    snapshot.values["righe_memorie"] = "\"\"";

    const std::string without = render(snapshot, "decadenza");
    snapshot.values["righe_memorie"] = R"(["Prima", "Seconda"])";
    const std::string with = render(snapshot, "decadenza");

    EXPECT_NE(without.find("dal giorno lunedì 12/05/2025"), std::string::npos) << without;
    EXPECT_EQ(without.find("Memorie presentate"), std::string::npos);
    EXPECT_NE(with.find("Prima e Seconda"), std::string::npos);
}

TEST(MessageRenderer, SaysThatADatumWasErased) {
    engine::machine::Snapshot snapshot;
    snapshot.record.values["denominazione"] = {"denominazione", "h", true};

    EXPECT_NE(render(snapshot, "ricevuta").find("A [dato cancellato] ("), std::string::npos);
}

TEST(MessageRenderer, RefusesATemplateThatIsNotThere) {
    EXPECT_EQ(render({}, "inesistente"), "not_found");
}

}  // namespace
}  // namespace tests
