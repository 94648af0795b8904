// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/definition.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/ensure.h"
#include "engine/base/names.h"

namespace engine::definition {
namespace {

bool holds_in(const SharedTransition& shared, std::string_view state_name,
              const StateDefinition& state) {
    if (!shared.in.empty()) {
        return base::has_name(shared.in, state_name);
    }
    return !state.is_final && !base::has_name(shared.except, state_name);
}

}  // namespace

namespace {

constexpr DeadlineKind kDeadlineKinds[] = {DeadlineKind::closing, DeadlineKind::obligation,
                                           DeadlineKind::advisory, DeadlineKind::minimum_notice,
                                           DeadlineKind::recurring};

}  // namespace

std::string_view deadline_kind_name(DeadlineKind kind) {
    switch (kind) {
        case DeadlineKind::closing: return "closing";
        case DeadlineKind::obligation: return "obligation";
        case DeadlineKind::advisory: return "advisory";
        case DeadlineKind::minimum_notice: return "minimum_notice";
        case DeadlineKind::recurring: return "recurring";
    }
    base::ensure(false, "the switch names every kind");
    return "";
}

std::vector<std::string_view> deadline_kind_names() {
    std::vector<std::string_view> names;
    for (const DeadlineKind kind : kDeadlineKinds) {
        names.push_back(deadline_kind_name(kind));
    }
    return names;
}

std::optional<DeadlineKind> find_deadline_kind(std::string_view name) {
    for (const DeadlineKind kind : kDeadlineKinds) {
        if (deadline_kind_name(kind) == name) {
            return kind;
        }
    }
    return std::nullopt;
}

std::string_view message_channel_name(MessageChannel channel) {
    switch (channel) {
        case MessageChannel::pec: return "pec";
        case MessageChannel::notice_board: return "notice_board";
        case MessageChannel::internal: return "internal";
    }
    base::ensure(false, "the switch names every channel");
    return "";
}

const TransitionDefinition* WorkflowDefinition::find_transition(std::string_view state,
                                                                std::string_view event) const {
    const StateDefinition* found = states.find(state);
    if (found == nullptr) {
        return nullptr;
    }
    if (const TransitionDefinition* own = found->on.find(event); own != nullptr) {
        return own;
    }
    const SharedTransition* common = shared.find(event);
    return common != nullptr && holds_in(*common, state, *found) ? &common->transition : nullptr;
}

std::vector<std::string> WorkflowDefinition::events_of(std::string_view state) const {
    std::vector<std::string> events;
    const StateDefinition* found = states.find(state);
    if (found == nullptr) {
        return events;
    }
    for (const auto& [event, transition] : found->on) {
        events.push_back(event);
    }
    for (const auto& [event, common] : shared) {
        if (holds_in(common, state, *found) && !found->on.contains(event)) {
            events.push_back(event);
        }
    }
    return events;
}

std::string definition_name(const WorkflowDefinition& definition) {
    return fmt::format("{}/{}@{}", definition.family, definition.machine, definition.version);
}

}  // namespace engine::definition
