// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "engine/machine/decide.h"
#include "tests/support/toy_workflow.h"
#include "tests/support/world.h"

// A machine on a bench: one instance, its facts by hand, no database. For tests of decisions.

namespace tests {

/// A small machine with one deadline of each kind. Its event `agisci` does nothing yet: tests put
/// a guard or actions in it.
inline std::string bench_text() {
    return R"({
  "id": "banco", "machine": "prova", "version": 1, "title": "Prova",
  "legal_basis": ["Legge art. 1"], "root": true, "initial": "uno", "registers": ["ingresso"],
  "opening": { "by": ["funzionario"], "takes": ["oggetto"], "may_take": ["giorno"] },
  "roles": {
    "funzionario": { "title": "Funzionario" }, "dirigente": { "title": "Dirigente" },
    "ente": { "title": "Ente", "scope": "party" },
    "regione": { "title": "Regione", "scope": "everywhere" }
  },
  "children": { "figli": { "title": "Figli", "id": "toy", "machine": "parere", "version": 1 } },
  "data": { "type": "object", "properties": {
    "oggetto": { "title": "Oggetto", "type": "string", "minLength": 1, "maxLength": 50 },
    "esito": { "title": "Esito", "type": "string", "maxLength": 64 },
    "giorno": { "title": "Giorno", "type": "string", "maxLength": 16 },
    "posti": { "title": "Posti", "type": "integer", "minimum": 1 } } },
  "deadlines": {
    "chiusura": { "title": "Chiusura delle domande", "kind": "closing",
      "due": { "on": { "own": "giorno" } }, "legal_basis": ["Avviso art. 1"] },
    "obbligo": { "title": "Obbligo", "kind": "obligation", "due": { "days": 30, "after": "now" },
      "met_by": ["adempi"], "remind_days": [3, 10], "reminder": "avviso",
      "on_due": [ { "start_task": "altro" } ], "legal_basis": ["Avviso art. 2"] },
    "promemoria": { "title": "Promemoria", "kind": "advisory",
      "due": { "on": { "own": "giorno" } }, "on_due": [ { "send": "avviso" } ],
      "legal_basis": ["Avviso art. 3"] },
    "preavviso": { "title": "Preavviso", "kind": "minimum_notice",
      "due": { "days": 5, "before": { "own": "giorno" } }, "legal_basis": ["Avviso art. 4"] },
    "annuale": { "title": "Relazione", "kind": "recurring", "every_months": 12,
      "due": { "on": { "own": "giorno" }, "time": "12:00" }, "met_by": ["adempi"],
      "legal_basis": ["Avviso art. 5"] }
  },
  "tasks": {
    "lavoro": { "title": "Lavoro", "role": "funzionario", "due": { "days": 20, "after": "now" } },
    "altro": { "title": "Altro", "role": "dirigente" }
  },
  "documents": {
    "atto": { "title": "Atto formale", "by": ["funzionario"], "signed_by": "dirigente" },
    "verbale": { "title": "Verbale", "by": ["funzionario"] }
  },
  "messages": { "avviso": { "title": "Avviso", "template": "comunicazione", "to": "party",
    "channel": "pec" } },
  "states": {
    "uno": { "title": "Uno", "entry": [ { "start_task": "altro" } ], "on": {
      "agisci": { "title": "Agisci", "by": ["funzionario"], "legal_basis": ["Legge art. 2"],
        "may_take": ["oggetto", "esito", "giorno", "posti"], "do": [] },
      "adempi": { "title": "Adempi", "by": ["funzionario"] },
      "avanza": { "title": "Avanza", "by": ["funzionario"], "target": "due" },
      "ascolta": { "title": "Ascolta", "takes": ["esito"], "target": "due" },
      "chiudi": { "title": "Chiudi", "by": ["funzionario"], "target": "fine" } } },
    "due": { "title": "Due", "on": {
      "torna": { "title": "Torna", "by": ["funzionario"], "target": "@previous" } },
      "after": { "chiusura": [
        { "title": "Ha un esito", "guard": { "value_present": { "own": "esito" } },
          "target": "fine" } ] } },
    "fine": { "title": "Fine", "final": true }
  }
})";
}

