// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "api/pages/field_form.h"
#include "api/pages/page.h"

namespace api::pages {

/// What a field is chosen among instead of being typed, as its schema says (`x-choices`): the
/// values of a field of the procedure above (`parent`), the codes of a parameter of the initiative
/// with their words (`initiative`), its own `x-titles` (`titles`). Where nothing is found it is
/// typed. Errors: the store's.
engine::base::Result<void> add_choices(const PageCall& page, const engine::InstanceView& view,
                                       std::vector<FormField>& fields);

/// A value in words: codes that a parameter of the initiative explains come with its words ("O5:
/// Valorizzare…"). Empty when there is none.
std::string explained_value(const PageCall& page, const engine::InstanceView& view,
                            const std::string& field);

/// Who holds a role is chosen among those who can act in it for that office. Errors: the accounts'.
engine::base::Result<void> add_people(const PageCall& page,
                                      const engine::definition::WorkflowDefinition& definition,
                                      const std::string& office, std::vector<FormField>& fields);

}  // namespace api::pages
