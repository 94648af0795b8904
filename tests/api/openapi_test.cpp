// SPDX-License-Identifier: EUPL-1.2
// openapi.json against the router, both ways: whoever reads it knows every route and no other, and
// every parameter that a route takes.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "api/access/access_table.h"
#include "api/http/problem_kinds.h"
#include "api/routes/problem.h"
#include "api/routes/routes.h"
#include "tests/support/api_world.h"
#include "tests/support/json_probe.h"
#include "tests/support/source_dir.h"

namespace tests {
namespace {

using Json = nlohmann::ordered_json;

const Json& openapi() {
    static const Json kDocument = Json::parse(std::ifstream(source_dir() + "/api/openapi.json"));
    return kDocument;
}

const Json& resolved(const Json& value) {
    if (!value.contains("$ref")) {
        return value;
    }
    const std::string reference = value.at("$ref").get<std::string>();
    return openapi().at(Json::json_pointer(reference.substr(1)));
}

struct Operation {
    std::string method;
    std::string path;
    const Json& json;
};

std::vector<Operation> operations() {
    std::vector<Operation> all;
    for (const auto& [path, item] : openapi().at("paths").items()) {
        for (const auto& [method, operation] : item.items()) {
            all.push_back({method == "get" ? "GET" : "POST", path, operation});
        }
    }
    return all;
}

std::set<std::string> parameters(const Operation& operation, const std::string& place) {
    std::set<std::string> names;
    for (const auto& one : operation.json.value("parameters", Json::array())) {
        const Json& parameter = resolved(one);
        if (parameter.at("in") == place) {
            names.insert(parameter.at("name").get<std::string>());
        }
    }
    return names;
}

TEST(OpenApi, NamesEveryRouteAndNoOther) {
    std::set<std::string> described;
    for (const auto& operation : operations()) {
        described.insert(fmt::format("{} {} {}", operation.method, operation.path,
                                     operation.json.at("operationId").get<std::string>()));
    }
    std::set<std::string> served;
    for (const auto& route : api::routes::api_routes()) {
        served.insert(fmt::format("{} {} {}", route.method, route.pattern, route.name));
    }

    EXPECT_EQ(described, served);
}

TEST(OpenApi, NamesEveryCodeOfProblems) {
    const auto described = openapi()
                               .at("components")
                               .at("schemas")
                               .at("Problema")
                               .at("properties")
                               .at("codice")
                               .at("enum")
                               .get<std::vector<std::string>>();
    std::vector<std::string> known;
    for (const auto& kind : api::http::problem_kinds()) {
        known.emplace_back(kind.code);
    }

    EXPECT_EQ(described, known);
}

TEST(OpenApi, NamesTheParametersOfEveryPath) {
    for (const auto& operation : operations()) {
        std::set<std::string> in_path;
        for (std::size_t at = operation.path.find('{'); at != std::string::npos;
             at = operation.path.find('{', at + 1)) {
            in_path.insert(operation.path.substr(at + 1, operation.path.find('}', at) - at - 1));
        }

        EXPECT_EQ(parameters(operation, "path"), in_path) << operation.path;
    }
}

/// A route refuses a parameter it does not know and says which it knows.
TEST(OpenApi, NamesTheQueryParametersThatRoutesTake) {
    ApiWorld world;
    const std::string id = world.open_pratica();
    int checked = 0;
    for (const auto& operation : operations()) {
        if (operation.method != "GET") {
            continue;
        }
        std::string path = operation.path;
        if (const auto at = path.find("{id}"); at != std::string::npos) {
            path.replace(at, 4, id);
        }
        const auto answer = world.get(path + "?sconosciuto=1", world.officer);
        const std::string told = json_at(answer.body, "/codice") == "invalid_query"
                                     ? json_at(answer.body, "/dettagli/0/messaggio")
                                     : std::string{};
        const auto names = parameters(operation, "query");
        EXPECT_EQ(names.empty(), told.empty() || told.ends_with("nessuno"))
            << path << ' ' << answer.body;
        for (const auto& name : names) {
            EXPECT_NE((told + ",").find(" " + name + ","), std::string::npos)
                << path << ' ' << name << ": " << told;
        }
        const auto told_count = std::count(told.begin(), told.end(), ',') + 1;
        EXPECT_TRUE(names.empty() || static_cast<std::size_t>(told_count) == names.size())
            << path << ": " << told;
        checked += names.empty() ? 0 : 1;
    }
    EXPECT_GE(checked, 8);
}

/// Who needs no access code is said so, and nobody else.
TEST(OpenApi, SaysWhichRoutesNeedNoAccess) {
    for (const auto& operation : operations()) {
        const auto reach = api::access::find_reach(
            operation.json.at("operationId").get<std::string>(), api::access::RoleClass::anonymous);
        const bool is_open =
            operation.json.contains("security") && operation.json.at("security").empty();

        EXPECT_EQ(is_open, reach == api::access::Reach::everyone) << operation.path;
        EXPECT_EQ(operation.json.at("responses").contains("401"), !is_open) << operation.path;
    }
}

TEST(OpenApi, AsksForAKeyWhereTheRouteDoes) {
    for (const auto& operation : operations()) {
        const bool records = operation.method == "POST" && operation.path != "/v1/calcolo-termini";

        EXPECT_EQ(parameters(operation, "header").contains("Idempotency-Key"), records)
            << operation.path;
    }
}

/// The names of properties in answers, against those described.
void expect_described(const std::string& body, const std::string& pointer,
                      const std::string& schema) {
    const Json& properties = openapi().at("components").at("schemas").at(schema).at("properties");
    const auto keys = json_keys(body, pointer);
    EXPECT_FALSE(keys.empty()) << schema << ' ' << body;
    for (const auto& key : keys) {
        EXPECT_TRUE(properties.contains(key)) << schema << " does not describe " << key;
    }
    for (const auto& name :
         openapi().at("components").at("schemas").at(schema).value("required", Json::array())) {
        EXPECT_TRUE(std::find(keys.begin(), keys.end(), name.get<std::string>()) != keys.end())
            << schema << " promises " << name;
    }
}

TEST(OpenApi, DescribesWhatIsAnswered) {
    ApiWorld world;
    const std::string id = world.open_raccolta("2025-03-03");
    const std::string path = "/v1/procedure/" + id;

    const auto view = world.get(path, world.officer);
    expect_described(view.body, "", "Procedura");
    expect_described(view.body, "/termini/0", "Termine");
    expect_described(view.body, "/documenti/0", "Documento");
    expect_described(view.body, "/eventi/0", "EventoPossibile");
    expect_described(view.body, "/termini/0/calcolo", "Calcolo");
    expect_described(world.get("/v1/procedure", world.officer).body, "/elementi/0", "Riga");
    expect_described(world.get("/v1/termini", world.officer).body, "/elementi/0",
                     "TermineDiElenco");
    expect_described(world.get(path + "/giornale", world.officer).body, "/elementi/0", "Voce");
    expect_described(world.get(path + "?al=2025-02-03", world.officer).body, "", "Passato");
    expect_described(world.act(id, "sospendi_tutto", world.director).body, "", "Esito");
    expect_described(world.get("/v1/definizioni", "").body, "/elementi/0", "Definizione");
    expect_described(world.get("/v1/territorio", "").body, "/elementi/0", "Unita");
    expect_described(world.get("/v1/calcolo-termini?dal=2025-01-01&giorni=3", "").body, "",
                     "Calcolo");
    expect_described(world.get("/status", "").body, "", "Servizio");
    expect_described(world.get("/v1/compiti", "").body, "", "Problema");
}

}  // namespace
}  // namespace tests
