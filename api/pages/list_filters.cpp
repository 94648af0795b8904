// SPDX-License-Identifier: EUPL-1.2
#include "api/pages/list_filters.h"

#include <fmt/format.h>

namespace api::pages {
namespace {

/// What the page before asked to say, and the place in the list: no filters.
http::Parameters filters_of(const http::Parameters& query) {
    http::Parameters filters;
    for (const auto& [name, value] : query.items()) {
        if (name != "esito" && name != "dopo") {
            filters.add(name, value);
        }
    }
    return filters;
}

}  // namespace

ListFilters::ListFilters(const PageCall& page, std::initializer_list<std::string_view> names)
    : page_(page), asked_(filters_of(page.call.request.target.query)), reader_(asked_, names) {}

std::string ListFilters::text(std::string_view name, std::string_view api_name) {
    std::string asked = reader_.text(name);
    return asked.empty() ? reader_.text(api_name) : asked;
}

std::string ListFilters::office() {
    std::string code = text("ufficio", "amministrazione");
    if (!code.empty() && !page_.site.offices().contains(code)) {
        refuse("ufficio", fmt::format("«{}» non è il codice di un'amministrazione", code));
    }
    return code;
}

bool ListFilters::flag(std::string_view name, std::string_view api_name) {
    const std::string asked = text(name, api_name);
    const bool is_yes = asked == "si" || asked == "true";
    if (!is_yes && !asked.empty() && asked != "no" && asked != "false") {
        refuse(name, "serve «si», o niente");
    }
    return is_yes;
}

}  // namespace api::pages
