// SPDX-License-Identifier: EUPL-1.2
#include "api/cli/data_folder.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/cli/workflow_files.h"

namespace api::cli {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::InstanceId;
using engine::base::Result;

namespace {

/// Shorter beginnings are mistyped more often than meant.
constexpr std::size_t kMinPrefixBytes = 4;

}  // namespace

Result<void> check_data_folder(const std::string& folder) {
    std::error_code error;
    if (!std::filesystem::exists(std::filesystem::path(folder) / engine::kDatabaseName, error)) {
        return fail(ErrorCode::not_found,
                    fmt::format("Nella cartella «{}» non c'è un archivio di coprog.", folder));
    }
    return {};
}

DataFolder::DataFolder(std::filesystem::path folder, const engine::base::Clock& clock)
    : folder_(std::move(folder)), clock_(clock), contents_(folder_ / engine::kContentFolder) {}

Result<std::unique_ptr<DataFolder>> DataFolder::open(const std::string& folder,
                                                     const engine::base::Clock& clock) {
    if (auto there = check_data_folder(folder); !there) {
        return fail(there.error());
    }
    std::unique_ptr<DataFolder> data(new DataFolder(folder, clock));
    auto store = engine::open_store(folder, data->clock_);
    if (!store) {
        return fail(store.error());
    }
    data->store_ = std::move(*store);
    auto engine =
        engine::Engine::start({*data->store_, engine::definition::Catalog{}, workflow_checks(),
                               data->contents_, data->clock_, data->random_});
    if (!engine) {
        return fail(engine.error());
    }
    data->engine_ = std::move(*engine);
    return data;
}

Result<InstanceId> DataFolder::find(const std::string& text) {
    if (text.size() < kMinPrefixBytes) {
        return fail(
            ErrorCode::invalid_input,
            fmt::format("Del fascicolo servono almeno i primi {} caratteri.", kMinPrefixBytes));
    }
    auto ids = engine_->queries().find_ids(text, 2);
    if (!ids) {
        return fail(ids.error());
    }
    if (ids->empty()) {
        return fail(ErrorCode::not_found, fmt::format("Il fascicolo «{}» non esiste.", text));
    }
    const bool is_whole = ids->front().text == text;
    if (ids->size() > 1 && !is_whole) {
        return fail(
            ErrorCode::invalid_input,
            fmt::format("Più fascicoli cominciano con «{}»: servono altri caratteri.", text));
    }
    return ids->front();
}

std::vector<std::filesystem::path> DataFolder::old_copies() const {
    std::vector<std::filesystem::path> copies;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
        if (entry.path().filename().string().starts_with(std::string(engine::kDatabaseName) +
                                                         ".before-")) {
            copies.push_back(entry.path());
        }
    }
    std::sort(copies.begin(), copies.end());
    return copies;
}

}  // namespace api::cli
