// SPDX-License-Identifier: EUPL-1.2
#include "engine/machine/journal_entry.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/base/sha256.h"
#include "engine/machine/effect_json.h"

namespace engine::machine {
namespace {

using Json = nlohmann::json;

bool changes_version(const JournalEntry& entry) {
    return std::any_of(entry.effects.begin(), entry.effects.end(), [](const Effect& effect) {
        return !std::holds_alternative<MessageSent>(effect);
    });
}

JournalEntry read_entry(const Json& json) {
    JournalEntry entry;
    entry.root = base::InstanceId{json.at("root").get<std::string>()};
    entry.position = json.at("position").get<std::int64_t>();
    entry.instance = base::InstanceId{json.at("instance").get<std::string>()};
    entry.event = json.at("event").get<std::string>();
    entry.title = json.value("title", "");
    entry.person = json.value("person", "");
    entry.role = json.at("role").get<std::string>();
    entry.cause = json.value("cause", std::int64_t{0});
    entry.cause_root = base::InstanceId{json.value("cause_root", "")};
    entry.received_at.utc_ms = json.at("received_at").get<std::int64_t>();
    if (json.contains("begun_at")) {
        entry.begun_at = base::Instant{json.at("begun_at").get<std::int64_t>()};
    }
    if (json.contains("occurred_at")) {
        entry.occurred_at = base::Instant{json.at("occurred_at").get<std::int64_t>()};
    }
    entry.recorded_at.utc_ms = json.at("recorded_at").get<std::int64_t>();
    return entry;
}

}  // namespace

std::string render_entry(const JournalEntry& entry) {
    Json json{{"root", entry.root.text},
              {"position", entry.position},
              {"instance", entry.instance.text},
              {"event", entry.event},
              {"role", entry.role},
              {"received_at", entry.received_at.utc_ms},
              {"recorded_at", entry.recorded_at.utc_ms},
              {"effects", effects_to_json(entry.effects)}};
    if (!entry.title.empty()) {
        json["title"] = entry.title;
    }
    if (!entry.person.empty()) {
        json["person"] = entry.person;
    }
    if (entry.cause != 0) {
        json["cause"] = entry.cause;
    }
    if (!entry.cause_root.empty()) {
        json["cause_root"] = entry.cause_root.text;
    }
    if (entry.begun_at) {
        json["begun_at"] = entry.begun_at->utc_ms;
    }
    if (entry.occurred_at) {
        json["occurred_at"] = entry.occurred_at->utc_ms;
    }
    return json.dump();
}

base::Result<JournalEntry> parse_entry(std::string_view text) {
    try {
        const Json json = Json::parse(text);
        JournalEntry entry = read_entry(json);
        entry.effects = effects_from_json(json.at("effects"));
        return entry;
    } catch (const std::exception&) {
        return base::fail(base::ErrorCode::storage_corrupt,
                          "Una riga del registro non è leggibile.");
    }
}

std::string chain_hash(std::string_view previous_hash, std::string_view text) {
    std::string bytes(previous_hash);
    bytes += '\n';
    bytes += text;
    return base::sha256_hex(bytes);
}

base::Result<void> fold_entry(InstanceRecord& record, const JournalEntry& entry) {
    for (const Effect& effect : entry.effects) {
        if (auto done = apply_effect(record, effect); !done) {
            return done;
        }
    }
    record.instance.version += changes_version(entry) ? 1 : 0;
    return {};
}

}  // namespace engine::machine
