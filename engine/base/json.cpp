// SPDX-License-Identifier: EUPL-1.2
#include "engine/base/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

namespace engine::base {
namespace {

/// From here on a number as IEEE 754 knows it no longer tells two neighbouring integers apart.
constexpr double kFirstInexact = 9007199254740992.0;  // 2^53 (RFC 8259, 6)
/// Of a key that is quoted in a message.
constexpr std::size_t kMaxQuotedKey = 60;

/// Watches a parse for what RFC 8259 allows and we refuse: repeated keys, endless nesting, numbers
/// that could not be kept as they were written.
template <class Json>
class StrictWatch {
  public:
    bool operator()(int depth, typename Json::parse_event_t event, const Json& parsed) {
        using Event = typename Json::parse_event_t;
        const bool opens = event == Event::object_start || event == Event::array_start;
        if (depth + (opens ? 1 : 0) > static_cast<int>(kMaxJsonDepth)) {
            note(fmt::format("ha più di {} livelli di annidamento", kMaxJsonDepth));
            return false;
        }
        if (event == Event::value && parsed.is_number_float()) {
            note_float(parsed.template get<double>());
        }
        if (event == Event::object_start) {
            keys_.emplace_back();
        } else if (event == Event::object_end && !keys_.empty()) {
            keys_.pop_back();
        } else if (event == Event::key && !keys_.empty()) {
            note_key(parsed.template get_ref<const std::string&>());
        }
        return true;
    }

    const std::string& problem() const { return problem_; }

  private:
    /// The first problem is the one that is told.
    void note(std::string problem) {
        if (problem_.empty()) {
            problem_ = std::move(problem);
        }
    }

    void note_key(const std::string& key) {
        if (keys_.back().insert(key).second) {
            return;
        }
        const bool is_short = key.size() <= kMaxQuotedKey;
        note(fmt::format("ha una chiave che compare due volte nello stesso oggetto{}",
                         is_short ? ": «" + key + "»" : std::string{}));
    }

    /// The parser turns integers beyond 64 bits into floats: other digits would be hashed and
    /// shown.
    void note_float(double value) {
        if (value >= kFirstInexact || value <= -kFirstInexact) {
            note("ha un numero troppo grande per conservarne tutte le cifre");
        }
    }

    std::vector<std::set<std::string>> keys_;
    std::string problem_;
};

template <class Json>
Result<Json> parse_strictly(std::string_view text) {
    if (text.size() > kMaxJsonBytes) {
        return fail(ErrorCode::payload_too_large,
                    fmt::format("Il testo JSON supera {} byte: va ridotto.", kMaxJsonBytes));
    }
    // The library takes a zero byte for the end of the text, and skips a byte order mark.
    if (text.find('\0') != std::string_view::npos || text.starts_with("\xEF\xBB\xBF")) {
        return fail(ErrorCode::malformed,
                    "Il testo non è JSON valido: contiene un byte che non vi può stare.");
    }
    StrictWatch<Json> watch;
    try {
        const typename Json::parser_callback_t callback =
            [&watch](int depth, typename Json::parse_event_t event, Json& parsed) {
                return watch(depth, event, parsed);
            };
        Json parsed = Json::parse(text, callback);
        if (!watch.problem().empty()) {
            return fail(ErrorCode::malformed, fmt::format("Il testo JSON {}.", watch.problem()));
        }
        return parsed;
    } catch (const nlohmann::json::parse_error& error) {
        return fail(ErrorCode::malformed,
                    fmt::format("Il testo non è JSON valido: errore al byte {}.", error.byte));
    } catch (const nlohmann::json::exception&) {
        return fail(ErrorCode::malformed,
                    "Il testo non è JSON valido: un numero è fuori dai limiti.");
    }
}

/// Parses text that the engine itself rendered; absent rather than an error when it cannot.
nlohmann::json parse_own(std::string_view json) {
    return nlohmann::json::parse(json, nullptr, false);
}

/// ASCII that stands for itself between quotation marks.
bool is_plain(char letter) {
    return letter >= ' ' && letter <= '~' && letter != '"' && letter != '\\';
}

void collect_texts(const nlohmann::json& value, std::vector<std::string>& texts) {
    if (value.is_string()) {
        texts.push_back(value.get<std::string>());
    } else if (value.is_structured()) {
        for (const auto& part : value) {
            collect_texts(part, texts);
        }
    }
}

}  // namespace

Result<nlohmann::json> parse_json(std::string_view text) {
    return parse_strictly<nlohmann::json>(text);
}

Result<nlohmann::ordered_json> parse_ordered_json(std::string_view text) {
    return parse_strictly<nlohmann::ordered_json>(text);
}

Result<std::string> canonical_json(std::string_view text) {
    auto parsed = parse_json(text);
    if (!parsed) {
        return fail(parsed.error());
    }
    return parsed->dump();
}

Result<Fields> parse_fields(std::string_view object_text) {
    auto parsed = parse_json(object_text);
    if (!parsed) {
        return fail(parsed.error());
    }
    if (!parsed->is_object()) {
        return fail(ErrorCode::malformed, "I dati devono essere un oggetto JSON: {…}.");
    }
    Fields fields;
    for (const auto& [name, value] : parsed->items()) {
        fields.emplace(name, value.dump());
    }
    return fields;
}

std::string render_fields(const Fields& fields) {
    std::string text = "{";
    for (const auto& [name, value] : fields) {
        text += text.size() > 1 ? "," : "";
        text += render_text(name) + ":" + value;
    }
    return text + "}";
}

std::optional<std::string> read_text(std::string_view json) {
    const auto value = parse_own(json);
    return value.is_string() ? std::optional(value.get<std::string>()) : std::nullopt;
}

std::optional<std::int64_t> read_integer(std::string_view json) {
    const auto value = parse_own(json);
    const bool is_too_large =
        value.is_number_unsigned() &&
        value.get<std::uint64_t>() >
            static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    return value.is_number_integer() && !is_too_large ? std::optional(value.get<std::int64_t>())
                                                      : std::nullopt;
}

std::optional<bool> read_flag(std::string_view json) {
    const auto value = parse_own(json);
    return value.is_boolean() ? std::optional(value.get<bool>()) : std::nullopt;
}

std::vector<std::string> texts_within(std::string_view json) {
    std::vector<std::string> texts;
    collect_texts(parse_own(json), texts);
    return texts;
}

std::vector<std::string> read_texts(std::string_view json) {
    const auto value = parse_own(json);
    if (!value.is_array()) {
        return {};
    }
    std::vector<std::string> texts;
    for (const auto& element : value) {
        if (!element.is_string()) {
            return {};
        }
        texts.push_back(element.get<std::string>());
    }
    return texts;
}

std::string append_json(std::string_view array_json, std::string_view element_json) {
    auto array = parse_own(array_json);
    if (!array.is_array()) {
        array = nlohmann::json::array();
    }
    array.push_back(parse_own(element_json));
    return array.dump();
}

std::string render_text(std::string_view value) {
    // Most texts have nothing to escape, and the library prepares for everything.
    if (std::all_of(value.begin(), value.end(), is_plain)) {
        return fmt::format("\"{}\"", value);
    }
    return nlohmann::json(value).dump();
}

std::string render_integer(std::int64_t value) {
    return std::to_string(value);
}

std::string render_flag(bool value) {
    return value ? "true" : "false";
}

std::string render_texts(const std::vector<std::string>& values) {
    return nlohmann::json(values).dump();
}

}  // namespace engine::base
