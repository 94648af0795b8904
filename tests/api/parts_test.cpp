// SPDX-License-Identifier: EUPL-1.2
// The small parts of the server that need no server.
#include <gtest/gtest.h>

#include "api/access/caller.h"
#include "api/routes/attachment.h"
#include "api/routes/problem.h"
#include "engine/base/log.h"
#include "tests/support/json_probe.h"
#include "tests/support/world.h"

namespace tests {
namespace {

using api::routes::detect_media_type;
using engine::base::ErrorCode;

TEST(Problem, SaysNothingOfTheCauseOfABug) {
    const auto response = api::routes::render_problem(
        api::routes::problem_of({ErrorCode::internal, "select failed on row 7", {}}), "abc");

    const std::string body(response.body_bytes());
    EXPECT_EQ(body.find("row 7"), std::string::npos);
    EXPECT_EQ(json_at(body, "/riferimento"), "abc");
    EXPECT_EQ(response.status, 500);
}

TEST(Problem, CarriesReasonsWithTheirSources) {
    const auto response = api::routes::render_problem(
        api::routes::problem_of({ErrorCode::guard_failed,
                                 "Ora non è ammesso.",
                                 {{"", "deadline_open", "Il termine è scaduto.", {"Avviso art. 4"}},
                                  {"/x", "required", "manca", {}}}}),
        "abc");

    const std::string body(response.body_bytes());
    EXPECT_EQ(response.status, 409);
    EXPECT_EQ(json_at(body, "/codice"), "guard_failed");
    EXPECT_EQ(json_at(body, "/dettagli/0/fonti/0"), "Avviso art. 4");
    EXPECT_EQ(json_at(body, "/dettagli/0/puntatore"), "(assente)");
    EXPECT_EQ(json_at(body, "/dettagli/1/puntatore"), "/x");
}

TEST(Problem, TellsWhenToComeBack) {
    const auto busy =
        api::routes::render_problem(api::routes::problem_of({ErrorCode::busy, "x", {}}), "");

    EXPECT_EQ(busy.status, 503);
    EXPECT_TRUE(busy.headers.find("Retry-After").has_value());
}

TEST(Problem, ShowsBytesThatAreNoText) {
    const auto response = api::routes::render_problem({"malformed", "non si legge «\xFF»", {}}, "");

    EXPECT_NE(response.body_bytes().find("non si legge"), std::string_view::npos);
}

TEST(Attachment, IsWhatItsBytesSay) {
    const std::string odt = std::string("PK\x03\x04", 4) + std::string(26, '\0') +
                            "mimetypeapplication/vnd.oasis.opendocument.text";
    const std::string signed_file =
        std::string("\x30\x80\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02", 13) + "x";

    EXPECT_EQ(detect_media_type("%PDF-1.7"), "application/pdf");
    EXPECT_EQ(detect_media_type(odt), "application/vnd.oasis.opendocument.text");
    EXPECT_EQ(detect_media_type(signed_file), "application/pkcs7-mime");
    EXPECT_EQ(detect_media_type("\x89PNG\r\n\x1A\n"), "image/png");
    EXPECT_EQ(detect_media_type("\xFF\xD8\xFF\xE0"), "image/jpeg");
    EXPECT_EQ(detect_media_type("perché no\n"), "text/plain");
}

TEST(Attachment, IsNothingElse) {
    EXPECT_FALSE(detect_media_type("").has_value());
    EXPECT_FALSE(detect_media_type("MZ\x01").has_value());
    EXPECT_FALSE(detect_media_type("\xFF\xFE").has_value());
    EXPECT_FALSE(detect_media_type(std::string("PK\x03\x04 zip", 8)).has_value());
}

TEST(Attachment, IsDeclaredAsItIs) {
    using api::routes::is_declared_as;

    EXPECT_TRUE(is_declared_as("text/plain", "text/csv"));
    EXPECT_TRUE(is_declared_as("application/pkcs7-mime", "application/x-pkcs7-mime"));
    EXPECT_FALSE(is_declared_as("text/plain", "text/html"));
    EXPECT_FALSE(is_declared_as("text/plain", "application/pdf"));
    EXPECT_FALSE(is_declared_as("text/plain", ""));
}

api::http::Request request_with(const std::string& name, const std::string& value) {
    api::http::Request request;
    request.headers.add(name, value);
    return request;
}

TEST(Secret, IsFoundWhereItsRouteLooks) {
    using api::access::Credential;
    using api::access::find_secret;

    EXPECT_EQ(find_secret(request_with("authorization", "bearer  abc "), Credential::bearer),
              "abc");
    EXPECT_EQ(find_secret(request_with("Authorization", "Basic abc"), Credential::bearer), "");
    EXPECT_EQ(find_secret(request_with("Authorization", "Bearer abc"), Credential::session),
              std::nullopt);
    EXPECT_EQ(
        find_secret(request_with("Cookie", "a=1; coprog_sessione=abc; b=2"), Credential::session),
        "abc");
    EXPECT_EQ(find_secret(request_with("Cookie", "xcoprog_sessione=abc"), Credential::session),
              std::nullopt);
    EXPECT_EQ(find_secret(request_with("Cookie", "coprog_sessione=abc"), Credential::bearer),
              std::nullopt);
}

TEST(Log, WritesOneLineOfJsonWithItsTime) {
    const engine::base::ManualClock clock(at("2025-02-03T09:00"));
    std::string lines;
    engine::base::Log log(clock, [&](std::string_view line) { lines += line; });

    log.warning("disk_low", {{"free_mb", 12}, {"folder", "a\"b\n"}});

    EXPECT_EQ(lines, R"({"time":"2025-02-03T08:00:00.000Z","level":"warning","event":"disk_low",)"
                     R"("free_mb":12,"folder":"a\"b\n"})"
                     "\n");
}

}  // namespace
}  // namespace tests
