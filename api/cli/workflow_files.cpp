// SPDX-License-Identifier: EUPL-1.2
#include "api/cli/workflow_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "workflows/coprogrammazione/checks.h"

namespace api::cli {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;
using engine::definition::SourceFile;

/// Files of a workflows folder at the most: ours has about thirty.
constexpr std::size_t kMaxFiles = 2000;

Result<std::vector<SourceFile>> read_folder(const std::string& folder) {
    std::vector<SourceFile> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error)) {
        if (!entry.is_regular_file() || entry.path().extension() != ".json") {
            continue;
        }
        if (files.size() == kMaxFiles) {
            return fail(ErrorCode::payload_too_large, "La cartella ha troppi file.");
        }
        std::ifstream stream(entry.path(), std::ios::binary);
        std::ostringstream text;
        text << stream.rdbuf();
        files.push_back({entry.path().lexically_normal().string(), text.str()});
    }
    if (error) {
        return fail(ErrorCode::not_found,
                    fmt::format("La cartella «{}» non si può leggere.", folder));
    }
    std::sort(files.begin(), files.end(), [](const SourceFile& left, const SourceFile& right) {
        return left.path < right.path;
    });
    return files;
}

}  // namespace

Result<engine::definition::Catalog> load_workflows(const std::string& folder) {
    if (folder.empty()) {
        return engine::definition::load_catalog(engine::definition::embedded_workflow_files());
    }
    auto files = read_folder(folder);
    if (!files) {
        return fail(files.error());
    }
    return engine::definition::load_catalog(*files);
}

const engine::machine::CheckLibrary& workflow_checks() {
    static const engine::machine::CheckLibrary kChecks = [] {
        engine::machine::CheckLibrary checks;
        workflows::coprogrammazione::add_checks(checks);
        return checks;
    }();
    return kChecks;
}

std::string check_title(std::string_view name, int version) {
    const auto* check = workflow_checks().find(name, version);
    return check == nullptr ? std::string(name) : check->condition_it;
}

}  // namespace api::cli
