// SPDX-License-Identifier: EUPL-1.2
// The whole server on a disk that refuses: what clients and who runs it are told, what goes on.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>

#include "tests/support/api_world.h"
#include "tests/support/faulty_vfs.h"
#include "tests/support/json_probe.h"

namespace tests {
namespace {

class DiskTrouble : public testing::Test {
  protected:
    RawResponse archive(const std::string& key) {
        return world.ask({"POST",
                          "/v1/procedure/" + id + "/eventi",
                          world.officer,
                          R"({"evento":"archivia","dati":{}})",
                          {{"If-Match", version}, {"Idempotency-Key", key}}});
    }
    RawResponse read() { return world.get("/v1/procedure/" + id, world.officer); }
    RawResponse status() { return world.get("/status", ""); }
    std::ptrdiff_t logged(const std::string& event) {
        const auto lines = world.log_lines();
        return std::count_if(lines.begin(), lines.end(), [&](const std::string& line) {
            return line.find("\"" + event + "\"") != std::string::npos;
        });
    }

    FaultyDisk disk;
    ApiWorld world;
    std::string id = world.open_pratica();
    std::string version = read().header("etag");
};

TEST_F(DiskTrouble, AFullDiskStopsActsAndNotReading) {
    const std::size_t length = world.journal_length();
    ASSERT_EQ(status().status, 200);
    disk.refuse_from_now(SQLITE_FULL);

    const auto refused = archive("a");

    EXPECT_EQ(refused.status, 507) << refused.body;
    EXPECT_EQ(json_at(refused.body, "/codice"), "storage_full");
    EXPECT_NE(json_at(refused.body, "/detail").find("nulla è stato scritto"), std::string::npos);
    EXPECT_EQ(json_at(read().body, "/stato/nome"), "aperta");
    const auto told = status();
    EXPECT_EQ(told.status, 503);
    EXPECT_EQ(json_at(told.body, "/codice"), "disco_non_scrive");
    EXPECT_NE(json_at(told.body, "/detail").find("si può solo leggere"), std::string::npos);
    EXPECT_EQ(world.get("/stato", "").body.find("Il servizio funziona"), std::string::npos);
    EXPECT_EQ(logged("storage_refuses"), 1);
    EXPECT_EQ(world.journal_length(), length);
}

TEST_F(DiskTrouble, NoActIsTriedOnADiskThatRefuses) {
    disk.refuse_from_now(0);
    ASSERT_EQ(archive("a").status, 507);
    const std::size_t acts = disk.acts();

    const auto refused = archive("b");

    EXPECT_EQ(refused.status, 507);
    EXPECT_NE(json_at(refused.body, "/detail").find("Riprovare tra qualche minuto"),
              std::string::npos);
    EXPECT_EQ(disk.acts(), acts);
    EXPECT_EQ(logged("storage_refuses"), 1);
}

TEST_F(DiskTrouble, ActsAreTakenAgainWhenTheDiskIsBack) {
    disk.refuse_from_now(SQLITE_FULL);
    ASSERT_EQ(archive("a").status, 507);
    world.upkeep();  // finds it full still
    EXPECT_EQ(archive("a").status, 507);
    disk.mend();
    const std::size_t acts = disk.acts();

    world.upkeep();

    EXPECT_GT(disk.acts(), acts) << "the disk was tried, not trusted";
    EXPECT_EQ(status().status, 200);
    EXPECT_EQ(logged("storage_writes_again"), 1);
    const auto done = archive("a");  // the very request that was refused
    EXPECT_EQ(done.status, 200) << done.body;
    const auto again = archive("a");
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.body, done.body);
    EXPECT_EQ(json_at(read().body, "/stato/nome"), "archiviata");
    EXPECT_EQ(world.journal_length(), 2U);
}

TEST_F(DiskTrouble, ADeadlineThatCannotBeWrittenFiresWhenTheDiskIsBack) {
    id = world.open_raccolta("2025-02-10");
    world.clock.move_to(at("2025-02-11T00:00:02"));
    disk.refuse_from_now(0);

    world.upkeep();

    EXPECT_EQ(json_at(status().body, "/codice"), "disco_non_scrive");
    EXPECT_EQ(json_at(read().body, "/stato/nome"), "raccolta");
    disk.mend();
    world.upkeep();
    EXPECT_EQ(status().status, 200);
    EXPECT_EQ(json_at(read().body, "/stato/nome"), "deserta");
}

/// Nothing but another archive mends it: writing on would make it worse.
TEST_F(DiskTrouble, ADamagedArchiveTakesNoActUntilItIsRestored) {
    disk.refuse_from_now(SQLITE_CORRUPT);

    const auto refused = archive("a");

    EXPECT_EQ(refused.status, 500) << refused.body;
    EXPECT_EQ(json_at(refused.body, "/codice"), "storage_corrupt");
    EXPECT_NE(json_at(refused.body, "/detail").find("riprovare non serve"), std::string::npos);
    disk.mend();
    world.upkeep();
    const std::size_t acts = disk.acts();
    EXPECT_EQ(archive("b").status, 500);
    EXPECT_EQ(disk.acts(), acts);
    EXPECT_EQ(json_at(read().body, "/stato/nome"), "aperta");
    EXPECT_EQ(json_at(status().body, "/codice"), "archivio_danneggiato");
    EXPECT_EQ(logged("storage_damaged"), 1);
}

}  // namespace
}  // namespace tests
