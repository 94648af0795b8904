// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/access/access_table.h"
#include "api/access/role_class.h"
#include "api/http/message.h"
#include "engine/accounts.h"
#include "engine/queries.h"

namespace api::access {

/// Who asks.
struct Caller {
    RoleClass role_class = RoleClass::anonymous;
    engine::machine::Actor actor;  ///< empty for nobody
    std::string display_name;
    std::string token_code;

    bool is_known() const { return !actor.person.empty(); }
};

/// Where the secret of a request is: a program sends it in `Authorization: Bearer`, a browser in
/// the session's cookie. A route takes one of the two, so that a page of another site cannot make
/// a browser act through the API.
enum class Credential { bearer, session };

/// The name of the session's cookie.
inline constexpr const char* kSessionCookie = "coprog_sessione";

/// The secret that came with a request; absent when none did, empty when what came is no secret.
std::optional<std::string> find_secret(const http::Request& request, Credential credential);

/// Who stands behind a secret that came as `credential`: a session's is of no use to a program, a
/// token's none in a cookie. Errors: unauthenticated, the store's.
engine::base::Result<Caller> find_caller(engine::Accounts& accounts, const RoleClasses& roles,
                                         const std::string& secret, Credential credential);

/// The visibility of lists for a reach. Reach::none and everyone see nothing of procedures.
engine::Visibility visibility_of(Reach reach, const engine::machine::Actor& actor);

/// How much of an instance a caller may see.
enum class Sight {
    nothing,
    outline,   ///< it is there, its state and terms, what was published, what the caller may do
    contents,  ///< everything but persons' data
    whole,
};

/// How much of an instance the reach lets the caller see.
/// - A body sees its own whole; of one that belongs to no body, the outline, when its present state
///   lets bodies act or when the body has something of its own under it.
/// - An administration sees its own whole.
/// - Who sees everything sees persons' data in its own administration only.
/// Errors: the store's.
engine::base::Result<Sight> find_sight(Reach reach, const engine::machine::Actor& actor,
                                       const engine::InstanceView& view, engine::Queries& queries);

/// An instance, and how much of it may be shown.
struct SeenInstance {
    engine::InstanceView view;
    Sight sight = Sight::nothing;
};

/// The instance, when the reach lets the caller see at least `least` of it.
/// Errors: not_found, also for what the caller may not know.
engine::base::Result<SeenInstance> find_instance(Reach reach, const engine::machine::Actor& actor,
                                                 const engine::base::InstanceId& id, Sight least,
                                                 engine::Queries& queries);

/// An instance that was read already. Errors: as find_instance.
engine::base::Result<SeenInstance> see(Reach reach, const engine::machine::Actor& actor,
                                       engine::InstanceView view, Sight least,
                                       engine::Queries& queries);

/// The same for who shows nothing of it, but acts on it: the view has its own row only.
engine::base::Result<SeenInstance> find_acted_on(Reach reach, const engine::machine::Actor& actor,
                                                 const engine::base::InstanceId& id, Sight least,
                                                 engine::Queries& queries);

}  // namespace api::access
