// SPDX-License-Identifier: EUPL-1.2
#include "engine/machine/facts.h"

namespace engine::machine {

const Snapshot* Facts::find(definition::Relation relation) const {
    switch (relation) {
        case definition::Relation::own: return &own;
        case definition::Relation::parent: return parent ? &*parent : nullptr;
        case definition::Relation::root:
            if (root) {
                return &*root;
            }
            return own.record.instance.root == own.record.instance.id
                       ? &own
                       : find(definition::Relation::parent);
    }
    return nullptr;
}

}  // namespace engine::machine
