// SPDX-License-Identifier: EUPL-1.2
// What a newer version of a machine changes, for who must order the passage.
#include "engine/definition/difference.h"

#include <gmock/gmock.h>

#include "tests/machine/bench.h"
#include "tests/support/toy_workflow.h"

namespace tests {
namespace {

using engine::definition::describe_differences;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> differences(const std::string& from, const std::string& to) {
    return describe_differences(*parsed(from), *parsed(to));
}

TEST(DescribeDifferences, AreNoneBetweenAVersionAndItself) {
    EXPECT_THAT(differences(bench_text(), bench_text()), IsEmpty());
}

TEST(DescribeDifferences, NameTheTermAndThePartThatChanges) {
    const std::string next = replaced(bench_text(), R"({ "days": 30, "after": "now" })",
                                      R"({ "days": 45, "after": "now" })");

    const auto lines = differences(bench_text(), next);

    ASSERT_EQ(lines.size(), 1U);
    EXPECT_THAT(lines.front(), testing::StartsWith("termine «"));
    EXPECT_THAT(lines.front(), testing::EndsWith("»: cambia: quando scade"));
}

TEST(DescribeDifferences, SayARenamedStateOnceAndNotItsTransitions) {
    std::string next = replaced(bench_text(), R"("version": 1)",
                                R"("version": 2, "migration": { "from": [1], "by": ["dirigente"],
           "states": { "uno": "primo" } })");
    next = replaced(next, R"("initial": "uno")", R"("initial": "primo")");
    next = replaced(next, R"("uno": { "title")", R"("primo": { "title")");

    EXPECT_THAT(differences(bench_text(), next), ElementsAre("stato «Uno»: si chiamava «Uno»"));
}

TEST(DescribeDifferences, SayWhatIsNewAndWhatIsGone) {
    const auto lines =
        differences(toy_parere(), replaced(toy_parere(), R"("presenta": {)", R"("deposita": {)"));

    EXPECT_THAT(lines, Contains(testing::EndsWith("nello stato «Bozza»: non c'è più")));
    EXPECT_THAT(lines, Contains(testing::EndsWith("nello stato «Bozza»: è nuovo")));
}

}  // namespace
}  // namespace tests
