// SPDX-License-Identifier: EUPL-1.2
#include "api/pages/body_names.h"

#include "api/pages/rows.h"

namespace api::pages {

using engine::base::fail;
using engine::base::Result;

namespace {

/// A body says its name in what it opens first; what is opened later under that may not hold it.
constexpr std::size_t kMaxLookedAt = 20;

}  // namespace

Result<std::string> BodyNames::find(const std::string& party) {
    if (const auto known = names_.find(party); known != names_.end()) {
        return known->second;
    }
    auto name = look_for(party);
    return name ? names_.emplace(party, std::move(*name)).first->second : std::move(name);
}

Result<std::string> BodyNames::look_for(const std::string& party) const {
    const std::string& field = page_.site.presentation().body_name;
    if (party.empty() || field.empty()) {
        return std::string();
    }
    engine::InstanceFilter own;
    own.visible = page_.visible();
    own.party = party;
    own.only_live = false;
    const auto instances = page_.queries().list_instances(own, {"", kMaxLookedAt});
    if (!instances) {
        return fail(instances.error());
    }
    for (const auto& instance : instances->items) {
        const auto view = page_.queries().view(instance.id);
        if (!view) {
            return fail(view.error());
        }
        if (std::string name = value_of(*view, field); !name.empty()) {
            return name;
        }
    }
    return std::string();
}

}  // namespace api::pages
