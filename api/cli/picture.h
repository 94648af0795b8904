// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "engine/engine.h"

namespace api::cli {

/// What is shown of a picture.
struct PictureOptions {
    bool with_personal = false;  ///< the values of personal fields, too
};

/// A past picture as an officer reads it: the instance asked about whole, and of each under it the
/// body, the state, what is open and what runs.
std::string render_picture(const engine::PastPicture& picture, const PictureOptions& options);

/// The same for programs, every instance whole.
/// `{"at": instant, "instances": [{"id", "root", "parent"?, "list"?, "title", "state": {"name",
/// "title", "final"}, "office", "party", "opened_at", "deadlines", "tasks", "documents", "values",
/// "registrations", "silences", "later_acts"}], "future_entries"?: entries dated after now}`
std::string render_picture_json(const engine::PastPicture& picture, const PictureOptions& options);

}  // namespace api::cli
