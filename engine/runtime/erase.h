// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/clock.h"
#include "engine/definition/catalog.h"
#include "engine/documents/content_store.h"
#include "engine/machine/command.h"
#include "engine/runtime/find_traces.h"
#include "engine/runtime/outcome.h"
#include "engine/store/store.h"

namespace engine::runtime {

/// Whose data, which, and on which act.
struct ErasureRequest {
    base::InstanceId instance;
    std::string party;  ///< every instance of that body in the instance's root; empty: this one
    std::vector<std::string> fields;  ///< names; those that a machine has not are passed over
    bool is_all_personal = false;     ///< every field marked personal
    bool with_messages = false;       ///< the texts that were sent, too
    std::string act;                  ///< number and date; without personal data
    std::string reason;               ///< without personal data
    machine::Actor actor;
};

/// What was done.
struct ErasureReport {
    struct Erased {
        base::InstanceId instance;
        std::string title;  ///< what was erased
    };
    std::vector<Erased> erased;
    std::vector<std::pair<base::InstanceId, base::Error>> refused;
    /// Values of the same root that say what one that was erased said: what acts have handed on
    /// from one instance to another. Each is erased, or left, on its own.
    std::vector<ValueTrace> copies;
    /// Kept letters of the same root that say it: erased with the messages of their instance.
    std::vector<LetterTrace> letters;
    std::size_t texts_removed = 0;
    /// The database was rewritten: false when another program kept it from being, and the erasure
    /// has to be asked for again.
    bool is_scrubbed = false;
};

/// What erasing works with. The references outlive the call.
struct ErasureParts {
    store::Store& store;
    documents::ContentStore& contents;
    const definition::Catalog& catalog;
    const base::Clock& clock;
    /// Engine::execute_all.
    std::function<std::vector<base::Result<Outcome>>(std::span<const machine::Command>)> execute;
};

/// Erases: first by acts in the journal, then the texts, then what the file may still hold in free
/// space. Each step may be repeated: a call that was cut short is completed by the next.
/// Errors: not_found (no such instance, none of that body), invalid_input (nothing was asked for,
/// no machine has such a field), the store's. What one instance refuses is in the report.
base::Result<ErasureReport> erase(const ErasureParts& parts, const ErasureRequest& request);

}  // namespace engine::runtime
