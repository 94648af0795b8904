// SPDX-License-Identifier: EUPL-1.2
#include "api/scenario/stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace api::scenario {

using engine::base::fail;
using engine::base::Instant;
using engine::base::Result;

namespace {

/// Entries of one root told at once: a line of a script causes far fewer.
constexpr std::size_t kMaxNewEntries = 10000;

/// Roots of one scenario: an initiative with its procedures is nine.
constexpr std::size_t kMaxRoots = 1000;

}  // namespace

Stage::Stage(const engine::definition::Catalog& catalog,
             const engine::machine::CheckLibrary& checks, const PlayOptions& options)
    : known_as(options.known_as),
      catalog_(catalog),
      checks_(checks),
      options_(options),
      random_(options.seed),
      contents_(options.data_folder / engine::kContentFolder) {}

Result<void> Stage::open() {
    engine_.reset();
    store_.reset();
    auto store = options_.is_seeding ? engine::open_scratch_store(options_.data_folder, clock_)
                                     : engine::open_store(options_.data_folder, clock_);
    if (!store) {
        return fail(store.error());
    }
    store_ = std::move(*store);
    auto engine = engine::Engine::start({*store_, catalog_, checks_, contents_, clock_, random_});
    if (!engine) {
        return fail(engine.error());
    }
    engine_ = std::move(*engine);
    return {};
}

Result<void> Stage::assume_check(const std::string& name, bool passes) {
    if (options_.door) {
        return fail(engine::base::ErrorCode::invalid_input,
                    "attraverso un server i controlli non si danno per fatti");
    }
    if (!checks_.assume(name, passes)) {
        return fail(engine::base::ErrorCode::not_found,
                    fmt::format("il controllo «{}» non esiste", name));
    }
    return {};
}

Result<void> Stage::run_due() {
    while (true) {
        auto run = engine_->run_due();
        if (!run) {
            return fail(run.error());
        }
        if (run->is_finished) {
            return {};
        }
    }
}

Result<void> Stage::move_to(Instant instant) {
    while (!options_.timer_is_late) {
        auto next = engine_->queries().next_bound();
        if (!next) {
            return fail(next.error());
        }
        if (!*next || **next > instant) {
            break;
        }
        if (**next > clock_.now()) {
            clock_.move_to(**next);
        }
        if (auto done = run_due(); !done) {
            return done;
        }
    }
    clock_.move_to(instant);
    return {};
}

Result<std::vector<engine::machine::JournalEntry>> Stage::take_new_entries() {
    std::vector<engine::machine::JournalEntry> all;
    const auto roots = engine::store::read_from(*store_, [](engine::store::ReadUnit& unit) {
        return unit.list_roots(engine::base::InstanceId{}, kMaxRoots);
    });
    for (const auto& root : roots) {
        roots_.emplace(root, 0);
    }
    for (auto& [root, position] : roots_) {
        auto entries = engine_->queries().journal(root, position, kMaxNewEntries);
        if (!entries) {
            return fail(entries.error());
        }
        for (auto& entry : *entries) {
            position = entry.position;
            all.push_back(std::move(entry));
        }
    }
    return all;
}

bool Stage::acts_for_party(const std::string& role) const {
    const auto& definitions = catalog_.definitions();
    return std::any_of(definitions.begin(), definitions.end(), [&](const auto& definition) {
        const auto* found = definition->roles.find(role);
        return found != nullptr && found->scope == engine::definition::RoleScope::party;
    });
}

Result<engine::base::InstanceId> Stage::find_child(const std::string& parent,
                                                   const std::string& list,
                                                   const std::string& key) {
    const auto above = instances.find(parent);
    auto children = above == instances.end()
                        ? Result<std::vector<engine::base::InstanceId>>(
                              fail(engine::base::ErrorCode::not_found,
                                   fmt::format("«{}» non è il nome di niente", parent)))
                        : engine_->queries().children(above->second);
    if (!children) {
        return fail(children.error());
    }
    const auto party = parties.find(key);
    std::optional<engine::base::InstanceId> found;
    int place = 0;
    for (const auto& id : *children) {
        const auto view = engine_->queries().view(id);
        const auto& instance = view->record.instance;
        if (instance.list != list) {
            continue;
        }
        ++place;
        const bool is_it = party != parties.end()
                               ? instance.party == party->second
                               : instance.office == key || std::to_string(place) == key;
        found = is_it ? id : found;
    }
    if (!found) {
        return fail(engine::base::ErrorCode::not_found,
                    fmt::format("in «{}» di «{}» non c'è «{}»", list, parent, key));
    }
    return *found;
}

Result<std::vector<engine::documents::Envelope>> Stage::run_outbox() {
    RememberingCourier courier;
    while (true) {
        auto run = engine_->run_outbox(courier);
        if (!run) {
            return fail(run.error());
        }
        if (run->sent == 0) {
            return std::move(courier.envelopes);
        }
    }
}

}  // namespace api::scenario