/// The bench machine whose `agisci` does these actions.
inline std::string bench_doing(const std::string& actions) {
    return replaced(bench_text(), R"("do": [])", R"("do": [)" + actions + "]");
}

/// The bench machine whose `agisci` waits for this guard.
inline std::string bench_guarded(const std::string& guard) {
    return replaced(bench_text(), R"("do": [])", R"("guard": )" + guard);
}

/// An instance of a definition, in state `uno` of the bench machine unless told otherwise.
class Bench {
  public:
    explicit Bench(const std::string& text = bench_text()) : definition(parsed(text)) {
        auto& instance = facts.own.record.instance;
        instance.id = engine::base::InstanceId{"i1"};
        instance.root = instance.id;
        instance.office = "326";
        instance.state = "uno";
        instance.version = 1;
        set_time("2025-02-03T09:00");
    }

    void set_time(const std::string& text) {
        facts.times = engine::machine::ActTimes::of_act(at(text), at(text));
    }
    engine::machine::DecideContext context() const { return {*definition, facts, toy_checks()}; }
    engine::base::Result<engine::machine::Plan> decide(
        const std::string& event, const engine::base::Fields& payload = {}) const {
        return decide(event, officer, payload);
    }
    engine::base::Result<engine::machine::Plan> decide(const std::string& event,
                                                       const engine::machine::Actor& actor,
                                                       const engine::base::Fields& payload) const {
        engine::machine::Command command;
        command.event = event;
        command.actor = actor;
        command.payload = payload;
        command.received_at = facts.times.received_at;
        return engine::machine::decide_event(context(), command);
    }
    /// Decides `agisci` as if it did these actions.
    engine::base::Result<engine::machine::Plan> run(const std::string& actions,
                                                    const engine::base::Fields& payload = {}) {
        definition = parsed(bench_doing(actions));
        return decide("agisci", payload);
    }
    /// Makes a plan's effects true of the facts; fails the test when there is no plan.
    void apply(const engine::base::Result<engine::machine::Plan>& plan) {
        ASSERT_TRUE(plan.has_value()) << plan.error().message_it;
        for (const auto& effect : plan->effects) {
            if (const auto* value = std::get_if<engine::machine::ValueSet>(&effect)) {
                facts.own.values[value->field] = value->value_json;
            }
            ASSERT_TRUE(apply_effect(facts.own.record, effect).has_value());
        }
    }
    void add_deadline(
        const std::string& name, const std::string& bound,
        engine::machine::DeadlineStatus status = engine::machine::DeadlineStatus::running) {
        engine::machine::Deadline deadline;
        deadline.name = name;
        deadline.kind = definition->deadlines.find(name)->kind;
        deadline.status = status;
        deadline.bound = at(bound);
        facts.own.record.deadlines[{name, 1}] = deadline;
    }
    void add_document(const std::string& name, const std::string& signed_by = "") {
        facts.own.record.documents[{name, 1}] = {
            name, 1, std::string(64, 'a'), signed_by, "", {}, {}, false};
    }
    void add_child(const std::string& id, const std::string& state, const std::string& party,
                   bool is_final = false) {
        facts.descendants.push_back({engine::base::InstanceId{id}, facts.own.record.instance.id,
                                     "figli", "figli", state, party, is_final, ""});
    }
    const engine::machine::Deadline& deadline(const std::string& name) const {
        static const engine::machine::Deadline kNone{};
        const auto* found = facts.own.record.find_deadline(name);
        EXPECT_NE(found, nullptr) << name;
        return found == nullptr ? kNone : *found;
    }

    engine::definition::DefinitionPointer definition;
    engine::machine::Facts facts;
    engine::machine::Actor officer{"p1", "funzionario", "326", ""};
    engine::machine::Actor director{"p2", "dirigente", "326", ""};
    engine::machine::Actor body{"e1", "ente", "", "A"};
};

/// The names of a plan's effects in order: "value_set task_opened".
inline std::string effect_names(const engine::machine::Plan& plan) {
    std::string names;
    for (const auto& effect : plan.effects) {
        names += names.empty() ? "" : " ";
        names += engine::machine::effect_name(effect);
    }
    return names;
}

}  // namespace tests
