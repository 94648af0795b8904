// SPDX-License-Identifier: EUPL-1.2
#include "engine/machine/effect_json.h"

#include <array>
#include <nlohmann/json.hpp>

#include "engine/machine/effect.h"
#include "engine/machine/row_fields.h"

namespace engine::machine {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, std::variant_size_v<Effect>> kEffectNames{
    "instance_opened", "state_entered", "value_set",      "deadline_set",      "deadline_ended",
    "task_opened",     "task_assigned", "task_ended",     "document_recorded", "document_published",
    "document_frozen", "registered",    "message_queued", "message_sent",      "silence_recorded",
    "migrated",        "value_erased",  "message_erased",
};

/// Writes fields; what is empty is left out, so that an entry stays short.
class Writer {
  public:
    explicit Writer(Json& json) : json_(json) {}

    void operator()(const char* name, const std::string& value) { put(name, value, value.empty()); }
    void operator()(const char* name, int value) { json_[name] = value; }
    void operator()(const char* name, std::int64_t value) { json_[name] = value; }
    void operator()(const char* name, bool value) { put(name, value, !value); }
    void operator()(const char* name, base::Instant value) { json_[name] = value.utc_ms; }
    template <class Tag>
    void operator()(const char* name, const base::StrongId<Tag>& value) {
        put(name, value.text, value.empty());
    }
    template <class T>
    void operator()(const char* name, const std::optional<T>& value) {
        if (value) {
            (*this)(name, *value);
        }
    }
    void operator()(const char* name, const JsonText& value) {
        if (!value.text.empty()) {
            json_[name] = Json::parse(value.text);
        }
    }
    void operator()(const char* name, definition::DeadlineKind value) {
        json_[name] = definition::deadline_kind_name(value);
    }
    void operator()(const char* name, DeadlineStatus value) {
        json_[name] = deadline_status_name(value);
    }
    void operator()(const char* name, TaskStatus value) { json_[name] = task_status_name(value); }
    void operator()(const char* name, MessageStatus value) {
        json_[name] = message_status_name(value);
    }

  private:
    template <class T>
    void put(const char* name, const T& value, bool is_empty) {
        if (!is_empty) {
            json_[name] = value;
        }
    }

    Json& json_;
};

/// Reads fields; what is absent stays as constructed. A wrong type throws nlohmann's exception.
class Reader {
  public:
    explicit Reader(const Json& json) : json_(json) {}

    void operator()(const char* name, std::string& value) { take(name, value); }
    void operator()(const char* name, int& value) { take(name, value); }
    void operator()(const char* name, std::int64_t& value) { take(name, value); }
    void operator()(const char* name, bool& value) { take(name, value); }
    void operator()(const char* name, base::Instant& value) { take(name, value.utc_ms); }
    template <class Tag>
    void operator()(const char* name, base::StrongId<Tag>& value) {
        take(name, value.text);
    }
    template <class T>
    void operator()(const char* name, std::optional<T>& value) {
        if (json_.contains(name)) {
            value.emplace();
            (*this)(name, *value);
        }
    }
    void operator()(const char* name, JsonText& value) {
        if (json_.contains(name)) {
            value.text = json_.at(name).dump();
        }
    }
    void operator()(const char* name, definition::DeadlineKind& value) {
        take_enum(name, value, definition::find_deadline_kind);
    }
    void operator()(const char* name, DeadlineStatus& value) {
        take_enum(name, value, find_deadline_status);
    }
    void operator()(const char* name, TaskStatus& value) {
        take_enum(name, value, find_task_status);
    }
    void operator()(const char* name, MessageStatus& value) {
        take_enum(name, value, find_message_status);
    }

  private:
    template <class T>
    void take(const char* name, T& value) {
        if (json_.contains(name)) {
            value = json_.at(name).get<T>();
        }
    }
    template <class Enum, class Find>
    void take_enum(const char* name, Enum& value, Find find) {
        const auto found = find(json_.at(name).get_ref<const std::string&>());
        if (!found) {
            throw std::invalid_argument("unknown name in the journal");
        }
        value = *found;
    }

    const Json& json_;
};

template <std::size_t kIndex = 0>
Effect make_effect(std::size_t index) {
    if constexpr (kIndex < std::variant_size_v<Effect>) {
        return index == kIndex ? Effect(std::in_place_index<kIndex>)
                               : make_effect<kIndex + 1>(index);
    }
    throw std::invalid_argument("unknown effect in the journal");
}

Effect parse_effect(const Json& json) {
    const std::string name = json.at("effect").get<std::string>();
    std::size_t index = 0;
    while (index < kEffectNames.size() && kEffectNames.at(index) != name) {
        ++index;
    }
    Effect effect = make_effect(index);
    Reader reader(json);
    std::visit([&reader](auto& one) { visit_effect(reader, one); }, effect);
    return effect;
}

}  // namespace

std::string_view effect_name(const Effect& effect) {
    return kEffectNames.at(effect.index());
}

Json effects_to_json(const std::vector<Effect>& effects) {
    Json array = Json::array();
    for (const Effect& effect : effects) {
        Json json{{"effect", effect_name(effect)}};
        Writer writer(json);
        std::visit([&writer](const auto& one) { visit_effect(writer, one); }, effect);
        array.push_back(std::move(json));
    }
    return array;
}

std::vector<Effect> effects_from_json(const Json& array) {
    std::vector<Effect> effects;
    for (const Json& one : array.get_ref<const Json::array_t&>()) {
        effects.push_back(parse_effect(one));
    }
    return effects;
}

std::string render_effects(const std::vector<Effect>& effects) {
    return effects_to_json(effects).dump();
}

base::Result<std::vector<Effect>> parse_effects(std::string_view json) {
    try {
        return effects_from_json(Json::parse(json));
    } catch (const std::exception&) {
        return base::fail(base::ErrorCode::storage_corrupt,
                          "Una riga del registro non è leggibile: i suoi fatti non sono quelli "
                          "che il motore scrive.");
    }
}

}  // namespace engine::machine
