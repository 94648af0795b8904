// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/toy_workflow.h"

#include <gtest/gtest.h>

#include "engine/definition/parse.h"

namespace tests {

const char* const kPratica = R"json({
  "id": "toy", "machine": "pratica", "version": 1, "title": "Pratica di prova",
  "legal_basis": ["L. 241/1990"], "root": true, "initial": "aperta",
  "opening": { "by": ["funzionario"], "takes": ["oggetto"], "may_take": ["termine"] },
  "registers": ["ingresso"],
  "roles": {
    "funzionario": { "title": "Funzionario" },
    "dirigente": { "title": "Dirigente" },
    "ente": { "title": "Ente", "scope": "party" },
    "regione": { "title": "Regione", "scope": "everywhere" }
  },
  "children": {
    "pareri": { "title": "Pareri", "id": "toy", "machine": "parere", "version": 1 }
  },
  "data": {
    "type": "object",
    "properties": {
      "oggetto": { "title": "Oggetto", "type": "string", "minLength": 1, "maxLength": 50 },
      "termine": { "title": "Termine", "type": "string", "maxLength": 16 },
      "nuovo_termine": { "title": "Nuovo termine", "type": "string", "maxLength": 16 },
      "ricevuta_il": { "title": "Ricevuta il", "type": "string", "maxLength": 16 },
      "posti": { "title": "Posti", "type": "integer", "minimum": 1 }
    }
  },
  "deadlines": {
    "chiusura": { "title": "Termine per i pareri", "kind": "closing",
      "due": { "on": { "own": "termine" } }, "legal_basis": ["Avviso art. 1"] },
    "trasmissione": { "title": "Trasmissione", "kind": "obligation",
      "due": { "on": { "initiative": "termine_finale" } }, "met_by": ["trasmetti"],
      "remind_days": [3], "reminder": "sollecito",
      "on_due": [ { "start_task": "giustifica" }, { "send": "ritardo" } ],
      "legal_basis": ["Iniziativa art. 2"] },
    "conclusione": { "title": "Conclusione", "kind": "obligation",
      "due": { "days": 30, "after": "now" }, "met_by": ["concludi"],
      "legal_basis": ["L. 241/1990 art. 2"] }
  },
  "tasks": {
    "istruisci": { "title": "Istruire", "role": "funzionario", "due": { "days": 20, "after": "now" } },
    "giustifica": { "title": "Motivare il ritardo", "role": "funzionario" }
  },
  "documents": {
    "atto": { "title": "Atto", "by": ["funzionario"], "signed_by": "dirigente", "public": true },
    "verbale": { "title": "Verbale", "by": ["funzionario"] }
  },
  "messages": {
    "sollecito": { "title": "Sollecito", "template": "comunicazione", "to": "funzionario" },
    "ritardo": { "title": "Ritardo", "template": "comunicazione", "to": "dirigente" },
    "ricevuta": { "title": "Ricevuta", "template": "comunicazione", "to": "party", "channel": "pec" }
  },
  "states": {
    "aperta": {
      "title": "Aperta",
      "entry": [ { "start_deadline": "trasmissione", "when": { "value_present": { "initiative": "termine_finale" } } } ],
      "on": {
        "avvia": { "title": "Avvia la raccolta", "by": ["dirigente"],
          "legal_basis": ["Avviso art. 3"],
          "guard": { "all": [ { "document_signed": "atto" }, { "check_passed": "completa" } ] },
          "target": "raccolta",
          "do": [ { "publish": "atto" }, { "start_deadline": "chiusura" } ] },
        "archivia": { "title": "Archivia", "by": ["funzionario", "dirigente"], "target": "archiviata" }
      }
    },
    "raccolta": {
      "title": "Raccolta dei pareri",
      "on": {
        "chiedi_parere": { "title": "Apri un parere", "by": ["ente"], "do": [ { "open_child": "pareri" } ] },
        "proroga": { "title": "Proroga", "by": ["dirigente"], "takes": ["nuovo_termine"],
          "guard": { "deadline_open": "chiusura" },
          "do": [ { "move_deadline": { "deadline": "chiusura", "to": { "payload": "nuovo_termine" } } } ] }
      },
      "after": {
        "chiusura": [
          { "title": "Avvia l'istruttoria", "target": "istruttoria",
            "guard": { "children_count": { "path": "pareri", "not_in": ["ritirato"], "at_least": 1 } } },
          { "title": "Nessun parere", "target": "deserta" }
        ]
      }
    },
    "istruttoria": {
      "title": "Istruttoria",
      "entry": [ { "start_task": "istruisci" }, { "start_deadline": "conclusione" },
        { "signal": { "to": "children", "path": "pareri", "event": "esamina" } } ],
      "on": {
        "sospendi": { "title": "Sospendi il termine", "by": ["funzionario"], "takes": ["ricevuta_il"],
          "guard": { "suspension_unused": { "deadline": "conclusione", "ground": "art_2_c_7" } },
          "do": [ { "suspend_deadline": { "deadline": "conclusione", "ground": "art_2_c_7", "after": { "payload": "ricevuta_il" }, "days": 30 } } ] },
        "integra": { "title": "Integra", "by": ["ente", "funzionario"],
          "do": [ { "end_suspension": { "deadline": "conclusione", "ground": "art_2_c_7", "on": "now" } } ] },
        "riapri": { "title": "Riapri i termini", "by": ["dirigente"], "takes": ["nuovo_termine"],
          "target": "raccolta",
          "do": [ { "reopen_deadline": { "deadline": "chiusura", "to": { "payload": "nuovo_termine" } } } ] },
        "concludi": { "title": "Concludi", "by": ["dirigente"], "target": "conclusa",
          "guard": { "all": [
            { "children_all": { "path": "pareri", "settled": true } },
            { "actor_not_performed": { "events": ["valuta"], "path": "pareri" } } ] } }
      },
      "automatic": [
        { "title": "Tutti ritirati", "target": "deserta",
          "guard": { "children_count": { "path": "pareri", "not_in": ["ritirato"], "at_most": 0 } } } ]
    },
    "conclusa": { "title": "Conclusa", "final": true },
    "deserta": { "title": "Deserta", "final": true },
    "archiviata": { "title": "Archiviata", "final": true },
    "sospesa": {
      "title": "Sospesa",
      "on": { "riprendi": { "title": "Riprendi", "by": ["dirigente"], "target": "@previous" } }
    }
  },
  "shared": {
    "trasmetti": { "title": "Trasmetti", "by": ["funzionario"], "guard": { "document_present": "verbale" } },
    "sospendi_tutto": { "title": "Sospendi la pratica", "by": ["dirigente"], "except": ["sospesa"], "target": "sospesa" }
  }
})json";

