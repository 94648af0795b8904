// SPDX-License-Identifier: EUPL-1.2
// Every condition of the definition language: first why it refuses, then that it holds.
#include <gtest/gtest.h>

#include <functional>

#include "tests/machine/judgement.h"

namespace tests {
namespace {

using engine::base::InstanceId;
using engine::machine::DeadlineStatus;
using engine::machine::Snapshot;
using engine::machine::TaskStatus;

using Change = std::function<void(Judgement&)>;

struct Row {
    const char* guard;
    Change arrange;
    const char* code;
    const char* said;  ///< a part of the sentence
    Change repair;
};

void nothing(Judgement&) {}

Change deadline(const char* name, const char* bound,
                DeadlineStatus status = DeadlineStatus::running) {
    return [=](Judgement& j) { j.bench.add_deadline(name, bound, status); };
}

Change unbound(const char* name) {
    return [=](Judgement& j) {
        j.bench.add_deadline(name, "2025-03-01T00:00", DeadlineStatus::suspended);
        j.bench.facts.own.record.deadlines.begin()->second.bound.reset();
    };
}

Change value(const char* field, const char* json) {
    return [=](Judgement& j) { j.bench.facts.own.values[field] = json; };
}

Change payload(const char* field, const std::string& json) {
    return [=](Judgement& j) { j.payload[field] = json; };
}

Change document(const char* name, const char* signed_by) {
    return [=](Judgement& j) { j.bench.add_document(name, signed_by); };
}

Change child(const char* id, const char* state, const char* party, bool is_final = false) {
    return [=](Judgement& j) { j.bench.add_child(id, state, party, is_final); };
}

Change child_of_office(const char* id, const char* office) {
    return [=](Judgement& j) {
        j.bench.add_child(id, "presentato", "");
        j.bench.facts.descendants.back().office = office;
    };
}

Change performed(const char* instance, const char* event) {
    return [=](Judgement& j) {
        j.bench.facts.performances.push_back({InstanceId{instance}, event, "p1"});
    };
}

Change parent_state(const char* state) {
    return [=](Judgement& j) {
        j.bench.facts.parent = Snapshot{};
        j.bench.facts.parent->record.instance.id = InstanceId{"r"};
        j.bench.facts.parent->record.instance.state = state;
    };
}

Change sibling(const char* id, const char* path) {
    return [=](Judgement& j) {
        j.bench.facts.siblings.push_back(
            {InstanceId{id}, InstanceId{"r"}, path, path, "bozza", "", false, ""});
    };
}

Change task(TaskStatus status) {
    return [=](Judgement& j) { j.add_task(status); };
}

Change rule(const char* text) {
    return [=](Judgement& j) {
        j.bench.add_deadline("obbligo", "2025-03-06T00:00");
        j.bench.facts.own.record.deadlines.begin()->second.rule.text = text;
    };
}

Change actor_party(const char* party) {
    return [=](Judgement& j) { j.bench.officer.party = party; };
}

Change publish_atto() {
    return [](Judgement& j) {
        j.bench.facts.own.record.documents.begin()->second.published_at = at("2025-02-01T09:00");
    };
}

Change both(const Change& first, const Change& second) {
    return [=](Judgement& j) {
        first(j);
        second(j);
    };
}

void expect_refusal_then_success(const Row& row) {
    SCOPED_TRACE(row.guard);
    Judgement judgement(row.guard);
    row.arrange(judgement);

    const auto before = judgement.refusals();
    row.repair(judgement);
    const auto after = judgement.refusals();

    ASSERT_EQ(before.size(), 1U);
    EXPECT_EQ(before.front().code, row.code);
    EXPECT_FALSE(before.front().message_it.empty());
    EXPECT_NE(before.front().message_it.find(row.said), std::string::npos)
        << before.front().message_it;
    EXPECT_TRUE(after.empty()) << after.front().message_it;
}

TEST(Predicates, RefuseOnDeadlinesBeforeTheyHold) {
    const auto past = deadline("chiusura", "2025-01-16T00:00");
    const auto future = deadline("chiusura", "2025-03-01T00:00");
    const std::vector<Row> rows{
        {R"({"deadline_open": "chiusura"})", nothing, "deadline_open", "Chiusura", future},
        {R"({"deadline_open": "chiusura"})", past, "deadline_open", "15/01/2025", future},
        {R"({"deadline_open": "chiusura"})", deadline("chiusura", "2025-02-03T09:00"),
         "deadline_open", "03/02/2025", deadline("chiusura", "2025-02-03T09:00:00.001")},
        {R"({"deadline_open": "chiusura"})",
         deadline("chiusura", "2025-03-01T00:00", DeadlineStatus::cancelled), "deadline_open",
         "Chiusura", unbound("chiusura")},
        {R"({"deadline_passed": "chiusura"})", nothing, "deadline_passed", "Chiusura", past},
        {R"({"deadline_passed": "chiusura"})", future, "deadline_passed", "28/02/2025",
         deadline("chiusura", "2025-02-03T09:00")},
        {R"({"deadline_passed": "chiusura"})", unbound("chiusura"), "deadline_passed", "Chiusura",
         past},
        {R"({"deadline_met": "obbligo"})", nothing, "deadline_met", "Obbligo",
         deadline("obbligo", "2025-03-01T00:00", DeadlineStatus::met)},
        {R"({"deadline_met": "obbligo"})",
         deadline("obbligo", "2025-01-01T00:00", DeadlineStatus::missed), "deadline_met", "Obbligo",
         deadline("obbligo", "2025-01-01T00:00", DeadlineStatus::met_late)},
        {R"({"suspension_unused": {"deadline": "obbligo", "ground": "art_2_c_7"}})",
         rule(R"({"from":"2025-02-03","count":30,
                  "roll":{"holiday":true,"saturday":false,"patrons":[]},
                  "suspensions":[{"first":"2025-02-04","last":"2025-02-05",
                                  "ground":"art_2_c_7"}]})"),
         "suspension_unused", "Obbligo", rule(R"({"from":"2025-02-03","count":30,
                  "roll":{"holiday":true,"saturday":false,"patrons":[]},
                  "suspensions":[{"first":"2025-02-04","last":"2025-02-05",
                                  "ground":"art_10_bis"}]})")},
    };

