// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/pages/body_names.h"
#include "api/pages/page.h"
#include "api/pages/words.h"

// Where a procedure stands, with all that is under it: what ends next, and who is waited for.

namespace api::pages {

/// Who is waited for, and for what; many who are waited for by the same term count together.
struct Wait {
    std::string who;   ///< "Istruttore", the name of a body, "3 enti"
    std::string code;  ///< "ente 99000010100", of one body whose name is known
    std::string what;  ///< the task's title, or the term's
    std::string late;  ///< "in ritardo di 3 giorni"; empty when it is not
};

struct Standing {
    std::optional<engine::DeadlineRow> next_term;
    Countdown left;                ///< of the next term
    std::vector<Wait> waits;       ///< all that are late, or the most urgent few
    std::size_t other_tasks = 0;   ///< that are not among them
    std::size_t other_bodies = 0;  ///< the same: terms that wait for a body
    std::size_t near_terms = 0;    ///< that end within kSoonDays; advised dates apart
    /// Terms that a later law would let end later (engine/DESIGN.md n. 22): for an act to decide.
    std::vector<engine::DeadlineRow> to_weigh;
    bool is_next_advised = false;  ///< the next term is a date that is only advised
};

/// The standing of a tree, read by two queries on indexes. `page.visible()` holds.
/// Errors: the store's.
engine::base::Result<Standing> tree_standing(const PageCall& page,
                                             const engine::base::InstanceId& root,
                                             BodyNames& names);

/// The standing that rows make; they come in the order of their lists, the most urgent first.
/// Errors: the store's.
engine::base::Result<Standing> standing_of(const PageCall& page,
                                           std::vector<engine::DeadlineRow> deadlines,
                                           const std::vector<engine::TaskRow>& tasks,
                                           BodyNames& names);

/// The term of the procedure above within which the body of an instance may act on it now: for a
/// draft application, the closing of the notice. Absent when there is none.
/// Errors: the store's.
engine::base::Result<std::optional<engine::DeadlineRow>> parent_term(
    const PageCall& page, const engine::InstanceView& view);

}  // namespace api::pages
