// SPDX-License-Identifier: EUPL-1.2
#include "engine/machine/facts.h"

#include "engine/calendar/local_time.h"

namespace engine::machine {

ActTimes ActTimes::of_act(base::Instant judged_at, base::Instant received_at) {
    return {judged_at, received_at, calendar::legal_date_of(judged_at)};
}

ActTimes ActTimes::of_deadline(base::Instant bound) {
    return {bound, bound, calendar::legal_date_of(base::Instant{bound.utc_ms - 1})};
}

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

const definition::WorkflowDefinition* Facts::find_definition(definition::Relation relation) const {
    switch (relation) {
        case definition::Relation::own: return nullptr;
        case definition::Relation::parent: return parent_definition.get();
        case definition::Relation::root:
            return root_definition ? root_definition.get() : parent_definition.get();
    }
    return nullptr;
}

}  // namespace engine::machine