    for (const Row& row : rows) {
        expect_refusal_then_success(row);
    }
}

TEST(Predicates, RefuseOnDocumentsBeforeTheyHold) {
    const std::string present = '"' + std::string(64, 'a') + '"';
    const std::string old = '"' + std::string(64, 'b') + '"';
    const auto unsigned_atto = document("atto", "");
    const auto signed_atto = document("atto", "dirigente");
    const char* const version = R"({"document_version_is":
        {"document": "atto", "value": {"payload": "esito"}}})";
    const std::vector<Row> rows{
        {R"({"document_present": "atto"})", nothing, "document_present", "Atto formale",
         unsigned_atto},
        {R"({"document_signed": "atto"})", nothing, "document_signed", "Atto formale", signed_atto},
        {R"({"document_signed": "atto"})", unsigned_atto, "document_signed", "Atto formale",
         signed_atto},
        {R"({"document_published": "atto"})", signed_atto, "document_published", "Atto formale",
         publish_atto()},
        {version, both(signed_atto, payload("esito", old)), "document_version_is", "Atto formale",
         payload("esito", present)},
        {version, payload("esito", present), "document_version_is", "Atto formale", signed_atto},
    };

    for (const Row& row : rows) {
        expect_refusal_then_success(row);
    }
}

TEST(Predicates, RefuseOnValuesBeforeTheyHold) {
    const char* const notice = R"({"date_at_least": {"date": {"payload": "giorno"}, "from": "now",
        "plus_days": 15}})";
    const std::vector<Row> rows{
        {R"({"value_present": {"own": "oggetto"}})", nothing, "value_present", "Oggetto",
         value("oggetto", R"("x")")},
        {R"({"value_present": {"own": "oggetto"}})", value("oggetto", R"("")"), "value_present",
         "Oggetto", value("oggetto", R"("x")")},
        {R"({"value_present": {"own": "oggetto"}})", value("oggetto", "null"), "value_present",
         "Oggetto", value("oggetto", "false")},
        {R"({"value_present": {"own": "oggetto"}})", value("oggetto", "[]"), "value_present",
         "Oggetto", value("oggetto", "0")},
        {R"({"value_in": {"value": {"own": "posti"}, "options": [1, 2]}})", nothing, "value_in",
         "Posti", value("posti", "1")},
        {R"({"value_in": {"value": {"own": "posti"}, "options": [1, 2]}})", value("posti", "3"),
         "value_in", "Posti", value("posti", "2")},
        {notice, nothing, "date_at_least", "giorno", payload("giorno", R"("2025-02-18")")},
        {notice, payload("giorno", R"("2025-02-17")"), "date_at_least", "18/02/2025",
         payload("giorno", R"("2025-02-18")")},
        {notice, payload("giorno", R"("domani")"), "date_at_least", "domani",
         payload("giorno", R"("2025-02-18")")},
        {R"({"task_done": "lavoro"})", nothing, "task_done", "Lavoro", task(TaskStatus::done)},
        {R"({"task_done": "lavoro"})", task(TaskStatus::cancelled), "task_done", "Lavoro",
         task(TaskStatus::done)},
        {R"({"check_passed": "completa"})", value("oggetto", R"("a metà")"), "completa", "oggetto",
         value("oggetto", R"("completo")")},
    };

    for (const Row& row : rows) {
        expect_refusal_then_success(row);
    }
}

