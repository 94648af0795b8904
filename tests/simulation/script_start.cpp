// SPDX-License-Identifier: EUPL-1.2
#include "tests/simulation/script_start.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "api/cli/workflow_files.h"
#include "api/scenario/player.h"
#include "engine/base/ensure.h"
#include "tests/support/source_dir.h"
#include "tests/support/store_reads.h"

namespace tests::simulation {

using engine::base::ensure;
using engine::base::Instant;
namespace scenario = api::scenario;
namespace definition = engine::definition;

namespace {

constexpr std::int64_t kMinuteMs = 60 * 1000;
/// The script draws its ids from another seed than the walk: with the same one, the first instance
/// that the walk opens has the id of the first that the script opened (seed 730016).
constexpr std::uint64_t kScriptSeeds = std::uint64_t{1} << 40U;
/// Before this line no copione has opened anything.
constexpr int kFirstLines = 12;

std::vector<std::filesystem::path> find_scripts() {
    std::vector<std::filesystem::path> scripts;
    for (const auto& entry : std::filesystem::directory_iterator(
             source_dir() + "/workflows/coprogrammazione/scenari")) {
        if (entry.path().extension() == ".copione") {
            scripts.push_back(entry.path());
        }
    }
    std::sort(scripts.begin(), scripts.end());
    return scripts;
}

std::vector<scenario::Line> read_script(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    auto lines = scenario::parse_copione(text.str());
    ensure(lines.has_value(), "the scripts of the repository can be read");
    return std::move(*lines);
}

/// JSON text of a value as a copione writes it; empty when it is not of the field's type.
std::string to_json(const definition::FieldDefinition& field, const std::string& text) {
    if (field.type == "string") {
        return engine::base::render_text(text);
    }
    if (field.type == "boolean") {
        return text == "sì" ? "true" : text == "no" ? "false" : "";
    }
    if (field.type == "integer") {
        return text.find_first_not_of("0123456789") == std::string::npos ? text : "";
    }
    return "";
}

void add_values(const definition::Catalog& catalog,
                const std::map<std::string, std::string>& values, ValuePool& pool) {
    for (const auto& machine : catalog.definitions()) {
        for (const auto& [name, text] : values) {
            const auto* field = machine->fields.find(name);
            const std::string json = field == nullptr ? "" : to_json(*field, text);
            if (!json.empty()) {
                pool[name].push_back(json);
            }
        }
    }
}

void learn(const std::vector<scenario::Line>& lines, const definition::Catalog& catalog,
           WalkRules& rules) {
    for (const scenario::Line& line : lines) {
        if (const auto* party = std::get_if<scenario::DeclareParty>(&line.step)) {
            rules.parties.push_back(party->code);
        } else if (const auto* office = std::get_if<scenario::DeclareOffice>(&line.step)) {
            rules.offices.push_back(office->office);
            rules.opening.initiative = office->initiative;
        } else if (const auto* block = std::get_if<scenario::DataBlock>(&line.step)) {
            add_values(catalog, block->values, rules.pool);
        } else if (const auto* act = std::get_if<scenario::Act>(&line.step)) {
            add_values(catalog, act->values, rules.pool);
        }
    }
}

/// The walk begins a minute after the last line that the script wrote.
void look(ScriptStart& start) {
    const engine::base::SystemClock clock;
    const auto store = engine::open_store(start.folder->path(), clock);
    ensure(store.has_value(), "what was played can be opened");
    for (const auto& root : roots_of(**store)) {
        for (const auto& stored : entries_of(**store, root)) {
            const auto entry = engine::machine::parse_entry(stored.text);
            start.start = std::max(start.start, Instant{entry->recorded_at.utc_ms + kMinuteMs});
            for (const auto& effect : entry->effects) {
                const auto* opened = std::get_if<engine::machine::InstanceOpened>(&effect);
                start.trees += opened != nullptr && opened->instance.parent.empty() ? 1U : 0U;
            }
        }
    }
}

}  // namespace

WorldParts ScriptStart::world() const {
    return {*catalog, api::cli::workflow_checks(), seed, start, folder->path()};
}

ScriptStart play_some_script(std::uint64_t seed) {
    Dice dice(seed);
    ScriptStart start;
    start.seed = seed;
    start.folder = std::make_unique<TemporaryFolder>();
    auto catalog = api::cli::load_workflows("");
    ensure(catalog.has_value(), "the workflows of the repository load");
    start.catalog = std::make_unique<definition::Catalog>(std::move(*catalog));
    const auto path = dice.pick(find_scripts());
    start.script = path.filename().string();
    auto lines = read_script(path);
    start.rules.opening = {"coprogrammazione", "procedimento", 0, "", ""};
    start.rules.offices.clear();
    start.rules.parties = {"99000010100"};
    learn(lines, *start.catalog, start.rules);
    const auto most = static_cast<int>(lines.size());
    start.lines = static_cast<std::size_t>(dice.between(std::min(kFirstLines, most), most));
    lines.resize(start.lines);
    std::ostringstream narration;
    const auto played =
        scenario::play(lines, *start.catalog, api::cli::workflow_checks(),
                       {start.folder->path(), false, false, seed + kScriptSeeds}, narration);
    ensure(played.has_value(), "a script can be played up to any line");
    look(start);
    return start;
}

}  // namespace tests::simulation
