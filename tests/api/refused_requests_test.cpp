// SPDX-License-Identifier: EUPL-1.2
// The table of refusals.txt on the real server: status, what the answer must and must not hold, and
// that nothing else happened.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/api_world.h"
#include "tests/support/json_probe.h"
#include "tests/support/source_dir.h"

namespace tests {
namespace {

struct Refused {
    std::string name;
    std::string method;
    std::string path;
    std::string who;
    std::vector<std::string> headers;
    std::string body;
    int status = 0;
    std::vector<std::string> contains;
    std::vector<std::string> lacks;
};

std::vector<std::string> split(std::string text, const std::string& mark) {
    std::vector<std::string> parts;
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) {
        parts.push_back(text.substr(0, at));
        text.erase(0, at + mark.size());
    }
    parts.push_back(text);
    return parts;
}

std::vector<Refused> read_table() {
    std::vector<Refused> rows;
    std::ifstream file(source_dir() + "/tests/api/refusals.txt");
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.front() == '#') {
            continue;
        }
        const std::string rest = line.size() > 2 ? line.substr(2) : std::string{};
        if (line.front() == ':') {
            rows.emplace_back().name = rest;
        } else if (line.front() == '|') {
            rows.back().body = rest;
        } else if (line.front() == '!') {
            rows.back().lacks = split(rest, " · ");
        } else if (line.front() == '=') {
            rows.back().status = std::stoi(rest.substr(0, 3));
            rows.back().contains = split(rest.substr(4), " · ");
        } else {
            auto parts = split(line, " · ");
            rows.back().method = parts.at(0).substr(0, parts.at(0).find(' '));
            rows.back().path = parts.at(0).substr(parts.at(0).find(' ') + 1);
            rows.back().who = parts.at(1);
            rows.back().headers.assign(parts.begin() + 2, parts.end());
        }
    }
    return rows;
}

class RefusedActs : public testing::Test {
  protected:
    RefusedActs()
        : pratica(world.open_raccolta("2025-03-03")),
          version(world.get("/v1/procedure/" + pratica, world.officer).header("etag")) {}

    std::string filled(std::string text) const {
        const std::pair<std::string, std::string> marks[] = {
            {"{E}", "/v1/procedure/" + pratica + "/eventi"},
            {"{D}", "/v1/procedure/" + pratica + "/documenti"},
            {"{P}", pratica},
            {"{long}", std::string(101, 'k')},
            {"{zeros}", std::string(64, '0')},
            {"{control}", "\x01\x02"}};
        for (const auto& [mark, value] : marks) {
            if (const auto place = text.find(mark); place != std::string::npos) {
                text.replace(place, mark.size(), value);
            }
        }
        return text;
    }

    HeaderLines headers_of(const Refused& row) const {
        HeaderLines lines;
        for (const auto& word : row.headers) {
            if (word == "key") {
                lines.emplace_back("Idempotency-Key", "k-1");
            } else if (word == "version") {
                lines.emplace_back("If-Match", version);
            } else {
                const auto mark = word.find('=');
                lines.emplace_back(word.substr(0, mark), filled(word.substr(mark + 1)));
            }
        }
        return lines;
    }

    std::string token_of(const std::string& who) const {
        const std::map<std::string, std::string> tokens{
            {"nobody", ""},
            {"officer", world.officer},
            {"director", world.director},
            {"body", world.body},
            {"region", world.region},
            {"administrator", world.administrator},
            {"stranger", "coprog_" + std::string(64, '0')}};
        return tokens.at(who);
    }

    ApiWorld world;
    std::string pratica;
    std::string version;
};

TEST_F(RefusedActs, SayWhyAndLeaveEverythingAsItWas) {
    const auto rows = read_table();
    ASSERT_GE(rows.size(), 60U);
    const auto before = world.journal_length();
    for (const Refused& row : rows) {
        const auto answer = world.ask(
            {row.method, filled(row.path), token_of(row.who), filled(row.body), headers_of(row)});

        EXPECT_EQ(answer.status, row.status) << row.name << ": " << answer.body;
        EXPECT_EQ(answer.header("content-type"), "application/problem+json") << row.name;
        EXPECT_EQ(json_at(answer.body, "/status"), std::to_string(row.status)) << row.name;
        EXPECT_NE(json_at(answer.body, "/detail"), "") << row.name;
        EXPECT_EQ(json_at(answer.body, "/riferimento"), answer.header("x-request-id")) << row.name;
        for (const auto& text : row.contains) {
            EXPECT_NE(answer.body.find(text), std::string::npos)
                << row.name << " lacks " << text << ": " << answer.body;
        }
        for (const auto& text : row.lacks) {
            EXPECT_EQ(answer.body.find(text), std::string::npos) << row.name << " has " << text;
        }
        EXPECT_EQ(world.journal_length(), before) << row.name;
    }
    EXPECT_EQ(world.get("/v1/procedure/" + pratica, world.officer).status, 200)
        << "and it still serves";
}

}  // namespace
}  // namespace tests
