// SPDX-License-Identifier: EUPL-1.2
#include "api/access/caller.h"

#include <algorithm>

#include "engine/base/names.h"

namespace api::access {
namespace {

using engine::InstanceView;
using engine::Visibility;
using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;
using engine::definition::RoleScope;
using engine::definition::WorkflowDefinition;
using engine::machine::Actor;

constexpr std::string_view kScheme = "bearer ";

std::string trimmed(std::string_view text) {
    const std::size_t from = text.find_first_not_of(' ');
    return from == std::string_view::npos
               ? std::string{}
               : std::string(text.substr(from, text.find_last_not_of(' ') - from + 1));
}

std::optional<std::string> find_cookie(std::string_view header, std::string_view name) {
    while (!header.empty()) {
        const std::size_t end = std::min(header.find(';'), header.size());
        const std::string pair = trimmed(header.substr(0, end));
        if (pair.starts_with(name) && pair.size() > name.size() && pair[name.size()] == '=') {
            return pair.substr(name.size() + 1);
        }
        header.remove_prefix(std::min(end + 1, header.size()));
    }
    return std::nullopt;
}

/// Whether the state has an act for a role of a body: a notice that takes applications.
bool has_act_of_party(const WorkflowDefinition& definition, const std::string& state) {
    for (const std::string& event : definition.events_of(state)) {
        const auto* transition = definition.find_transition(state, event);
        for (const auto& [name, role] : definition.roles) {
            if (role.scope == RoleScope::party && engine::base::has_name(transition->by, name)) {
                return true;
            }
        }
    }
    return false;
}

/// Whether the state only holds up the one before it, to which it leads back.
bool is_pause(const WorkflowDefinition& definition, const std::string& state) {
    const auto events = definition.events_of(state);
    return std::any_of(events.begin(), events.end(), [&](const std::string& event) {
        const auto& branches = definition.find_transition(state, event)->branches;
        return std::any_of(branches.begin(), branches.end(),
                           [](const auto& branch) { return branch.target == "@previous"; });
    });
}

/// What was not open to bodies before it was held up is not open while it is: a draft of a notice
/// stays a draft.
bool is_open_to_parties(const InstanceView& view) {
    const auto& own = view.record.instance;
    const bool is_held_up = is_pause(*view.definition, own.state) &&
                            view.definition->states.contains(own.previous_state);
    return has_act_of_party(*view.definition, own.state) &&
           (!is_held_up || has_act_of_party(*view.definition, own.previous_state));
}

/// Whether something directly under the instance belongs to the body.
Result<bool> has_child_of(const InstanceView& view, const Actor& actor, engine::Queries& queries) {
    engine::InstanceFilter filter;
    filter.visible = {Visibility::Scope::party, "", actor.party};
    filter.parent = view.record.instance.id.text;
    filter.only_live = false;
    const auto page = queries.list_instances(filter, {"", 1});
    if (!page) {
        return fail(page.error());
    }
    return !page->items.empty();
}

Result<Sight> find_party_sight(const Actor& actor, const InstanceView& view,
                               engine::Queries& queries) {
    const auto& instance = view.record.instance;
    if (actor.party.empty()) {
        return Sight::nothing;
    }
    if (!instance.party.empty()) {
        return instance.party == actor.party ? Sight::whole : Sight::nothing;
    }
    if (is_open_to_parties(view)) {
        return Sight::outline;
    }
    const auto has_child = has_child_of(view, actor, queries);
    if (!has_child) {
        return fail(has_child.error());
    }
    return *has_child ? Sight::outline : Sight::nothing;
}

}  // namespace

std::optional<std::string> find_secret(const http::Request& request, Credential credential) {
    if (credential == Credential::session) {
        const auto cookies = request.headers.find("Cookie");
        return cookies ? find_cookie(*cookies, kSessionCookie) : std::nullopt;
    }
    const auto header = request.headers.find("Authorization");
    if (!header) {
        return std::nullopt;
    }
    const bool is_bearer =
        header->size() > kScheme.size() &&
        http::equals_ignoring_case(std::string_view(*header).substr(0, kScheme.size()), kScheme);
    return is_bearer ? trimmed(std::string_view(*header).substr(kScheme.size())) : std::string{};
}

Result<Caller> find_caller(engine::Accounts& accounts, const RoleClasses& roles,
                           const std::string& secret, Credential credential) {
    const auto identity = accounts.find_identity(secret);
    if (!identity) {
        return fail(identity.error());
    }
    if (identity->is_session != (credential == Credential::session)) {
        return fail(ErrorCode::unauthenticated,
                    "Questo codice vale in un altro modo: un gettone per i programmi, una sessione "
                    "per il sito.");
    }
    return Caller{roles.find(identity->actor.role), identity->actor, identity->display_name,
                  identity->token_code};
}

Visibility visibility_of(Reach reach, const Actor& actor) {
    switch (reach) {
        case Reach::everything: return {Visibility::Scope::everything, "", ""};
        case Reach::own_office: return {Visibility::Scope::office, actor.office, ""};
        case Reach::own_party: return {Visibility::Scope::party, "", actor.party};
        case Reach::everyone:
        case Reach::none: return {};
    }
    return {};
}

Result<Sight> find_sight(Reach reach, const Actor& actor, const InstanceView& view,
                         engine::Queries& queries) {
    const auto& instance = view.record.instance;
    const bool is_own_office = !actor.office.empty() && instance.office == actor.office;
    switch (reach) {
        case Reach::none:
        case Reach::everyone: return Sight::nothing;
        case Reach::own_office: return is_own_office ? Sight::whole : Sight::nothing;
        case Reach::everything: return is_own_office ? Sight::whole : Sight::contents;
        case Reach::own_party: return find_party_sight(actor, view, queries);
    }
    return Sight::nothing;
}

Result<SeenInstance> see(Reach reach, const Actor& actor, InstanceView view, Sight least,
                         engine::Queries& queries) {
    const auto sight = find_sight(reach, actor, view, queries);
    if (!sight) {
        return fail(sight.error());
    }
    if (*sight < least) {
        return fail(ErrorCode::not_found, "Il procedimento non esiste.");
    }
    return SeenInstance{std::move(view), *sight};
}

Result<SeenInstance> find_instance(Reach reach, const Actor& actor,
                                   const engine::base::InstanceId& id, Sight least,
                                   engine::Queries& queries) {
    auto view = queries.view(id);
    return view ? see(reach, actor, std::move(*view), least, queries) : fail(view.error());
}

Result<SeenInstance> find_acted_on(Reach reach, const Actor& actor,
                                   const engine::base::InstanceId& id, Sight least,
                                   engine::Queries& queries) {
    auto view = queries.view_row(id);
    return view ? see(reach, actor, std::move(*view), least, queries) : fail(view.error());
}

}  // namespace api::access
