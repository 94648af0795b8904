// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>

#include "engine/base/instant.h"
#include "engine/base/json.h"
#include "engine/base/strong_id.h"

namespace engine::machine {

/// Who acts. `person` is an opaque id: names live elsewhere. The engine itself is kSystemRole.
struct Actor {
    std::string person;
    std::string role;
    std::string office;  ///< the administration the role belongs to
    std::string party;   ///< the body acted for, by tax code

    bool operator==(const Actor&) const = default;
};

inline constexpr const char* kSystemRole = "sistema";

/// The engine itself, for what time and other acts cause: nobody is charged with it.
inline Actor system_actor() {
    return {"", kSystemRole, "", ""};
}
/// The role every administration has, beside those of a definition: who carries out, on an act of
/// the controller, the erasure of a person's data.
inline constexpr const char* kEraserRole = "responsabile_dati";

// Events every machine knows, beside those of its definition. The colon cannot occur in the name
// of a definition's event.
inline constexpr const char* kEventOpen = "engine:open";
inline constexpr const char* kEventRecordDocument = "engine:record_document";
inline constexpr const char* kEventTakeTask = "engine:take_task";
inline constexpr const char* kEventHandOverTask = "engine:hand_over_task";
inline constexpr const char* kEventReturnTask = "engine:return_task";
inline constexpr const char* kEventCompleteTask = "engine:complete_task";
/// Payload: `versione` (number), `atto` (the act that orders it).
inline constexpr const char* kEventMigrate = "engine:migrate";
inline constexpr const char* kEventErase = "engine:erase";
inline constexpr const char* kEventMessageSent = "engine:message_sent";
inline constexpr const char* kEventDeadline = "engine:deadline";               ///< + ":" + name
inline constexpr const char* kEventDeadlineFailed = "engine:deadline_failed";  ///< + ":" + name
inline constexpr const char* kEventAutomatic = "engine:automatic";
inline constexpr const char* kEventAutomaticFailed = "engine:automatic_failed";

/// What to open, when a command opens a root procedure.
struct Opening {
    std::string family;
    std::string machine;
    int version = 0;  ///< 0: the newest
    std::string office;
    std::string initiative;  ///< its id ("iniziativa-2025"); empty: none

    bool operator==(const Opening&) const = default;
};

/// The one thing that changes the world: a click, an API call, an expired deadline, a signal.
/// Instants: `received_at` is when the last byte of the request was read; `begun_at` is when its
/// first one was, which decides nothing and is kept beside it, so that who sent a long document
/// across a bound finds both (absent: nobody knows); `occurred_at` is when an
/// act that reached the office another way (PEC, paper) took place, stated by an officer: terms are
/// judged by it where there is one.
struct Command {
    base::InstanceId instance;  ///< empty with `opening`
    std::optional<Opening> opening;
    std::string event;
    Actor actor;
    base::Fields payload;
    base::Instant received_at;
    std::optional<base::Instant> begun_at;
    std::optional<base::Instant> occurred_at;
    std::optional<std::int64_t> expected_version;
    std::string idempotency_key;  ///< empty: none

    /// The instant by which terms are judged.
    base::Instant judged_at() const { return occurred_at.value_or(received_at); }
};

}  // namespace engine::machine
