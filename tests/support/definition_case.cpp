// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/definition_case.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "engine/definition/parse.h"

namespace tests {

using engine::definition::Catalog;
using engine::definition::SourceFile;

namespace {

SourceFile read_file(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return {path.filename().string(), text.str()};
}

}  // namespace

Catalog load_case(const std::filesystem::path& path) {
    std::vector<SourceFile> files;
    if (std::filesystem::is_directory(path)) {
        for (const auto& entry : std::filesystem::directory_iterator(path)) {
            files.push_back(read_file(entry.path()));
        }
    } else {
        files.push_back(read_file(path.string() + ".json"));
    }
    auto catalog = engine::definition::load_catalog(files);
    if (!catalog) {
        ADD_FAILURE() << path << " " << catalog.error().message_it;
        return {};
    }
    return std::move(*catalog);
}

}  // namespace tests
