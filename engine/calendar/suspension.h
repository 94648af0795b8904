// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/calendar/legal_date.h"

namespace engine::calendar {

/// Why days do not count. Each ground has its own rule; they add up, and one never uses up another.
enum class SuspensionGround {
    art_2_c_7,   ///< facts no administration holds: once, at most 30 days, for each application
    art_10_bis,  ///< preavviso di rigetto: resumes 10 days after the observations, or at their end
    legge,       ///< an exceptional law, with its scope
    provvedimento  ///< an act that suspends the procedure
};

/// Exactly the enumerator ("art_2_c_7"). Errors of the inverse: malformed.
std::string_view suspension_ground_name(SuspensionGround ground);
base::Result<SuspensionGround> parse_suspension_ground(std::string_view text);

/// Days that do not count: from `first` to `last`, both included.
struct Suspension {
    LegalDate first;
    LegalDate last;
    SuspensionGround ground = SuspensionGround::provvedimento;

    bool operator==(const Suspension&) const = default;
};

/// Reads `2026-08-01..2026-08-15`, days that an act suspends. Errors: malformed.
base::Result<Suspension> parse_suspension(std::string_view text);

/// Longest suspension under art. 2 c. 7 L. 241/1990, in days.
inline constexpr int kMaxArt2Comma7Days = 30;
/// Days for observations, and days after them at which the term starts again (art. 10-bis).
inline constexpr int kArt10BisDays = 10;

/// Most suspensions one term can have: a real procedure sees three or four.
inline constexpr std::size_t kMaxSuspensions = 32;

/// The suspension that covers the day; absent when the day counts.
std::optional<Suspension> find_suspension(LegalDate date, std::span<const Suspension> suspensions);

/// What the ground is, for the reason of a step: "preavviso di rigetto".
std::string_view describe_suspension_ground(SuspensionGround ground);

/// The norm or the act that suspends: for `legge` the law of the table with those very days.
std::string suspension_legal_basis(const Suspension& suspension);

/// Adds a suspension to those a term already has.
/// Errors: guard_failed for a second one under art. 2 c. 7, or one of more than 30 days under it;
/// invalid_input when it ends before it begins, or when there are kMaxSuspensions already.
/// Legal: L. 241/1990 art. 2 c. 7.
base::Result<std::vector<Suspension>> add_suspension(std::span<const Suspension> existing,
                                                     const Suspension& added);

/// The suspension that a preavviso causes: from the day after its receipt to the tenth day after
/// the observations, or, without any, to the end of their term. Late observations count as none
/// here: the term has already started again. The resumption is not an act to perform, so its date
/// is not rolled. Legal: L. 241/1990 art. 10-bis as changed by DL 76/2020.
Suspension suspend_for_preavviso(LegalDate received_on, std::optional<LegalDate> observations_on,
                                 LegalDate observations_term_end);

/// An exceptional suspension by law, with what it applies to.
struct LegalSuspension {
    std::string_view scope;
    Suspension days;
    std::string_view legal_basis;
};

/// Those of the table whose scope is the one given; "procedimenti_amministrativi" is the scope of a
/// procedure that names no other. There is no summer suspension (L. 742/1969 is judicial).
std::vector<LegalSuspension> find_legal_suspensions(std::string_view scope);

}  // namespace engine::calendar
