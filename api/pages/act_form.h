// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/pages/field_form.h"
#include "api/pages/page.h"

namespace api::pages {

/// An act as a form: an event of an instance, or the opening of a procedure.
struct ActForm {
    std::string title;
    std::string about;    ///< the procedure it is done on
    std::string action;   ///< the address it is sent to; `/controlla` after it judges it first
    std::string back;     ///< the page one comes from
    std::string version;  ///< of the instance, so that nobody decides on what has changed; or empty
    std::string state;    ///< of the instance, which says what the act takes; empty: an opening
    std::string office;   ///< of the instance; of an opening, the one that opens
    std::string sources;  ///< its legal basis
    std::vector<FormField> fields;
    engine::base::Fields present;          ///< values the instance has now
    bool may_have_occurred = false;        ///< an office may say that it took place before
    std::vector<std::string> initiatives;  ///< of an opening: their ids
    engine::definition::DefinitionPointer definition;
    std::string event;      ///< the act; empty: an opening
    bool has_ways = false;  ///< it may go in several ways
    std::vector<Crumb> crumbs;
    /// What was asked and by when (awaited.h), of an act that a body is waited for: JSON; or
    /// empty.
    std::string awaited_json;
};

/// What is wrong with what was sent.
struct FormErrors {
    FieldErrors fields;
    /// What is not of one field: conditions that do not hold, with their sources.
    std::vector<engine::base::ErrorDetail> others;
    std::string heading;
    int status = 422;

    bool empty() const { return fields.empty() && others.empty() && heading.empty(); }
};

/// Names of inputs that are not fields of the schema.
inline constexpr const char* kOccurredInput = "avvenuto";
inline constexpr const char* kInitiativeInput = "iniziativa";
inline constexpr const char* kStateInput = "stato";

/// Whether what stands in the way of an act may be given with the act itself: a value that is
/// missing, and that it takes.
bool may_be_completed(const engine::definition::TransitionDefinition& transition,
                      const std::vector<engine::base::ErrorDetail>& refusals);

/// The act named in the path, for the caller. Errors: not_found, event_not_available, guard_failed
/// (with why it cannot be done now).
engine::base::Result<ActForm> find_event_form(const PageCall& page);
/// The form that was sent, as it was when it was shown: what it takes is said by the state it
/// carries, whatever came meanwhile. Whether the act is possible is not looked at: the engine says
/// so, and answers a form that is sent twice as it did the first time.
/// Errors: not_found, event_not_available (no such act), those of read_sealed_form.
engine::base::Result<ActForm> find_sent_form(const PageCall& page);
/// The same for an opening. Errors: not_found, forbidden.
engine::base::Result<ActForm> find_opening_form(const PageCall& page);

/// What was sent, judged by the schema. `occurred_at` is absent unless it was typed.
struct ActInput {
    engine::base::Fields payload;
    std::optional<engine::base::Instant> occurred_at;
    std::string initiative;
};
ActInput read_input(const ActForm& form, const FormData& sent, FormErrors& errors);

/// An error of the engine, told beside the fields it is about.
FormErrors errors_of(const ActForm& form, const engine::base::Error& error);

/// The form, empty or as it was sent, with what is wrong above it and beside the fields.
Page form_page(const PageCall& page, const ActForm& form, const FormData& sent,
               const FormErrors& errors);

/// Which of the form's branches the act will take with what was typed; null for an opening, which
/// has none. Errors: those of the act, before it is done.
engine::base::Result<const engine::definition::Branch*> foresee(const PageCall& page,
                                                                const ActForm& form,
                                                                const ActInput& input);

/// What was typed and what will follow, to be confirmed; `branch` as foreseen.
Page confirm_page(const PageCall& page, const ActForm& form, const FormData& sent,
                  const ActInput& input, const engine::definition::Branch* branch);

/// The command of a form that was confirmed. Errors: invalid_input (with pointers), forbidden.
engine::base::Result<engine::machine::Command> command_of(const PageCall& page,
                                                          const ActForm& form);

}  // namespace api::pages