const char* const kParere = R"json({
  "id": "toy", "machine": "parere", "version": 1, "title": "Parere",
  "legal_basis": ["L. 241/1990 art. 16"], "initial": "bozza", "registers": ["ingresso"],
  "roles": {
    "ente": { "title": "Ente", "scope": "party" },
    "funzionario": { "title": "Funzionario" }
  },
  "data": {
    "type": "object",
    "properties": {
      "testo": { "title": "Testo", "type": "string", "maxLength": 100, "x-personal": true }
    }
  },
  "messages": {
    "ricevuta": { "title": "Ricevuta", "template": "comunicazione", "to": "party", "channel": "pec" }
  },
  "states": {
    "bozza": {
      "title": "Bozza",
      "on": {
        "presenta": { "title": "Presenta", "by": ["ente"], "takes": ["testo"], "target": "presentato",
          "guard": { "all": [
            { "deadline_open": { "name": "chiusura", "of": "parent" } },
            { "party_not_among": { "path": "pareri", "of": "parent", "in": ["in_esame"] } } ] },
          "do": [
            { "assign_number": "ingresso" }, { "send": "ricevuta" },
            { "signal": { "to": "siblings", "event": "sostituisci", "same_party": true, "in": ["presentato"] } } ] }
      }
    },
    "presentato": {
      "title": "Presentato",
      "on": {
        "ritira": { "title": "Ritira", "by": ["ente"], "target": "ritirato" },
        "esamina": { "title": "Esamina", "target": "in_esame" },
        "sostituisci": { "title": "Sostituito da un altro", "target": "sostituito" }
      }
    },
    "in_esame": {
      "title": "In esame",
      "on": {
        "ritira": { "title": "Ritira", "by": ["ente"], "target": "ritirato" },
        "valuta": { "title": "Valuta", "by": ["funzionario"], "target": "valutato" }
      }
    },
    "valutato": { "title": "Valutato", "final": true },
    "ritirato": { "title": "Ritirato", "final": true },
    "sostituito": { "title": "Sostituito", "final": true }
  }
})json";

engine::definition::DefinitionPointer parsed(const std::string& text) {
    auto definition = engine::definition::parse_definition(
        text, [](std::string_view) -> engine::base::Result<std::string> {
            return engine::base::fail(engine::base::ErrorCode::not_found, "nessun file");
        });
    if (!definition) {
        ADD_FAILURE() << definition.error().message_it << " "
                      << (definition.error().details.empty()
                              ? ""
                              : definition.error().details.front().pointer);
        return nullptr;
    }
    return *definition;
}

engine::definition::Catalog toy_catalog() {
    engine::definition::Catalog catalog;
    EXPECT_TRUE(catalog.add(parsed(kPratica)).has_value());
    EXPECT_TRUE(catalog.add(parsed(kParere)).has_value());
    auto initiative = engine::definition::parse_initiative(
        R"({"id": "prova-2025", "title": "Prova", "parameters": {"termine_finale": "2025-06-30"}})");
    EXPECT_TRUE(initiative.has_value() && catalog.add(*initiative).has_value());
    return catalog;
}

const engine::machine::CheckLibrary& toy_checks() {
    static const engine::machine::CheckLibrary kChecks = [] {
        engine::machine::CheckLibrary checks;
        checks.add("completa", 1,
                   {"la pratica è completa", [](const engine::machine::CheckContext& context) {
                        const auto& values = context.facts.own.values;
                        const auto found = values.find("oggetto");
                        const bool passes =
                            found != values.end() && found->second == "\"completo\"";
                        return passes ? std::vector<engine::machine::CheckFinding>{}
                                      : std::vector<engine::machine::CheckFinding>{
                                            {"oggetto", "L'oggetto non è completo.", {}}};
                    }});
        return checks;
    }();
    return kChecks;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t found = text.find(from);
    if (found == std::string::npos) {
        ADD_FAILURE() << "the text does not hold: " << from;
        return text;
    }
    return text.replace(found, from.size(), to);
}

}  // namespace tests
