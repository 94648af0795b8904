// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "api/pages/field_form.h"

namespace api::pages {

/// How a field is asked for.
enum class Widget { text, area, moment, integer, flag, choice, choices, lines, group, raw };

/// The one that the schema of a field calls for.
Widget widget_of(const nlohmann::json& schema);

/// Whether the moment may have an hour.
bool takes_hour(const nlohmann::json& schema);

/// Whether the widget is a group of options, each with an id of its own.
bool has_options(Widget widget, const nlohmann::json& schema);

/// Choices up to this many are all shown; more go in a list that opens.
inline constexpr std::size_t kMaxRadios = 6;

nlohmann::json schema_of(const FormField& field);

}  // namespace api::pages
