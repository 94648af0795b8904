// SPDX-License-Identifier: EUPL-1.2
#include "api/scenario/scenes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "api/scenario/script_text.h"

namespace api::scenario {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;

constexpr std::string_view kNameStart = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kNameLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

struct Scene {
    int number = 0;
    std::vector<std::string> parameters;
    std::vector<ScriptLine> lines;
};

using Arguments = std::map<std::string, std::string>;

bool is_parameter_name(std::string_view word) {
    return !word.empty() && kNameStart.find(word.front()) != std::string_view::npos &&
           word.find_first_not_of(kNameLetters) == std::string_view::npos;
}

tl::unexpected<engine::base::Error> bad_line(const ScriptLine& line, std::string_view reason) {
    return fail(ErrorCode::malformed, fmt::format("{}: {}.", line.place(), reason));
}

/// The line with every `{NAME}` filled in. Braces around anything else are left: values may be
/// JSON.
Result<std::string> fill(const ScriptLine& line, const Arguments& arguments) {
    const std::string& text = line.text;
    std::string filled;
    std::size_t start = 0;
    for (std::size_t open = text.find('{'); open != std::string::npos;
         open = text.find('{', start)) {
        const std::size_t close = std::min(text.find('}', open), text.size());
        const std::string name = text.substr(open + 1, close - open - 1);
        if (close == text.size() || !is_parameter_name(name)) {
            filled += text.substr(start, open + 1 - start);
            start = open + 1;
            continue;
        }
        const auto argument = arguments.find(name);
        if (argument == arguments.end()) {
            return bad_line(line, fmt::format("«{{{}}}» non è un parametro della scena", name));
        }
        filled += text.substr(start, open - start) + argument->second;
        start = close + 1;
    }
    return filled + text.substr(start);
}

/// The words of a `recita`: what stands between « and » is one.
std::vector<std::string> split_arguments(const std::string& text) {
    constexpr std::string_view kOpen = "«";
    constexpr std::string_view kClose = "»";
    std::vector<std::string> words;
    std::size_t start = 0;
    while (start < text.size()) {
        const std::size_t open = std::min(text.find(kOpen, start), text.size());
        const auto plain = split_words(text.substr(start, open - start));
        words.insert(words.end(), plain.begin(), plain.end());
        const std::size_t close = text.find(kClose, open);
        if (close == std::string::npos) {
            const auto rest = split_words(text.substr(open));
            words.insert(words.end(), rest.begin(), rest.end());
            break;
        }
        words.push_back(text.substr(open + kOpen.size(), close - open - kOpen.size()));
        start = close + kClose.size();
    }
    return words;
}

/// Follows `dati … fine`, whose lines are values and never scenes.
class BlockWatch {
  public:
    /// Whether the line is outside of blocks, or begins one.
    bool is_outside(const std::string& text) {
        if (is_inside_) {
            is_inside_ = text != "fine";
            return false;
        }
        const auto words = split_words(text);
        is_inside_ = words.size() == 2 && words.front() == "dati";
        return true;
    }

  private:
    bool is_inside_ = false;
};

class Reciter {
  public:
    Result<std::vector<ScriptLine>> run(const std::vector<ScriptLine>& lines) {
        BlockWatch blocks;
        for (std::size_t index = 0; index < lines.size(); ++index) {
            const bool is_outside = blocks.is_outside(lines[index].text);
            auto done = is_outside && lines[index].text.starts_with("scena ")
                            ? keep_scene(lines, index)
                            : play(lines[index], is_outside, 0);
            if (!done) {
                return fail(done.error());
            }
        }
        return std::move(played_);
    }

