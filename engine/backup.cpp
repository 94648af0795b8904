// SPDX-License-Identifier: EUPL-1.2
#include "engine/backup.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "engine/backup_manifest.h"
#include "engine/base/durable_file.h"
#include "engine/base/sha256.h"
#include "engine/data_files.h"
#include "engine/documents/content_store.h"
#include "engine/new_folder.h"
#include "engine/store/guarded.h"
#include "engine/store/sqlite_store.h"

namespace engine {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;
using std::filesystem::path;
using store::guarded;

/// An erasure that runs meanwhile takes letters away that the snapshot still names: then another
/// snapshot is taken. One erasure a backup is rare, three are somebody working through a list.
constexpr int kMaxSnapshots = 3;

store::SqliteOptions database_in(const path& folder) {
    store::SqliteOptions options;
    options.path = (folder / kDatabaseName).string();
    return options;
}

/// Empty when there is none.
std::string read_file(const path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

/// What copying the contents of one snapshot led to.
struct Copied {
    BackupSums sums;
    std::vector<std::string> missing;
    bool is_outdated = false;  ///< something was erased after the snapshot
};

/// Copies the contents that the copy of the database names. They never change: whenever they are
/// copied, they are what the snapshot means.
class ContentCopier {
  public:
    ContentCopier(const path& data, const path& to)
        : live_(data / kContentFolder), copy_(to / kContentFolder) {
        live_database_ = store::open_sqlite_reader(database_in(data));
    }

    Result<Copied> run(store::Reader& snapshot) {
        Copied copied;
        Result<void> done;
        snapshot.read([&](store::ReadUnit& unit) {
            unit.visit_contents([&](const std::string& sha256) {
                if (done) {
                    done = copy(sha256, copied);
                }
            });
        });
        return done ? Result<Copied>(std::move(copied)) : fail(done.error());
    }

  private:
    Result<void> copy(const std::string& sha256, Copied& copied) {
        const auto bytes = live_.get(sha256);
        if (!bytes) {
            copied.missing.push_back(sha256);
            copied.is_outdated = copied.is_outdated || was_erased(sha256);
            return {};
        }
        copied.sums.contents.push_back(sha256);
        auto kept = copy_.put(*bytes);
        return kept ? Result<void>{} : fail(kept.error());
    }
    bool was_erased(const std::string& sha256) {
        return !store::read_from(
            *live_database_, [&](store::ReadUnit& unit) { return unit.is_content_named(sha256); });
    }

    documents::ContentStore live_;
    documents::ContentStore copy_;
    std::unique_ptr<store::Reader> live_database_;
};

Result<Copied> copy_once(const path& data, const path& to) {
    copy_sqlite_database(database_in(data), to / kDatabaseName);
    const auto snapshot = store::open_sqlite_reader(database_in(to));
    return ContentCopier(data, to).run(*snapshot);
}

Result<BackupReport> fill(const path& data, const path& to, const base::Clock& clock) {
    BackupReport report;
    Result<Copied> copied = Copied{};
    for (int snapshot = 0; snapshot < kMaxSnapshots; ++snapshot) {
        std::error_code ignored;
        std::filesystem::remove_all(to / kContentFolder, ignored);
        report.manifest.taken_at = clock.now();
        copied = copy_once(data, to);
        if (!copied) {
            return fail(copied.error());
        }
        if (!copied->is_outdated) {
            break;
        }
    }
    const auto database = base::sha256_hex_of_file(to / kDatabaseName);
    if (!database) {
        return fail(disk_refuses());
    }
    copied->sums.database_sha256 = *database;
    const std::string sums = render_sums(copied->sums);
    report.manifest.contents = copied->sums.contents.size();
    report.manifest.sums_sha256 = base::sha256_hex(sums);
    report.missing = std::move(copied->missing);
    const bool is_written =
        base::write_durably(to / kSumsName, sums) &&
        base::write_durably(to / kManifestName, render_manifest(report.manifest)) &&
        base::sync_folder(to);
    return is_written ? Result<BackupReport>(std::move(report)) : fail(disk_refuses());
}

}  // namespace

Result<BackupReport> back_up(const path& data, const path& to, const base::Clock& clock) {
    auto report = make_folder<BackupReport>(to, [&](const path& draft) {
        return guarded([&]() -> Result<BackupReport> { return fill(data, draft, clock); });
    });
    if (report) {
        report->is_unnoted =
            !base::write_durably(data / kLastBackupName, render_manifest(report->manifest));
    }
    return report;
}

std::optional<base::Instant> find_last_backup(const path& data) {
    const auto manifest = parse_manifest(read_file(data / kLastBackupName));
    return manifest ? std::optional(manifest->taken_at) : std::nullopt;
}

}  // namespace engine
