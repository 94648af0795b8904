// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/accounts.h"
#include "engine/engine.h"

namespace api::access {

/// What kind of role somebody has, for the authorization table. The scope of a role is written in
/// the definitions; the two at the ends are of the program itself.
enum class RoleClass { anonymous, party, office, everywhere, administrator };

inline constexpr std::size_t kRoleClasses = 5;

/// `anonimo`, `ente`, `amministrazione`, `ovunque`, `amministratore`.
std::string_view role_class_name(RoleClass role_class);

/// The class of every role that some definition declares.
/// Threads: any, once made.
class RoleClasses {
  public:
    /// Errors: invalid_input when two present definitions give one role two scopes: the table
    /// could not tell which holds.
    static engine::base::Result<RoleClasses> of(const engine::definition::Catalog& catalog);

    /// `anonymous` for a role nobody declares: it may do nothing.
    RoleClass find(std::string_view role) const;

  private:
    std::map<std::string, RoleClass, std::less<>> classes_;
};

}  // namespace api::access