  private:
    /// Takes the lines up to the scene's `fine`; `index` is left there.
    Result<void> keep_scene(const std::vector<ScriptLine>& lines, std::size_t& index) {
        const ScriptLine& head = lines[index];
        const auto words = split_words(head.text);
        Scene scene{head.number,
                    {words.begin() + std::min<std::ptrdiff_t>(2, std::ssize(words)), words.end()},
                    {}};
        if (words.size() < 2 ||
            !std::all_of(scene.parameters.begin(), scene.parameters.end(), is_parameter_name)) {
            return bad_line(head, "serve «scena nome PARAMETRO …», i parametri in maiuscolo");
        }
        BlockWatch blocks;
        for (++index; index < lines.size(); ++index) {
            const ScriptLine& line = lines[index];
            if (blocks.is_outside(line.text)) {
                if (line.text == "fine") {
                    const bool is_new = scenes_.emplace(words[1], std::move(scene)).second;
                    return is_new ? Result<void>{} : bad_line(head, "la scena c'è già");
                }
                if (line.text.starts_with("scena ")) {
                    return bad_line(line, "una scena non ne contiene un'altra");
                }
            }
            scene.lines.push_back(line);
        }
        return bad_line(head, "la scena non finisce: manca «fine»");
    }

    Result<void> play(const ScriptLine& line, bool is_outside, std::size_t depth) {
        if (is_outside && line.text.starts_with("recita ")) {
            return recite(line, depth + 1);
        }
        if (played_.size() == kMaxLines) {
            return fail(
                ErrorCode::payload_too_large,
                fmt::format("{}: con le scene recitate il copione ha troppe righe.", line.place()));
        }
        played_.push_back(line);
        return {};
    }

    Result<void> recite(const ScriptLine& call, std::size_t depth) {
        const auto words = split_arguments(call.text);
        const auto found = scenes_.find(words.size() < 2 ? "" : words[1]);
        if (found == scenes_.end()) {
            return bad_line(call, "non c'è una scena con questo nome, prima di qui");
        }
        const Scene& scene = found->second;
        if (words.size() - 2 != scene.parameters.size()) {
            return bad_line(call, fmt::format("la scena «{}» (riga {}) vuole: {}", words[1],
                                              scene.number, fmt::join(scene.parameters, " ")));
        }
        if (depth > kMaxSceneDepth) {
            return bad_line(call, "le scene si richiamano troppe volte una dentro l'altra");
        }
        Arguments arguments;
        for (std::size_t place = 0; place < scene.parameters.size(); ++place) {
            arguments[scene.parameters[place]] = words[place + 2];
        }
        return recite_lines(scene, arguments, call, depth);
    }

    Result<void> recite_lines(const Scene& scene, const Arguments& arguments,
                              const ScriptLine& call, std::size_t depth) {
        BlockWatch blocks;
        for (const ScriptLine& written : scene.lines) {
            ScriptLine line{written.number, written.text, {call.number}};
            line.recited_at.insert(line.recited_at.end(), call.recited_at.begin(),
                                   call.recited_at.end());
            auto text = fill(line, arguments);
            if (!text) {
                return fail(text.error());
            }
            line.text = std::move(*text);
            if (auto done = play(line, blocks.is_outside(line.text), depth); !done) {
                return done;
            }
        }
        return {};
    }

    std::map<std::string, Scene> scenes_;
    std::vector<ScriptLine> played_;
};

}  // namespace

std::string ScriptLine::place() const {
    std::string words = fmt::format("Riga {}", number);
    for (std::size_t index = 0; index < recited_at.size(); ++index) {
        words +=
            fmt::format("{}recitata alla riga {}", index == 0 ? " (" : ", ", recited_at[index]);
    }
    return recited_at.empty() ? words : words + ")";
}

std::string ScriptLine::mark() const {
    std::string words = std::to_string(number);
    for (const int line : recited_at) {
        words += fmt::format("@{}", line);
    }
    return words;
}

Result<std::vector<ScriptLine>> recite_scenes(std::string_view text) {
    // Editors on Windows put a byte order mark before the text.
    const auto texts = split_at(text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text, '\n');
    if (texts.size() > kMaxLines) {
        return fail(ErrorCode::payload_too_large, "Il copione ha troppe righe.");
    }
    std::vector<ScriptLine> lines;
    for (const std::string& one : texts) {
        lines.push_back({static_cast<int>(lines.size()) + 1, one, {}});
    }
    return Reciter().run(lines);
}

}  // namespace api::scenario
