// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/base/random.h"
#include "engine/engine.h"

namespace bench {

/// The office whose people act in the measures.
inline constexpr const char* kOffice = "326";
/// The family of the machines that are measured (bench/misura).
inline constexpr const char* kFamily = "misura";

/// A folder of this run: the definitions of the product with those of the measures beside them, and
/// the data folders. It goes away with the object.
class Site {
  public:
    /// Errors: std::runtime_error.
    explicit Site(const std::filesystem::path& parent);
    ~Site();
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;

    const std::filesystem::path& workflows() const { return workflows_; }
    /// A place for a data folder or a file, where nothing is yet.
    std::filesystem::path fresh(const std::string& name);
    /// What the engine and the server run on.
    engine::definition::Catalog catalog() const;

  private:
    std::filesystem::path folder_;
    std::filesystem::path workflows_;
    int names_ = 0;
};

/// The secrets of new officers of the office, good for a year; the data folder is made when new.
std::vector<std::string> add_officers(const std::filesystem::path& data, std::size_t count);
/// The same of one.
std::string add_officer(const std::filesystem::path& data);

/// An officer who needs no secret: for commands given to the engine itself.
engine::machine::Actor officer();

/// The value, or std::runtime_error with the error's message.
template <class T>
T need(engine::base::Result<T> result) {
    if (!result) {
        throw std::runtime_error(result.error().message_it);
    }
    return std::move(*result);
}

/// An engine on a data folder, in this process, with a clock that is moved by hand.
struct LocalEngine {
    /// With `is_durable` false nothing waits for the disk.
    LocalEngine(const Site& site, const std::filesystem::path& data, engine::base::Instant now,
                bool is_durable);

    engine::base::ManualClock clock;
    engine::base::SystemRandom random;
    std::unique_ptr<engine::store::Store> store;
    engine::documents::ContentStore contents;
    std::unique_ptr<engine::Engine> engine;
};

}  // namespace bench
