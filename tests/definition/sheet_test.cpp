// SPDX-License-Identifier: EUPL-1.2
// The generated scheda and diagram of every machine are those in the repository, so that a change
// of a definition shows what an officer will read. COPROG_UPDATE_GOLDEN=1 writes them anew.
#include "engine/definition/sheet.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "api/cli/workflow_files.h"
#include "engine/definition/diagram.h"
#include "tests/support/source_dir.h"
#include "tests/support/toy_workflow.h"

namespace tests {
namespace {

using engine::definition::DefinitionPointer;
using engine::definition::render_diagram_source;
using engine::definition::render_sheet;

std::string read_file(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

/// The line in which two texts first differ, for people.
std::string first_difference(const std::string& expected, const std::string& actual) {
    std::istringstream left(expected);
    std::istringstream right(actual);
    std::string left_line;
    std::string right_line;
    for (int number = 1;; ++number) {
        const bool has_left = static_cast<bool>(std::getline(left, left_line));
        const bool has_right = static_cast<bool>(std::getline(right, right_line));
        if (!has_left && !has_right) {
            return "";
        }
        if (!has_left || !has_right || left_line != right_line) {
            return "line " + std::to_string(number) + "\n- " + (has_left ? left_line : "(end)") +
                   "\n+ " + (has_right ? right_line : "(end)");
        }
    }
}

void expect_golden(const std::string& name, const std::string& actual) {
    const std::string path = source_dir() + "/" + name;
    const std::string expected = read_file(path);
    if (expected == actual) {
        return;
    }
    if (std::getenv("COPROG_UPDATE_GOLDEN") != nullptr) {
        std::ofstream(path, std::ios::binary | std::ios::trunc) << actual;
        ADD_FAILURE() << name << " was written anew: read it, then run again";
        return;
    }
    ADD_FAILURE() << name << " is not what the definition says now (COPROG_UPDATE_GOLDEN=1 writes"
                  << " it): " << first_difference(expected, actual);
}

std::string draw(const DefinitionPointer& definition) {
    const auto drawing =
        engine::definition::draw_diagram(render_diagram_source(*definition), definition->title);
    EXPECT_TRUE(drawing.has_value()) << drawing.error().message_it;
    return drawing.value_or("");
}

std::vector<DefinitionPointer> carried_definitions() {
    const auto catalog =
        engine::definition::load_catalog(engine::definition::embedded_workflow_files());
    EXPECT_TRUE(catalog.has_value()) << catalog.error().message_it;
    return catalog ? catalog->definitions() : std::vector<DefinitionPointer>{};
}

TEST(Sheet, OfEveryMachineIsTheOneInTheRepository) {
    const auto catalog =
        engine::definition::load_catalog(engine::definition::embedded_workflow_files());
    ASSERT_TRUE(catalog.has_value()) << catalog.error().message_it;
    for (const auto& definition : catalog->definitions()) {
        expect_golden("workflows/" + definition->family + "/" + definition->machine + ".scheda.md",
                      render_sheet({*definition, *catalog}, api::cli::check_title));
    }
}

TEST(Diagram, OfEveryMachineIsTheOneInTheRepository) {
    for (const auto& definition : carried_definitions()) {
        expect_golden(
            "workflows/" + definition->family + "/" + definition->machine + ".diagramma.svg",
            draw(definition));
    }
}

std::string toy_sheet(const engine::definition::Catalog& catalog, const std::string& machine) {
    const auto title = [](std::string_view name, int version) {
        return toy_checks().find(name, version)->condition_it;
    };
    return render_sheet({*catalog.find("toy", machine, 1), catalog}, title);
}

bool has_line(const std::string& sheet, const std::string& line) {
    return sheet.find("\n" + line + "\n") != std::string::npos;
}

TEST(Sheet, CallsWhatBelongsToOthersByItsTitle) {
    const auto catalog = toy_catalog();

    const auto pratica = toy_sheet(catalog, "pratica");
    const auto parere = toy_sheet(catalog, "parere");

    EXPECT_TRUE(has_line(pratica, "  - in «Pareri» avviene «Esamina» (passa a «In esame»)"))
        << pratica;
    EXPECT_TRUE(has_line(parere,
                         "    - nelle altre voci dell'elenco dello stesso ente in stato "
                         "«Presentato» avviene «Sostituito da un altro» (passa a «Sostituito»)"))
        << parere;
    EXPECT_TRUE(has_line(parere, "    - non è scaduto il «Termine per i pareri» (pratica)"))
        << parere;
    EXPECT_TRUE(has_line(parere,
                         "    - l'ente non ha un'altra voce in «Pareri» (pratica) in stato «In "
                         "esame»"))
        << parere;
}

TEST(Sheet, SaysWhatHappensWhenNobodyActsInEveryState) {
    const auto catalog = toy_catalog();

    const auto pratica = toy_sheet(catalog, "pratica");
    const auto parere = toy_sheet(catalog, "parere");

    EXPECT_TRUE(has_line(pratica,
                         "- Se nessuno agisce resta in questo stato, salvo ciò che segue:\n"
                         "  - alla scadenza del «Termine per i pareri»: passa a «Istruttoria» o "
                         "passa a «Deserta»"))
        << pratica;
    EXPECT_TRUE(has_line(pratica,
                         "- Se nessuno agisce resta in questo stato, salvo ciò che segue:\n"
                         "  - da sé, appena se ne verificano le condizioni: passa a «Deserta»"))
        << pratica;
    EXPECT_TRUE(has_line(parere, "  - per effetto di un altro atto, «Esamina»: passa a «In esame»"))
        << parere;
    EXPECT_TRUE(has_line(parere, "- Se nessuno agisce: resta in questo stato.")) << parere;
}

TEST(Sheet, ReadsAsItalian) {
    const auto catalog =
        engine::definition::load_catalog(engine::definition::embedded_workflow_files());
    ASSERT_TRUE(catalog.has_value());
    for (const auto& definition : catalog->definitions()) {
        SCOPED_TRACE(definition->machine);
        const auto sheet = render_sheet({*definition, *catalog}, api::cli::check_title);

        for (const char* wrong :
             {" di la ", " di il ", " in in ", "il termine «Termine", "del termine «Termine",
              "(dal procedimento", " è sì", "non è vero che non ", " 1 giorni"}) {
            const auto at = sheet.find(wrong);
            EXPECT_EQ(at, std::string::npos)
                << wrong << ": " << (at == std::string::npos ? "" : sheet.substr(at, 120));
        }
    }
}

TEST(Sheet, OfTheToyIsTheGolden) {
    const auto title = [](std::string_view name, int version) {
        return toy_checks().find(name, version)->condition_it;
    };

    expect_golden("tests/golden/pratica.scheda.md", render_sheet(*parsed(toy_pratica()), title));
    expect_golden("tests/golden/parere.scheda.md", toy_sheet(toy_catalog(), "parere"));
}

TEST(Diagram, SourceOfTheToyIsTheGolden) {
    expect_golden("tests/golden/pratica.diagramma.dot",
                  render_diagram_source(*parsed(toy_pratica())));
}

TEST(Diagram, OfTheToyIsTheGolden) {
    expect_golden("tests/golden/pratica.diagramma.svg", draw(parsed(toy_pratica())));
}

TEST(Diagram, HasANameForThoseWhoDoNotSeeIt) {
    const std::string text =
        replaced(toy_pratica(), R"("title": "Pratica di prova")", R"("title": "A & B < \"C\"")");

    const std::string drawing = draw(parsed(text));

    EXPECT_NE(drawing.find(R"(role="img" aria-label="Diagramma: A &amp; B &lt; &quot;C&quot;")"),
              std::string::npos);
}

TEST(Diagram, IsTheSameEveryTime) {
    const auto definition = parsed(toy_pratica());

    EXPECT_EQ(draw(definition), draw(definition));
}

TEST(Diagram, ASourceThatIsNoneIsRefused) {
    const auto drawing = engine::definition::draw_diagram("digraph {", "Rotto");

    ASSERT_FALSE(drawing.has_value());
    EXPECT_EQ(drawing.error().code, engine::base::ErrorCode::internal);
}

}  // namespace
}  // namespace tests
