// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/engine.h"

namespace api::pages {

/// Some states of a procedure under one word.
struct Phase {
    std::string title;
    std::vector<std::string> states;
};

/// What the public sees of a notice.
struct NoticeRules {
    std::vector<std::string> open_states;    ///< applications are taken
    std::vector<std::string> public_states;  ///< the notice has been published
    std::string deadline;                    ///< until when one may take part
    std::vector<std::string> fields;         ///< of the notice, in the order in which they are read
};

/// How the pages show a family of procedures: data (workflows/FAMILY/pagine.json), so that no name
/// of a state is in a page.
struct Presentation {
    std::string procedure;    ///< the machine of the dashboard
    std::string subject;      ///< the field that names a procedure
    std::string responsible;  ///< the field with who is responsible
    std::string body_name;    ///< the field with the name of an instance's body; may be empty
    std::vector<Phase> phases;
    NoticeRules notice;

    /// The place of the phase a state belongs to; absent for one outside (suspended, revoked).
    std::optional<std::size_t> find_phase(std::string_view state) const;
};

/// The one the binary carries, checked against the catalog: every state of the procedure is in one
/// phase or named as outside, every name exists.
/// Errors: malformed, invalid_input (with the name that is wrong).
engine::base::Result<Presentation> load_presentation(const engine::definition::Catalog& catalog);

/// The same from a text, for one family.
engine::base::Result<Presentation> parse_presentation(std::string_view text,
                                                      std::string_view family,
                                                      const engine::definition::Catalog& catalog);

}  // namespace api::pages
