// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "engine/definition/lint.h"

namespace engine::definition {

/// Collects what lint finds.
class Findings {
  public:
    void error(std::string code, std::string path, std::string message_it) {
        findings_.push_back(
            {LintSeverity::error, std::move(code), std::move(path), std::move(message_it)});
    }
    void warning(std::string code, std::string path, std::string message_it) {
        findings_.push_back(
            {LintSeverity::warning, std::move(code), std::move(path), std::move(message_it)});
    }
    bool has_errors() const {
        return std::any_of(findings_.begin(), findings_.end(), [](const LintFinding& finding) {
            return finding.severity == LintSeverity::error;
        });
    }
    std::vector<LintFinding> take() && { return std::move(findings_); }

  private:
    std::vector<LintFinding> findings_;
};

}  // namespace engine::definition
