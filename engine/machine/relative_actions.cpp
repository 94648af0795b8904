// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/definition/sentences.h"
#include "engine/machine/action_runner.h"
#include "engine/machine/read_source.h"
#include "engine/machine/relatives.h"

// What an act does to relatives: opens children, sends signals.

namespace engine::machine {

using namespace definition;
using base::Result;

namespace {

/// The texts of a source: one, or those of a list. Errors: invalid_input when there is none: a
/// child of nobody could not be acted on by anybody.
Result<std::vector<std::string>> read_texts(const ValueSource& source, const Facts& facts,
                                            const base::Fields& payload) {
    const auto json = read_source(source, facts, payload);
    if (!json || *json == "\"\"") {
        return base::fail({base::ErrorCode::invalid_input,
                           fmt::format("Serve «{}», e non c'è: va indicato prima di questo atto.",
                                       readable_name(source.name)),
                           {{"/" + source.name, "required", "manca", {}}}});
    }
    return json->starts_with('[') ? base::read_texts(*json)
                                  : std::vector<std::string>{base::read_text(*json).value_or("")};
}

}  // namespace

/// What came with the act, and what the definition adds: the definition's word comes first.
base::Fields ActionRunner::carry(const Carried& with) const {
    base::Fields fields = builder_.payload_;
    for (const auto& [name, source] : with) {
        if (const auto json = read_source(source, builder_.facts_, builder_.payload_)) {
            fields[name] = *json;
        }
    }
    return fields;
}

/// The bodies for which a child is opened: those named, or those of the relatives, once each.
Result<std::vector<std::string>> ActionRunner::find_parties(const OpenChild& action) const {
    const Facts& facts = builder_.facts_;
    if (!action.for_each) {
        return action.party ? read_texts(*action.party, facts, builder_.payload_)
                            : Result<std::vector<std::string>>({builder_.actor_.party});
    }
    std::set<std::string> seen;
    for (const Relative& child : facts.descendants) {
        if (child.path == action.child) {
            seen.insert(child.party);
        }
    }
    // Opened earlier in this same act, and not yet among the children.
    for (const ChildOpening& opening : builder_.plan_.openings) {
        if (opening.list == action.child) {
            seen.insert(opening.party);
        }
    }
    const auto relatives = find_counted(*action.for_each, facts, builder_.payload_);
    if (!relatives) {
        return base::fail(relatives.error());
    }
    std::vector<std::string> parties;
    for (const Relative* relative : *relatives) {
        if (!relative->party.empty() && seen.insert(relative->party).second) {
            parties.push_back(relative->party);
        }
    }
    return parties;
}

Result<void> ActionRunner::operator()(const OpenChild& action) {
    const auto& own = builder_.facts_.own.record.instance;
    const auto offices = action.office
                             ? read_texts(*action.office, builder_.facts_, builder_.payload_)
                             : Result<std::vector<std::string>>({own.office});
    const auto parties = find_parties(action);
    if (!offices || !parties) {
        return base::fail(!offices ? offices.error() : parties.error());
    }
    const base::Fields fields = carry(action.with);
    for (const std::string& office : *offices) {
        for (const std::string& party : *parties) {
            builder_.plan_.openings.push_back({action.child, action.event, party, office, fields});
        }
    }
    return {};
}

Result<void> ActionRunner::operator()(const Signal& action) {
    const auto& facts = builder_.facts_;
    const auto& own = facts.own.record.instance;
    const base::Fields fields = carry(action.with);
    if (action.to == SignalTarget::parent) {
        if (facts.parent) {
            builder_.plan_.signals.push_back({own.parent, action.event, fields});
        }
        return {};
    }
    const bool is_down = action.to == SignalTarget::children;
    const std::string& path = is_down ? action.path : own.list;
    for (const Relative& relative : is_down ? facts.descendants : facts.siblings) {
        const bool is_in = action.in.empty() ||
                           std::count(action.in.begin(), action.in.end(), relative.state) != 0;
        const bool is_party = !action.same_party || relative.party == own.party;
        if (relative.path == path && relative.id != own.id && is_in && is_party) {
            builder_.plan_.signals.push_back({relative.id, action.event, fields});
        }
    }
    return {};
}

}  // namespace engine::machine
