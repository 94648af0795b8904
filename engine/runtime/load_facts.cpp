// SPDX-License-Identifier: EUPL-1.2
#include "engine/runtime/load_facts.h"

#include "engine/base/ensure.h"

namespace engine::runtime {
namespace {

using machine::Facts;
using machine::Relative;

void load_ancestors(store::ReadUnit& unit, const definition::Catalog& catalog, Facts& facts) {
    const auto& own = facts.own.record.instance;
    if (!own.parent.empty()) {
        facts.parent = unit.find_snapshot(own.parent);
        facts.parent_definition =
            catalog.find_by_hash(facts.parent->record.instance.definition_sha256);
    }
    const bool is_root_near = own.root == own.id || own.root == own.parent;
    if (!is_root_near) {
        facts.root = unit.find_snapshot(own.root);
        facts.root_definition = catalog.find_by_hash(facts.root->record.instance.definition_sha256);
    }
}

void load_relatives(store::ReadUnit& unit, const definition::WorkflowDefinition& definition,
                    Facts& facts) {
    const auto& own = facts.own.record.instance;
    if (definition.asks_about_relatives) {
        facts.descendants = unit.load_descendants(own.id);
    }
    if (definition.asks_about_siblings && !own.parent.empty()) {
        facts.siblings = unit.load_descendants(own.parent);
    }
}

void load_performances(store::ReadUnit& unit, const definition::WorkflowDefinition& definition,
                       Facts& facts) {
    std::vector<base::InstanceId> instances{facts.own.record.instance.id};
    if (facts.parent) {
        instances.push_back(facts.parent->record.instance.id);
    }
    if (facts.root) {
        instances.push_back(facts.root->record.instance.id);
    }
    for (const Relative& relative : facts.descendants) {
        instances.push_back(relative.id);
    }
    if (definition.asks_about_sibling_performances) {
        for (const Relative& relative : facts.siblings) {
            instances.push_back(relative.id);
        }
    }
    facts.performances = unit.load_performances(instances);
}

void complete(store::ReadUnit& unit, const definition::Catalog& catalog,
              const definition::WorkflowDefinition& definition, Facts& facts) {
    load_ancestors(unit, catalog, facts);
    load_relatives(unit, definition, facts);
    if (definition.asks_about_performances) {
        load_performances(unit, definition, facts);
    }
    const auto& initiative_sha256 = facts.own.record.instance.initiative_sha256;
    if (!initiative_sha256.empty()) {
        const auto initiative = catalog.find_initiative_by_hash(initiative_sha256);
        base::ensure(initiative != nullptr, "start-up takes over every stored initiative");
        facts.initiative = initiative->parameters;
    }
}

}  // namespace

std::optional<LoadedFacts> load_facts(store::ReadUnit& unit, const definition::Catalog& catalog,
                                      const base::InstanceId& id, const machine::ActTimes& times) {
    auto own = unit.find_snapshot(id);
    if (!own) {
        return std::nullopt;
    }
    LoadedFacts loaded;
    loaded.definition = catalog.find_by_hash(own->record.instance.definition_sha256);
    base::ensure(loaded.definition != nullptr, "start-up takes over every stored definition");
    loaded.facts.own = std::move(*own);
    loaded.facts.times = times;
    complete(unit, catalog, *loaded.definition, loaded.facts);
    return loaded;
}

LoadedFacts facts_for_opening(store::ReadUnit& unit, const definition::Catalog& catalog,
                              const machine::Instance& own,
                              definition::DefinitionPointer definition,
                              const machine::ActTimes& times) {
    LoadedFacts loaded;
    loaded.definition = std::move(definition);
    loaded.facts.own.record.instance = own;
    loaded.facts.times = times;
    complete(unit, catalog, *loaded.definition, loaded.facts);
    return loaded;
}

}  // namespace engine::runtime
