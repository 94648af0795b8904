// SPDX-License-Identifier: EUPL-1.2
#include "api/pages/standing.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "api/pages/rows.h"
#include "engine/waiting.h"

namespace api::pages {
namespace {

using engine::DeadlineRow;
using engine::TaskRow;
using engine::base::fail;
using engine::base::InstanceId;
using engine::base::Result;
using engine::definition::DeadlineKind;
using engine::machine::DeadlineStatus;

/// The most urgent few say enough; what is late is always said.
constexpr std::size_t kShownWaits = 3;

/// Those who are waited for by one task or one term.
struct WaitGroup {
    std::string role;  ///< title; empty: bodies
    std::string what;
    std::set<std::string> owners;  ///< bodies by tax code
    std::size_t count = 0;
    std::optional<engine::base::Instant> bound;  ///< the first
};

/// What binds comes before what is suspended, a date that is only advised last.
int rank_of(const DeadlineRow& row) {
    const int suspended = row.status == DeadlineStatus::suspended ? 1 : 0;
    return suspended + (row.kind == DeadlineKind::advisory ? 2 : 0);
}

bool is_near(const PageCall& page, const DeadlineRow& row) {
    if (row.kind == DeadlineKind::advisory || row.status == DeadlineStatus::suspended) {
        return false;
    }
    const Urgency urgency = count_down(row.bound, page.now).urgency;
    return urgency == Urgency::today || urgency == Urgency::soon;
}

void add_wait(std::vector<WaitGroup>& groups, const WaitGroup& one) {
    const auto known = std::find_if(groups.begin(), groups.end(), [&](const WaitGroup& group) {
        return group.role == one.role && group.what == one.what;
    });
    WaitGroup& group = known == groups.end() ? groups.emplace_back(one) : *known;
    group.owners.insert(one.owners.begin(), one.owners.end());
    ++group.count;
}

std::vector<WaitGroup> group_waits(const std::vector<DeadlineRow>& deadlines,
                                   const std::vector<TaskRow>& tasks) {
    std::vector<WaitGroup> groups;
    for (const TaskRow& task : tasks) {
        add_wait(groups, {task.role_title, task.title, {}, 0, task.bound});
    }
    for (const DeadlineRow& row : deadlines) {
        if (!row.awaited.empty()) {
            add_wait(groups, {"", row.title, {row.party}, 0, row.bound});
        }
    }
    std::stable_sort(groups.begin(), groups.end(), [](const auto& left, const auto& right) {
        return left.bound && (!right.bound || *left.bound < *right.bound);
    });
    return groups;
}

bool is_late(const PageCall& page, const WaitGroup& group) {
    return count_down(group.bound, page.now).urgency == Urgency::late;
}

Result<Wait> words_of(const PageCall& page, const WaitGroup& group, BodyNames& names) {
    const std::string late =
        is_late(page, group) ? count_down(group.bound, page.now).text : std::string();
    if (!group.role.empty()) {
        return Wait{
            group.role, "",
            group.count == 1 ? group.what : fmt::format("{} ({} volte)", group.what, group.count),
            late};
    }
    const std::string& first = *group.owners.begin();
    if (group.owners.size() > 1) {
        return Wait{fmt::format("{} enti", group.owners.size()), "", group.what, late};
    }
    if (first == page.actor().party) {
        return Wait{"Il tuo ente", "", group.what, late};
    }
    auto name = names.find(first);
    if (!name) {
        return fail(name.error());
    }
    const std::string code = owner_words(page.site, "", first);
    return name->empty() ? Wait{code, "", group.what, late}
                         : Wait{std::move(*name), code, group.what, late};
}

}  // namespace

Result<Standing> standing_of(const PageCall& page, std::vector<DeadlineRow> deadlines,
                             const std::vector<TaskRow>& tasks, BodyNames& names) {
    Standing standing;
    for (const WaitGroup& group : group_waits(deadlines, tasks)) {
        if (standing.waits.size() < kShownWaits || is_late(page, group)) {
            auto wait = words_of(page, group, names);
            if (!wait) {
                return fail(wait.error());
            }
            standing.waits.push_back(std::move(*wait));
        } else {
            (group.role.empty() ? standing.other_bodies : standing.other_tasks) += group.count;
        }
    }
    standing.near_terms = static_cast<std::size_t>(
        std::count_if(deadlines.begin(), deadlines.end(),
                      [&](const DeadlineRow& row) { return is_near(page, row); }));
    std::copy_if(deadlines.begin(), deadlines.end(), std::back_inserter(standing.to_weigh),
                 [](const DeadlineRow& row) { return !row.later_holiday.empty(); });
    const auto next = std::min_element(
        deadlines.begin(), deadlines.end(),
        [](const auto& left, const auto& right) { return rank_of(left) < rank_of(right); });
    if (next != deadlines.end()) {
        standing.is_next_advised = next->kind == DeadlineKind::advisory;
        if (next->status != DeadlineStatus::suspended) {
            standing.left = count_down(next->bound, page.now);
        }
        standing.next_term = std::move(*next);
    }
    return standing;
}

Result<Standing> tree_standing(const PageCall& page, const InstanceId& root, BodyNames& names) {
    engine::DeadlineFilter terms;
    terms.visible = page.visible();
    terms.root = root.text;
    auto deadlines = page.queries().list_deadlines(terms, {"", engine::kMaxPageRows});
    if (!deadlines) {
        return fail(deadlines.error());
    }
    engine::TaskFilter open;
    open.visible = page.visible();
    open.root = root.text;
    const auto tasks = page.queries().list_tasks(open, {"", engine::kMaxPageRows});
    if (!tasks) {
        return fail(tasks.error());
    }
    return standing_of(page, std::move(deadlines->items), tasks->items, names);
}

Result<std::optional<DeadlineRow>> parent_term(const PageCall& page,
                                               const engine::InstanceView& view) {
    const auto& own = view.record.instance;
    std::set<std::string> names;
    for (const auto& term : engine::find_body_terms(*view.definition, own.state)) {
        if (term.deadline.of == engine::definition::Relation::parent) {
            names.insert(term.deadline.name);
        }
    }
    if (names.empty() || own.parent.text.empty()) {
        return std::optional<DeadlineRow>{};
    }
    const auto parent = page.queries().view(own.parent);
    if (!parent) {
        return fail(parent.error());
    }
    for (auto& row : deadline_rows(*parent)) {
        if (names.contains(row.name) && row.status == DeadlineStatus::running) {
            return std::optional(std::move(row));
        }
    }
    return std::optional<DeadlineRow>{};
}

}  // namespace api::pages
