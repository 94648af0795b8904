// SPDX-License-Identifier: EUPL-1.2
#include "engine/runtime/as_of.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/base/ensure.h"
#include "engine/calendar/local_time.h"
#include "engine/machine/command.h"
#include "engine/runtime/read_chain.h"

namespace engine::runtime {
namespace {

using base::fail;
using base::Instant;
using base::Result;
using machine::DeadlineStatus;
using machine::JournalEntry;

/// Deepest tree that is shown: procedure, application, member of its network, and room to spare.
constexpr std::size_t kMaxDepth = 16;

/// An instance and where its journal is.
struct Place {
    base::InstanceId id;
    base::InstanceId root;
};

/// The instance and all under it, parents first. A child's root is its parent's, or itself.
void add_places(store::ReadUnit& unit, const Place& place, std::size_t depth,
                std::vector<Place>& places) {
    base::ensure(depth < kMaxDepth, "definitions open children a few levels deep");
    places.push_back(place);
    for (const base::InstanceId& child : unit.list_children(place.id)) {
        const bool is_root = !unit.read_journal(child, 0, 1).empty();
        add_places(unit, {child, is_root ? child : place.root}, depth + 1, places);
    }
}

bool only_says_that_a_message_left(const JournalEntry& entry) {
    return entry.event == machine::kEventMessageSent;
}

/// One chain, folded up to an instant, for the instances that are asked about.
class ChainFold {
  public:
    ChainFold(std::map<base::InstanceId, PastInstance>& instances, Instant at, Instant now)
        : instances_(instances), at_(at), now_(now) {}

    Result<void> take(const machine::StoredEntry& stored) {
        auto entry = machine::parse_entry(stored.text);
        if (!entry) {
            return fail(entry.error());
        }
        // The clock of the chain never goes back. The dispatcher's entries move nothing, and may
        // come between a deadline's end and its record.
        const Instant known_from = std::max(reached_, entry->received_at);
        if (!only_says_that_a_message_left(*entry)) {
            reached_ = known_from;
        }
        const auto found = instances_.find(entry->instance);
        if (found == instances_.end()) {
            return {};
        }
        future_entries_ += known_from > now_ ? 1U : 0U;
        const bool is_in_picture = known_from <= at_;
        note_later(*entry, is_in_picture, found->second);
        return is_in_picture ? machine::fold_entry(found->second.record, *entry) : Result<void>{};
    }

    std::size_t future_entries() const { return future_entries_; }

  private:
    void note_later(const JournalEntry& entry, bool is_in_picture, PastInstance& instance) const {
        const Instant took_place_at = entry.occurred_at.value_or(entry.received_at);
        const bool is_later =
            took_place_at <= at_ && entry.recorded_at > at_ && (is_in_picture || entry.occurred_at);
        if (is_later && instance.later_acts.size() < kMaxLaterActs) {
            instance.later_acts.push_back(
                {entry.title, took_place_at, entry.recorded_at, is_in_picture});
        }
    }

    std::map<base::InstanceId, PastInstance>& instances_;
    Instant at_;
    Instant now_;
    Instant reached_{};
    std::size_t future_entries_ = 0;
};

/// Folds up to `at`, and gives how many entries are dated after `now`.
Result<std::size_t> fold_chains(store::ReadUnit& unit, const std::vector<Place>& places, Instant at,
                                Instant now, std::map<base::InstanceId, PastInstance>& instances) {
    std::size_t future_entries = 0;
    std::set<base::InstanceId> roots;
    for (const Place& place : places) {
        roots.insert(place.root);
        instances[place.id];
    }
    for (const base::InstanceId& root : roots) {
        ChainFold fold(instances, at, now);
        Result<void> done;
        read_chain(unit, root, [&](const machine::StoredEntry& entry) {
            done = fold.take(entry);
            return done.has_value();
        });
        if (!done) {
            return fail(done.error());
        }
        future_entries += fold.future_entries();
    }
    return future_entries;
}

/// The texts of the values: each version has a hash of its own, because it has a salt of its own.
void read_values(store::ReadUnit& unit, PastInstance& instance) {
    const auto rows = unit.load_value_rows(instance.record.instance.id);
    for (const auto& [field, stamp] : instance.record.values) {
        const auto row = std::find_if(rows.begin(), rows.end(), [&stamp = stamp](const auto& one) {
            return one.field == stamp.field && one.hash == stamp.hash;
        });
        if (row != rows.end() && row->value) {
            instance.values.emplace(field, *row->value);
        } else {
            instance.erased.insert(field);
        }
    }
}

void complete(store::ReadUnit& unit, const definition::Catalog& catalog, Instant at,
              PastInstance& instance) {
    read_values(unit, instance);
    instance.definition = catalog.find_by_hash(instance.record.instance.definition_sha256);
    base::ensure(instance.definition != nullptr, "start-up takes over every stored definition");
    for (const auto& [key, deadline] : instance.record.deadlines) {
        if (deadline.status == DeadlineStatus::running && deadline.bound && *deadline.bound <= at) {
            instance.ended_unrecorded.insert(key);
        }
    }
}

tl::unexpected<base::Error> not_open_yet(Instant at, Instant opened_at) {
    return fail(base::ErrorCode::not_found,
                fmt::format("Il {} questo procedimento non era ancora aperto: è stato aperto il "
                            "{}.",
                            calendar::render_italian_instant(at),
                            calendar::render_italian_instant(opened_at)));
}

/// The present rows of the instance asked about: where its journal is, and when it begins.
Result<machine::Instance> find_present(store::ReadUnit& unit, const base::InstanceId& id) {
    const auto snapshot = unit.find_snapshot(id);
    if (!snapshot) {
        return fail(base::ErrorCode::not_found, "Il procedimento non esiste.");
    }
    return snapshot->record.instance;
}

}  // namespace

DeadlineStatus PastInstance::status_of(const machine::Deadline& deadline) const {
    using definition::DeadlineKind;
    if (!ended_unrecorded.contains({deadline.name, deadline.occurrence})) {
        return deadline.status;
    }
    const bool is_obligation =
        deadline.kind == DeadlineKind::obligation || deadline.kind == DeadlineKind::recurring;
    return is_obligation ? DeadlineStatus::missed : DeadlineStatus::expired;
}

Result<PastPicture> find_as_of(store::ReadUnit& unit, const definition::Catalog& catalog,
                               const base::InstanceId& id, std::optional<Instant> at, Instant now) {
    if (at && *at > now) {
        return fail(base::ErrorCode::invalid_input,
                    fmt::format("Il {} deve ancora venire: si può guardare solo il passato.",
                                calendar::render_italian_instant(*at)));
    }
    const auto present = find_present(unit, id);
    if (!present) {
        return fail(present.error());
    }
    std::vector<Place> places;
    add_places(unit, {id, present->root}, 0, places);
    std::map<base::InstanceId, PastInstance> instances;
    PastPicture picture;
    picture.at = at.value_or(now);
    const auto folded = fold_chains(unit, places, picture.at, now, instances);
    if (!folded) {
        return fail(folded.error());
    }
    picture.future_entries = *folded;
    for (const Place& place : places) {
        PastInstance& instance = instances.at(place.id);
        const bool is_open = !instance.record.instance.id.empty();
        if (!is_open && place.id == id) {
            return not_open_yet(picture.at, present->opened_at);
        }
        if (is_open) {
            complete(unit, catalog, picture.at, instance);
            picture.instances.push_back(std::move(instance));
        }
    }
    return picture;
}

}  // namespace engine::runtime
