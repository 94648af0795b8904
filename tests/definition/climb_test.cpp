// SPDX-License-Identifier: EUPL-1.2
// The proof that follows only what it needs, beside the one that follows everything: on every
// definition that both can look at, they must find the same pits.
#include "engine/proof/climb.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/definition/parse.h"
#include "engine/proof/rest.h"
#include "engine/proof/script.h"
#include "engine/proof/way_to.h"
#include "tests/support/definition_case.h"
#include "tests/support/source_dir.h"

namespace tests {
namespace {

using engine::definition::Catalog;
using engine::definition::DefinitionPointer;
using engine::proof::Pit;
using States = std::set<std::size_t>;

constexpr std::size_t kMost = 1'500;  // more would take minutes under the sanitizers
const std::filesystem::path kFolder = source_dir() + "/tests/definition";

/// What is found with everything followed; nothing when that is too much.
struct Whole {
    bool is_known = true;
    bool goes_round = false;
    std::vector<States> pits;
};

Whole look_at_all(const Catalog& catalog, const DefinitionPointer& machine) {
    Whole whole;
    for (const auto& scene : engine::proof::find_scenes(catalog, machine)) {
        const auto compiled = engine::proof::compile(catalog, scene, engine::proof::Detail::all);
        const auto graph = engine::proof::explore(compiled, kMost);
        whole.is_known &= graph.is_complete;
        whole.goes_round |= !graph.circles.empty();
        if (whole.is_known) {
            for (const Pit& pit :
                 engine::proof::find_pits(compiled, graph, engine::proof::find_ends(compiled))) {
                whole.pits.push_back(pit.states);
            }
        }
    }
    return whole;
}

bool have_one_in_common(const States& left, const States& right) {
    return std::any_of(left.begin(), left.end(),
                       [&](std::size_t state) { return right.contains(state); });
}

/// How many pits there were; a failure where the two disagree.
std::size_t compare(const Catalog& catalog) {
    std::size_t pits = 0;
    for (const auto& machine : catalog.definitions()) {
        const Whole whole = look_at_all(catalog, machine);
        if (!whole.is_known || whole.goes_round || machine->is_lasting) {
            continue;
        }
        pits += whole.pits.size();
        // However few cases it may look at, it ends, and invents nothing.
        for (const std::size_t few : {std::size_t{3}, std::size_t{10}, std::size_t{40}, kMost}) {
            const auto ascent = engine::proof::climb(catalog, machine, few);
            for (const auto& found : ascent.pits) {
                const bool is_known = std::any_of(
                    whole.pits.begin(), whole.pits.end(),
                    [&](const States& pit) { return have_one_in_common(pit, found.pit.states); });
                EXPECT_TRUE(is_known) << machine->machine << ": " << *found.pit.states.begin();
            }
            const bool is_silent = ascent.pits.empty() && ascent.unproved.empty();
            EXPECT_TRUE(whole.pits.empty() || !is_silent) << machine->machine << ", " << few;
            if (few == kMost) {
                EXPECT_EQ(ascent.pits.empty(), whole.pits.empty()) << machine->machine;
                EXPECT_TRUE(ascent.unproved.empty()) << machine->machine;
            }
        }
    }
    return pits;
}

std::size_t compare_all(const std::filesystem::path& folder) {
    std::size_t pits = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        SCOPED_TRACE(entry.path());
        auto path = entry.path();
        pits += compare(load_case(entry.is_directory() ? path : path.replace_extension()));
    }
    return pits;
}

TEST(Climb, FindsThePitsOfEveryBrokenDefinition) {
    EXPECT_GE(compare_all(kFolder / "broken"), 20U);
}

TEST(Climb, FindsNoneInTheSoundDefinitions) {
    EXPECT_EQ(compare_all(kFolder / "sound"), 0U);
}

TEST(Climb, AgreesOnTheMachinesOfTheActThatCanBeLookedAtWhole) {
    const auto catalog =
        engine::definition::load_catalog(engine::definition::embedded_workflow_files());
    ASSERT_TRUE(catalog.has_value());

    EXPECT_EQ(compare(*catalog), 0U);
}

/// The closer look finds nothing: what was found before is told with what was hidden then, so that
/// the script brings about itself what the proof did not.
TEST(ExploreToward, KeepsWhatWasHiddenWhenItFoundTheWay) {
    const Catalog catalog = load_case(kFolder / "rehearsed" / "act_of_a_relative");
    const auto member = catalog.find("recita", "membro", 1);
    const auto warned = engine::proof::nodes_in(*member, {"avvisato"});
    std::vector<std::vector<bool>> hidden;
    const auto once = [&](const auto& compiled, const auto& graph) {
        hidden.push_back(compiled.model.is_hidden);
        return hidden.size() == 1 ? warned(compiled, graph) : std::vector<std::uint32_t>{};
    };

    const auto scene = engine::proof::find_scenes(catalog, member).front();
    const auto [compiled, graph] = engine::proof::explore_toward(catalog, scene, 1'000, once);

    ASSERT_EQ(hidden.size(), 2U);
    ASSERT_NE(hidden[0], hidden[1]) << "the closer look follows more";
    EXPECT_EQ(compiled.model.is_hidden, hidden[0]);
    const auto there = warned(compiled, graph);
    ASSERT_FALSE(there.empty());
    const std::string script =
        engine::proof::write_script(compiled, graph, there.front(), catalog, {});
    EXPECT_NE(script.find("allega preavviso su"), std::string::npos) << script;
}

TEST(Rest, IsShownByTheStatesAloneWhereNothingGoesRound) {
    const auto comes_to_rest = [](const std::string& name) {
        const Catalog catalog = load_case(kFolder / name);
        return engine::proof::comes_to_rest(catalog, catalog.definitions().front());
    };

    EXPECT_TRUE(comes_to_rest("sound/child_closed_with_its_parent"));
    EXPECT_FALSE(comes_to_rest("broken/ping_pong"));
    EXPECT_FALSE(comes_to_rest("broken/loop_of_three"));
    EXPECT_FALSE(comes_to_rest("broken/ping_pong_of_parent_and_child"));
}

}  // namespace
}  // namespace tests
