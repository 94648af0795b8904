// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "api/access/caller.h"
#include "api/pages/assets.h"
#include "api/pages/page_renderer.h"
#include "api/pages/presentation.h"
#include "engine/base/clock.h"
#include "engine/base/random.h"

namespace api::pages {

class Site;

struct SiteOptions {
    std::string templates_folder;  ///< takes the place of templates in the binary; empty: none
    /// Makes the HTML put above every page, as the demonstration's. Called from several threads.
    /// Empty: none.
    std::function<std::string(const Site&, const http::Request&, const access::Caller&)> banner =
        {};
};

/// What every page is made with.
/// Threads: any, once made.
class Site {
  public:
    /// `checks` words the conditions of an act; clock and random outlive the site, and random is
    /// used from several threads.
    /// Errors: those of PageRenderer::open, load_presentation.
    static engine::base::Result<std::shared_ptr<const Site>> make(
        const SiteOptions& options, const engine::definition::Catalog& catalog,
        const engine::machine::CheckLibrary& checks, const engine::base::Clock& clock,
        engine::base::Random& random);

    const PageRenderer& renderer() const { return renderer_; }
    const Assets& assets() const { return assets_; }
    const Presentation& presentation() const { return presentation_; }
    const std::map<std::string, std::string>& offices() const { return offices_; }
    engine::base::Instant now() const { return clock_.now(); }
    engine::base::Random& random() const { return random_; }
    const engine::machine::CheckLibrary& checks() const { return checks_; }

    /// The name of an administration by its code; the code itself when nobody knows it.
    std::string office_name(const std::string& code) const;

    /// The title of a role, as the definitions say it.
    std::string role_title(const std::string& role) const;

    /// What is above every page; empty: nothing.
    std::string banner_html(const http::Request& request, const access::Caller& caller) const;

    /// Fills a template of a page's content.
    std::string fill(std::string_view template_name, nlohmann::json data) const;

  private:
    Site(SiteOptions options, PageRenderer renderer, Presentation presentation,
         const engine::definition::Catalog& catalog, const engine::machine::CheckLibrary& checks,
         const engine::base::Clock& clock, engine::base::Random& random);

    SiteOptions options_;
    PageRenderer renderer_;
    Assets assets_;
    Presentation presentation_;
    std::map<std::string, std::string> offices_;
    std::map<std::string, std::string> roles_;
    const engine::machine::CheckLibrary& checks_;
    const engine::base::Clock& clock_;
    engine::base::Random& random_;
};

}  // namespace api::pages
