// SPDX-License-Identifier: EUPL-1.2
// What a definition must look like before anybody asks what it means.
#include "engine/definition/parse.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/toy_workflow.h"

namespace tests {
namespace {

using engine::base::ErrorCode;
using engine::base::Result;
using engine::definition::DefinitionPointer;
using engine::definition::kMaxDefinitionBytes;

using Files = std::map<std::string, std::string>;

Result<DefinitionPointer> parse(const std::string& text, const Files& files = {}) {
    return engine::definition::parse_definition(
        text, [&files](std::string_view name) -> Result<std::string> {
            const auto found = files.find(std::string(name));
            if (found == files.end()) {
                return engine::base::fail(ErrorCode::not_found, "manca");
            }
            return found->second;
        });
}

/// One change of the toy `pratica`, and where it must be found.
struct Mutation {
    std::string from;
    std::string to;
    const char* pointer;
    const char* code;
};

void expect_refused(const Mutation& mutation) {
    SCOPED_TRACE(mutation.to.substr(0, 80));

    const auto definition = parse(replaced(toy_pratica(), mutation.from, mutation.to));

    ASSERT_FALSE(definition.has_value());
    EXPECT_EQ(definition.error().code, ErrorCode::invalid_input) << definition.error().message_it;
    ASSERT_EQ(definition.error().details.size(), 1U);
    EXPECT_EQ(definition.error().details.front().pointer, mutation.pointer);
    EXPECT_EQ(definition.error().details.front().code, mutation.code);
    EXPECT_FALSE(definition.error().details.front().message_it.empty());
}

TEST(Parse, RefusesAHeadThatIsNotAsTheSchemaSays) {
    const std::string title = R"("title": "Pratica di prova")";
    const std::vector<Mutation> mutations{
        {R"("root": true)", R"("root": true, "colore": "blu")", "/colore", "additionalProperties"},
        {title + ",", "", "", "required"},
        {title, R"("title": 7)", "/title", "type"},
        {title, R"("title": "")", "/title", "minLength"},
        {title, R"("title": ")" + std::string(401, 'a') + '"', "/title", "maxLength"},
        {R"("id": "toy")", R"("id": "Toy")", "/id", "pattern"},
        {R"("machine": "pratica")", R"("machine": "1pratica")", "/machine", "pattern"},
        {R"("machine": "pratica")", R"("machine": "la pratica")", "/machine", "pattern"},
        {R"("machine": "pratica")", R"("machine": ")" + std::string(65, 'a') + '"', "/machine",
         "maxLength"},
        {R"("version": 1, "title")", R"("version": 0, "title")", "/version", "minimum"},
        {R"("version": 1, "title")", R"("version": 10001, "title")", "/version", "maximum"},
        {R"("version": 1, "title")", R"("version": 1.5, "title")", "/version", "type"},
        {R"("version": 1, "title")", R"("version": "1", "title")", "/version", "type"},
        {R"("legal_basis": ["L. 241/1990"])", R"("legal_basis": [])", "/legal_basis", "minItems"},
        {R"("legal_basis": ["L. 241/1990"])", R"("legal_basis": [""])", "/legal_basis/0",
         "minLength"},
        {R"("legal_basis": ["L. 241/1990"],)", "", "", "required"},
        {R"("root": true)", R"("root": "true")", "/root", "type"},
        {R"("initial": "aperta",)", "", "", "required"},
        {R"("opening": { "by": ["funzionario"],)", R"("opening": {)", "/opening", "required"},
        {R"("registers": ["ingresso"])", R"("registers": ["ingresso", "ingresso"])", "/registers/1",
         "uniqueItems"},
    };

    for (const Mutation& mutation : mutations) {
        expect_refused(mutation);
    }
}

TEST(Parse, RefusesASectionThatIsNotAsTheSchemaSays) {
    const std::vector<Mutation> mutations{
        {R"("scope": "everywhere")", R"("scope": "ovunque")", "/roles/regione/scope", "enum"},
        {R"("dirigente": { "title": "Dirigente" })", R"("dirigente": {})", "/roles/dirigente",
         "required"},
        {R"("machine": "parere", "version": 1)", R"("machine": "parere")", "/children/pareri",
         "required"},
        {R"("kind": "closing")", R"("kind": "chiude")", "/deadlines/chiusura/kind", "enum"},
        {R"(, "legal_basis": ["Avviso art. 1"])", "", "/deadlines/chiusura", "required"},
        {R"("remind_days": [3])", R"("remind_days": [0])", "/deadlines/trasmissione/remind_days/0",
         "minimum"},
        {R"("remind_days": [3])", R"("remind_days": [366])",
         "/deadlines/trasmissione/remind_days/0", "maximum"},
        {R"("due": { "days": 20, "after": "now" })",
         R"("due": { "days": 20, "after": "now", "before": "now" })", "/tasks/istruisci/due",
         "oneOf"},
        {R"("due": { "days": 20, "after": "now" })", R"("due": { "days": 20 })",
         "/tasks/istruisci/due", "oneOf"},
        {R"("due": { "days": 20, "after": "now" })", R"("due": {})", "/tasks/istruisci/due",
         "minProperties"},
        {R"("channel": "pec")", R"("channel": "fax")", "/messages/ricevuta/channel", "enum"},
        {R"("public": true)", R"("public": "sì")", "/documents/atto/public", "type"},
        {R"("sospesa": {
      "title": "Sospesa",)",
         R"("sospesa": {)", "/states/sospesa", "required"},
        {R"("after": {
        "chiusura": [)",
         R"("after": {
        "chiusura": [], "altro": [)",
         "/states/raccolta/after/chiusura", "minItems"},
        {R"("target": "archiviata")", R"("target": "@Archiviata")",
         "/states/aperta/on/archivia/target", "pattern"},
        {R"("except": ["sospesa"])", R"("tranne": ["sospesa"])", "/shared/sospendi_tutto/tranne",
         "additionalProperties"},
    };

