// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/json.h"
#include "engine/calendar/legal_date.h"
#include "engine/definition/definition.h"
#include "engine/machine/model.h"

namespace engine::machine {

/// An instance seen from another: enough to count it.
struct Relative {
    base::InstanceId id;
    base::InstanceId parent;
    std::string list;  ///< its name among its parent's children
    std::string path;  ///< from the instance that counts: "domande", "gruppi/riunioni"
    std::string state;
    std::string party;
    bool is_final = false;
    std::string office;

    bool operator==(const Relative&) const = default;
};

/// Somebody caused an event on an instance.
struct Performance {
    base::InstanceId instance;
    std::string event;
    std::string person;

    bool operator==(const Performance&) const = default;
};

/// A record with its values, readable.
struct Snapshot {
    InstanceRecord record;
    base::Fields values;
};

/// The times of the act that is judged.
struct ActTimes {
    base::Instant judged_at;    ///< by which deadlines are open or over
    base::Instant received_at;  ///< when the request was complete
    /// The day it belongs to, from which terms run. A term that ends with 16 May ends *on* 16 May,
    /// though its bound is the first instant of the 17th.
    calendar::LegalDate acted_on;

    /// Of an act of a person.
    static ActTimes of_act(base::Instant judged_at, base::Instant received_at);
    /// Of a deadline that ends at `bound`, whenever the timer notices.
    static ActTimes of_deadline(base::Instant bound);
};

/// All that `decide` may know: a read-only picture taken in the transaction.
struct Facts {
    Snapshot own;
    std::optional<Snapshot> parent;
    std::optional<Snapshot> root;       ///< absent when own or parent is the root
    std::vector<Relative> descendants;  ///< of own
    std::vector<Relative> siblings;     ///< of the parent, own included, and what is below them
    std::vector<Performance> performances;
    base::Fields initiative;
    /// Of parent and root, so that what they own is called by its title; null without one.
    definition::DefinitionPointer parent_definition;
    definition::DefinitionPointer root_definition;
    ActTimes times;
    /// Of those under it that still run, each once; only for an erasure, which asks what they read.
    std::vector<definition::DefinitionPointer> machines_below;

    /// The snapshot of a relation; null when there is none.
    const Snapshot* find(definition::Relation relation) const;
    /// The definition of a relation; null for `own` (the caller has it) and when there is none.
    const definition::WorkflowDefinition* find_definition(definition::Relation relation) const;
};

}  // namespace engine::machine
