// SPDX-License-Identifier: EUPL-1.2
#include "api/pages/site.h"

#include <nlohmann/json.hpp>

#include "api/pages/words.h"
#include "workflows/comuni/offices.h"

namespace api::pages {
namespace {

using engine::base::fail;
using engine::base::Result;

std::map<std::string, std::string> read_roles(const engine::definition::Catalog& catalog) {
    std::map<std::string, std::string> roles;
    for (const auto& definition : catalog.definitions()) {
        for (const auto& [name, role] : definition->roles) {
            roles.emplace(name, role.title);
        }
    }
    return roles;
}

}  // namespace

Site::Site(SiteOptions options, PageRenderer renderer, Presentation presentation,
           const engine::definition::Catalog& catalog, const engine::machine::CheckLibrary& checks,
           const engine::base::Clock& clock, engine::base::Random& random)
    : options_(std::move(options)),
      renderer_(std::move(renderer)),
      presentation_(std::move(presentation)),
      offices_(workflows::comuni::known_offices()),
      roles_(read_roles(catalog)),
      checks_(checks),
      clock_(clock),
      random_(random) {}

Result<std::shared_ptr<const Site>> Site::make(const SiteOptions& options,
                                               const engine::definition::Catalog& catalog,
                                               const engine::machine::CheckLibrary& checks,
                                               const engine::base::Clock& clock,
                                               engine::base::Random& random) {
    auto renderer = PageRenderer::open(options.templates_folder);
    if (!renderer) {
        return fail(renderer.error());
    }
    auto presentation = load_presentation(catalog);
    if (!presentation) {
        return fail(presentation.error());
    }
    return std::shared_ptr<const Site>(new Site(
        options, std::move(*renderer), std::move(*presentation), catalog, checks, clock, random));
}

std::string Site::office_name(const std::string& code) const {
    const auto found = offices_.find(code);
    return found == offices_.end() ? code : found->second;
}

std::string Site::role_title(const std::string& role) const {
    const auto found = roles_.find(role);
    return found == roles_.end() ? choice_words(role) : found->second;
}

std::string Site::banner_html(const http::Request& request, const access::Caller& caller) const {
    return options_.banner ? options_.banner(*this, request, caller) : std::string{};
}

std::string Site::fill(std::string_view template_name, nlohmann::json data) const {
    data["icone"] = assets_.url("icone.svg");
    return renderer_.render(template_name, data);
}

}  // namespace api::pages
