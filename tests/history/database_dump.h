// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string>

namespace tests::history {

/// The statements that make a database again, rows and all, as `sqlite3 FILE .dump` writes them.
std::string dump_database(const std::filesystem::path& file);

/// Makes the database that a dump describes.
void load_dump(const std::string& dump, const std::filesystem::path& file);

/// Makes a database with the first migrations only, and the rows of another that went further, as
/// far as the tables and columns of then can hold them.
void lower_schema(const std::filesystem::path& from, const std::filesystem::path& to,
                  std::size_t migrations);

}  // namespace tests::history
