// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/instant.h"
#include "engine/engine.h"

// Plain Italian for what the pages show: dates, what is left of a term, values, names.

namespace api::pages {

/// How near the end of a term is; the page shows it in words, and the words have a colour.
enum class Urgency { none, later, soon, today, late };

/// "none", "later", …: as the style sheet and the templates name it.
std::string_view urgency_name(Urgency urgency);

struct Countdown {
    Urgency urgency = Urgency::none;
    std::string text;  ///< "scade tra 9 giorni", "in ritardo di 1 giorno"
};

/// Days before the end from which a term counts as near: a working week and its week-ends.
inline constexpr int kSoonDays = 7;

/// What is left of a term. `bound` is exclusive, as everywhere; absent: a term without end.
Countdown count_down(std::optional<engine::base::Instant> bound, engine::base::Instant now);

/// "16/05/2025", with the hour when the term does not end with the day: "16/05/2025 ore 12:00".
std::string last_moment_words(engine::base::Instant bound);

/// "16/05/2025" of a date `2025-05-16` (with "ore 12:00" when it has an hour); any other text as it
/// is.
std::string date_words(const std::string& text);

/// "16/05/2025 ore 12:00": minutes are enough for who reads.
std::string instant_words(engine::base::Instant instant);

/// "1 giorno", "9 giorni".
std::string count_words(std::int64_t count, std::string_view one, std::string_view many);

/// A word of a list of choices as a person reads it: "Iniziativa regionale".
std::string choice_words(std::string_view value);

/// A clause as a sentence: with a capital and a full stop.
std::string as_sentence(std::string clause);

/// A JSON value as a person reads it: dates in Italian order, yes and no, lists by semicolons, an
/// object member by member.
std::string value_words(const std::string& json);

/// The same for a value of a field: a choice begins with a capital.
std::string field_words(const engine::definition::FieldDefinition& field, const std::string& json);

/// "open" → "Da prendere in carico", and so on.
std::string_view task_status_words(engine::machine::TaskStatus status);
std::string_view deadline_kind_words(engine::definition::DeadlineKind kind);
std::string_view deadline_status_words(engine::machine::DeadlineStatus status);
std::string_view signature_words(std::string_view signature_status);

}  // namespace api::pages
