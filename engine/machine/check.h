// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/machine/command.h"
#include "engine/machine/facts.h"

namespace engine::machine {

/// What a check reads.
struct CheckContext {
    const definition::WorkflowDefinition& definition;
    const Facts& facts;
    const Actor& actor;
    const base::Fields& payload;
    const base::Fields& params;
};

/// One reason why a check does not pass.
struct CheckFinding {
    std::string field;
    std::string message_it;
    std::vector<std::string> legal_basis;

    bool operator==(const CheckFinding&) const = default;
};

/// A named check of a workflow: pure; no findings means passed.
struct Check {
    std::string condition_it;  ///< as a condition in the scheda: "la domanda è completa"
    std::function<std::vector<CheckFinding>(const CheckContext&)> run;
};

/// A named computation of a workflow: pure; gives canonical JSON, with its reasons and the version
/// of the rules it used.
using Computation = std::function<std::string(const CheckContext&)>;

/// Checks by name and version ("domanda_completa@1"). Filled once at start, then read only.
class CheckLibrary {
  public:
    /// Errors: BugError when the name is taken: a version is never changed once used.
    void add(std::string name, int version, Check check);
    /// Null when the library has no such check.
    const Check* find(std::string_view name, int version) const;

    /// Every version of a check answers so from now on, whatever it is asked: for what is played
    /// under an assumption, never for procedures of record. False when there is no such check. Not
    /// while another thread reads.
    bool assume(std::string_view name, bool passes);

    /// The same for computations.
    void add_computation(std::string name, int version, Computation computation);
    const Computation* find_computation(std::string_view name, int version) const;

  private:
    std::map<std::string, Check, std::less<>> checks_;
    std::map<std::string, Computation, std::less<>> computations_;
};

}  // namespace engine::machine
