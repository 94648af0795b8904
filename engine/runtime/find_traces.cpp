// SPDX-License-Identifier: EUPL-1.2
#include "engine/runtime/find_traces.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "engine/base/ensure.h"
#include "engine/base/json.h"

namespace engine::runtime {
namespace {

/// Texts shorter than this say the same by chance, unless they are somebody's own.
constexpr std::size_t kMinTellingBytes = 12;
/// The shortest personal text that is looked for: a surname of three letters.
constexpr std::size_t kMinPersonalBytes = 3;

void add_leaves(const nlohmann::json& value, bool is_personal, Phrases& phrases) {
    if (value.is_structured()) {
        for (const auto& member : value) {
            add_leaves(member, is_personal, phrases);
        }
        return;
    }
    const std::size_t least = is_personal ? kMinPersonalBytes : kMinTellingBytes;
    if (value.is_string() && value.get_ref<const std::string&>().size() >= least) {
        bool& is_somebodys = phrases[value.get<std::string>()];
        is_somebodys = is_somebodys || is_personal;
    }
}

/// Letters and digits; of a letter with an accent, every byte.
bool is_of_a_word(char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z') || static_cast<unsigned char>(byte) >= 0x80U;
}

/// Whether the text has the phrase, not as a part of longer words.
bool says(const std::string& text, const std::string& phrase) {
    for (std::size_t at = text.find(phrase); at != std::string::npos;
         at = text.find(phrase, at + 1)) {
        const std::size_t end = at + phrase.size();
        const bool begins = at == 0 || !is_of_a_word(text[at - 1]) || !is_of_a_word(phrase.front());
        const bool ends =
            end == text.size() || !is_of_a_word(text[end]) || !is_of_a_word(phrase.back());
        if (begins && ends) {
            return true;
        }
    }
    return false;
}

bool is_telling(const std::string& phrase, bool is_personal_field) {
    return is_personal_field || phrase.size() >= kMinTellingBytes;
}

}  // namespace

void add_phrases(const std::string& value_json, bool is_personal, Phrases& phrases) {
    if (const auto value = base::parse_json(value_json)) {
        add_leaves(*value, is_personal, phrases);
    }
}

std::vector<ValueTrace> find_values(store::ReadUnit& unit, const definition::Catalog& catalog,
                                    const base::InstanceId& root, const Phrases& phrases) {
    std::vector<ValueTrace> traces;
    if (phrases.empty()) {
        return traces;
    }
    for (const machine::InstanceRecord& record : unit.load_records(root)) {
        const auto definition = catalog.find_by_hash(record.instance.definition_sha256);
        base::ensure(definition != nullptr, "start-up takes over every stored definition");
        std::set<std::string> fields;
        for (const store::ValueRow& row : unit.load_value_rows(record.instance.id)) {
            if (!row.value) {
                continue;
            }
            const auto* field = definition->fields.find(row.field);
            const bool is_personal = field != nullptr && field->is_personal;
            Phrases said;
            add_phrases(*row.value, is_personal, said);
            const bool is_copy =
                std::any_of(phrases.begin(), phrases.end(), [&](const auto& phrase) {
                    return is_telling(phrase.first, is_personal) &&
                           std::any_of(said.begin(), said.end(), [&](const auto& text) {
                               return says(text.first, phrase.first);
                           });
                });
            if (is_copy) {
                fields.insert(row.field);
            }
        }
        for (const std::string& field : fields) {
            traces.push_back({record.instance.id, field});
        }
    }
    return traces;
}

std::vector<LetterTrace> find_letters(store::ReadUnit& unit,
                                      const documents::ContentStore& contents,
                                      const base::InstanceId& root, const Phrases& phrases) {
    std::vector<LetterTrace> traces;
    if (phrases.empty()) {
        return traces;
    }
    for (const machine::InstanceRecord& record : unit.load_records(root)) {
        for (const auto& [id, message] : record.messages) {
            if (message.content_sha256.empty() || message.is_erased) {
                continue;
            }
            const auto text = contents.get(message.content_sha256);
            const bool says_one =
                text && std::any_of(phrases.begin(), phrases.end(), [&](const auto& phrase) {
                    return is_telling(phrase.first, phrase.second) && says(*text, phrase.first);
                });
            if (says_one) {
                traces.push_back({record.instance.id, message.id, message.name});
            }
        }
    }
    return traces;
}

}  // namespace engine::runtime
