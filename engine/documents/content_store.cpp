// SPDX-License-Identifier: EUPL-1.2
#include "engine/documents/content_store.h"

#include <fstream>
#include <sstream>

#include "engine/base/durable_file.h"
#include "engine/base/random.h"
#include "engine/base/sha256.h"

namespace engine::documents {

using base::ErrorCode;
using base::fail;
using base::Result;

std::filesystem::path ContentStore::path_of(const std::string& sha256) const {
    return folder_ / sha256.substr(0, 2) / sha256;
}

Result<std::string> ContentStore::put(std::string_view bytes) {
    const std::string sha256 = base::sha256_hex(bytes);
    const auto path = path_of(sha256);
    std::error_code error;
    if (std::filesystem::exists(path, error)) {
        return sha256;
    }
    const bool is_new_folder = std::filesystem::create_directories(path.parent_path(), error);
    // A draft of its own: two that put the same bytes do not write into one file.
    base::SystemRandom random;
    const auto draft = path.string() + "." + base::random_hex(random);
    if (error || (is_new_folder && !base::sync_folder(folder_)) ||
        !base::write_durably(draft, bytes)) {
        std::filesystem::remove(draft, error);
        return fail(ErrorCode::storage_full,
                    "Il contenuto non è stato scritto: il disco è pieno o non risponde.");
    }
    std::filesystem::rename(draft, path, error);
    if (error || !base::sync_folder(path.parent_path())) {
        return fail(ErrorCode::storage_full,
                    "Il contenuto non è stato scritto: il disco è pieno o non risponde.");
    }
    return sha256;
}

bool ContentStore::has(const std::string& sha256) const {
    std::error_code unreadable;
    return std::filesystem::is_regular_file(path_of(sha256), unreadable);
}

Result<std::string> ContentStore::get(const std::string& sha256) const {
    std::ifstream file(path_of(sha256), std::ios::binary);
    if (!file) {
        return fail(ErrorCode::not_found, "Il contenuto non c'è.");
    }
    std::ostringstream bytes;
    bytes << file.rdbuf();
    if (base::sha256_hex(bytes.str()) != sha256) {
        return fail(ErrorCode::storage_corrupt,
                    "Il contenuto non è più quello registrato: la sua impronta è cambiata.");
    }
    return bytes.str();
}

Result<bool> ContentStore::remove(const std::string& sha256) {
    const auto path = path_of(sha256);
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
        return false;
    }
    if (!std::filesystem::remove(path, error) || error || !base::sync_folder(path.parent_path())) {
        return fail(ErrorCode::storage_full,
                    "Il contenuto non è stato cancellato: il disco non risponde.");
    }
    return true;
}

}  // namespace engine::documents
