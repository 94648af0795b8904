// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "bench/child_process.h"
#include "engine/engine.h"
#include "tests/support/asked.h"
#include "tests/support/raw_client.h"
#include "tests/support/shifted_clock.h"
#include "tests/support/temporary_folder.h"

namespace tests {

/// The real `coprog serve` on a fresh folder, a process of its own that can be killed and started
/// again, later.
class ServedFolder {
  public:
    /// Serves the definitions of the product and, beside them, those of the folder `family`.
    ServedFolder(const std::filesystem::path& family, engine::base::Instant start);

    /// Makes the process and does not wait for it.
    void launch();
    /// Waits until it listens; fails the test when it never does.
    void wait_until_it_listens();
    /// SIGKILL: it gets no chance to finish anything.
    void kill();
    /// SIGTERM, and its exit code.
    int stop();

    std::uint16_t port() const { return port_; }
    /// Asks over a connection of its own; absent when no answer came. Threads: any.
    std::optional<RawResponse> ask(const Asked& asked) const;
    /// What `coprog verify` prints, run as another process; empty when it says that all is whole.
    std::string verify() const;
    /// The same database, opened by the tests.
    std::unique_ptr<engine::store::Store> open_store() const;
    /// The files beside it.
    engine::documents::ContentStore contents() const;
    /// Where both are.
    std::filesystem::path data_folder() const { return folder_.path() / "dati"; }
    /// A secret for a new person who acts so, valid for years. `actor.person` is a name, and is
    /// replaced by the id under which the journal knows the person.
    std::string add_token(engine::machine::Actor& actor);
    /// What the server wrote on its standard error, since the first start.
    std::string log_text() const;

    ShiftedClock clock;

  private:
    bench::ProcessStart start_of(std::vector<std::string> arguments, const std::string& log) const;

    TemporaryFolder folder_;
    std::uint16_t port_ = 0;
    engine::base::SystemRandom random_;
    std::unique_ptr<bench::ChildProcess> server_;
};

}  // namespace tests
