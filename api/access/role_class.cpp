// SPDX-License-Identifier: EUPL-1.2
#include "api/access/role_class.h"

#include <fmt/format.h>

namespace api::access {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;
using engine::definition::RoleScope;

RoleClass class_of(RoleScope scope) {
    switch (scope) {
        case RoleScope::party: return RoleClass::party;
        case RoleScope::office: return RoleClass::office;
        case RoleScope::everywhere: return RoleClass::everywhere;
    }
    return RoleClass::anonymous;
}

}  // namespace

std::string_view role_class_name(RoleClass role_class) {
    switch (role_class) {
        case RoleClass::anonymous: return "anonimo";
        case RoleClass::party: return "ente";
        case RoleClass::office: return "amministrazione";
        case RoleClass::everywhere: return "ovunque";
        case RoleClass::administrator: return "amministratore";
    }
    return "anonimo";
}

Result<RoleClasses> RoleClasses::of(const engine::definition::Catalog& catalog) {
    RoleClasses roles;
    roles.classes_.emplace(engine::kAdministratorRole, RoleClass::administrator);
    roles.classes_.emplace(engine::machine::kEraserRole, RoleClass::office);
    for (const auto& definition : catalog.definitions()) {
        for (const auto& [name, role] : definition->roles) {
            const RoleClass own = class_of(role.scope);
            const auto [known, is_new] = roles.classes_.emplace(name, own);
            if (!is_new && known->second != own) {
                return fail(ErrorCode::invalid_input,
                            fmt::format("Il ruolo «{}» ha ambiti diversi in definizioni diverse: "
                                        "non si saprebbe che cosa può vedere.",
                                        name));
            }
        }
    }
    // Roles that only an older text knows: whoever has one keeps it.
    for (const auto& definition : catalog.every_definition()) {
        for (const auto& [name, role] : definition->roles) {
            roles.classes_.emplace(name, class_of(role.scope));
        }
    }
    return roles;
}

RoleClass RoleClasses::find(std::string_view role) const {
    const auto found = classes_.find(role);
    return found == classes_.end() ? RoleClass::anonymous : found->second;
}

}  // namespace api::access
