// SPDX-License-Identifier: EUPL-1.2
#include "api/demo/demo_data.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "api/scenario/player.h"
#include "api/scenario/relative_days.h"
#include "engine/base/embedded.h"
#include "engine/base/ensure.h"

namespace api::demo {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;
using engine::calendar::LegalDate;

constexpr std::string_view kScript = "api/demo/demo.copione";
constexpr std::string_view kInitiative = "api/demo/iniziativa-dimostrativa.json";
constexpr std::string_view kRealInitiative = "workflows/iniziative/dgr-3824-2025.json";

std::string_view embedded_text(std::string_view path) {
    for (const auto& file : engine::base::embedded_files()) {
        if (file.path == path) {
            return file.bytes;
        }
    }
    engine::base::ensure(false, "the build carries the files of the demonstration");
    return {};
}

}  // namespace

Result<engine::definition::SourceFile> make_demo_initiative(LegalDate today) {
    const auto text = scenario::resolve_days(embedded_text(kInitiative), today);
    if (!text) {
        return fail(text.error());
    }
    auto initiative = nlohmann::json::parse(embedded_text(kRealInitiative), nullptr, false);
    const auto difference = nlohmann::json::parse(*text, nullptr, false);
    if (initiative.is_discarded() || difference.is_discarded()) {
        return fail(ErrorCode::malformed, "L'iniziativa dimostrativa non è JSON.");
    }
    initiative.merge_patch(difference);
    return engine::definition::SourceFile{
        fmt::format("api/demo/iniziative/{}.json", kDemoInitiative), initiative.dump()};
}

Result<engine::definition::Catalog> load_demo_catalog(LegalDate today) {
    auto initiative = make_demo_initiative(today);
    if (!initiative) {
        return fail(initiative.error());
    }
    auto files = engine::definition::embedded_workflow_files();
    files.push_back(std::move(*initiative));
    return engine::definition::load_catalog(files);
}

Result<DemoReport> play_demo(const std::filesystem::path& folder,
                             const engine::definition::Catalog& catalog,
                             const engine::machine::CheckLibrary& checks, LegalDate today,
                             const std::map<std::string, std::string>& known_as) {
    const auto text = scenario::resolve_days(embedded_text(kScript), today);
    auto lines = text ? scenario::parse_copione(*text)
                      : Result<std::vector<scenario::Line>>(fail(text.error()));
    if (!lines) {
        return fail(lines.error());
    }
    scenario::PlayOptions options;
    options.data_folder = folder;
    options.is_seeding = true;
    options.known_as = known_as;
    std::ostream nobody(nullptr);
    auto report = scenario::play(*lines, catalog, checks, options, nobody);
    if (!report) {
        return fail(report.error());
    }
    return DemoReport{std::move(report->failures), std::move(report->summary)};
}

}  // namespace api::demo
