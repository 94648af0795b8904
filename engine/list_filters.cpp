// SPDX-License-Identifier: EUPL-1.2
#include "engine/list_filters.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "engine/accounts.h"
#include "engine/machine/command.h"
#include "engine/machine/model.h"

namespace engine {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;
using definition::Catalog;

/// As many names as people read in a sentence; beyond, they are told where to look.
constexpr std::size_t kMaxNamesTold = 40;

tl::unexpected<base::Error> too_wide(const char* where) {
    return fail(ErrorCode::invalid_query,
                fmt::format("Ciò che è concluso si elenca {}: va indicato quale.", where));
}

/// Nothing asked, or one of the names.
template <class Names>
Result<void> check_name(const char* filter, const std::string& asked, const Names& names,
                        const char* where) {
    if (asked.empty() || std::find(names.begin(), names.end(), asked) != names.end()) {
        return {};
    }
    const std::string known = names.size() <= kMaxNamesTold
                                  ? fmt::format("I valori ammessi: {}.", fmt::join(names, ", "))
                                  : fmt::format("I valori ammessi sono {}.", where);
    return fail({ErrorCode::invalid_query,
                 fmt::format("«{}» non è un valore che «{}» può avere. {}", asked, filter, known),
                 {{fmt::format("/{}", filter), "enum", "non è tra i valori ammessi", {}}}});
}

std::set<std::string> machines_of(const Catalog& catalog) {
    std::set<std::string> names;
    for (const auto& definition : catalog.every_definition()) {
        names.insert(definition->machine);
    }
    return names;
}

/// Of one machine, in any version of it; of all of them when none is named.
std::set<std::string> states_of(const Catalog& catalog, const std::string& machine) {
    std::set<std::string> names;
    for (const auto& definition : catalog.every_definition()) {
        if (machine.empty() || definition->machine == machine) {
            for (const auto& [name, state] : definition->states) {
                names.insert(name);
            }
        }
    }
    return names;
}

std::set<std::string> roles_of(const Catalog& catalog) {
    std::set<std::string> names{machine::kEraserRole, kAdministratorRole};
    for (const auto& definition : catalog.every_definition()) {
        for (const auto& [name, role] : definition->roles) {
            names.insert(name);
        }
    }
    return names;
}

}  // namespace

Result<void> check_filter(const Catalog& catalog, const store::InstanceFilter& filter) {
    constexpr const char* kWhere = "nelle definizioni (/v1/definizioni)";
    if (auto known = check_name("macchina", filter.machine, machines_of(catalog), kWhere); !known) {
        return known;
    }
    if (auto known = check_name("stato", filter.state, states_of(catalog, filter.machine),
                                "gli stati delle schede (/v1/definizioni): per averli nell'elenco "
                                "va indicata anche la macchina");
        !known) {
        return known;
    }
    return store::is_indexed(filter) ? Result<void>{}
                                     : too_wide("entro un procedimento, un ente o un tipo");
}

Result<void> check_filter(const Catalog& catalog, const store::TaskFilter& filter) {
    if (auto known = check_name("stato", filter.status, machine::task_status_names(), ""); !known) {
        return known;
    }
    if (auto known = check_name("ruolo", filter.role, roles_of(catalog),
                                "i ruoli delle schede (/v1/definizioni)");
        !known) {
        return known;
    }
    return store::is_indexed(filter) ? Result<void>{} : too_wide("entro un procedimento");
}

Result<void> check_filter(const Catalog&, const store::DeadlineFilter& filter) {
    if (auto known = check_name("stato", filter.status, machine::deadline_status_names(), "");
        !known) {
        return known;
    }
    if (auto known = check_name("tipo", filter.kind, definition::deadline_kind_names(), "");
        !known) {
        return known;
    }
    return store::is_indexed(filter) ? Result<void>{} : too_wide("entro un procedimento");
}

}  // namespace engine
