// SPDX-License-Identifier: EUPL-1.2
#include "api/pages/awaited.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/pages/history.h"
#include "api/pages/rows.h"
#include "api/pages/words.h"
#include "engine/base/names.h"

namespace api::pages {
namespace {

using engine::AwaitedAct;
using engine::AwaitedTerm;
using engine::DeadlineRow;
using engine::InstanceView;
using engine::base::fail;
using engine::base::InstanceId;
using engine::base::Result;
using engine::definition::Relation;
using nlohmann::json;

/// A term that has no end comes last.
constexpr std::int64_t kNever = std::int64_t{1} << 60U;

/// The instance a term belongs to.
InstanceId owner_of(const engine::machine::Instance& own, Relation of) {
    switch (of) {
        case Relation::own: return own.id;
        case Relation::parent: return own.parent;
        case Relation::root: return own.root;
    }
    return own.id;
}

/// The occurrence of a term that still runs, or is suspended.
std::optional<DeadlineRow> find_live(const std::vector<DeadlineRow>& rows,
                                     const std::string& name) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const DeadlineRow& row) {
        return row.name == name && engine::machine::is_live(row.status);
    });
    return found == rows.end() ? std::nullopt : std::optional(*found);
}

std::int64_t end_of(const std::optional<engine::base::Instant>& bound) {
    return bound ? bound->utc_ms : kNever;
}

/// Terms of an act that run, and the titles of those that have not begun.
struct Terms {
    std::vector<DeadlineRow> live;
    std::vector<std::string> later;
};

Result<Terms> find_terms(const PageCall& page, const InstanceView& view, const AwaitedAct& act) {
    const auto& own = view.record.instance;
    Terms terms;
    for (const AwaitedTerm& term : act.terms) {
        const InstanceId owner = owner_of(own, term.deadline.of);
        if (owner.empty()) {
            continue;
        }
        std::vector<DeadlineRow> rows;
        if (owner == own.id) {
            rows = deadline_rows(view);
        } else {
            const auto above = page.queries().view(owner);
            if (!above) {
                return fail(above.error());
            }
            rows = deadline_rows(*above);
        }
        if (auto live = find_live(rows, term.deadline.name)) {
            terms.live.push_back(std::move(*live));
        } else if (term.is_later) {
            terms.later.push_back(view.definition->deadlines.find(term.deadline.name)->title);
        }
    }
    std::stable_sort(terms.live.begin(), terms.live.end(), [](const auto& one, const auto& other) {
        return end_of(one.bound) < end_of(other.bound);
    });
    return terms;
}

json terms_json(const PageCall& page, const InstanceView& view, const Terms& terms) {
    json live = json::array();
    for (const DeadlineRow& row : terms.live) {
        json shown = deadline_json(page, row);
        if (row.instance == view.record.instance.id) {
            shown["procedura"] = "";
        }
        live.push_back(std::move(shown));
    }
    json later = json::array();
    for (const std::string& title : terms.later) {
        later.push_back({{"titolo_termine", title}});
    }
    const auto first = [&live](const char* name) {
        return live.empty() ? json("") : live.front().at(name);
    };
    return {{"conto", first("conto")},    {"urgenza", first("urgenza")},
            {"entro", first("entro")},    {"ha_termini", !live.empty()},
            {"termini", std::move(live)}, {"non_decorre", std::move(later)}};
}

/// Values that say something: a box that was not ticked says nothing.
json values_json(const access::SeenInstance& seen,
                 const engine::definition::TransitionDefinition& transition) {
    const InstanceView& view = seen.view;
    json rows = json::array();
    for (const auto* names : {&transition.takes, &transition.may_take}) {
        for (const std::string& name : *names) {
            const auto* field = view.definition->fields.find(name);
            const auto value = view.values.find(name);
            const bool is_shown = field != nullptr && value != view.values.end() &&
                                  value->second != "false" &&
                                  (!field->is_personal || seen.sight == access::Sight::whole);
            const std::string words = is_shown ? value_of(view, name) : "";
            if (!words.empty()) {
                rows.push_back({{"nome", field->title}, {"valore", words}});
            }
        }
    }
    return rows;
}

/// The transition of that event, in whatever state knows it first.
const engine::definition::TransitionDefinition* find_anywhere(
    const engine::definition::WorkflowDefinition& definition, const std::string& event) {
    for (const auto& [name, state] : definition.states) {
        if (const auto* found = definition.find_transition(name, event)) {
            return found;
        }
    }
    return nullptr;
}

