// SPDX-License-Identifier: EUPL-1.2
#include "api/pages/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/pages/body_names.h"
#include "api/pages/rows.h"
#include "api/pages/words.h"

namespace api::pages {
namespace {

using engine::base::fail;
using engine::base::InstanceId;
using engine::base::Result;
using engine::machine::JournalEntry;
using nlohmann::json;

/// Acts on one page: a screen or two.
constexpr std::int64_t kShown = 25;
/// Acts of the whole procedure looked at to find those of one part.
constexpr std::int64_t kMaxLookedAt = 500;
/// No journal is longer than this: a bound for the search of its end.
constexpr std::int64_t kMaxPosition = std::int64_t{1} << 40U;

Result<bool> has_after(engine::Queries& queries, const InstanceId& root, std::int64_t position) {
    const auto entries = queries.journal(root, position, 1);
    if (!entries) {
        return fail(entries.error());
    }
    return !entries->empty();
}

/// The last position, by doubling and halving: a few reads of one row, however long the journal.
Result<std::int64_t> find_last(engine::Queries& queries, const InstanceId& root) {
    std::int64_t low = 0;
    std::int64_t high = 1;
    while (high < kMaxPosition) {
        const auto more = has_after(queries, root, high);
        if (!more) {
            return fail(more.error());
        }
        if (!*more) {
            break;
        }
        low = high;
        high *= 2;
    }
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        const auto more = has_after(queries, root, middle);
        if (!more) {
            return fail(more.error());
        }
        if (*more) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool tells_people(const JournalEntry& entry) {
    // That a message has left is told with the message.
    return entry.event != engine::machine::kEventMessageSent;
}

/// When the request began to arrive; empty when it says no other minute than its end.
std::string begun_words(const JournalEntry& entry) {
    if (!entry.begun_at || instant_words(*entry.begun_at) == instant_words(entry.received_at)) {
        return {};
    }
    return instant_words(*entry.begun_at);
}

/// The task that an entry is about, by its title: "Verificare i requisiti dell'ente".
std::string task_words(const JournalEntry& entry, const engine::InstanceView& view) {
    for (const auto& effect : entry.effects) {
        const auto* assigned = std::get_if<engine::machine::TaskAssigned>(&effect);
        const auto* ended = std::get_if<engine::machine::TaskEnded>(&effect);
        if (assigned == nullptr && ended == nullptr) {
            continue;
        }
        const auto task =
            view.record.tasks.find((assigned != nullptr ? assigned->id : ended->id).text);
        const auto* definition = task == view.record.tasks.end()
                                     ? nullptr
                                     : view.definition->tasks.find(task->second.name);
        return definition == nullptr ? entry.title : definition->title;
    }
    return entry.title;
}

/// ", a Mario Rossi": to whom a task was handed over, when the one who looks may know people's
/// names.
std::string assignee_words(const JournalEntry& entry, const PeopleNames& names) {
    for (const auto& effect : entry.effects) {
        if (const auto* assigned = std::get_if<engine::machine::TaskAssigned>(&effect)) {
            const auto name = names.find(assigned->assignee);
            return name == names.end() ? "" : ", a " + name->second;
        }
    }
    return "";
}

/// The engine's own events have the title of what they are about: a document, a task.
std::string act_words(const JournalEntry& entry, const engine::InstanceView& view,
                      const PeopleNames& names) {
    if (entry.event == engine::machine::kEventOpen) {
        return "Aperto il fascicolo: " + entry.title;
    }
    if (entry.event == engine::machine::kEventRecordDocument) {
        return "Aggiunto un documento: " + entry.title;
    }
    if (entry.event == engine::machine::kEventTakeTask) {
        return "Preso in carico: " + task_words(entry, view);
    }
    if (entry.event == engine::machine::kEventHandOverTask) {
        return "Passato ad altri: " + task_words(entry, view) + assignee_words(entry, names);
    }
    if (entry.event == engine::machine::kEventReturnTask) {
        return "Rimesso a disposizione: " + task_words(entry, view);
    }
    if (entry.event == engine::machine::kEventCompleteTask) {
        return "Concluso: " + task_words(entry, view);
    }
    return entry.title;
}

/// The parts that entries are about, by id; each read once.
class Parts {
  public:
    explicit Parts(const PageCall& page) : page_(page) {}

    /// Valid as long as this is.
    Result<const engine::InstanceView*> find(const InstanceId& id) {
        auto known = views_.find(id);
        if (known == views_.end()) {
            auto view = page_.queries().view(id);
            if (!view) {
                return fail(view.error());
            }
            known = views_.emplace(id, std::move(*view)).first;
        }
        return &known->second;
    }

  private:
    const PageCall& page_;
    std::map<InstanceId, engine::InstanceView> views_;
};

/// Errors: the store's.
Result<std::string> part_words(const engine::InstanceView& part, BodyNames& bodies) {
    const auto& own = part.record.instance;
    if (own.party.empty()) {
        return part.definition->title;
    }
    const auto name = bodies.find(own.party);
    if (!name) {
        return fail(name.error());
    }
    return fmt::format("{}, {}", part.definition->title,
                       name->empty() ? "ente " + own.party : *name);
}

std::string actor_words(const engine::definition::WorkflowDefinition& definition,
                        const JournalEntry& entry, const PeopleNames& names) {
    if (entry.role == engine::machine::kSystemRole) {
        return "il sistema, da sé";
    }
    const auto* role = definition.roles.find(entry.role);
    const std::string title = role == nullptr ? choice_words(entry.role) : role->title;
    const auto name = names.find(entry.person);
    return name == names.end() ? title : fmt::format("{}, {}", name->second, title);
}

}  // namespace

Result<History> read_history(engine::Queries& queries, const engine::machine::Instance& instance,
                             std::int64_t before) {
    std::int64_t end = before - 1;
    if (before <= 0) {
        const auto last = find_last(queries, instance.root);
        if (!last) {
            return fail(last.error());
        }
        end = *last;
    }
    const bool is_root = instance.id == instance.root;
    const std::int64_t from = std::max<std::int64_t>(0, end - (is_root ? kShown : kMaxLookedAt));
    auto entries = queries.journal(instance.root, from,
                                   static_cast<std::size_t>(std::max<std::int64_t>(1, end - from)));
    if (!entries) {
        return fail(entries.error());
    }
    History history;
    for (auto entry = entries->rbegin(); entry != entries->rend(); ++entry) {
        if (entry->position <= end && tells_people(*entry) &&
            (is_root || entry->instance == instance.id)) {
            history.entries.push_back(std::move(*entry));
        }
    }
    history.before = from > 0 ? from + 1 : 0;
    return history;
}

Result<PeopleNames> read_people(engine::Accounts& accounts) {
    const auto people = accounts.list_people();
    if (!people) {
        return fail(people.error());
    }
    PeopleNames names;
    for (const auto& person : *people) {
        names.emplace(person.id, person.display_name);
    }
    return names;
}

Result<json> history_json(const PageCall& page, const engine::InstanceView& view,
                          const History& history, const PeopleNames& names) {
    Parts parts(page);
    BodyNames bodies(page);
    json list = json::array();
    for (const JournalEntry& entry : history.entries) {
        const bool is_own = entry.instance == view.record.instance.id;
        const auto part =
            is_own ? Result<const engine::InstanceView*>(&view) : parts.find(entry.instance);
        if (!part) {
            return fail(part.error());
        }
        const auto of = is_own ? Result<std::string>() : part_words(**part, bodies);
        if (!of) {
            return fail(of.error());
        }
        list.push_back({{"titolo", act_words(entry, **part, names)},
                        {"di", *of},
                        {"quando", instant_words(entry.received_at)},
                        {"iniziato", begun_words(entry)},
                        {"avvenuto", entry.occurred_at ? instant_words(*entry.occurred_at) : ""},
                        {"chi", actor_words(*view.definition, entry, names)}});
    }
    return list;
}

std::map<std::string, std::string> state_dates(const InstanceId& instance, const History& history) {
    std::map<std::string, std::string> dates;
    for (const JournalEntry& entry : history.entries) {
        for (const auto& effect : entry.effects) {
            const auto* entered = std::get_if<engine::machine::StateEntered>(&effect);
            if (entry.instance == instance && entered != nullptr) {
                dates.emplace(entered->state, instant_words(entry.received_at));
            }
        }
    }
    return dates;
}

}  // namespace api::pages
