// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "api/pages/page_families.h"
#include "api/pages/rows.h"
#include "api/pages/words.h"

namespace api::pages {
namespace {

using engine::DeadlineRow;
using engine::InstanceRow;
using engine::InstanceView;
using engine::base::fail;
using engine::base::Result;
using nlohmann::json;

/// One line for each procedure: eight administrations, each with a few under way.
constexpr std::size_t kMaxProcedures = 50;
/// Who is waited for: the most urgent few say enough.
constexpr std::size_t kShownTasks = 2;

/// What the dashboard says of one procedure.
struct Line {
    InstanceRow instance;
    std::string subject;
    std::optional<DeadlineRow> next_term;
    std::vector<engine::TaskRow> waiting;
    Countdown left;
};

/// The next thing that ends; a date that is only advised counts when there is no other.
std::optional<DeadlineRow> next_term(const InstanceView& view) {
    std::optional<DeadlineRow> advised;
    for (auto& row : deadline_rows(view)) {
        if (!engine::machine::is_live(row.status)) {
            continue;
        }
        if (row.kind != engine::definition::DeadlineKind::advisory) {
            return row;
        }
        if (!advised) {
            advised = std::move(row);
        }
    }
    return advised;
}

Result<Line> read_line(const PageCall& page, const InstanceRow& instance) {
    const auto view = page.queries().view(instance.id);
    if (!view) {
        return fail(view.error());
    }
    engine::TaskFilter tasks;
    tasks.visible = page.visible();
    tasks.root = instance.root.text;
    auto waiting = page.queries().list_tasks(tasks, {"", kShownTasks});
    if (!waiting) {
        return fail(waiting.error());
    }
    Line line{instance,
              instance_title(page.site, *view),
              next_term(*view),
              std::move(waiting->items),
              {}};
    if (line.next_term) {
        line.left = count_down(line.next_term->bound, page.now);
    }
    return line;
}

json cell(const char* kind, const std::string& words, std::size_t span = 0) {
    return {{"tipo", kind}, {"testo", words}, {"larga", span == 0 ? "" : std::to_string(span)}};
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
    const bool is_late = line.left.urgency == Urgency::late;
    for (std::size_t place = 0; place < phases.size(); ++place) {
        if (place < *present) {
            cells.push_back(cell("fatta", "✓ Fatta"));
        } else if (place > *present) {
            cells.push_back(cell("futura", "Da fare"));
        } else {
            cells.push_back(cell(is_late ? "tardi" : "presente",
                                 (is_late ? "In ritardo: " : "Ora: ") + line.instance.state_title));
        }
    }
    return cells;
}

json waiting_json(const Line& line) {
    json waiting = json::array();
    for (const auto& task : line.waiting) {
        waiting.push_back({{"ruolo", task.role_title}, {"compito", task.title}});
    }
    return waiting;
}

json line_json(const PageCall& page, const Line& line, bool is_double) {
    json waiting = waiting_json(line);
    return {{"id", line.instance.id.text},
            {"ufficio", page.site.office_name(line.instance.office)},
            {"oggetto", line.subject},
            {"doppio", is_double},
            {"aperto", instant_words(line.instance.opened_at)},
            {"celle", cells_json(page, line)},
            {"stato", line.instance.state_title},
            {"termine", line.next_term ? deadline_json(page, *line.next_term) : json()},
            {"ha_attese", !waiting.empty()},
            {"attese", std::move(waiting)}};
}

std::string summary_words(const std::vector<Line>& lines) {
    const auto late = std::count_if(lines.begin(), lines.end(), [](const Line& line) {
        return line.left.urgency == Urgency::late;
    });
    const auto near = std::count_if(lines.begin(), lines.end(), [](const Line& line) {
        return line.left.urgency == Urgency::today || line.left.urgency == Urgency::soon;
    });
    return fmt::format(
        "{}: {}; {}.",
        count_words(static_cast<std::int64_t>(lines.size()), "procedimento in corso",
                    "procedimenti in corso"),
        late == 0 ? "nessuno in ritardo" : count_words(late, "in ritardo", "in ritardo"),
        near == 0 ? "nessun termine nei prossimi sette giorni"
                  : count_words(near, "con un termine nei prossimi sette giorni",
                                "con un termine nei prossimi sette giorni"));
}

}  // namespace

PageResult dashboard_page(const PageCall& page) {
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
    std::vector<Line> lines;
    std::map<std::string, int> times;
    for (const InstanceRow& instance : instances->items) {
        auto line = read_line(page, instance);
        if (!line) {
            return fail(line.error());
        }
        ++times[instance.office];
        lines.push_back(std::move(*line));
    }
    json rows = json::array();
    for (const Line& line : lines) {
        rows.push_back(line_json(page, line, times[line.instance.office] > 1));
    }
    json phases = json::array();
    for (const Phase& phase : page.site.presentation().phases) {
        phases.push_back({{"titolo", phase.title}});
    }
    return Page{"Cruscotto",
                page.site.fill("cruscotto", {{"riepilogo", summary_words(lines)},
                                             {"fasi", std::move(phases)},
                                             {"ha_righe", !rows.empty()},
                                             {"righe", std::move(rows)}}),
                {{"Cruscotto", ""}}};
}

}  // namespace api::pages
