// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <string>

#include "api/pages/page.h"

namespace api::pages {

/// The names of bodies by their tax codes, as they themselves have said them in what is theirs and
/// the caller may see. Each is looked for once.
class BodyNames {
  public:
    /// The page outlives it.
    explicit BodyNames(const PageCall& page) : page_(page) {}

    /// Empty: nobody has said it, or it is nobody's. Errors: the store's.
    engine::base::Result<std::string> find(const std::string& party);

  private:
    engine::base::Result<std::string> look_for(const std::string& party) const;

    const PageCall& page_;
    std::map<std::string, std::string> names_;
};

}  // namespace api::pages
