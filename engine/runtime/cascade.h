// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/random.h"
#include "engine/definition/catalog.h"
#include "engine/machine/decide.h"
#include "engine/machine/journal_entry.h"
#include "engine/runtime/load_facts.h"
#include "engine/store/store.h"

namespace engine::runtime {

/// What every step of the runtime works with.
struct RuntimeParts {
    const definition::Catalog& catalog;
    const machine::CheckLibrary& checks;
    const base::Clock& clock;
    base::Random& random;
};

/// The largest number of steps one act may cause: three hundred applications, each told three
/// things, is under a thousand. More is a definition that never comes to rest.
inline constexpr std::size_t kMaxCascadeSteps = 10000;
/// How many automatic transitions follow one inside another, where each is carried out by itself:
/// machines have a dozen states, and stand three or four above one another.
inline constexpr std::size_t kMaxNestedAutomatics = 100;

/// One act and all that follows from it, in one transaction: children opened, relatives told,
/// automatic transitions, breadth first, until nothing more follows. Each step is a journal entry
/// that names its cause.
/// What the act itself does, opens and tells is part of it: it is carried out whole or not at all.
/// What then happens by itself is not the actor's doing: an automatic transition that cannot be
/// carried out is undone alone, and the journal says so (engine/DESIGN.md n. 23).
/// Errors: those of the decisions, and internal when the bound is reached; the caller then rolls
/// everything back.
class Cascade {
  public:
    /// Works inside the transaction of `unit`; both arguments outlive it.
    Cascade(store::UnitOfWork& unit, const RuntimeParts& parts);

    /// Who acts, when, and under which event name; the same for every step but its role.
    struct Act {
        std::string event;
        machine::Actor actor;
        machine::ActTimes times;
        std::optional<base::Instant> begun_at;  ///< absent when it is no other than received_at
        std::optional<base::Instant> occurred_at;
    };

    /// Makes a plan true, then everything that follows from it.
    base::Result<void> carry_out(const Act& act, const LoadedFacts& loaded, machine::Plan plan);

    /// Writes a plan that nothing follows from: that a message has left moves no procedure.
    base::Result<void> record(const Act& act, const LoadedFacts& loaded, const machine::Plan& plan);

    /// Children opened by the act and by what followed, in order.
    const std::vector<base::InstanceId>& opened() const { return opened_; }

  private:
    /// The entry that a step follows from.
    struct Cause {
        base::InstanceId root;
        std::int64_t position = 0;
    };
    /// A child to open, with the act that opens it.
    struct PendingOpening {
        Act act;
        machine::ChildOpening opening;
    };
    struct FollowUp {
        enum class Kind { opening, signal, automatic } kind = Kind::automatic;
        base::InstanceId target;
        std::string event;
        base::Fields payload;
        Cause cause;
        std::shared_ptr<const PendingOpening> opening;  ///< of kind opening
        bool is_by_itself = false;  ///< an automatic transition, or what one of them causes
    };

    base::Result<Cause> apply(const Act& act, const LoadedFacts& loaded, const machine::Plan& plan,
                              const Cause& cause);
    void complete_effects(std::vector<machine::Effect>& effects, const machine::Instance& own);
    base::Result<void> open_child(const Act& act, const LoadedFacts& parent,
                                  const machine::ChildOpening& opening, const Cause& cause);
    base::Result<void> apply_with_follow_ups(const Act& act, const LoadedFacts& loaded,
                                             const machine::Plan& plan, const Cause& cause);
    bool has_automatic(const base::InstanceId& id);
    base::Result<void> follow(const Act& act, const FollowUp& step);
    base::Result<void> follow_all(const Act& act);
    base::Result<void> follow_alone(const Act& act, const FollowUp& step);
    base::Result<void> record_failed(const Act& act, const FollowUp& step,
                                     const base::Error& error);
    base::Result<void> run(const Act& act, const LoadedFacts& loaded, const machine::Plan& plan);
    void queue(FollowUp step);
    tl::unexpected<base::Error> fail_endless();
    void queue_follow_ups(const Act& act, const LoadedFacts& loaded, const machine::Plan& plan,
                          const Cause& here);
    void watch(const LoadedFacts& loaded, const Cause& cause);

    store::UnitOfWork& unit_;
    const RuntimeParts& parts_;
    std::deque<FollowUp> queue_;
    std::vector<base::InstanceId> opened_;
    std::size_t steps_ = 0;
    bool is_by_itself_ = false;  ///< of the step under way
    bool has_failed_by_itself_ = false;
    bool is_endless_ = false;
    bool is_careful_ = false;  ///< each automatic transition in a savepoint of its own
    std::size_t nested_ = 0;   ///< automatic transitions under way, one inside another
};

}  // namespace engine::runtime
