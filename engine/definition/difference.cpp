// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace engine::definition {
namespace {

using Json = nlohmann::json;

/// A part of a definition, as its readers call it.
struct PartWord {
    std::string_view key;
    std::string_view words;
};

// Keys whose change is said by itself (acts of a state) are not here.
constexpr std::array<PartWord, 32> kParts{{
    {"title", "il titolo"},
    {"note", "la nota"},
    {"by", "chi lo compie"},
    {"takes", "i dati richiesti"},
    {"may_take", "i dati facoltativi"},
    {"guard", "le condizioni"},
    {"branches", "le condizioni e ciò che segue"},
    {"target", "lo stato in cui porta"},
    {"do", "ciò che segue"},
    {"legal_basis", "le fonti"},
    {"in", "gli stati in cui vale"},
    {"except", "gli stati esclusi"},
    {"entry", "ciò che segue all'ingresso"},
    {"after", "ciò che segue alla scadenza"},
    {"automatic", "ciò che accade da sé"},
    {"final", "se è uno stato finale"},
    {"kind", "la natura"},
    {"due", "quando scade"},
    {"on_due", "che cosa fa la scadenza"},
    {"met_by", "con che cosa si adempie"},
    {"remind_days", "i promemoria"},
    {"reminder", "il messaggio di promemoria"},
    {"role", "chi lo svolge"},
    {"public", "se si pubblica"},
    {"signed_by", "chi lo firma"},
    {"template", "il testo"},
    {"to", "a chi va"},
    {"channel", "come parte"},
    {"scope", "l'ambito"},
    {"machine", "la macchina"},
    {"version", "la versione"},
    {"enum", "i valori ammessi"},
}};

std::string part_words(const std::string& key) {
    const auto* found = std::find_if(kParts.begin(), kParts.end(),
                                     [&](const PartWord& part) { return part.key == key; });
    return found == kParts.end() ? "«" + key + "»" : std::string(found->words);
}

std::string title_of(const Json& section, const std::string& name) {
    return section.contains(name) && section.at(name).is_object()
               ? section.at(name).value("title", name)
               : name;
}

Json part_of(const Json& json, const char* key) {
    return json.contains(key) ? json.at(key) : Json::object();
}

/// The parts of an object that are not alike, in words; `but` is compared elsewhere.
std::vector<std::string> changed_parts(const Json& from, const Json& to, const std::string& but) {
    std::vector<std::string> parts;
    if (!from.is_object() || !to.is_object()) {
        return from == to ? parts : std::vector<std::string>{"il contenuto"};
    }
    Json all = from;
    all.update(to);
    for (const auto& [key, ignored] : all.items()) {
        const bool is_same =
            from.contains(key) == to.contains(key) && (!from.contains(key) || from[key] == to[key]);
        if (!is_same && key != but) {
            parts.push_back(part_words(key));
        }
    }
    return parts;
}

/// Names of states as the newer version calls them, wherever a state is named.
void rename_states(Json& json, const std::map<std::string, std::string>& names) {
    static const std::array<std::string_view, 5> kNamesStates{"target", "in", "not_in", "except",
                                                              "initial"};
    const auto rename = [&](Json& value) {
        const auto found = value.is_string() ? names.find(value.get<std::string>()) : names.end();
        if (found != names.end()) {
            value = found->second;
        }
    };
    for (auto& [key, value] : json.items()) {
        const bool names_states =
            json.is_object() &&
            std::find(kNamesStates.begin(), kNamesStates.end(), key) != kNamesStates.end();
        if (names_states && value.is_array()) {
            std::for_each(value.begin(), value.end(), rename);
        } else if (names_states) {
            rename(value);
        }
        if (value.is_structured()) {
            rename_states(value, names);
        }
    }
}

/// Compares the named things of two sections and says what became of each.
class Comparison {
  public:
    explicit Comparison(std::vector<std::string>& lines) : lines_(lines) {}

    /// `what`: how one of them is called; `where`: of which state, empty for none.
    void sections(const std::string& what, const std::string& where, const Json& from,
                  const Json& to, const std::string& but = "") {
        for (const auto& [name, one] : from.items()) {
            if (!to.contains(name)) {
                say(what, where, title_of(from, name), "non c'è più");
            }
        }
        for (const auto& [name, one] : to.items()) {
            const std::string title = title_of(to, name);
            if (!from.contains(name)) {
                say(what, where, title, "è nuovo");
                continue;
            }
            const auto parts = changed_parts(from.at(name), one, but);
            if (!parts.empty()) {
                say(what, where, title, fmt::format("cambia: {}", fmt::join(parts, " e ")));
            }
        }
    }

    void states(const Json& from, const Json& to) {
        sections("stato", "", from, to, "on");
        for (const auto& [name, state] : to.items()) {
            if (from.contains(name)) {
                sections("atto", title_of(to, name), part_of(from.at(name), "on"),
                         part_of(state, "on"));
            }
        }
    }

  private:
    void say(const std::string& what, const std::string& where, const std::string& title,
             const std::string& fate) {
        lines_.push_back(fmt::format("{} «{}»{}: {}", what, title,
                                     where.empty() ? "" : " nello stato «" + where + "»", fate));
    }

    std::vector<std::string>& lines_;
};

/// Takes the old names out of the older definition, saying each.
void take_renamed(const WorkflowDefinition& to, Json& states, std::vector<std::string>& lines) {
    if (!to.migration) {
        return;
    }
    for (const auto& [old_name, new_name] : to.migration->states) {
        if (states.contains(old_name)) {
            lines.push_back(fmt::format("stato «{}»: si chiamava «{}»",
                                        to.states.find(new_name)->title,
                                        title_of(states, old_name)));
            states[new_name] = states[old_name];
            states[new_name]["title"] = to.states.find(new_name)->title;
            states.erase(old_name);
        }
    }
}

}  // namespace

std::vector<std::string> describe_differences(const WorkflowDefinition& from,
                                              const WorkflowDefinition& to) {
    std::vector<std::string> lines;
    Json older = Json::parse(from.text);
    const Json newer = Json::parse(to.text);
    take_renamed(to, older["states"], lines);
    rename_states(older,
                  to.migration ? to.migration->states : std::map<std::string, std::string>{});
    Comparison comparison(lines);
    comparison.states(part_of(older, "states"), part_of(newer, "states"));
    comparison.sections("atto", "", part_of(older, "shared"), part_of(newer, "shared"));
    comparison.sections("termine", "", part_of(older, "deadlines"), part_of(newer, "deadlines"));
    comparison.sections("compito", "", part_of(older, "tasks"), part_of(newer, "tasks"));
    comparison.sections("documento", "", part_of(older, "documents"), part_of(newer, "documents"));
    comparison.sections("messaggio", "", part_of(older, "messages"), part_of(newer, "messages"));
    comparison.sections("ruolo", "", part_of(older, "roles"), part_of(newer, "roles"));
    comparison.sections("elenco", "", part_of(older, "children"), part_of(newer, "children"));
    comparison.sections("valore", "", part_of(part_of(older, "data"), "properties"),
                        part_of(part_of(newer, "data"), "properties"));
    return lines;
}

}  // namespace engine::definition
