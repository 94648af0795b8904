// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/calendar/legal_date.h"
#include "engine/machine/model.h"

namespace engine::machine {

/// A term that ends on a day which a law published after the act has made a holiday. Nothing moves
/// by itself (DESIGN.md n. 22): it is told, so that an act may give the later day.
struct LaterHoliday {
    calendar::LegalDate by_todays_law;  ///< the last useful day, counted with the holidays of today
    std::string reason_it;              ///< why: the day and its feast
    std::vector<std::string> legal_basis;

    bool operator==(const LaterHoliday&) const = default;
};

/// Whether the holidays known on `today` (without it: all of the table) would give a running
/// deadline a later end than the frozen one. Never an earlier one: a term is not shortened. None
/// for what is over, suspended, rolls for no holiday, or has a rule that cannot be read (`verify`
/// says that). Legal: rules.md §6.1 n. 12.
std::optional<LaterHoliday> find_later_holiday(const Deadline& deadline,
                                               std::optional<calendar::LegalDate> today);

/// The same as one sentence in Italian with its sources; empty when there is nothing to tell.
std::string describe_later_holiday(const Deadline& deadline,
                                   std::optional<calendar::LegalDate> today);

}  // namespace engine::machine
