// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

#include "engine/base/json.h"
#include "engine/calendar/legal_date.h"

namespace engine::proof {

/// The lines of a `.copione`, counted: a document's content is named after its line.
class ScriptLines {
  public:
    /// Title, body and office. `initiative` may be empty.
    void head(std::string_view title, const std::string& initiative);
    void clock(calendar::LegalDate day);
    void remark(std::string_view text);
    void add(std::string_view line);
    /// The act with its values: beside it when they are short, else in a block before it. `outcome`
    /// is what the line ends with (` -> …`).
    void act(const std::string& line, const base::Fields& payload, const std::string& outcome = "");
    /// Adds a document; gives its SHA-256 as the player makes it.
    std::string add_paper(const std::string& line, const std::string& document);

    const std::string& text() const { return text_; }

  private:
    std::string text_;
    int count_ = 0;
    int blocks_ = 0;
};

}  // namespace engine::proof
