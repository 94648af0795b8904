// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "api/pages/page_families.h"
#include "api/pages/rows.h"
#include "api/pages/standing.h"
#include "api/pages/words.h"
#include "engine/waiting.h"

namespace api::pages {
namespace {

using engine::DeadlineRow;
using engine::InstanceRow;
using engine::TaskRow;
using engine::base::fail;
using engine::base::Result;
using nlohmann::json;

/// One line for each procedure: eight administrations, each with a few under way.
constexpr std::size_t kMaxProcedures = 50;

/// The kind of the cell that leads to why.
constexpr const char* kLate = "tardi";

/// What the dashboard says of one procedure.
struct Line {
    InstanceRow instance;
    std::string subject;
    std::string responsible;  ///< who is; empty: not known yet
    Standing standing;
};
using Lines = std::vector<Line>;

/// The procedures of the administrations that one sees, each with all that is under it.
Result<Lines> read_procedures(const PageCall& page, BodyNames& names) {
    engine::InstanceFilter filter;
    filter.visible = page.visible();
    filter.machine = page.site.presentation().procedure;
    auto instances = page.queries().list_instances(filter, {"", kMaxProcedures});
    if (!instances) {
        return fail(instances.error());
    }
    // By administration, so that each is always in the same place.
    std::stable_sort(
        instances->items.begin(), instances->items.end(),
        [](const auto& left, const auto& right) { return left.office < right.office; });
    Lines lines;
    for (const InstanceRow& instance : instances->items) {
        const auto view = page.queries().view(instance.id);
        if (!view) {
            return fail(view.error());
        }
        auto standing = tree_standing(page, instance.id, names);
        if (!standing) {
            return fail(standing.error());
        }
        lines.push_back({instance, instance_title(page.site, *view),
                         value_of(*view, page.site.presentation().responsible),
                         std::move(*standing)});
    }
    return lines;
}

template <class Row>
std::map<engine::base::InstanceId, std::vector<Row>> by_instance(std::vector<Row> rows) {
    std::map<engine::base::InstanceId, std::vector<Row>> sorted;
    for (Row& row : rows) {
        sorted[row.instance].push_back(std::move(row));
    }
    return sorted;
}

/// A body has no tasks: what it may do is what it is waited for.
void add_awaited(const PageCall& page, const InstanceRow& instance, std::vector<Wait>& waits) {
    const auto definition = page.call.service.catalog().find(instance.family, instance.machine, 0);
    if (definition && definition->states.contains(instance.state)) {
        for (const auto& act : engine::find_awaited_acts(*definition, instance.state)) {
            waits.push_back({"Il tuo ente", "", act.title, ""});
        }
    }
}

/// What is the body's own: its applications, its places at the tables, its answers. A draft has no
/// term yet: it shows the one within which it may be filed, which is its notice's.
Result<Lines> read_own(const PageCall& page, BodyNames& names) {
    engine::InstanceFilter filter;
    filter.visible = page.visible();
    const auto instances = page.queries().list_instances(filter, {"", kMaxProcedures});
    if (!instances) {
        return fail(instances.error());
    }
    engine::DeadlineFilter terms;
    terms.visible = page.visible();
    auto deadlines = page.queries().list_deadlines(terms, {"", engine::kMaxPageRows});
    if (!deadlines) {
        return fail(deadlines.error());
    }
    engine::TaskFilter open;
    open.visible = page.visible();
    auto tasks = page.queries().list_tasks(open, {"", engine::kMaxPageRows});
    if (!tasks) {
        return fail(tasks.error());
    }
    auto terms_of = by_instance(std::move(deadlines->items));
    auto tasks_of = by_instance(std::move(tasks->items));
    Lines lines;
    for (const InstanceRow& instance : instances->items) {
        auto own = std::move(terms_of[instance.id]);
        if (own.empty()) {
            const auto view = page.queries().view(instance.id);
            if (!view) {
                return fail(view.error());
            }
            auto above = parent_term(page, *view);
            if (!above) {
                return fail(above.error());
            }
            if (*above) {
                own.push_back(std::move(**above));
            }
        }
        auto standing = standing_of(page, std::move(own), tasks_of[instance.id], names);
        if (!standing) {
            return fail(standing.error());
        }
        if (standing->waits.empty()) {
            add_awaited(page, instance, standing->waits);
        }
        lines.push_back({instance, instance.title, "", std::move(*standing)});
    }
    return lines;
}

json cell(const char* kind, const std::string& words, std::size_t span = 0) {
    return {{"tipo", kind},
            {"e_tardi", std::string_view(kind) == kLate},
            {"testo", words},
            {"larga", span == 0 ? "" : std::to_string(span)}};
}

/// One cell for each phase, with words beside the colour; one wide cell for a procedure that is
/// outside the phases (suspended, revoked).
json cells_json(const PageCall& page, const Line& line) {
    const auto& phases = page.site.presentation().phases;
    const auto present = page.site.presentation().find_phase(line.instance.state);
    json cells = json::array();
    if (!present) {
        cells.push_back(cell("fuori", line.instance.state_title, phases.size()));
        return cells;
    }
    const bool is_late = line.standing.left.urgency == Urgency::late;
    for (std::size_t place = 0; place < phases.size(); ++place) {
        if (place < *present) {
            cells.push_back(cell("fatta", "✓ Fatta"));
        } else if (place > *present) {
            cells.push_back(cell("futura", "Da fare"));
        } else {
            cells.push_back(cell(is_late ? kLate : "presente",
                                 (is_late ? "In ritardo: " : "Ora: ") + line.instance.state_title));
        }
    }
    return cells;
}

json waiting_json(const Line& line) {
    json waiting = json::array();
    for (const Wait& wait : line.standing.waits) {
        waiting.push_back({{"ruolo", wait.who},
                           {"codice", wait.code},
                           {"compito", wait.what},
                           {"ritardo", wait.late}});
    }
    return waiting;
}

/// Where all those are who are waited for besides.
json other_waits_json(const Line& line) {
    json others = json::array();
    const auto add = [&](std::size_t count, const char* list, const char* one, const char* many) {
        if (count > 0) {
            others.push_back(
                {{"indirizzo", list + line.instance.root.text},
                 {"testo", "e " + count_words(static_cast<std::int64_t>(count), one, many)}});
        }
    };
    add(line.standing.other_tasks, "/compiti?di=tutti&procedura=", "altro compito",
        "altri compiti");
    add(line.standing.other_bodies, "/scadenze?procedura=", "altro ente atteso",
        "altri enti attesi");
    return others;
}

/// The next term, and of what it is when it is not of the line's own instance.
Result<json> term_json(const PageCall& page, const Line& line, BodyNames& names) {
    const auto& term = line.standing.next_term;
    if (!term) {
        return json();
    }
    json shown = deadline_json(page, *term);
    shown["di_chi"] = "";
    if (term->instance != line.instance.id) {
        const auto name = names.find(term->party);
        if (!name) {
            return fail(name.error());
        }
        shown["di_chi"] =
            fmt::format("{}, {}{}", term->machine_title, name->empty() ? "" : *name + ", ",
                        owner_words(page.site, term->office, term->party));
    }
    return shown;
}

Result<json> line_json(const PageCall& page, const Line& line, bool is_double, BodyNames& names) {
    auto term = term_json(page, line, names);
    if (!term) {
        return fail(term.error());
    }
    json waiting = waiting_json(line);
    return json{{"id", line.instance.id.text},
                {"ufficio", page.site.office_name(line.instance.office)},
                {"oggetto", line.subject},
                {"doppio", is_double},
                {"aperto", instant_words(line.instance.opened_at)},
                {"celle", cells_json(page, line)},
                {"stato", line.instance.state_title},
                {"termine", std::move(*term)},
                {"ha_attese", !waiting.empty()},
                {"altre_attese", other_waits_json(line)},
                {"attese", std::move(waiting)}};
}

/// What nobody has a task for, because no act has happened: a term that a later law would let end
/// later is for the administration to decide about.
json things_to_weigh(const PageCall& page, const Lines& lines) {
    json things = json::array();
    for (const Line& line : lines) {
        for (const DeadlineRow& row : line.standing.to_weigh) {
            things.push_back({{"procedura", row.instance.text},
                              {"nome_procedura", row.machine_title},
                              {"ufficio", owner_words(page.site, row.office, row.party)},
                              {"responsabile", line.responsible},
                              {"titolo_termine", row.title},
                              {"entro", row.bound ? last_moment_words(*row.bound) : ""},
                              {"avvertenza", row.later_holiday}});
        }
    }
    return things;
}

std::string summary_words(const Lines& lines, bool is_body) {
    std::int64_t late = 0;
    std::int64_t near = 0;
    for (const Line& line : lines) {
        const Urgency urgency = line.standing.left.urgency;
        const bool is_near = urgency == Urgency::today || urgency == Urgency::soon;
        late += urgency == Urgency::late ? 1 : 0;
        // A date that is only advised counts where nothing else is shown.
        const bool is_uncounted = line.standing.near_terms == 0;
        near += is_near && is_uncounted ? 1 : static_cast<std::int64_t>(line.standing.near_terms);
    }
    const auto count = static_cast<std::int64_t>(lines.size());
    return fmt::format("{}: {}; {}.",
                       is_body
                           ? count_words(count, "pratica in corso", "pratiche in corso")
                           : count_words(count, "procedimento in corso", "procedimenti in corso"),
                       late == 0 ? (is_body ? "nessuna in ritardo" : "nessuno in ritardo")
                                 : count_words(late, "in ritardo", "in ritardo"),
                       near == 0 ? "nessun termine nei prossimi sette giorni"
                                 : count_words(near, "termine nei prossimi sette giorni",
                                               "termini nei prossimi sette giorni"));
}

}  // namespace

PageResult dashboard_page(const PageCall& page) {
    const bool is_body = page.call.reach == access::Reach::own_party;
    BodyNames names(page);
    const auto lines = is_body ? read_own(page, names) : read_procedures(page, names);
    if (!lines) {
        return fail(lines.error());
    }
    std::map<std::string, int> times;
    for (const Line& line : *lines) {
        ++times[line.instance.office];
    }
    json rows = json::array();
    for (const Line& line : *lines) {
        auto row = line_json(page, line, times[line.instance.office] > 1, names);
        if (!row) {
            return fail(row.error());
        }
        rows.push_back(std::move(*row));
    }
    json phases = json::array();
    for (const Phase& phase : page.site.presentation().phases) {
        phases.push_back({{"titolo", phase.title}});
    }
    json to_weigh = is_body ? json::array() : things_to_weigh(page, *lines);
    return Page{"Cruscotto",
                page.site.fill("cruscotto", {{"ha_da_valutare", !to_weigh.empty()},
                                             {"da_valutare", std::move(to_weigh)},
                                             {"riepilogo", summary_words(*lines, is_body)},
                                             {"ha_fasi", !is_body},
                                             {"fasi", std::move(phases)},
                                             {"ha_righe", !rows.empty()},
                                             {"righe", std::move(rows)}}),
                {{"Cruscotto", ""}}};
}

}  // namespace api::pages
