// SPDX-License-Identifier: EUPL-1.2
#include "engine/machine/relatives.h"

#include <fmt/format.h>

#include "engine/base/names.h"
#include "engine/definition/sentences.h"
#include "engine/machine/read_source.h"

namespace engine::machine {

base::Result<std::vector<const Relative*>> find_listed(const definition::Children& children,
                                                       const Facts& facts,
                                                       const base::Fields& payload) {
    std::optional<std::string> office;
    if (children.office) {
        const auto json = read_source(*children.office, facts, payload);
        office = json ? base::read_text(*json) : std::nullopt;
        if (!office) {
            return base::fail(base::ErrorCode::invalid_input,
                              fmt::format("Manca «{}»: dice di quale ufficio si tratta.",
                                          definition::readable_name(children.office->name)));
        }
    }
    const bool is_own = children.of == definition::Relation::own;
    std::vector<const Relative*> listed;
    for (const Relative& relative : is_own ? facts.descendants : facts.siblings) {
        if (relative.path == children.path && (!office || relative.office == *office)) {
            listed.push_back(&relative);
        }
    }
    return listed;
}

bool is_counted(const definition::Children& children, const Relative& relative) {
    return children.includes(relative.state, relative.is_final);
}

base::Result<std::vector<const Relative*>> find_counted(const definition::Children& children,
                                                        const Facts& facts,
                                                        const base::Fields& payload) {
    auto listed = find_listed(children, facts, payload);
    if (listed) {
        std::erase_if(*listed,
                      [&](const Relative* relative) { return !is_counted(children, *relative); });
    }
    return listed;
}

}  // namespace engine::machine
