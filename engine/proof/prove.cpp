// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/prove.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/proof/term_sum.h"
#include "engine/proof/verdict.h"

namespace engine::proof {
namespace {

using definition::LintFinding;
using definition::LintSeverity;

/// Whether `verdict` is about that machine and state, and stuck there.
bool is_stuck_in(const Verdict& verdict, const std::pair<std::string, std::string>& where) {
    return verdict.is_stuck && verdict.told.machine == where.first &&
           verdict.states.contains(where.second);
}

/// A circle that goes through several machines is told once, with the one above.
bool repeats_circle(const Verdict& verdict, const std::vector<Verdict>& all) {
    return std::any_of(all.begin(), all.end(), [&](const Verdict& other) {
        return other.told.finding.code == "automatic_loop" &&
               std::any_of(verdict.above.begin(), verdict.above.end(), [&](const auto& where) {
                   return other.told.machine == where.first && other.states.contains(where.second);
               });
    });
}

/// Whether one that waits for another only repeats what is told of that other.
bool is_repeated(const Verdict& verdict, const std::vector<Verdict>& all) {
    if (!verdict.is_stuck) {
        return repeats_circle(verdict, all);
    }
    return std::any_of(all.begin(), all.end(), [&](const Verdict& other) {
        const auto names_it = [&](const auto& where) { return is_stuck_in(other, where); };
        const bool waits_below = std::any_of(verdict.below.begin(), verdict.below.end(), names_it);
        const bool waits_above = other.below.empty() &&
                                 std::any_of(verdict.above.begin(), verdict.above.end(), names_it);
        return waits_below || waits_above;
    });
}

/// A script says where it has arrived and what is wrong there: it is read away from the findings.
void say_why(ProofFinding& told) {
    if (!told.copione.empty()) {
        told.copione += fmt::format("# {} [{}, {}]\n", told.finding.message_it, told.finding.code,
                                    told.finding.path);
    }
}

}  // namespace

std::vector<ProofFinding> examine(const definition::LintContext& context) {
    std::vector<ProofFinding> findings;
    bool has_errors = false;
    for (const auto& one : context.catalog.definitions()) {
        for (LintFinding& finding : lint(*one, context)) {
            has_errors |= finding.severity == LintSeverity::error;
            findings.push_back({definition_name(*one), std::move(finding), ""});
        }
    }
    if (has_errors) {
        return findings;
    }
    std::vector<Verdict> verdicts;
    for (const auto& one : context.catalog.definitions()) {
        for (LintFinding& finding : check_term_sums(*one, context.catalog)) {
            findings.push_back({definition_name(*one), std::move(finding), ""});
        }
        auto judged = judge(one, context);
        std::move(judged.begin(), judged.end(), std::back_inserter(verdicts));
    }
    for (const Verdict& verdict : verdicts) {
        if (!is_repeated(verdict, verdicts)) {
            findings.push_back(verdict.told);
            say_why(findings.back());
        }
    }
    return findings;
}

}  // namespace engine::proof
