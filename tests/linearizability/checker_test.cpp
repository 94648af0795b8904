// SPDX-License-Identifier: EUPL-1.2
// The checker accepts what one-at-a-time execution could have given, and refuses the rest.
#include <gtest/gtest.h>

#include "tests/linearizability/models.h"

namespace tests::linearizability {
namespace {

Answer done(std::int64_t version, const std::string& state, const std::string& body = "") {
    return {200, version, state, "", body};
}

Answer refused(int status) {
    return {status, 0, "", "", ""};
}

Request act(const std::string& event, std::int64_t expected, const std::string& key,
            const std::string& person = "p1") {
    return {event, person, key, "una", expected, ""};
}

const Request kRead{"read", "p1", "", "", 0, ""};

Answer held(const std::string& state, const std::string& by) {
    return {200, 0, state, by, ""};
}

Request on_task(const std::string& verb, const std::string& person, const std::string& to = "") {
    return {verb, person, verb + person, "", 0, to};
}

TEST(LinearizabilityCheck, AcceptsNothingAtAll) {
    EXPECT_TRUE(is_linearizable<ProcedureModel>({}));
}

TEST(LinearizabilityCheck, RefusesTwoDecisionsOnOneVersion) {
    const History one_wins{{act("accogli", 1, "a"), done(2, "accolta"), 1, 3},
                           {act("respingi", 1, "b", "p2"), refused(412), 2, 4}};
    History both = one_wins;
    both[1].answer = done(2, "respinta");
    History nobody = one_wins;
    nobody[0].answer = refused(412);

    EXPECT_TRUE(is_linearizable<ProcedureModel>(one_wins));
    EXPECT_FALSE(is_linearizable<ProcedureModel>(both));
    EXPECT_FALSE(is_linearizable<ProcedureModel>(nobody));
}

TEST(LinearizabilityCheck, RefusesAReadingOfWhatWasBefore) {
    const History meanwhile{{act("annota", 1, "a"), done(2, "aperta"), 1, 4},
                            {kRead, done(1, "aperta"), 2, 3}};
    const History afterwards{{act("annota", 1, "a"), done(2, "aperta"), 1, 2},
                             {kRead, done(1, "aperta"), 3, 4}};
    const History there_and_back{{act("annota", 1, "a"), done(2, "aperta"), 1, 9},
                                 {kRead, done(2, "aperta"), 2, 3},
                                 {kRead, done(1, "aperta"), 4, 5}};

    EXPECT_TRUE(is_linearizable<ProcedureModel>(meanwhile));
    EXPECT_FALSE(is_linearizable<ProcedureModel>(afterwards));
    EXPECT_FALSE(is_linearizable<ProcedureModel>(there_and_back));
}

TEST(LinearizabilityCheck, RefusesAnActAfterTheEnd) {
    History history{{act("accogli", 1, "a"), done(2, "accolta"), 1, 2},
                    {act("annota", 2, "b"), refused(409), 3, 4}};
    EXPECT_TRUE(is_linearizable<ProcedureModel>(history));

    history[1].answer = done(3, "accolta");
    EXPECT_FALSE(is_linearizable<ProcedureModel>(history));
}

TEST(LinearizabilityCheck, RefusesASecondAnswerUnderOneKey) {
    History history{{act("annota", 1, "a"), done(2, "aperta", "fatto"), 1, 3},
                    {act("annota", 1, "a"), done(2, "aperta", "fatto"), 2, 4}};
    EXPECT_TRUE(is_linearizable<ProcedureModel>(history));
    history[1].answer.body = "rifatto";
    EXPECT_FALSE(is_linearizable<ProcedureModel>(history));
    history[1].answer = refused(412);
    EXPECT_FALSE(is_linearizable<ProcedureModel>(history));

    history[1].request.note = "altra";
    EXPECT_FALSE(
        is_linearizable<ProcedureModel>({history[0], {history[1].request, refused(412), 5, 6}}))
        << "another request under a key that was used";
    EXPECT_TRUE(
        is_linearizable<ProcedureModel>({history[0], {history[1].request, refused(422), 5, 6}}));
}

TEST(LinearizabilityCheck, RefusesATaskThatTwoHold) {
    History history{{on_task("prendi", "p1"), held("", ""), 1, 3},
                    {on_task("prendi", "p2"), refused(409), 2, 4},
                    {kRead, held("taken", "p1"), 5, 6}};
    EXPECT_TRUE(is_linearizable<TaskModel>(history));

    history[2].answer = held("taken", "p2");
    EXPECT_FALSE(is_linearizable<TaskModel>(history));
    history[2].answer = held("taken", "p1");
    history[1].answer = held("", "");
    EXPECT_FALSE(is_linearizable<TaskModel>(history));
}

TEST(LinearizabilityCheck, RefusesATaskEndedByWhoNoLongerHoldsIt) {
    History history{{on_task("prendi", "p1"), held("", ""), 1, 2},
                    {on_task("cedi", "p1", "p2"), held("", ""), 3, 4},
                    {on_task("concludi", "p1"), refused(403), 5, 6},
                    {on_task("concludi", "p2"), held("", ""), 7, 8},
                    {on_task("prendi", "p3"), refused(409), 9, 10}};
    EXPECT_TRUE(is_linearizable<TaskModel>(history));

    history[2].answer = held("", "");
    EXPECT_FALSE(is_linearizable<TaskModel>(history));
    history[2].called = 3;  // at the same time as the passing on: it may have come first
    history[1].answer = refused(409);
    history[3].answer = refused(409);
    EXPECT_TRUE(is_linearizable<TaskModel>(history));
}

TEST(LinearizabilityCheck, RefusesTwoProceduresUnderOneKey) {
    const Request open{"open", "p1", "chiave", "una", 0, ""};
    const Answer first{201, 0, "", "", "id-1"};
    const Answer second{201, 0, "", "", "id-2"};

    EXPECT_TRUE(is_linearizable<OpeningModel>({{open, first, 1, 3}, {open, first, 2, 4}}));
    EXPECT_FALSE(is_linearizable<OpeningModel>({{open, first, 1, 3}, {open, second, 2, 4}}));
    Request other = open;
    other.key = "altra";
    EXPECT_TRUE(is_linearizable<OpeningModel>({{open, first, 1, 3}, {other, second, 2, 4}}));
    EXPECT_FALSE(is_linearizable<OpeningModel>({{open, first, 1, 3}, {other, first, 2, 4}}));
}

}  // namespace
}  // namespace tests::linearizability
