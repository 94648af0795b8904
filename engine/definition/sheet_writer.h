// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "engine/definition/sentences.h"

namespace engine::definition {

/// Writes the sections of a scheda one after another: the machine's life in sheet.cpp, what it is
/// made of in sheet_sections.cpp.
class SheetWriter {
  public:
    SheetWriter(const Kin& kin, const CheckTitle& check_title)
        : kin_(kin), definition_(kin.own()), check_title_(check_title) {}

    std::string run();

  private:
    template <class... Args>
    void line(fmt::format_string<Args...> format, Args&&... args) {
        text_ += fmt::format(format, std::forward<Args>(args)...);
        text_ += '\n';
    }
    void section(std::string_view title);
    static std::string basis(const LegalBasis& own);
    std::string role_title(const std::string& name) const;
    std::string role_titles(const std::vector<std::string>& names) const;
    std::string field_titles(const std::vector<std::string>& names);
    std::string state_titles(const std::vector<std::string>& names, std::string_view joint) const;

    // sheet.cpp
    void head();
    void place();
    void roles();
    void actions(const std::vector<Action>& list);
    std::string destination(const Branch& branch) const;
    bool lists_conditions(const Branch& one);
    void branch(const Branch& one, bool is_first, bool is_only);
    void branches(const std::vector<Branch>& list);
    void transition(const std::string& event, const TransitionDefinition& one);
    void state(const std::string& name, const StateDefinition& one);
    void also_here(const std::string& name, const StateDefinition& one);
    void if_nobody_acts(const std::string& name, const StateDefinition& one);
    void states();
    void shared();
    void common_terms();

    // sheet_sections.cpp
    void lists();
    void deadlines();
    void deadline(const DeadlineDefinition& one);
    void preceding(const PrecedingSteps& preceded_by);
    void tasks();
    void documents();
    void messages();
    void migration();
    void data();

    const Kin& kin_;
    const WorkflowDefinition& definition_;
    const CheckTitle& check_title_;
    std::string text_;
    /// Lists of fields too long for a line, in order: told once, below, by a letter.
    std::vector<std::vector<std::string>> field_lists_;
};

}  // namespace engine::definition
