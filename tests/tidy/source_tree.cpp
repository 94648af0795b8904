// SPDX-License-Identifier: EUPL-1.2
#include "tests/tidy/source_tree.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string_view>

#include "tests/support/source_dir.h"

namespace tests::tidy {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 8> kFolders{"engine",    "workflows", "api",   "tests",
                                                   "templates", "bench",     "cmake", ".ci"};
constexpr std::array<std::string_view, 3> kRootFiles{"CMakeLists.txt", "CMakePresets.json",
                                                     "coprog"};
/// Larger files are pictures or reference data, not sources that people read.
constexpr std::uintmax_t kMaxFileBytes = 4U << 20U;

SourceFile read_file(const fs::path& root, const fs::path& path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) {
        throw std::runtime_error("cannot read " + path.string());
    }
    std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    return make_source_file(fs::relative(path, root).generic_string(), std::move(text));
}

void read_folder(const fs::path& root, const fs::path& folder, SourceTree& tree) {
    if (!fs::is_directory(folder)) {
        return;
    }
    for (auto entry = fs::recursive_directory_iterator(folder);
         entry != fs::recursive_directory_iterator(); ++entry) {
        const std::string name = entry->path().filename().string();
        if (entry->is_directory() && (name == "build" || name == "node_modules")) {
            entry.disable_recursion_pending();
        } else if (entry->is_regular_file() && entry->file_size() <= kMaxFileBytes) {
            tree.push_back(read_file(root, entry->path()));
        }
    }
}

}  // namespace

SourceTree read_source_tree(const fs::path& root) {
    SourceTree tree;
    for (const std::string_view name : kRootFiles) {
        tree.push_back(read_file(root, root / name));
    }
    for (const std::string_view folder : kFolders) {
        read_folder(root, root / folder, tree);
    }
    std::sort(tree.begin(), tree.end(),
              [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
    return tree;
}

const SourceTree& repository() {
    static const SourceTree tree = read_source_tree(source_dir());
    return tree;
}

}  // namespace tests::tidy
