// SPDX-License-Identifier: EUPL-1.2
#include "api/pages/presentation.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "engine/base/embedded.h"
#include "engine/base/json.h"
#include "engine/base/names.h"

namespace api::pages {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;
using engine::definition::WorkflowDefinition;
using nlohmann::json;

constexpr std::string_view kRoom = "workflows/";
constexpr std::string_view kFile = "/pagine.json";

using Names = std::vector<std::string>;

tl::unexpected<engine::base::Error> refuse(const std::string& problem) {
    return fail(ErrorCode::invalid_input, "pagine.json: " + problem);
}

Presentation read(const json& text, Names& outside) {
    Presentation shown;
    shown.procedure = text.at("procedure").get<std::string>();
    shown.subject = text.at("subject").get<std::string>();
    shown.responsible = text.at("responsible").get<std::string>();
    shown.body_name = text.value("body_name", "");
    for (const json& phase : text.at("phases")) {
        shown.phases.push_back(
            {phase.at("title").get<std::string>(), phase.at("states").get<Names>()});
    }
    outside = text.at("outside").get<Names>();
    const json& notice = text.at("notice");
    shown.notice = {notice.at("open").get<Names>(), notice.at("public").get<Names>(),
                    notice.at("deadline").get<std::string>(), notice.at("fields").get<Names>()};
    return shown;
}

/// Each state once, and none that the machine does not have.
Result<void> check_states(const Presentation& shown, const Names& outside,
                          const WorkflowDefinition& definition) {
    std::map<std::string, int> times;
    const auto count = [&times](const Names& states) {
        for (const std::string& state : states) {
            ++times[state];
        }
    };
    count(outside);
    for (const Phase& phase : shown.phases) {
        count(phase.states);
    }
    for (const auto& [state, unused] : definition.states) {
        if (times[state] != 1) {
            return refuse(fmt::format("lo stato «{}» va messo in una fase sola, o fuori", state));
        }
    }
    for (const auto& [state, unused] : times) {
        if (!definition.states.contains(state)) {
            return refuse(fmt::format("lo stato «{}» non esiste", state));
        }
    }
    return {};
}

/// The name of a body may be on any machine of the family, and is no personal datum.
Result<void> check_body_name(const std::string& field, std::string_view family,
                             const engine::definition::Catalog& catalog) {
    const auto& all = catalog.definitions();
    const bool is_known =
        field.empty() || std::any_of(all.begin(), all.end(), [&](const auto& definition) {
            const auto* found = definition->fields.find(field);
            return definition->family == family && found != nullptr && !found->is_personal;
        });
    return is_known ? Result<void>{}
                    : refuse(fmt::format("il campo «{}» non esiste o è un dato personale", field));
}

Result<void> check_notice(const Presentation& shown, const WorkflowDefinition& definition) {
    const NoticeRules& notice = shown.notice;
    for (const Names* states : {&notice.open_states, &notice.public_states}) {
        for (const std::string& state : *states) {
            if (!definition.states.contains(state)) {
                return refuse(fmt::format("lo stato «{}» non esiste", state));
            }
        }
    }
    Names fields = notice.fields;
    fields.push_back(shown.subject);
    fields.push_back(shown.responsible);
    for (const std::string& field : fields) {
        if (!definition.fields.contains(field)) {
            return refuse(fmt::format("il campo «{}» non esiste", field));
        }
    }
    if (!definition.deadlines.contains(notice.deadline)) {
        return refuse(fmt::format("il termine «{}» non esiste", notice.deadline));
    }
    return {};
}

}  // namespace

std::optional<std::size_t> Presentation::find_phase(std::string_view state) const {
    for (std::size_t place = 0; place < phases.size(); ++place) {
        if (engine::base::has_name(phases[place].states, state)) {
            return place;
        }
    }
    return std::nullopt;
}

Result<Presentation> parse_presentation(std::string_view text, std::string_view family,
                                        const engine::definition::Catalog& catalog) {
    const auto parsed = engine::base::parse_json(text);
    if (!parsed) {
        return fail(parsed.error());
    }
    Names outside;
    Presentation shown;
    try {
        shown = read(*parsed, outside);
    } catch (const json::exception& problem) {
        return refuse(problem.what());
    }
    const auto definition = catalog.find(family, shown.procedure, 0);
    if (!definition) {
        return refuse(fmt::format("la macchina «{}» non esiste", shown.procedure));
    }
    if (auto checked = check_body_name(shown.body_name, family, catalog); !checked) {
        return fail(checked.error());
    }
    if (auto checked = check_states(shown, outside, *definition); !checked) {
        return fail(checked.error());
    }
    if (auto checked = check_notice(shown, *definition); !checked) {
        return fail(checked.error());
    }
    return shown;
}

Result<Presentation> load_presentation(const engine::definition::Catalog& catalog) {
    for (const auto& file : engine::base::embedded_files()) {
        if (file.path.starts_with(kRoom) && file.path.ends_with(kFile)) {
            const auto family =
                file.path.substr(kRoom.size(), file.path.size() - kRoom.size() - kFile.size());
            return parse_presentation(file.bytes, family, catalog);
        }
    }
    return fail(ErrorCode::internal, "Il programma non porta con sé nessun pagine.json.");
}

}  // namespace api::pages