/// One thing a body is waited for: acts of one instance with the same terms stand together.
struct Wait {
    std::int64_t end = kNever;
    json shown;
};

Result<std::vector<Wait>> waits_of(const PageCall& page, const InstanceId& id) {
    const auto view = page.queries().view(id);
    if (!view) {
        return fail(view.error());
    }
    const auto& own = view->record.instance;
    std::vector<Wait> waits;
    std::vector<std::vector<AwaitedTerm>> known;
    for (const AwaitedAct& act : engine::find_awaited_acts(*view->definition, own.state)) {
        if (!engine::base::has_name(act.roles, page.actor().role)) {
            continue;
        }
        const auto same = std::find(known.begin(), known.end(), act.terms);
        if (same != known.end()) {
            auto& wait = waits[static_cast<std::size_t>(same - known.begin())];
            if (!wait.shown.is_null()) {
                wait.shown["atti"] = wait.shown["atti"].get<std::string>() + " · " + act.title;
            }
            continue;
        }
        const auto terms = find_terms(page, *view, act);
        if (!terms) {
            return fail(terms.error());
        }
        Wait wait;
        if (!terms->live.empty() || !terms->later.empty()) {
            wait.end = terms->live.empty() ? kNever : end_of(terms->live.front().bound);
            wait.shown = terms_json(page, *view, *terms);
            wait.shown["atti"] = act.title;
            wait.shown["procedura_attesa"] = own.id.text;
            wait.shown["nome_attesa"] = instance_title(page.site, *view);
            wait.shown["chi"] = owner_words(page.site, own.office, "");
            // What the state says of a term that has not begun; else its note is for the office.
            wait.shown["nota"] =
                terms->later.empty() ? "" : view->definition->states.find(own.state)->note;
        }
        known.push_back(act.terms);
        waits.push_back(std::move(wait));
    }
    std::erase_if(waits, [](const Wait& wait) { return wait.shown.is_null(); });
    return waits;
}

}  // namespace

Result<json> act_terms_json(const PageCall& page, const InstanceView& view, const AwaitedAct& act) {
    const auto terms = find_terms(page, view, act);
    return terms ? Result<json>(terms_json(page, view, *terms)) : fail(terms.error());
}

Result<json> asked_json(const PageCall& page, const access::SeenInstance& seen,
                        const AwaitedAct& act) {
    if (act.asked_by.empty()) {
        return json();
    }
    const auto& own = seen.view.record.instance;
    const auto history = read_history(page.queries(), own, 0);
    if (!history) {
        return fail(history.error());
    }
    const auto asked = std::find_if(history->entries.begin(), history->entries.end(),
                                    [&](const engine::machine::JournalEntry& entry) {
                                        return entry.instance == own.id &&
                                               engine::base::has_name(act.asked_by, entry.event);
                                    });
    const bool is_found = asked != history->entries.end();
    if (!is_found && act.asked_by.size() > 1) {
        return json();  // too long ago to say which
    }
    const std::string& event = is_found ? asked->event : act.asked_by.front();
    const auto* transition = find_anywhere(*seen.view.definition, event);
    json rows =
        seen.sight == access::Sight::outline ? json::array() : values_json(seen, *transition);
    return json{{"titolo_richiesta", transition->title},
                {"richiesta_il", is_found ? instant_words(asked->received_at) : ""},
                {"ha_richiesta", !rows.empty()},
                {"richiesta", std::move(rows)}};
}

Result<json> awaited_of_body(const PageCall& page) {
    json list = json::array();
    if (page.call.reach != access::Reach::own_party) {
        return list;
    }
    engine::InstanceFilter filter;
    filter.visible = page.visible();
    const auto rows = page.queries().list_instances(filter, {"", engine::kMaxPageRows});
    if (!rows) {
        return fail(rows.error());
    }
    std::vector<Wait> waits;
    for (const auto& row : rows->items) {
        if (row.party != page.actor().party) {
            continue;
        }
        auto own = waits_of(page, row.id);
        if (!own) {
            return fail(own.error());
        }
        std::move(own->begin(), own->end(), std::back_inserter(waits));
    }
    std::stable_sort(waits.begin(), waits.end(),
                     [](const Wait& one, const Wait& other) { return one.end < other.end; });
    for (Wait& wait : waits) {
        list.push_back(std::move(wait.shown));
    }
    return list;
}

}  // namespace api::pages
