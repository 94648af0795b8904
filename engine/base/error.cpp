// SPDX-License-Identifier: EUPL-1.2
#include "engine/base/error.h"

#include "engine/base/ensure.h"

namespace engine::base {

std::string_view error_code_name(ErrorCode code) {
    switch (code) {
        case ErrorCode::malformed: return "malformed";
        case ErrorCode::invalid_input: return "invalid_input";
        case ErrorCode::invalid_query: return "invalid_query";
        case ErrorCode::unsupported_type: return "unsupported_type";
        case ErrorCode::unauthenticated: return "unauthenticated";
        case ErrorCode::forbidden: return "forbidden";
        case ErrorCode::not_found: return "not_found";
        case ErrorCode::event_not_available: return "event_not_available";
        case ErrorCode::guard_failed: return "guard_failed";
        case ErrorCode::task_needs_act: return "task_needs_act";
        case ErrorCode::version_conflict: return "version_conflict";
        case ErrorCode::version_required: return "version_required";
        case ErrorCode::payload_too_large: return "payload_too_large";
        case ErrorCode::too_many_requests: return "too_many_requests";
        case ErrorCode::busy: return "busy";
        case ErrorCode::storage_full: return "storage_full";
        case ErrorCode::storage_corrupt: return "storage_corrupt";
        case ErrorCode::internal: return "internal";
    }
    ensure(false, "the switch names every code");
    return "internal";
}

}  // namespace engine::base
