// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "api/pages/page.h"
#include "api/routes/request_reading.h"

namespace api::pages {

/// What the address of a list asks for, under the names of the page's own filter or under those of
/// the API. Anything else is told: a list that ignored it would say something else than what was
/// asked.
class ListFilters {
  public:
    /// `names`: all that the list reads, besides `dopo`. The page outlives it.
    ListFilters(const PageCall& page, std::initializer_list<std::string_view> names);

    /// Under the first name or, where that is empty, the second.
    std::string text(std::string_view name, std::string_view api_name);
    /// An administration, as `ufficio` or `amministrazione`.
    std::string office();
    /// Yes is `si` or `true`; no is nothing, `no` or `false`.
    bool flag(std::string_view name, std::string_view api_name);
    /// A procedure with all that is under it, as `procedura`.
    std::string root() { return reader_.instance("procedura"); }
    void refuse(std::string_view name, std::string words) {
        reader_.refuse(name, "enum", std::move(words));
    }
    /// Errors: invalid_query, with every mistake.
    engine::base::Result<void> finish() { return reader_.finish(); }

  private:
    const PageCall& page_;
    http::Parameters asked_;  ///< without what every page reads
    routes::QueryReader reader_;
};

}  // namespace api::pages
