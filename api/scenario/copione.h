// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/result.h"

// A `.copione` is a procedure told line by line, in Italian that an officer can read and write. The
// grammar is in workflows/README.md; this file is its parser.

namespace api::scenario {

/// `titolo …` and `fonte …`: for the reader.
struct Remark {
    std::string text;
};
/// `ente alfa 93009870751`
struct DeclareParty {
    std::string alias;
    std::string code;
};
/// `ats 326 iniziativa dgr-3824-2025`
struct DeclareOffice {
    std::string office;
    std::string initiative;
};
/// `dati nome` … `fine`: values by field, as written.
struct DataBlock {
    std::string name;
    std::map<std::string, std::string> values;
};
/// `ore 2025-04-16 09:00`
struct MoveClock {
    std::string moment;
};
/// `passa 10 giorni`
struct Advance {
    int count = 0;
    std::string unit;
};

/// `chiama R1 risposte:alfa di GIRO`: a name for a child, by body, office or place in the list.
struct NameChild {
    std::string alias;
    std::string list;
    std::string key;
    std::string parent;
};

/// `persona rdp:anna direzione_sociosanitaria:anna`: one person in two roles. The records name her
/// as in the first: rules that ask for two persons see one.
struct SamePerson {
    std::string known_as;
    std::string also;
};

/// `controllo completezza passa`, or `non passa`: from here on the named check is taken to answer
/// so, whatever the values are. A script of `coprog lint` says so what the proof had to leave open.
struct AssumeCheck {
    std::string name;
    bool passes = true;
};

/// What must be true after a line: the words of one expectation.
struct Expectation {
    std::vector<std::string> words;
};

/// `ruolo:persona atto …`
struct Act {
    std::string role;
    std::string person;  ///< or the body, for a role of a body
    std::string verb;    ///< an event, or `apre`, `allega`, `prende`, `conclude`, `migra`, `guarda`
    std::string object;  ///< machine, document, task or version of those verbs
    std::string signed_by;                      ///< `firmato da …`
    std::string target;                         ///< `su …`; empty: the first instance opened
    std::string alias;                          ///< `come …`
    std::string block;                          ///< `con dati …`
    std::map<std::string, std::string> values;  ///< `con campo = valore, …`
    std::string occurred;                       ///< `avvenuto …`
    std::string begun;  ///< `iniziato …`: when the request began to arrive
    std::string key;    ///< `chiave …`: the idempotency key of the request
    std::vector<Expectation> expectations;
};

struct Line {
    std::string place;  ///< how an error names it: `Riga 12`
    std::string mark;   ///< tells it from every other: `12`, and `12@80` when it is of a scene
    std::string text;
    std::variant<Remark, DeclareParty, DeclareOffice, DataBlock, MoveClock, Advance, NameChild,
                 SamePerson, AssumeCheck, Act>
        step;
};

/// Errors: malformed, with the number of the first line that cannot be read.
engine::base::Result<std::vector<Line>> parse_copione(std::string_view text);

}  // namespace api::scenario
