// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace api::pages {

/// Fills the templates of templates/pages (mustache: no rule can be put in a page, and every value
/// is escaped). Those whose name begins with `_` are partials, for any other to use.
/// Threads: any, after construction.
class PageRenderer {
  public:
    /// The templates the binary carries; those of `folder` take their place, name by name, so that
    /// an administration may dress the pages without building. Empty: none.
    /// Errors: not_found (no such folder), invalid_input (a template that does not parse).
    static engine::base::Result<PageRenderer> open(const std::string& folder);

    /// What is null, "", {} or [] counts as absent, so that a section about it is left out.
    /// Errors: BugError for a name that is no template.
    std::string render(std::string_view name, const nlohmann::json& data) const;

  private:
    std::map<std::string, std::string, std::less<>> templates_;
};

}  // namespace api::pages
