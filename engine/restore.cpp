// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "engine/backup.h"
#include "engine/backup_manifest.h"
#include "engine/base/durable_file.h"
#include "engine/base/sha256.h"
#include "engine/data_files.h"
#include "engine/documents/content_store.h"
#include "engine/engine.h"
#include "engine/new_folder.h"
#include "engine/store/guarded.h"

namespace engine {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;
using std::filesystem::path;
using store::guarded;

tl::unexpected<base::Error> damaged(const std::string& file) {
    return fail(ErrorCode::storage_corrupt,
                fmt::format("La copia di sicurezza è danneggiata («{}» manca o è cambiato): ne va "
                            "usata un'altra.",
                            file));
}

Result<std::string> read_text_file(const path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return stream ? Result<std::string>(text.str()) : damaged(file.filename().string());
}

Result<BackupManifest> read_manifest(const path& from) {
    std::error_code error;
    if (!std::filesystem::exists(from / kManifestName, error)) {
        return fail(
            ErrorCode::not_found,
            fmt::format("Nella cartella «{}» non c'è una copia di sicurezza.", from.string()));
    }
    const auto text = read_text_file(from / kManifestName);
    return text ? parse_manifest(*text) : fail(text.error());
}

Result<BackupSums> read_sums(const path& from, const BackupManifest& manifest) {
    const auto text = read_text_file(from / kSumsName);
    if (!text) {
        return fail(text.error());
    }
    if (base::sha256_hex(*text) != manifest.sums_sha256) {
        return damaged(kSumsName);
    }
    return parse_sums(*text);
}

Result<void> copy_database_file(const path& from, const path& to, const std::string& sha256) {
    std::error_code error;
    std::filesystem::copy_file(from / kDatabaseName, to / kDatabaseName, error);
    if (error) {
        return damaged(kDatabaseName);
    }
    // Hashed where it will be used: a copy that went wrong shows, too.
    if (base::sha256_hex_of_file(to / kDatabaseName) != sha256) {
        return damaged(kDatabaseName);
    }
    return base::sync_file(to / kDatabaseName) ? Result<void>{} : fail(disk_refuses());
}

Result<void> copy_contents(const path& from, const path& to, const BackupSums& sums) {
    const documents::ContentStore kept(from / kContentFolder);
    documents::ContentStore restored(to / kContentFolder);
    for (const std::string& sha256 : sums.contents) {
        const auto bytes = kept.get(sha256);
        if (!bytes) {
            return damaged(content_path(sha256).generic_string());
        }
        if (auto put = restored.put(*bytes); !put) {
            return fail(put.error());
        }
    }
    return {};
}

/// Opens it as the program will, an older schema brought up to date, and proves it whole.
Result<runtime::VerifyReport> prove(const path& folder, const base::Clock& clock) {
    const auto store = open_store(folder, clock);
    if (!store) {
        return fail(store.error());
    }
    const documents::ContentStore contents(folder / kContentFolder);
    auto report = runtime::verify(**store, &contents);
    if (report && !report->first_problem.empty()) {
        return fail(ErrorCode::storage_corrupt,
                    fmt::format("L'archivio nella copia di sicurezza non è integro. {}",
                                report->first_problem));
    }
    return report;
}

Result<RestoreReport> fill(const path& from, const path& to, const base::Clock& clock) {
    const auto manifest = read_manifest(from);
    if (!manifest) {
        return fail(manifest.error());
    }
    const auto sums = read_sums(from, *manifest);
    if (!sums) {
        return fail(sums.error());
    }
    auto copied = copy_database_file(from, to, sums->database_sha256);
    copied = copied ? copy_contents(from, to, *sums) : copied;
    if (!copied) {
        return fail(copied.error());
    }
    auto verified = prove(to, clock);
    if (!verified) {
        return fail(verified.error());
    }
    RestoreReport report{*manifest, clock.now(), std::move(*verified)};
    const bool is_written =
        base::write_durably(to / kRestoreName, render_restore(*manifest, report.restored_at)) &&
        base::sync_folder(to);
    return is_written ? Result<RestoreReport>(std::move(report)) : fail(disk_refuses());
}

}  // namespace

Result<RestoreReport> restore(const path& from, const path& data, const base::Clock& clock) {
    return make_folder<RestoreReport>(data, [&](const path& draft) {
        return guarded([&]() -> Result<RestoreReport> { return fill(from, draft, clock); });
    });
}

}  // namespace engine
