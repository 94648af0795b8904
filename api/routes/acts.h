// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/routes/router.h"
#include "engine/base/json.h"

// What routes that become commands share.

namespace api::routes {

/// As the schema of definitions has it.
inline constexpr std::int64_t kMaxDefinitionVersion = 10000;

/// Reads the members of a JSON body. What is wrong is gathered, with pointers, and told by
/// `finish`.
class BodyReader {
  public:
    explicit BodyReader(const engine::base::Fields& fields) : fields_(fields) {}

    std::string text(const std::string& name);  ///< empty when it is not there
    std::string required_text(const std::string& name);
    std::int64_t integer(const std::string& name, std::int64_t least,
                         std::int64_t most);               ///< 0 when it is not there
    engine::base::Fields object(const std::string& name);  ///< empty when it is not there
    std::optional<engine::base::Instant> instant(const std::string& name);

    /// Errors: invalid_input, with every mistake.
    engine::base::Result<void> finish();

  private:
    void refuse(const std::string& name, std::string_view code, std::string message_it);

    const engine::base::Fields& fields_;
    std::vector<engine::base::ErrorDetail> details_;
};

/// The command with the request's `Idempotency-Key`. Errors: those of read_idempotency_key.
Result<Command> with_key(const http::Request& request, Command command);

/// 200 (201 with `Location` for an opening) with what the act led to, and its `ETag`; or the error.
/// Errors: those of the outcome. Where the act's data came as `dati`, so say the pointers.
Result<http::Response> answer_act(const Call& call, const Result<Outcome>& outcome);
Result<http::Response> answer_event(const Call& call, const Result<Outcome>& outcome);
Result<http::Response> answer_opening(const Call& call, const Result<Outcome>& outcome);

/// Whether a task may go to that person: somebody who can do it. Whoever has the role says who,
/// also of what a colleague has taken (he may be ill); the journal says who passed it on.
/// Errors: invalid_input.
Result<void> check_assignee(const Call& call, const std::string& assignee);

/// Whether whoever an act puts in a role can act in it: where a role has its holder (`holder` of
/// the definition), the value that names the holder is the code of a person who today acts in that
/// role for that office. Pointers are into the act's data, which are at `data_at` of what was sent
/// ("/dati"; or empty). Errors: invalid_input.
Result<void> check_holders(const Call& call,
                           const engine::definition::WorkflowDefinition& definition,
                           const std::string& office, const engine::base::Fields& payload,
                           const std::string& data_at);

/// The instance named in the path, when the caller may know it. Errors: not_found.
Result<access::SeenInstance> find_target(const Call& call, access::Sight least);
/// The id of the same, for who acts on it. Errors: not_found.
Result<engine::base::InstanceId> find_acted_on(const Call& call, access::Sight least);

}  // namespace api::routes
