// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "engine/machine/model.h"

namespace tests::history {

/// A record as texts, by "kind key.field": `deadline chiusura 1.status` → `running`.
using Meaning = std::map<std::string, std::string>;

/// What an entry changed: the new text of each field, absent where the row is gone.
using Changes = std::map<std::string, std::optional<std::string>>;

/// Every field of every row. A long text (the explanation of a term) is told by its hash.
Meaning meaning_of(const engine::machine::InstanceRecord& record);

Changes changes_between(const Meaning& before, const Meaning& after);

/// The fields of every kind of row that this program knows: `deadline.status`.
std::set<std::string> known_fields();

/// The kind and the field without the key: `deadline.status`.
std::string sort_of(const std::string& name);

}  // namespace tests::history