    for (const Mutation& mutation : mutations) {
        expect_refused(mutation);
    }
}

TEST(Parse, RefusesAConditionOrAnActionThatDoesNotExist) {
    const std::string guard = R"("guard": { "document_present": "verbale" })";
    const char* const at = "/shared/trasmetti/guard";
    const std::vector<Mutation> mutations{
        {guard, R"("guard": { "document_lost": "verbale" })",
         "/shared/trasmetti/guard/document_lost", "additionalProperties"},
        {guard, R"("guard": {})", at, "minProperties"},
        {guard, R"("guard": { "all": [] })", "/shared/trasmetti/guard/all", "minItems"},
        {guard, R"("guard": { "not": { "all": [ { "task_done": "Istruisci" } ] } })",
         "/shared/trasmetti/guard/not/all/0/task_done", "pattern"},
        {guard, R"("guard": { "deadline_open": { "name": "chiusura", "of": "nonno" } })",
         "/shared/trasmetti/guard/deadline_open/of", "enum"},
        {guard, R"("guard": { "value_present": { "nonno": "oggetto" } })",
         "/shared/trasmetti/guard/value_present/nonno", "additionalProperties"},
        {guard, R"("guard": { "value_in": { "value": "now", "options": [] } })",
         "/shared/trasmetti/guard/value_in/options", "minItems"},
        {guard, R"("guard": { "children_count": { "path": "pareri//x" } })",
         "/shared/trasmetti/guard/children_count/path", "pattern"},
        {guard, R"("guard": { "children_count": { "path": "pareri", "at_least": -1 } })",
         "/shared/trasmetti/guard/children_count/at_least", "minimum"},
        {R"({ "publish": "atto" })", R"({ "pubblica": "atto" })",
         "/states/aperta/on/avvia/do/0/pubblica", "additionalProperties"},
        {R"({ "publish": "atto" })", R"({})", "/states/aperta/on/avvia/do/0", "minProperties"},
        {R"("to": "children", "path": "pareri", "event": "esamina")",
         R"("to": "cugini", "event": "esamina")", "/states/istruttoria/entry/2/signal/to", "enum"},
    };

    for (const Mutation& mutation : mutations) {
        expect_refused(mutation);
    }
}

TEST(Parse, RefusesAPartThatSaysTwoThingsOrNone) {
    const std::string guard = R"("guard": { "document_present": "verbale" })";
    const std::string due = R"("due": { "days": 20, "after": "now" })";
    const std::vector<Mutation> mutations{
        {R"({ "publish": "atto" })", R"({ "publish": "atto", "send": "sollecito" })", "", "part"},
        {R"({ "publish": "atto" })", R"({ "when": { "document_present": "atto" } })", "", "part"},
        {guard, R"("guard": { "document_present": "atto", "task_done": "istruisci" })", "", "part"},
        {guard, R"("guard": { "legal_basis": ["Art. 1"] })", "", "part"},
        {due, R"("due": { "on": "now", "after": "now" })", "", "part"},
        {due, R"("due": { "on": "now", "days": 20 })", "", "part"},
        {due, R"("due": { "days": 20, "months": 1, "after": "now" })", "", "part"},
        {due, R"("due": { "after": "now" })", "", "part"},
    };

    for (const Mutation& mutation : mutations) {
        expect_refused(mutation);
    }
}

// ---- text that is no JSON, or too much of it ------------------------------------------------

struct TextRow {
    const char* title;
    std::string text;
    ErrorCode code;
};

