// SPDX-License-Identifier: EUPL-1.2
// What the conditions of relatives ask about: a relative brings nobody further with an act before
// its term runs, or before another act.
#include <type_traits>

#include "engine/definition/walk.h"
#include "engine/proof/guards.h"
#include "engine/proof/tracking.h"

namespace engine::proof {
namespace {

template <class Asked>
void follow(const Scene& scene, std::size_t from, const Asked& asked, Layout& layout) {
    if constexpr (requires { asked.deadline.of; }) {
        const std::size_t place = scene.find_relation(from, asked.deadline.of);
        const std::string& name = asked.deadline.name;
        if (place != kNowhere && scene.places[place].definition->deadlines.contains(name)) {
            layout.add(Kind::deadline, place, name);
        }
    } else if constexpr (std::is_same_v<Asked, EventPerformed>) {
        const std::size_t place = scene.find_relation(from, asked.of);
        for (std::size_t at = 0; place != kNowhere && at < asked.events.size(); ++at) {
            layout.add(Kind::performed, place, asked.events[at]);
        }
    }
}

}  // namespace

void track_kin(const Scene& scene, Layout& layout) {
    for (std::size_t place = 0; place < scene.places.size(); ++place) {
        const auto take = [&](const Predicate& predicate, bool) {
            std::visit([&](const auto& asked) { follow(scene, place, asked, layout); }, predicate);
        };
        for (const BranchPlace& one : find_branches(*scene.places[place].definition)) {
            if (one.branch->guard) {
                for_each_literal(*one.branch->guard, false, take);
            }
        }
    }
}

}  // namespace engine::proof
