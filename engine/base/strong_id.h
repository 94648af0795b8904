// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <compare>
#include <string>
#include <utility>

namespace engine::base {

/// A text id that cannot be mistaken for an id of another kind. Empty means "none yet".
template <class Tag>
struct StrongId {
    std::string text;

    StrongId() = default;
    explicit StrongId(std::string value) : text(std::move(value)) {}

    bool empty() const { return text.empty(); }
    auto operator<=>(const StrongId&) const = default;
};

using InstanceId = StrongId<struct InstanceIdTag>;
using TaskId = StrongId<struct TaskIdTag>;
using MessageId = StrongId<struct MessageIdTag>;

}  // namespace engine::base