TEST(Parse, RefusesATextThatIsNotStrictJson) {
    const std::string toy = toy_pratica();
    const std::string deep = std::string(40, '[') + std::string(40, ']');
    const TextRow rows[] = {
        {"empty", "", ErrorCode::malformed},
        {"no object", "[]", ErrorCode::invalid_input},
        {"comment", replaced(toy, R"("root": true)", R"(/* radice */ "root": true)"),
         ErrorCode::malformed},
        {"key twice", replaced(toy, R"("root": true)", R"("root": true, "root": true)"),
         ErrorCode::malformed},
        {"state twice",
         replaced(toy, R"("conclusa": {)",
                  R"("conclusa": { "title": "Altra", "final": true }, "conclusa": {)"),
         ErrorCode::malformed},
        {"cut", toy.substr(0, toy.size() / 2), ErrorCode::malformed},
        {"deep", replaced(toy, R"("root": true)", R"("root": )" + deep), ErrorCode::malformed},
        {"too long", toy + std::string(kMaxDefinitionBytes, ' '), ErrorCode::payload_too_large},
    };

    for (const TextRow& row : rows) {
        SCOPED_TRACE(row.title);
        const auto definition = parse(row.text);
        ASSERT_FALSE(definition.has_value());
        EXPECT_EQ(definition.error().code, row.code);
    }
}

// ---- the files a definition names -----------------------------------------------------------

/// The toy `parere` with its data schema and a table in files beside it.
std::string with_files() {
    const std::string toy = toy_parere();
    const std::size_t start = toy.find("\"data\": {");
    const std::size_t end = toy.find("\"messages\"");
    return toy.substr(0, start) + R"("data": "dati.json", "tables": { "basi": "basi.json" },
  )" + toy.substr(end);
}

Files files_beside() {
    return {{"dati.json", R"({"type": "object", "properties":
                {"testo": {"title": "Testo", "type": "string", "maxLength": 100}}})"},
            {"basi.json", R"({"b": 1, "a": [2]})"}};
}

TEST(Parse, RefusesAFileThatIsMissingOrBroken) {
    const std::string outsize = R"({"type": "object", "properties": {}, "description": ")" +
                                std::string(kMaxDefinitionBytes, 'a') + R"("})";
    const std::string deep = std::string(32, '[') + std::string(32, ']');
    const std::tuple<const char*, const char*, std::string, ErrorCode> rows[] = {
        {"broken", "dati.json", "{", ErrorCode::malformed},
        {"key twice", "basi.json", R"({"a": 1, "a": 2})", ErrorCode::malformed},
        {"another file's name", "basi.json", R"("altre.json")", ErrorCode::invalid_input},
        {"no schema", "dati.json", "[]", ErrorCode::invalid_input},
        {"no properties", "dati.json", R"({"type": "object"})", ErrorCode::malformed},
        {"too much together", "dati.json", outsize, ErrorCode::payload_too_large},
        {"too deep together", "basi.json", deep, ErrorCode::malformed},
    };

    for (const auto& [title, name, text, code] : rows) {
        SCOPED_TRACE(title);
        Files files = files_beside();
        files[name] = text;
        const auto definition = parse(with_files(), files);
        ASSERT_FALSE(definition.has_value());
        EXPECT_EQ(definition.error().code, code) << definition.error().message_it;
    }
    EXPECT_EQ(parse(with_files()).error().code, ErrorCode::not_found);
}

TEST(Parse, PutsTheFilesInsideTheText) {
    const auto definition = parse(with_files(), files_beside());

    ASSERT_TRUE(definition.has_value()) << definition.error().message_it;
    EXPECT_NE((*definition)->fields.find("testo"), nullptr);
    EXPECT_EQ((*definition)->tables.at("basi"), R"({"b":1,"a":[2]})");
    EXPECT_EQ((*definition)->text.find("dati.json"), std::string::npos);
}

TEST(Parse, ItsTextParsesToTheSameHash) {
    for (const auto& definition :
         {parse(toy_pratica()), parse(toy_parere()), parse(with_files(), files_beside())}) {
        ASSERT_TRUE(definition.has_value());
        const auto again = parse((*definition)->text);
        ASSERT_TRUE(again.has_value());
        EXPECT_EQ((*again)->sha256, (*definition)->sha256);
    }
}

TEST(Parse, WhiteSpaceDoesNotChangeTheHash) {
    std::string text = toy_pratica();
    std::replace(text.begin(), text.end(), '\n', '\t');

    const auto definition = parse(text + "\n\n");

    ASSERT_TRUE(definition.has_value());
    EXPECT_EQ((*definition)->sha256, parse(toy_pratica()).value()->sha256);
}

TEST(Parse, AnyFileItDependsOnChangesTheHash) {
    const auto before = parse(with_files(), files_beside());

    for (const char* name : {"dati.json", "basi.json"}) {
        SCOPED_TRACE(name);
        Files files = files_beside();
        files[name] = replaced(files[name], "1", "2");
        const auto after = parse(with_files(), files);
        ASSERT_TRUE(after.has_value());
        EXPECT_NE((*after)->sha256, (*before)->sha256);
    }
}

TEST(Parse, KeepsTheOrderOfTheFile) {
    const auto definition = parse(toy_pratica());

    ASSERT_TRUE(definition.has_value());
    std::string states;
    for (const auto& [name, state] : (*definition)->states) {
        states += name + " ";
    }
    EXPECT_EQ(states, "aperta raccolta istruttoria conclusa deserta archiviata sospesa ");
}

}  // namespace
}  // namespace tests
