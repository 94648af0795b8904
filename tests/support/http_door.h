// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "tests/support/api_world.h"

namespace tests {

/// The door of a script that is played over HTTP: each command becomes the request that a program
/// would send, with a token of the actor, the version it read, and a file where a document is
/// added.
class HttpDoor {
  public:
    /// The world outlives it.
    HttpDoor(ApiWorld& world, const engine::definition::Catalog& catalog);

    engine::base::Result<engine::Outcome> carry_out(const engine::machine::Command& command);

    int requests() const { return requests_; }

  private:
    std::string token_of(engine::machine::Actor actor);
    engine::base::Fields with_people(engine::base::Fields payload,
                                     const engine::machine::Actor& actor);
    RawResponse open(const engine::machine::Command& command, const std::string& token);
    RawResponse add_document(const engine::machine::Command& command, const std::string& token);
    RawResponse send_event(const engine::machine::Command& command, const std::string& token);
    RawResponse act_on_task(const engine::machine::Command& command, const std::string& token);

    ApiWorld& world_;
    api::access::RoleClasses roles_;
    int requests_ = 0;
};

}  // namespace tests
