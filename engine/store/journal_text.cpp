// SPDX-License-Identifier: EUPL-1.2
#include "engine/store/journal_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace engine::store {
namespace {

// Characters that JSON never has unescaped. The list is for ever: what is stored is read by it.
constexpr char kRoot = 1;
constexpr char kInstance = 2;
constexpr char kEvent = 3;
constexpr char kPerson = 4;
constexpr std::size_t kFirstPhrase = 5;
constexpr unsigned char kFirstPlain = 0x20;

/// What entries repeat, in the order in which it is looked for; it may name the columns. The view
/// `journal_plain` has the same (migrations/0008_short_journal.sql).
constexpr std::array<std::string_view, 27> kPhrases{
    ",\"role\":\"sistema\",\"root\":\"",
    "\",\"root\":\"",
    "}],\3,\"instance\":\"\2\",\4\"position\":",
    "}],\3,\"instance\":\"\2\",\"position\":",
    ",\"received_at\":",
    ",\"recorded_at\":",
    ",\"role\":\"",
    "{\"effects\":[{",
    "\",\"title\":\"",
    "\"},{",
    "\"effect\":\"state_entered\",",
    "\"effect\":\"task_opened\",\"id\":\"\2.t",
    "\"effect\":\"task_ended\",\"id\":\"\2.t",
    "\"effect\":\"value_set\",\"field\":\"",
    "\"effect\":\"message_queued\",\"id\":\"\2.m",
    "\"effect\":\"message_sent\",\"id\":\"\2.m",
    "\",\"hash\":\"",
    "\"state\":\"",
    "\",\"status\":\"",
    "\",\"name\":\"",
    "\",\"opened_at\":",
    "\"bound\":",
    "\"due_date\":\"",
    "\"channel\":\"",
    "\"content\":\"",
    "\",\"template\":\"",
    "{\"cause\":",
};

std::string replace_all(std::string_view text, std::string_view what, char code) {
    std::string replaced;
    replaced.reserve(text.size());
    while (!what.empty()) {
        const std::size_t at = text.find(what);
        if (at == std::string_view::npos) {
            break;
        }
        replaced.append(text, 0, at);
        replaced += code;
        text.remove_prefix(at + what.size());
    }
    return replaced.append(text);
}

/// The phrase that the text goes on with; kPhrases.size() when it goes on with none.
std::size_t phrase_at(std::string_view text) {
    constexpr std::string_view kFirstOfPhrases = "\",{}";
    if (kFirstOfPhrases.find(text.front()) == std::string_view::npos) {
        return kPhrases.size();
    }
    const auto found = std::find_if(kPhrases.begin(), kPhrases.end(), [&](std::string_view phrase) {
        return text.starts_with(phrase);
    });
    return static_cast<std::size_t>(found - kPhrases.begin());
}

std::string event_text(const EntryColumns& columns) {
    return fmt::format(R"("event":"{}")", columns.event);
}

std::string person_text(const EntryColumns& columns) {
    return fmt::format(R"("person":"{}",)", columns.person);
}

void append_plain(std::string& plain, std::string_view text, const EntryColumns& columns) {
    for (const char code : text) {
        if (static_cast<unsigned char>(code) >= kFirstPlain) {
            plain += code;
        } else if (code == kRoot) {
            plain += columns.root;
        } else if (code == kInstance) {
            plain += columns.instance;
        } else if (code == kEvent) {
            plain += event_text(columns);
        } else if (code == kPerson) {
            plain += person_text(columns);
        } else if (const auto phrase = static_cast<std::size_t>(code) - kFirstPhrase;
                   phrase < kPhrases.size()) {
            append_plain(plain, kPhrases.at(phrase), columns);
        } else {
            plain += code;  // zero: written by other hands, and its hash will say so
        }
    }
}

}  // namespace

std::string shorten_entry_text(const std::string& text, const EntryColumns& columns) {
    const auto is_code = [](char one) { return static_cast<unsigned char>(one) < kFirstPlain; };
    if (std::any_of(text.begin(), text.end(), is_code)) {
        return text;
    }
    std::string named = replace_all(text, columns.instance, kInstance);
    named = replace_all(named, columns.root, kRoot);
    named = replace_all(named, event_text(columns), kEvent);
    named = replace_all(named, person_text(columns), kPerson);
    std::string shortened;
    for (std::string_view rest = named; !rest.empty();) {
        const std::size_t phrase = phrase_at(rest);
        const bool is_phrase = phrase < kPhrases.size();
        shortened += is_phrase ? static_cast<char>(kFirstPhrase + phrase) : rest.front();
        rest.remove_prefix(is_phrase ? kPhrases.at(phrase).size() : 1);
    }
    return shortened;
}

std::string plain_entry_text(const std::string& text, const EntryColumns& columns) {
    std::string plain;
    plain.reserve(text.size() * 4);
    append_plain(plain, text, columns);
    return plain;
}

}  // namespace engine::store
