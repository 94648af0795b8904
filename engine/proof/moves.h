// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/proof/perform.h"

namespace engine::proof {

/// Who a move is up to. A way out may count on the administration and on time, never on a body.
enum class Mover : std::uint8_t { office, time, party, others };

/// Something that can be done in a configuration, as a script would tell it.
struct Move {
    enum class What : std::uint8_t { opening, event, term, waiting, paper, task, others };
    What what = What::opening;
    Mover mover = Mover::office;
    std::size_t place = 0;
    std::size_t index = 0;  ///< event, term, paper, task
    std::string deadline;   ///< of term and waiting
    const Way* way = nullptr;
    Payload payload;
    unsigned deeds_before = 0;  ///< of the person who acts
    unsigned deeds_needed = 0;  ///< that the person first does for this
    bool is_signed = false;     ///< of paper
    std::vector<std::size_t> opened;
    Hiding hiding;        ///< what it hangs on that is not followed
    bool is_far = false;  ///< what follows from it hangs on others that no script brings together

    /// Whether no script can play it.
    bool is_strange() const { return what == What::others || is_far; }
};

/// Calls for every combination of codes of the slots. Beyond kMaxPayloads the rest is left out and
/// the proof says so.
inline constexpr std::size_t kMaxPayloads = 600;
bool for_each_payload(const std::vector<Slot>& slots,
                      const std::function<void(const Payload&)>& visit);

/// What is done with the moves.
struct Takers {
    std::function<void(const Move&, const Course&)> take;  ///< a move and where it leads
    /// A move after which the performer knows a circle that it did not know.
    std::function<void(const Move&)> turn;
};

/// Every move from a configuration, with where it leads.
/// `has_overflowed` becomes true when there were too many to follow.
void for_each_move(const CompiledScene& compiled, Performer& performer, const Config& config,
                   const Takers& takers, bool& has_overflowed);

/// The openings, for every choice of the initiative's parameters.
void for_each_opening(const CompiledScene& compiled, Performer& performer, const Takers& takers,
                      bool& has_overflowed);

}  // namespace engine::proof
