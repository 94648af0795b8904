// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "api/program.h"
#include "tests/support/asked.h"
#include "tests/support/raw_client.h"
#include "tests/support/shared_clock.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/world.h"

namespace tests {

/// The whole server on a socket of this machine: real transport, routes, engine and database, on a
/// fresh folder, with a clock that stands.
class ApiWorld {
  public:
    /// The toy workflow; or the catalog and checks given.
    ApiWorld();
    ApiWorld(engine::definition::Catalog catalog, const engine::machine::CheckLibrary& checks);
    ~ApiWorld();

    /// A secret that makes its bearer act so; the person is made when there is no such one yet, and
    /// `actor.person` is then only a name.
    std::string token(const engine::machine::Actor& actor);
    /// The id under which the journal knows the person of that name, who is made when new.
    std::string person(const std::string& name);
    /// Revokes the token that the secret is.
    void revoke(const std::string& secret);

    RawResponse ask(const Asked& asked);
    RawResponse get(const std::string& path, const std::string& token);
    /// POST with a fresh Idempotency-Key.
    RawResponse post(const std::string& path, const std::string& token, const std::string& body,
                     HeaderLines headers = {});
    /// An event at the instance's present version.
    RawResponse act(const std::string& id, const std::string& event, const std::string& token,
                    const std::string& data = "{}");
    /// A `pratica` of office 326, by its officer; fails the test when refused.
    std::string open_pratica(const std::string& data = R"({"oggetto": "completo"})");
    /// Brought to `raccolta`, where bodies may ask for an opinion, until that day.
    std::string open_raccolta(const std::string& term);

    /// What the timer does, to its end.
    void upkeep();

    /// Entries of all journals: what tells that nothing happened.
    std::size_t journal_length();

    TemporaryFolder folder;
    SharedClock clock{at("2025-02-03T09:00")};
    std::vector<std::string> log_lines();
    TestCourier courier;
    std::unique_ptr<api::Program> program;

    // Secrets, of the toy's roles in office 326 and of bodies A and B.
    std::string officer;
    std::string director;
    std::string body;
    std::string other_body;
    std::string other_officer;  ///< of office 327
    std::string region;
    std::string administrator;

  private:
    void begin(engine::definition::Catalog catalog, const engine::machine::CheckLibrary& checks);

    engine::base::SystemRandom random_;
    std::mutex log_mutex_;
    std::vector<std::string> log_lines_;
    engine::base::Log log_;
    std::thread thread_;
    std::map<std::string, std::string> people_;
    std::map<std::string, std::string> tokens_;
    int keys_ = 0;
};

}  // namespace tests
