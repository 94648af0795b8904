// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

namespace engine::store {

/// What the other columns of a journal's row say, so that its text need not say it again.
struct EntryColumns {
    std::string root;
    std::string instance;
    std::string event;
    std::string person;
};

/// The text of an entry as it is stored: the names that every text repeats, and what the columns
/// say, are one character each, below U+0020, which JSON never has. A text that has such a
/// character already stays as it is.
std::string shorten_entry_text(const std::string& text, const EntryColumns& columns);

/// Its inverse: the text that was hashed, byte for byte. A text that was stored whole (of earlier
/// schemas) is given as it is. The view `journal_plain` does the same in SQL.
std::string plain_entry_text(const std::string& text, const EntryColumns& columns);

}  // namespace engine::store
