// SPDX-License-Identifier: EUPL-1.2
#include "bench/site.h"

#include <fmt/format.h>

#include "api/cli/workflow_files.h"
#include "engine/accounts.h"

namespace bench {
namespace {

/// Longer than the soak's ten years.
constexpr std::int64_t kTokenMs = std::int64_t{20} * 365 * 86'400'000;

std::unique_ptr<engine::store::Store> open(const std::filesystem::path& data,
                                           const engine::base::Clock& clock, bool is_durable) {
    return need(is_durable ? engine::open_store(data, clock)
                           : engine::open_scratch_store(data, clock));
}

}  // namespace

Site::Site(const std::filesystem::path& parent) {
    engine::base::SystemRandom random;
    folder_ = parent / ("misure-" + engine::base::random_hex(random));
    workflows_ = folder_ / "workflows";
    const std::filesystem::path source(COPROG_SOURCE_DIR);
    std::filesystem::create_directories(folder_);
    std::filesystem::copy(source / "workflows", workflows_,
                          std::filesystem::copy_options::recursive);
    std::filesystem::copy(source / "bench/misura", workflows_ / kFamily);
}

Site::~Site() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::filesystem::path Site::fresh(const std::string& name) {
    return folder_ / fmt::format("{}-{}", name, ++names_);
}

engine::definition::Catalog Site::catalog() const {
    return need(api::cli::load_workflows(workflows_.string()));
}

std::vector<std::string> add_officers(const std::filesystem::path& data, std::size_t count) {
    std::filesystem::create_directories(data);
    const engine::base::SystemClock clock;
    engine::base::SystemRandom random;
    const auto accounts = need(engine::open_accounts(data, clock, random));
    std::vector<std::string> secrets;
    for (std::size_t i = 0; i < count; ++i) {
        const auto person = need(accounts->add_person(fmt::format("Chi misura, {}", i)));
        engine::TokenRequest request;
        request.actor = officer();
        request.actor.person = person.id;
        request.valid_from = clock.now();
        request.valid_until = {clock.now().utc_ms + kTokenMs};
        secrets.push_back(need(accounts->create_token(request)).secret);
    }
    return secrets;
}

std::string add_officer(const std::filesystem::path& data) {
    return add_officers(data, 1).front();
}

engine::machine::Actor officer() {
    return {"p-misura", "funzionario", kOffice, ""};
}

LocalEngine::LocalEngine(const Site& site, const std::filesystem::path& data,
                         engine::base::Instant now, bool is_durable)
    : clock(now),
      store(open(data, clock, is_durable)),
      contents(data / engine::kContentFolder),
      engine(need(engine::Engine::start(
          {*store, site.catalog(), api::cli::workflow_checks(), contents, clock, random}))) {}

}  // namespace bench
