// SPDX-License-Identifier: EUPL-1.2
#include "engine/runtime/due_deadlines.h"

#include <fmt/format.h>

#include <map>

#include "engine/base/ensure.h"
#include "engine/machine/decide.h"

namespace engine::runtime {
namespace {

using base::ErrorCode;
using base::fail;
using base::Result;

Result<void> fire(store::UnitOfWork& unit, const RuntimeParts& parts,
                  const store::DueDeadline& due) {
    const auto times = machine::ActTimes::of_deadline(due.bound);
    const auto loaded = load_facts(unit, parts.catalog, due.instance, times);
    base::ensure(loaded.has_value(), "a deadline belongs to an instance");
    auto plan =
        machine::decide_deadline({*loaded->definition, loaded->facts, parts.checks}, due.key);
    if (!plan) {
        return fail(plan.error());
    }
    Cascade cascade(unit, parts);
    return cascade.carry_out({fmt::format("{}:{}", machine::kEventDeadline, due.key.name),
                              machine::system_actor(),
                              times,
                              {},
                              {}},
                             *loaded, std::move(*plan));
}

/// A deadline whose consequences cannot be carried out (a definition that asks for a value nobody
/// gave) ends all the same and says so in the journal: it must not stop those that come after it.
Result<void> record_failed(store::UnitOfWork& unit, const RuntimeParts& parts,
                           const store::DueDeadline& due, const base::Error& error) {
    const auto times = machine::ActTimes::of_deadline(due.bound);
    const auto loaded = load_facts(unit, parts.catalog, due.instance, times);
    const bool is_obligation = due.kind == definition::DeadlineKind::obligation ||
                               due.kind == definition::DeadlineKind::recurring;
    machine::Plan plan;
    plan.title = fmt::format("Scadenza registrata senza i suoi effetti: {}", error.message_it);
    plan.effects.emplace_back(machine::DeadlineEnded{
        due.key.name, due.key.occurrence,
        is_obligation ? machine::DeadlineStatus::missed : machine::DeadlineStatus::expired});
    Cascade cascade(unit, parts);
    return cascade.record({fmt::format("{}:{}", machine::kEventDeadlineFailed, due.key.name),
                           machine::system_actor(),
                           times,
                           {},
                           {}},
                          *loaded, plan);
}

/// How often in one run a term may begin again already over. Once or twice can be meant; what
/// starts itself on a day that is past does it for ever.
constexpr int kMaxRestarts = 10;

/// Terms that time alone starts again, each time over before it began: without a bound they would
/// fire for ever, and nobody in their tree would get an answer.
class Restarts {
  public:
    bool is_endless(const store::DueDeadline& due) {
        auto& [bound, count] = seen_[{due.instance, due.key.name}];
        count = count > 0 && due.bound <= bound ? count + 1 : 1;
        bound = due.bound;
        return count > kMaxRestarts;
    }

  private:
    std::map<std::pair<base::InstanceId, std::string>, std::pair<base::Instant, int>> seen_;
};

Result<void> fire_or_record(store::UnitOfWork& unit, const RuntimeParts& parts,
                            const store::DueDeadline& due) {
    Result<void> done;
    try {
        unit.in_savepoint([&] {
            done = fire(unit, parts, due);
            return done.has_value();
        });
    } catch (const store::StoreFailure& failure) {
        if (failure.error().code != ErrorCode::internal) {
            throw;  // the disk, not the deadline
        }
        done = fail(failure.error());
    } catch (const base::BugError& exception) {
        done = fail(ErrorCode::internal, exception.what());
    }
    return done ? done : record_failed(unit, parts, due, done.error());
}

/// Fires one at a time, because each may move or cancel the next.
template <class FindNext>
Result<std::size_t> fire_each(store::UnitOfWork& unit, const RuntimeParts& parts, std::size_t limit,
                              FindNext find_next) {
    std::size_t fired = 0;
    Restarts restarts;
    while (fired < limit) {
        const auto due = find_next();
        if (!due) {
            break;
        }
        auto done = restarts.is_endless(*due)
                        ? record_failed(unit, parts, *due,
                                        {ErrorCode::internal,
                                         "il termine ricomincia da sé, ogni volta già scaduto: la "
                                         "definizione va corretta",
                                         {}})
                        : fire_or_record(unit, parts, *due);
        if (!done) {
            return fail(done.error());
        }
        ++fired;
    }
    return fired;
}

}  // namespace

Result<std::size_t> fire_tree(store::UnitOfWork& unit, const RuntimeParts& parts,
                              const base::InstanceId& id, base::Instant until) {
    // The clock seldom has anything left to do when an act comes: one look instead of the whole
    // tree.
    if (unit.find_due(std::nullopt, until, 1).empty()) {
        return std::size_t{0};
    }
    return fire_each(unit, parts, kMaxFiresPerRun, [&]() -> std::optional<store::DueDeadline> {
        std::optional<store::DueDeadline> first;
        // Looked up each time: what has just fired may have opened a root with terms of its own.
        for (const base::InstanceId& root : unit.load_tree_roots(id)) {
            auto due = unit.find_due(root, until, 1);
            if (!due.empty() && (!first || due.front().is_before(*first))) {
                first = std::move(due.front());
            }
        }
        return first;
    });
}

Result<SchedulerRun> fire_all(store::UnitOfWork& unit, const RuntimeParts& parts,
                              base::Instant until, std::size_t limit) {
    auto fired = fire_each(unit, parts, limit, [&]() -> std::optional<store::DueDeadline> {
        auto due = unit.find_due(std::nullopt, until, 1);
        return due.empty() ? std::nullopt : std::optional(std::move(due.front()));
    });
    if (!fired) {
        return fail(fired.error());
    }
    return SchedulerRun{*fired, *fired < limit};
}

}  // namespace engine::runtime
