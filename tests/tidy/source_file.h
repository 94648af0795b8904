// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tests::tidy {

/// A text literal of a C++ file; neighbours that the compiler joins are one.
struct Literal {
    std::size_t line = 0;
    std::string text;
};

/// A file of the repository and the views of it that rules read. `code` and `prose` are as long as
/// `text`: what they leave out is spaces, so that positions and lines are the same in all three.
/// In a file that is not C++ the three are equal and there are no literals.
struct SourceFile {
    std::string path;   ///< from the root of the repository: "engine/base/clock.h"
    std::string text;   ///< as on disk
    std::string code;   ///< without comments, and without what literals hold
    std::string prose;  ///< with comments, without what literals hold
    std::vector<Literal> literals;
};

/// Makes the views of a file; a broken literal or comment ends with the file.
SourceFile make_source_file(std::string path, std::string text);

bool is_header(const SourceFile& file);
bool is_cpp(const SourceFile& file);
/// A file that a shell runs: by its name or by its first line.
bool is_script(const SourceFile& file);
/// CMakeLists.txt and *.cmake.
bool is_cmake(const SourceFile& file);

/// The last part of the path, and the folder before it (empty at the root).
std::string_view file_name(std::string_view path);
std::string_view folder_name(std::string_view path);

}  // namespace tests::tidy
