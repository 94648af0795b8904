// SPDX-License-Identifier: EUPL-1.2
#include <nlohmann/json.hpp>

#include "api/routes/acts.h"
#include "api/routes/json_replies.h"
#include "api/routes/request_reading.h"
#include "api/routes/routes.h"
#include "engine/calendar/local_time.h"

namespace api::routes {
namespace {

using access::Sight;
using engine::base::fail;
using engine::calendar::render_instant;
using Json = nlohmann::ordered_json;

/// The journal's own text of the effects: names, terms and keyed hashes, never a value.
Json render_line(const engine::machine::JournalEntry& entry) {
    Json json{{"posizione", entry.position},
              {"procedura", entry.instance.text},
              {"evento", entry.event},
              {"titolo", entry.title},
              {"persona", entry.person.empty() ? Json(nullptr) : Json(entry.person)},
              {"ruolo", entry.role},
              {"causa", entry.cause == 0 ? Json(nullptr) : Json(entry.cause)},
              {"iniziato_il", render_instant(entry.begun_at.value_or(entry.received_at))},
              {"ricevuto_il", render_instant(entry.received_at)},
              {"avvenuto_il",
               entry.occurred_at ? Json(render_instant(*entry.occurred_at)) : Json(nullptr)},
              {"registrato_il", render_instant(entry.recorded_at)}};
    json["effetti"] = parse_kept(engine::machine::render_effects(entry.effects));
    return json;
}

/// The chain of the root; for what is under it, its own entries of that chain.
Result<http::Response> show(const Call& call) {
    QueryReader query(call.request.target.query, {"dopo", "limite"});
    const auto after =
        query.integer("dopo", 0, std::numeric_limits<std::int64_t>::max()).value_or(0);
    const auto limit = static_cast<std::size_t>(
        query.integer("limite", 1, static_cast<std::int64_t>(engine::kMaxPageRows)).value_or(50));
    if (auto read = query.finish(); !read) {
        return fail(read.error());
    }
    const auto seen = find_target(call, Sight::contents);
    if (!seen) {
        return fail(seen.error());
    }
    const auto& instance = seen->view.record.instance;
    const auto entries = call.desk.queries->journal(instance.root, after, limit);
    if (!entries) {
        return fail(entries.error());
    }
    Json items = Json::array();
    for (const auto& entry : *entries) {
        // A body reads what concerns its own, never what others did in the same procedure.
        const bool is_whole_chain = instance.id == instance.root && call.reach != Reach::own_party;
        if (is_whole_chain || entry.instance == instance.id) {
            items.push_back(render_line(entry));
        }
    }
    const bool is_last = entries->size() < limit;
    return page_reply(call.request, std::move(items),
                      is_last ? "" : std::to_string(entries->back().position));
}

}  // namespace

std::vector<Route> journal_routes() {
    return {{"giornale_leggi", "GET", "/v1/procedure/{id}/giornale", Read{show}}};
}

}  // namespace api::routes
