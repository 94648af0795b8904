// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/proof/model.h"

namespace engine::proof {

/// Something that a person may have done: an event of an instance of the scene.
struct Deed {
    std::size_t place = kNowhere;  ///< kNowhere: of a list that the scene does not follow
    std::string event;

    auto operator<=>(const Deed&) const = default;
};

/// Most deeds told apart; a guard that asks about more is `maybe`.
inline constexpr std::size_t kMaxDeeds = 12;

/// Most deeds remembered of each person: three make eight patterns, one byte of them.
inline constexpr std::size_t kMaxRememberedDeeds = 3;

/// How the conditions of the focus ask about a document of its own.
struct PaperUse {
    unsigned char asked = 0;  ///< Paper bits
    /// Whether adding a version at the right moment cannot be enough: it must be published, or must
    /// not be there.
    bool is_followed = false;
};

/// What has to be followed to prove the focus, found by reading its conditions.
struct Tracking {
    /// Texts that a field is compared with, by place and name.
    std::map<std::pair<std::size_t, std::string>, std::vector<std::string>> options;
    std::map<std::string, std::vector<std::string>> parameters;  ///< of the initiative
    std::map<std::string, PaperUse> papers;
    std::vector<Deed> deeds;
    /// Deeds of which one is asked, for each condition that asks.
    std::vector<std::vector<std::size_t>> wanted_deeds;

    std::size_t find_deed(const Deed& deed) const;
};

/// How much is followed, most first. What is not counts as possible.
enum class Detail {
    kin,  ///< all, and what relatives ask about terms and acts
    all,
    own,     ///< values and deadlines of the focus, not of those above
    states,  ///< no values and no documents at all
};

/// Adds to the layout a byte for each thing that decides.
Tracking track(const Scene& scene, Layout& layout, Detail detail);

/// Adds a byte for each term and each act that the guard of some act in the scene asks about.
void track_kin(const Scene& scene, Layout& layout);

}  // namespace engine::proof
