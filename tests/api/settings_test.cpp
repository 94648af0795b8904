// SPDX-License-Identifier: EUPL-1.2
#include "api/cli/settings.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/command_line_run.h"
#include "tests/support/temporary_folder.h"

namespace tests {
namespace {

using api::cli::load_settings;
using api::cli::SettingSources;
using engine::base::ErrorCode;

SettingSources sources() {
    return {{}, [](const std::string&) { return std::nullopt; }, ""};
}

std::string write_file(const TemporaryFolder& folder, const std::string& text) {
    const auto path = folder.path() / "coprog.conf";
    std::ofstream(path) << text;
    return path.string();
}

TEST(Settings, RefuseANameNobodyKnows) {
    const TemporaryFolder folder;
    auto asked = sources();
    asked.file_path = write_file(folder, "port = 80\nporta = 81\n");

    const auto settings = load_settings(asked);

    ASSERT_FALSE(settings.has_value());
    EXPECT_EQ(settings.error().code, ErrorCode::invalid_input);
    EXPECT_NE(settings.error().message_it.find("riga 2"), std::string::npos);
}

TEST(Settings, RefuseAValueThatCannotBe) {
    for (const auto* port : {"65536", "-1", "abc", "", "8080x"}) {
        auto asked = sources();
        asked.flags["port"] = port;

        EXPECT_FALSE(load_settings(asked).has_value()) << port;
    }
}

TEST(Settings, RefuseAFileThatIsNotThere) {
    auto asked = sources();
    asked.file_path = "/nessuna/parte";

    EXPECT_EQ(load_settings(asked).error().code, ErrorCode::not_found);
}

TEST(Settings, TakeTheStrongestSource) {
    const TemporaryFolder folder;
    auto asked = sources();
    asked.file_path = write_file(folder, "# note\nport = 1\nrate-burst=5 # after\nreaders = 3\n");
    asked.environment = [](const std::string& name) -> std::optional<std::string> {
        return name == "COPROG_PORT" || name == "COPROG_READERS" ? std::optional<std::string>("2")
                                                                 : std::nullopt;
    };
    asked.flags["readers"] = "7";

    const auto settings = load_settings(asked);

    ASSERT_TRUE(settings.has_value()) << settings.error().message_it;
    EXPECT_EQ(settings->at("readers").value, "7");
    EXPECT_EQ(settings->at("readers").source, "opzione");
    EXPECT_EQ(settings->at("port").source, "ambiente");
    EXPECT_EQ(settings->at("rate-burst").value, "5");
    EXPECT_EQ(settings->at("rate-burst").source, "file");
    EXPECT_EQ(settings->at("address").source, "predefinito");
}

TEST(Settings, SplitLists) {
    auto asked = sources();
    asked.flags["trusted-proxies"] = "10.0.0.1, ::1,";

    EXPECT_EQ(api::cli::list_of(*load_settings(asked), "trusted-proxies"),
              (std::vector<std::string>{"10.0.0.1", "::1"}));
}

TEST(ConfigCommand, PrintsWhereEachValueComesFrom) {
    const auto shown = run("config --port 81");

    EXPECT_EQ(shown.exit_code, 0);
    EXPECT_NE(shown.out.find("port = 81\n"), std::string::npos);
    EXPECT_NE(shown.out.find("da: opzione (COPROG_PORT)"), std::string::npos);
    EXPECT_NE(shown.out.find("da: predefinito"), std::string::npos);
}

TEST(ServeCommand, WantsAFolder) {
    const auto refused = run("serve --port 0");

    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_NE(refused.err.find("--data"), std::string::npos);
    EXPECT_EQ(refused.out, "");
}

}  // namespace
}  // namespace tests
