// SPDX-License-Identifier: EUPL-1.2
#include "engine/backup_manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "engine/base/json.h"
#include "engine/calendar/local_time.h"
#include "engine/data_files.h"

namespace engine {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

constexpr int kFormat = 1;
constexpr std::size_t kHashDigits = 64;

bool is_hash(std::string_view text) {
    return text.size() == kHashDigits && std::all_of(text.begin(), text.end(), [](char digit) {
               return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
           });
}

tl::unexpected<base::Error> no_backup() {
    return fail(ErrorCode::storage_corrupt,
                "La copia di sicurezza non è leggibile: il suo elenco è stato cambiato o è "
                "incompleto. Ne va usata un'altra.");
}

}  // namespace

std::filesystem::path content_path(const std::string& sha256) {
    return std::filesystem::path(kContentFolder) / sha256.substr(0, 2) / sha256;
}

std::string render_manifest(const BackupManifest& manifest) {
    const nlohmann::ordered_json json{{"formato", kFormat},
                                      {"presa_il", calendar::render_instant(manifest.taken_at)},
                                      {"contenuti", manifest.contents},
                                      {"impronte_sha256", manifest.sums_sha256}};
    return json.dump(2) + '\n';
}

Result<BackupManifest> parse_manifest(const std::string& text) {
    const auto fields = base::parse_fields(text);
    if (!fields) {
        return no_backup();
    }
    const auto field = [&](const char* name) {
        const auto found = fields->find(name);
        return found == fields->end() ? std::string() : found->second;
    };
    const auto format = base::read_integer(field("formato"));
    if (format && *format > kFormat) {
        return fail(ErrorCode::invalid_input,
                    "La copia di sicurezza è di una versione successiva di coprog: serve un "
                    "programma più recente.");
    }
    const auto taken = calendar::parse_instant(base::read_text(field("presa_il")).value_or(""));
    const auto contents = base::read_integer(field("contenuti"));
    const auto sums = base::read_text(field("impronte_sha256"));
    if (!format || !taken || !contents || *contents < 0 || !sums || !is_hash(*sums)) {
        return no_backup();
    }
    return BackupManifest{*taken, *sums, static_cast<std::size_t>(*contents)};
}

std::string render_sums(const BackupSums& sums) {
    std::string text = fmt::format("{}  {}\n", sums.database_sha256, kDatabaseName);
    for (const std::string& sha256 : sums.contents) {
        text += fmt::format("{}  {}\n", sha256, content_path(sha256).generic_string());
    }
    return text;
}

Result<BackupSums> parse_sums(const std::string& text) {
    BackupSums sums;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const std::string hash = line.substr(0, kHashDigits);
        if (!is_hash(hash)) {
            return no_backup();
        }
        if (sums.database_sha256.empty()) {
            sums.database_sha256 = hash;
        } else {
            sums.contents.push_back(hash);
        }
    }
    // Names are ours, never the file's: nothing is read or written outside the folders.
    return render_sums(sums) == text ? Result<BackupSums>(std::move(sums)) : no_backup();
}

std::string render_restore(const BackupManifest& manifest, base::Instant restored_at) {
    const nlohmann::ordered_json json{{"presa_il", calendar::render_instant(manifest.taken_at)},
                                      {"ripristinata_il", calendar::render_instant(restored_at)}};
    return json.dump(2) + '\n';
}

}  // namespace engine
