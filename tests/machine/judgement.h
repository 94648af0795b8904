// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "engine/machine/predicates.h"
#include "tests/machine/bench.h"

namespace tests {

/// A condition on a bench: what refuses it there.
struct Judgement {
    Bench bench;
    engine::base::Fields payload;
    bool is_payload_known = true;

    explicit Judgement(const std::string& guard) : bench(bench_guarded(guard)) {}

    std::vector<engine::base::ErrorDetail> refusals() const {
        const auto* transition = bench.definition->find_transition("uno", "agisci");
        const engine::machine::GuardContext context{
            *bench.definition,       bench.facts,     toy_checks(), bench.officer, payload,
            transition->legal_basis, is_payload_known};
        return refuse(transition->branches.front().guard.value(), context);
    }

    void add_task(engine::machine::TaskStatus status) {
        engine::machine::Task one;
        one.name = "lavoro";
        one.status = status;
        bench.facts.own.record.tasks["i1.t1"] = one;
    }
};

}  // namespace tests
