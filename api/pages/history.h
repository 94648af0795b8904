// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "api/pages/page.h"

namespace api::pages {

/// Some acts of a procedure, the latest first.
struct History {
    std::vector<engine::machine::JournalEntry> entries;
    std::int64_t before = 0;  ///< ask again with this for those before; 0: there are none
};

/// The acts before a position of the root's journal (0: the last ones). Of a part, its own only,
/// among those looked at: at most kMaxLookedAt.
engine::base::Result<History> read_history(engine::Queries& queries,
                                           const engine::machine::Instance& instance,
                                           std::int64_t before);

/// Names of people by id.
using PeopleNames = std::map<std::string, std::string>;
engine::base::Result<PeopleNames> read_people(engine::Accounts& accounts);

/// `[{"titolo", "di", "quando", "avvenuto", "chi"}]`: `di` is the part it is about, when it is not
/// the instance itself. Without names, roles only. Errors: the store's.
engine::base::Result<nlohmann::json> history_json(const PageCall& page,
                                                  const engine::InstanceView& view,
                                                  const History& history, const PeopleNames& names);

/// When each state of an instance was entered last, among those acts.
std::map<std::string, std::string> state_dates(const engine::base::InstanceId& instance,
                                               const History& history);

}  // namespace api::pages
