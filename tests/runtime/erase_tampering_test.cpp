// SPDX-License-Identifier: EUPL-1.2
// Only an act makes a gap: every other way in which a value goes, or comes back, is found.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include "tests/runtime/erase_scene.h"

namespace tests {
namespace {

TEST(EraseTampering, AValueTakenWithoutAnActIsFound) {
    Scene scene;

    EXPECT_NE(scene
                  .problem_after("update field_value set value = null, salt = null"
                                 " where field = 'testo'")
                  .find("senza un atto"),
              std::string::npos);
}

TEST(EraseTampering, AnOldVersionTakenWithoutAnActIsFound) {
    Scene scene;
    scene.extend_twice();

    EXPECT_NE(scene
                  .problem_after("delete from field_value where field = 'nuovo_termine'"
                                 " and position = (select min(position) from field_value"
                                 " where field = 'nuovo_termine')")
                  .find("manca un dato"),
              std::string::npos);
}

TEST(EraseTampering, ASaltTakenAloneIsFound) {
    Scene scene;

    EXPECT_NE(scene.problem_after("update field_value set salt = null where field = 'testo'"), "");
}

TEST(EraseTampering, AValuePutBackIsFound) {
    Scene scene;
    scene.erased(request_for(scene.parere));

    EXPECT_NE(scene
                  .problem_after("update field_value set value = '\"x\"', salt = 's'"
                                 " where field = 'testo'")
                  .find("di nuovo nell'archivio"),
              std::string::npos);
}

TEST(EraseTampering, AnErasedRowThatIsGoneIsFound) {
    Scene scene;
    scene.erased(request_for(scene.parere));

    EXPECT_NE(
        scene.problem_after("delete from field_value where field = 'testo'").find("manca un dato"),
        std::string::npos);
}

TEST(EraseTampering, AnActThatErasedAndATableThatStillHoldsIsFound) {
    Scene scene;
    scene.world.engine.reset();
    scene.world.store.reset();
    const auto path = (scene.world.folder.path() / "coprog.db").string();
    std::string value;
    std::string salt;
    {
        const SQLite::Database database(path);
        SQLite::Statement kept(database,
                               "select value, salt from field_value where field = 'testo'");
        ASSERT_TRUE(kept.executeStep());
        value = kept.getColumn(0).getString();
        salt = kept.getColumn(1).getString();
    }
    scene.world.reopen();
    scene.erased(request_for(scene.parere));

    // The very value and salt: the hash fits, the act does not.
    EXPECT_NE(scene
                  .problem_after("update field_value set value = '" + value + "', salt = '" + salt +
                                 "' where field = 'testo'")
                  .find("di nuovo nell'archivio"),
              std::string::npos);
}

TEST(EraseTampering, AHashThatWasChangedIsFound) {
    Scene scene;
    scene.erased(request_for(scene.parere));

    EXPECT_NE(scene.problem_after("update field_value set hash = 'x' where field = 'testo'"), "");
}

}  // namespace
}  // namespace tests
