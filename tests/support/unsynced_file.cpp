// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/unsynced_file.h"

#include <algorithm>

namespace tests {
namespace {

constexpr std::size_t kSector = 512;

}  // namespace

UnsyncedFile::UnsyncedFile(std::optional<std::string> bytes)
    : bytes_(bytes.value_or("")), is_there_(bytes.has_value()), is_named_(bytes.has_value()) {}

void UnsyncedFile::write(std::size_t act, std::string_view bytes, std::int64_t offset) {
    is_there_ = true;
    pending_.push_back({act, true, offset, std::string(bytes)});
}

void UnsyncedFile::truncate(std::size_t act, std::int64_t size) {
    is_there_ = true;
    pending_.push_back({act, false, size, {}});
}

void UnsyncedFile::sync() {
    for (const Change& change : pending_) {
        apply(bytes_, change);
    }
    pending_.clear();
}

void UnsyncedFile::lose() {
    pending_.clear();
}

void UnsyncedFile::sync_name() {
    is_named_ = is_there_;
    if (!is_there_) {
        bytes_.clear();
        pending_.clear();
    }
}

void UnsyncedFile::remove(std::size_t act, bool is_synced) {
    truncate(act, 0);
    is_there_ = false;
    if (is_synced) {
        sync_name();
    }
}

std::optional<std::string> UnsyncedFile::left(Kept kept, std::size_t last_act,
                                              std::mt19937_64& dice) const {
    std::string left = bytes_;
    std::size_t count = 0;
    if (kept == Kept::prefix) {
        count = std::uniform_int_distribution<std::size_t>(0, pending_.size())(dice);
    } else if (kept != Kept::nothing) {
        count = pending_.size();
    }
    const int percent = std::uniform_int_distribution(1, 9)(dice) * 10;
    for (std::size_t i = 0; i < count; ++i) {
        Change change = pending_[i];
        if (kept == Kept::torn && change.act == last_act) {
            change.bytes.resize(change.bytes.size() / 2);
        }
        if (kept == Kept::sectors) {
            apply_sectors(left, change, percent, dice);
        } else {
            apply(left, change);
        }
    }
    // A name that was made or removed may have arrived by chance.
    const bool is_by_chance = kept != Kept::nothing && dice() % 2 == 0;
    const bool is_left = is_by_chance ? is_there_ : is_named_;
    return is_left ? std::optional(std::move(left)) : std::nullopt;
}

void UnsyncedFile::apply(std::string& to, const Change& change) {
    const auto offset = static_cast<std::size_t>(change.offset);
    if (!change.is_write) {
        to.resize(offset);
        return;
    }
    to.resize(std::max(to.size(), offset + change.bytes.size()));
    std::copy(change.bytes.begin(), change.bytes.end(),
              to.begin() + static_cast<std::ptrdiff_t>(offset));
}

void UnsyncedFile::apply_sectors(std::string& to, const Change& change, int percent,
                                 std::mt19937_64& dice) {
    const auto is_kept = [&] { return std::uniform_int_distribution(0, 99)(dice) < percent; };
    if (!change.is_write) {
        if (is_kept()) {
            apply(to, change);
        }
        return;
    }
    auto at = static_cast<std::size_t>(change.offset);
    std::string_view rest = change.bytes;
    while (!rest.empty()) {
        const std::size_t length = std::min(rest.size(), kSector - at % kSector);
        if (is_kept()) {
            apply(to,
                  {0, true, static_cast<std::int64_t>(at), std::string(rest.substr(0, length))});
        }
        at += length;
        rest.remove_prefix(length);
    }
}

}  // namespace tests
