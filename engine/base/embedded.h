// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <span>
#include <string_view>

namespace engine::base {

/// A file of the repository carried inside the binary.
struct EmbeddedFile {
    std::string_view path;  ///< as in the repository: "workflows/workflow.schema.json"
    std::string_view bytes;
};

/// All of them, in path order. Defined by the build (cmake/embed_files.cmake).
std::span<const EmbeddedFile> embedded_files();

}  // namespace engine::base