TEST(Predicates, RefuseOnRelativesBeforeTheyHold) {
    const auto two = both(child("c1", "presentato", "A"), child("c2", "presentato", "B"));
    const std::vector<Row> rows{
        {R"({"children_count": {"path": "figli", "at_least": 2}})", child("c1", "bozza", "A"),
         "children_count", "1", child("c2", "bozza", "B")},
        {R"({"children_count": {"path": "figli", "not_in": ["bozza"], "at_least": 1}})",
         child("c1", "bozza", "A"), "children_count", "0", child("c2", "presentato", "B")},
        {R"({"children_count": {"path": "figli", "settled": true, "at_least": 1}})",
         child("c1", "valutato", "A"), "children_count", "0", child("c2", "valutato", "B", true)},
        {R"({"children_count": {"path": "figli", "at_most": 1}})", two, "children_count", "2",
         [](Judgement& j) { j.bench.facts.descendants.pop_back(); }},
        {R"({"children_count": {"path": "figli", "office": {"payload": "esito"}, "at_least": 1}})",
         both(payload("esito", R"("321")"), child_of_office("c1", "326")), "children_count", "0",
         child_of_office("c2", "321")},
        {R"({"children_count": {"path": "figli", "office": {"own": "oggetto"}, "at_most": 0}})",
         nothing, "children_count", "oggetto", value("oggetto", R"("321")")},
        {R"({"children_count": {"path": "figli", "distinct": "office", "at_least": 2}})",
         both(child_of_office("c1", "326"), child_of_office("c2", "326")), "children_count", "1",
         child_of_office("c3", "321")},
        {R"({"children_all": {"path": "figli", "in": ["presentato"]}})",
         both(two, child("c3", "bozza", "C")), "children_all", "1",
         [](Judgement& j) { j.bench.facts.descendants.back().state = "presentato"; }},
        {R"({"party_among": {"path": "figli", "in": ["presentato"]}})",
         both(actor_party("A"), child("c1", "bozza", "A")), "party_among", "", two},
        {R"({"party_not_among": {"path": "figli", "not_in": ["ritirato"]}})",
         both(actor_party("A"), child("c1", "bozza", "A")), "party_not_among", "bozza",
         [](Judgement& j) { j.bench.facts.descendants.back().state = "ritirato"; }},
        {R"({"parent_in": ["raccolta"]})", nothing, "parent_in", "", parent_state("raccolta")},
        {R"({"parent_in": ["raccolta"]})", parent_state("aperta"), "parent_in", "raccolta",
         parent_state("raccolta")},
        {R"({"actor_performed": {"events": ["avanza"]}})", performed("c9", "avanza"),
         "actor_performed", "Avanza", performed("i1", "avanza")},
        {R"({"event_performed": {"events": ["avanza"]}})", performed("c9", "avanza"),
         "event_performed", "Avanza",
         [](Judgement& j) {
             j.bench.facts.performances.push_back({InstanceId{"i1"}, "avanza", "p9"});
         }},
        {R"({"actor_not_performed": {"events": ["avanza"]}})", performed("i1", "avanza"),
         "actor_not_performed", "",
         [](Judgement& j) { j.bench.facts.performances.front().person = "p2"; }},
        {R"({"actor_not_performed": {"events": ["valuta"], "path": "figli"}})",
         both(child("c1", "valutato", "A"), performed("c1", "valuta")), "actor_not_performed", "",
         [](Judgement& j) { j.bench.facts.performances.front().instance = InstanceId{"i1"}; }},
        {R"({"actor_not_performed": {"events": ["avanza"], "of": "parent"}})",
         both(parent_state("raccolta"), performed("r", "avanza")), "actor_not_performed", "",
         [](Judgement& j) { j.bench.facts.performances.front().instance = InstanceId{"i1"}; }},
        {R"({"actor_not_performed": {"events": ["valuta"], "of": "parent", "path": "pareri"}})",
         both(sibling("s1", "pareri"), performed("s1", "valuta")), "actor_not_performed", "",
         [](Judgement& j) { j.bench.facts.siblings.front().path = "altro"; }},
    };

    for (const Row& row : rows) {
        expect_refusal_then_success(row);
    }
}

TEST(Predicates, APartyIsNotAmongOthersBecauseOfItself) {
    Judgement judgement(R"({"party_not_among": {"path": "pareri", "of": "parent"}})");
    judgement.bench.facts.own.record.instance.party = "A";
    judgement.bench.facts.siblings.push_back(
        {InstanceId{"i1"}, InstanceId{"r"}, "pareri", "pareri", "bozza", "A", false, ""});

    EXPECT_TRUE(judgement.refusals().empty());
}

TEST(Predicates, ReadDeadlinesOfTheParent) {
    Judgement judgement(R"({"deadline_open": {"name": "chiusura", "of": "parent"}})");
    judgement.bench.add_deadline("chiusura", "2025-03-01T00:00");
    judgement.bench.facts.parent = Snapshot{};

    const auto refusals = judgement.refusals();

    ASSERT_EQ(refusals.size(), 1U);  // the own one, of the same name, does not count
    EXPECT_EQ(refusals.front().code, "deadline_open");
}

}  // namespace
}  // namespace tests
