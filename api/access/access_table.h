// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "api/access/role_class.h"

namespace api::access {

/// What of the data a route shows, or lets act on.
enum class Reach {
    none,        ///< not even the route: 401 to who is nobody, 403 to others
    everyone,    ///< no data of a procedure: whoever asks
    own_party,   ///< what belongs to the body; and what is open to bodies, as may_know says
    own_office,  ///< what belongs to the administration
    everything,
};

/// One line of the table.
struct AccessRow {
    std::string_view route;                 ///< Route::name
    std::array<Reach, kRoleClasses> reach;  ///< in the order of RoleClass
};

/// THE authorization table: one line for each route. Which event an actor may then cause is the
/// engine's to say.
std::span<const AccessRow> access_table();

/// Looks in THE table and then in `also`, the lines of routes that only one kind of program has
/// (the demonstration). Absent when neither has the route: the router does not start then.
std::optional<Reach> find_reach(std::string_view route, RoleClass role_class,
                                std::span<const AccessRow> also = {});

}  // namespace api::access
