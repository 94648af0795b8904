// SPDX-License-Identifier: EUPL-1.2
// Templates, presentation, assets: what the pages stand on.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "api/pages/assets.h"
#include "api/pages/page_renderer.h"
#include "api/pages/presentation.h"
#include "tests/support/temporary_folder.h"

namespace tests {
namespace {

using api::pages::PageRenderer;
using engine::base::ErrorCode;
using nlohmann::json;

engine::definition::Catalog embedded_catalog() {
    return engine::definition::load_catalog(engine::definition::embedded_workflow_files()).value();
}

TEST(PageRenderer, EscapesEveryValue) {
    const auto renderer = PageRenderer::open("");
    ASSERT_TRUE(renderer.has_value());

    const std::string html = renderer->render(
        "errore", {{"titolo", "<script>\"x\"</script>"}, {"passi", json::array()}});

    EXPECT_EQ(html.find("<script>"), std::string::npos);
    EXPECT_NE(html.find("&lt;script&gt;"), std::string::npos);
}

TEST(PageRenderer, TakesTemplatesOfAFolderFirst) {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "errore.mustache") << "<p>{{titolo}}, a modo nostro</p>";

    const auto renderer = PageRenderer::open(folder.path().string());

    ASSERT_TRUE(renderer.has_value());
    EXPECT_EQ(renderer->render("errore", {{"titolo", "Errore"}}), "<p>Errore, a modo nostro</p>");
}

TEST(PageRenderer, RefusesATemplateThatDoesNotParse) {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "errore.mustache") << "{{#titolo}}";

    EXPECT_EQ(PageRenderer::open(folder.path().string()).error().code, ErrorCode::invalid_input);
    EXPECT_EQ(PageRenderer::open("/non/c'è").error().code, ErrorCode::not_found);
}

TEST(Presentation, PutsEveryStateInAPhaseOrOutside) {
    const auto shown = api::pages::load_presentation(embedded_catalog());

    ASSERT_TRUE(shown.has_value()) << shown.error().message_it;
    EXPECT_EQ(shown->phases.size(), 7U);
    EXPECT_EQ(shown->find_phase("avviso_aperto"), 1U);
    EXPECT_EQ(shown->find_phase("revocato"), std::nullopt);
}

TEST(Presentation, RefusesAStateForgotten) {
    const auto shown = api::pages::parse_presentation(
        R"({"title":"x","procedure":"elenco","subject":"x","responsible":"x",
            "phases":[],"outside":[],
            "notice":{"open":[],"public":[],"deadline":"x","fields":[]}})",
        "coprogrammazione", embedded_catalog());

    ASSERT_FALSE(shown.has_value());
    EXPECT_NE(shown.error().message_it.find("va messo in una fase"), std::string::npos);
}

TEST(Assets, HaveAnAddressThatChangesWithTheirBytes) {
    const api::pages::Assets assets;
    const std::string& url = assets.url("coprog.css");

    const auto* asset = assets.find(url);

    ASSERT_NE(asset, nullptr);
    EXPECT_EQ(asset->media_type, "text/css; charset=utf-8");
    ASSERT_NE(asset->gzip, nullptr);
    EXPECT_LT(asset->gzip->size(), asset->plain->size());
    EXPECT_EQ(assets.find("/assets/coprog.000000000000.css"), nullptr);
    EXPECT_EQ(assets.find("/assets/coprog.css"), nullptr);
}

TEST(Assets, OfTheSheetNameTheFontsThatAreThere) {
    const api::pages::Assets assets;
    const auto* sheet = assets.find(assets.url("coprog.css"));
    ASSERT_NE(sheet, nullptr);

    for (const char* font : {"titillium-400.woff2", "titillium-600.woff2", "titillium-700.woff2"}) {
        EXPECT_NE(sheet->plain->find(assets.url(font)), std::string::npos) << font;
    }
    EXPECT_EQ(sheet->plain->find("http://cdn"), std::string::npos);
}

}  // namespace
}  // namespace tests
