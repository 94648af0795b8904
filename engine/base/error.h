// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace engine::base {

/// Every way in which a request can be refused. The names are the stable codes that programs read.
enum class ErrorCode {
    malformed,            ///< cannot be read at all (bad JSON, bad date, bad file)
    invalid_input,        ///< readable, but a value breaks its schema or a rule of its format
    invalid_query,        ///< the address asks with a parameter, or a value, that is none of ours
    unsupported_type,     ///< the body is of another type than the route reads
    unauthenticated,      ///< who is asking is not known
    forbidden,            ///< known, but the role or the organisation may not do this
    not_found,            ///< it does not exist, or the actor may not know that it does
    event_not_available,  ///< the present state does not know this event
    guard_failed,         ///< the state knows the event, a condition of the law does not hold
    task_needs_act,       ///< the task ends with an act that is still to be done, not by hand
    version_conflict,     ///< the instance has changed since the actor read it
    version_required,     ///< a decision on an existing instance must say which version it saw
    payload_too_large,    ///< over a named limit
    too_many_requests,    ///< over a named rate
    busy,                 ///< the queue is full or the database is locked: try again
    storage_full,         ///< the disk is full: nothing was written
    storage_corrupt,      ///< the database file is damaged or is not ours
    internal,             ///< a bug: a reference, no cause
};

/// The stable name of a code, exactly as in JSON ("guard_failed").
std::string_view error_code_name(ErrorCode code);

/// One reason among several: a schema violation (`pointer` is an RFC 6901 pointer into the input),
/// or a guard that refused (`code` is the predicate's name).
struct ErrorDetail {
    std::string pointer;
    std::string code;
    std::string message_it;
    std::vector<std::string> legal_basis;

    bool operator==(const ErrorDetail&) const = default;
};

/// Why something was refused. `message_it` is for people: what happened and what to do.
struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string message_it;
    std::vector<ErrorDetail> details = {};

    bool operator==(const Error&) const = default;
};

}  // namespace engine::base
