// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include <map>
#include <set>

#include "engine/definition/sheet.h"
#include "engine/definition/walk.h"

namespace engine::definition {
namespace {

/// Longest line of a label, in bytes: wider boxes make the drawing unreadable on a phone.
constexpr std::size_t kLabelWidth = 22;

std::string escape(std::string_view text) {
    std::string escaped;
    for (const char letter : text) {
        if (letter == '"' || letter == '\\') {
            escaped += '\\';
        }
        escaped += letter;
    }
    return escaped;
}

/// Breaks a label at spaces.
std::string wrap(std::string_view text) {
    std::string wrapped;
    std::size_t width = 0;
    std::size_t start = 0;
    while (start < text.size()) {
        const std::size_t end = std::min(text.find(' ', start), text.size());
        const std::string_view word = text.substr(start, end - start);
        if (width > 0 && width + word.size() > kLabelWidth) {
            wrapped += "\\n";
            width = 0;
        } else if (width > 0) {
            wrapped += ' ';
        }
        wrapped += escape(word);
        width += word.size() + 1;
        start = end + 1;
    }
    return wrapped;
}

struct Arrow {
    std::string label;
    std::string style;
};

/// Arrows between two states, one for all acts of one kind.
using Arrows = std::map<std::pair<std::string, std::string>, std::map<std::string, std::string>>;

void add_arrow(Arrows& arrows, const std::string& from, const std::string& to,
               const std::string& style, const std::string& label) {
    std::string& text = arrows[{from, to}][style];
    text += text.empty() ? "" : "\\n";
    text += wrap(label);
}

Arrows find_arrows(const WorkflowDefinition& definition) {
    Arrows arrows;
    for (const BranchPlace& place : find_branches(definition)) {
        if (place.branch->target.empty() || place.state.empty() ||
            place.branch->target == place.state || place.branch->target == "@previous") {
            continue;
        }
        const std::string label = place.transition != nullptr && place.branch->title.empty()
                                      ? place.transition->title
                                      : place.branch->title;
        const bool is_term = place.path.find("/after/") != std::string::npos;
        const std::string style = place.transition != nullptr ? "solid"
                                  : is_term                   ? "dashed"
                                                              : "dotted";
        add_arrow(arrows, place.state, place.branch->target, style, label);
    }
    return arrows;
}

/// Acts that may come in many states lead from one small box, not from each state.
void render_shared(const WorkflowDefinition& definition, std::string& text) {
    for (const auto& [event, shared] : definition.shared) {
        for (const Branch& branch : shared.transition.branches) {
            if (branch.target.empty() || branch.target == "@previous") {
                continue;
            }
            text += fmt::format(
                "  \"atto_{0}\" [label=\"{1}\", id=\"atto_{0}\", shape=plaintext];\n"
                "  \"atto_{0}\" -> \"{2}\" [style=dashed, color=\"#5c6f82\"];\n",
                event, wrap(shared.transition.title), branch.target);
        }
    }
}

}  // namespace

std::string render_diagram_source(const WorkflowDefinition& definition) {
    std::string text = fmt::format("digraph \"{}\" {{\n", escape(definition_name(definition)));
    text +=
        "  graph [rankdir=TB, nodesep=0.4, ranksep=0.5, bgcolor=\"transparent\"];\n"
        "  node [shape=box, style=\"rounded,filled\", fillcolor=\"#f0f6fc\", color=\"#0066cc\","
        " fontname=\"DejaVu Sans\", fontsize=11];\n"
        "  edge [fontname=\"DejaVu Sans\", fontsize=9, color=\"#17324d\"];\n";
    for (const auto& [name, state] : definition.states) {
        text += fmt::format("  \"{0}\" [label=\"{1}\", id=\"stato_{0}\"{2}{3}];\n", name,
                            wrap(state.title), state.is_final ? ", peripheries=2" : "",
                            name == definition.initial ? ", penwidth=2" : "");
    }
    for (const auto& [ends, styles] : find_arrows(definition)) {
        for (const auto& [style, label] : styles) {
            text += fmt::format("  \"{}\" -> \"{}\" [label=\"{}\", style={}];\n", ends.first,
                                ends.second, label, style);
        }
    }
    render_shared(definition, text);
    return text + "}\n";
}

}  // namespace engine::definition
