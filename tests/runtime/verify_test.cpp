// SPDX-License-Identifier: EUPL-1.2
// Every way to tamper with the tables or the journal, and the first row that verify names.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "tests/support/whole_texts.h"
#include "tests/support/world.h"

namespace tests {
namespace {

struct Tampering {
    const char* sql;
    const char* named;  ///< the row that the finding names
};

class VerifyFinds : public testing::TestWithParam<Tampering> {};

TEST_P(VerifyFinds, TheFirstRowThatDoesNotFit) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    world.file_parere(id, world.body);
    ASSERT_TRUE(world.engine->run_outbox(world.courier).has_value());
    ASSERT_EQ(world.verify(), "");
    world.engine.reset();
    world.store.reset();
    {
        SQLite::Database database((world.folder.path() / "coprog.db").string(),
                                  SQLite::OPEN_READWRITE);
        database.exec("pragma foreign_keys = off");
        database.exec(kWholeTexts);
        ASSERT_GT(database.exec(GetParam().sql), 0) << "the tampering changes something";
    }
    world.reopen();

    const std::string found = world.verify();

    EXPECT_NE(found.find(GetParam().named), std::string::npos) << found;
}

INSTANTIATE_TEST_SUITE_P(
    Tables, VerifyFinds,
    testing::Values(
        Tampering{"update instance set state = 'conclusa' where machine = 'pratica'",
                  "(instance, "},
        Tampering{"update instance set party = 'Z' where machine = 'parere'", "(instance, "},
        Tampering{"update deadline set bound = bound + 86400000 where name = 'chiusura'",
                  "(deadline, "},
        Tampering{"update deadline set due_date = '2025-05-30' where name = 'chiusura'",
                  "(deadline, "},
        Tampering{"update deadline set term = '{}' where name = 'chiusura'", "(deadline, "},
        Tampering{"delete from deadline where name = 'trasmissione'", "(deadline, "},
        Tampering{"update document set signed_by = ''", "(document, "},
        Tampering{
            "insert into task (id, instance_id, name, role, status, assignee, opened_at, root_id,"
            " office, party) select id || 'x', id, 'finto', 'funzionario', 'open', '', 0,"
            " root_id, office, party from instance where machine = 'pratica'",
            "(task, "},
        Tampering{"update registration set number = 7", "(registration, "},
        Tampering{"update register_counter set last_number = 9", "(register_counter, "},
        Tampering{"update field_value set value = '\"altro\"' where field = 'testo'",
                  "(field_value, "},
        Tampering{"update field_value set hash = 'x' where field = 'testo'", "(field_value, "},
        Tampering{"update outbox set status = 'queued'", "(outbox, "},
        Tampering{"insert into outbox (id, instance_id, name, template_name, recipient, channel,"
                  " status, content_sha256, is_erased, attempts, leased_until, fence)"
                  " select 'finto', instance_id, name, template_name, recipient, channel, status,"
                  " content_sha256, is_erased, attempts, leased_until, fence from outbox limit 1",
                  "(outbox, finto"},
        Tampering{"update definition set text = text || ' '", "(definition, "},
        Tampering{"insert into instance select 'finto', root_id, null, family, machine, list,"
                  " definition_sha256, office, party, initiative_sha256, state, previous_state,"
                  " version, is_final, opened_at from instance where machine = 'pratica'",
                  "(instance, finto"}));

INSTANTIATE_TEST_SUITE_P(
    Journal, VerifyFinds,
    testing::Values(
        Tampering{"update journal set text = replace(text, 'dirigente', 'direttore')"
                  " where text like '%dirigente%'",
                  "(journal, "},
        Tampering{"update journal set hash = 'x' where position = 2", "(journal, "},
        Tampering{"update journal set text = text || char(0) where position = 3", "(journal, "},
        Tampering{"update journal set person = 'x' where event = 'avvia'", "(journal, "},
        Tampering{"update journal set event = 'valuta' where event = 'avvia'", "(journal, "},
        Tampering{"insert into journal select 'finto', position, instance_id, event, person, text,"
                  " hash from journal where position = 1",
                  "(journal, finto, 1)"},
        Tampering{"delete from journal where position = 2", "(journal, "},
        Tampering{"delete from journal where position = 1", "(journal, "},
        Tampering{"delete from journal where position = (select max(position) from journal)",
                  "(outbox, "}));

TEST(Verify, CountsWhatItRead) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");

    const auto report = engine::verify(*world.store);

    ASSERT_TRUE(report.has_value());
    EXPECT_EQ(report->roots, 1U);
    EXPECT_EQ(report->entries, world.journal_size(id));
    ASSERT_EQ(report->heads.size(), 1U);
    EXPECT_EQ(report->heads.front().first, id);
}

/// More roots than a thread takes at once.
constexpr std::size_t kManyRoots = 450;

TEST(VerifyOfManyRoots, LooksAtEachOnceAndTellsTheFirstProblem) {
    World world;
    std::vector<engine::base::InstanceId> roots;
    for (std::size_t count = 0; count < kManyRoots; ++count) {
        roots.push_back(world.open_pratica(R"({"oggetto": "completo"})"));
    }
    std::sort(roots.begin(), roots.end());
    const auto whole = engine::verify(*world.store);
    ASSERT_TRUE(whole.has_value());
    ASSERT_EQ(whole->first_problem, "");
    world.engine.reset();
    world.store.reset();
    {
        SQLite::Database database((world.folder.path() / "coprog.db").string(),
                                  SQLite::OPEN_READWRITE);
        for (const std::size_t at : {430U, 20U, 210U}) {
            SQLite::Statement change(database, "update instance set version = 9 where id = ?");
            change.bind(1, roots[at].text);
            ASSERT_EQ(change.exec(), 1);
        }
    }
    world.reopen();

    const std::string found = world.verify();

    EXPECT_EQ(whole->roots, kManyRoots);
    EXPECT_EQ(whole->entries, kManyRoots);
    ASSERT_EQ(whole->heads.size(), kManyRoots);
    for (std::size_t at = 0; at < kManyRoots; ++at) {
        EXPECT_EQ(whole->heads[at].first, roots[at]);
    }
    EXPECT_NE(found.find(roots[20].text), std::string::npos) << found;
}

TEST(VerifyOfFiles, FindsADocumentWhoseFileIsGoneOrChanged) {
    World world;
    const auto id = world.open_raccolta("2025-05-16");
    const auto verify = [&] {
        return engine::verify(*world.store, &world.contents)->first_problem;
    };
    const auto document = world.record(id).documents.begin()->second;
    const std::string bytes = world.contents.get(document.sha256).value();
    ASSERT_EQ(verify(), "");

    ASSERT_TRUE(world.contents.remove(document.sha256).value());
    const std::string gone = verify();
    ASSERT_TRUE(world.contents.put(bytes).has_value());
    const std::string back = verify();

    EXPECT_NE(gone.find("Il file di un documento manca o è cambiato"), std::string::npos) << gone;
    EXPECT_NE(gone.find(document.sha256), std::string::npos) << gone;
    EXPECT_EQ(back, "");
}

}  // namespace
}  // namespace tests
