// SPDX-License-Identifier: EUPL-1.2
#pragma once

namespace tests {

/// Writes the journal's texts whole, as earlier schemas had them, so that SQL can doctor them: what
/// is shortened and what is whole reads the same.
inline constexpr const char* kWholeTexts =
    "update journal set text = (select journal_plain.text from journal_plain"
    " where journal_plain.root_id = journal.root_id"
    " and journal_plain.position = journal.position)";

}  // namespace tests
