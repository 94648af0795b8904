// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <array>
#include <string>

#include "tests/tidy/shape_rules.h"
#include "tests/tidy/text_search.h"

namespace tests::tidy {
namespace {

/// What a `{` opens. Only in an `outer` scope (file, namespace, class) do functions begin.
enum class Scope { outer, function, other };

struct OpenScope {
    Scope scope = Scope::outer;
    std::size_t line = 0;
};

/// Removes what may stand before a declaration: `template <…>`, attributes, access, storage.
std::string_view strip_front(std::string_view header) {
    constexpr std::array<std::string_view, 8> kWords{
        "public:", "private:", "protected:", "inline ",
        "static ", "const ",   "constexpr ", "export "};
    for (std::size_t before = 0; before != header.size();) {
        before = header.size();
        header = trim(header);
        for (const std::string_view word : kWords) {
            header.remove_prefix(header.starts_with(word) ? word.size() : 0);
        }
        if (header.starts_with("[[")) {
            header.remove_prefix(std::min(header.find("]]") + 2, header.size()));
        }
        if (header.starts_with("template")) {
            std::size_t end = header.find('<');
            for (int depth = 0; end < header.size(); ++end) {
                depth += header[end] == '<' ? 1 : 0;
                depth -= header[end] == '>' ? 1 : 0;
                if (depth == 0) {
                    break;
                }
            }
            header.remove_prefix(std::min(end + 1, header.size()));
        }
    }
    return header;
}

bool has_initializer(std::string_view header) {
    int depth = 0;
    for (const char letter : header) {
        depth += letter == '(' ? 1 : 0;
        depth -= letter == ')' ? 1 : 0;
        if (depth == 0 && letter == '=') {
            return true;
        }
    }
    return false;
}

/// What the `{` after this text opens; the text starts after the last `;`, `{` or `}`.
Scope scope_after(std::string_view header) {
    header = strip_front(header);
    if (header.empty() || header.starts_with(',')) {
        return Scope::function;  // the body after a constructor's `a_{…}`
    }
    for (const std::string_view word : {"namespace", "class", "struct", "union"}) {
        if (find_words(header, word, WordKind::identifier) == std::vector<std::size_t>{0}) {
            return Scope::outer;
        }
    }
    const bool is_operator = !find_words(header, "operator", WordKind::prefix).empty();
    if (header.find(')') == std::string_view::npos) {
        return header.starts_with("extern") ? Scope::outer : Scope::other;
    }
    return has_initializer(header) && !is_operator ? Scope::other : Scope::function;
}

/// Preprocessor lines hold no scopes of ours.
std::string without_directives(std::string_view code) {
    std::string kept;
    bool continues = false;
    for (const std::string_view line : split_lines(code)) {
        const bool is_directive = continues || trim(line).starts_with('#');
        continues = is_directive && line.ends_with('\\');
        kept += is_directive ? std::string{} : std::string(line);
        kept += '\n';
    }
    return kept;
}

/// Follows the braces of a file and writes down each function as it ends.
class Walk {
  public:
    void read(char letter) {
        if (letter == '\n') {
            ++line_;
        }
        if (letter == '{') {
            const bool is_outer = scope() == Scope::outer;
            open_.push_back({is_outer ? scope_after(header_) : Scope::other, line_});
            header_.clear();
        } else if (letter == '}') {
            close();
        } else if (letter == ';') {
            header_.clear();
        } else {
            header_ += letter == '\n' ? ' ' : letter;
        }
    }

    std::vector<FunctionSpan> functions() const { return functions_; }

  private:
    Scope scope() const { return open_.empty() ? Scope::outer : open_.back().scope; }

    void close() {
        header_.clear();
        if (open_.empty()) {
            return;  // more `}` than `{`: the compiler will say so
        }
        if (open_.back().scope == Scope::function) {
            functions_.push_back({open_.back().line, line_});
        }
        open_.pop_back();
    }

    std::vector<OpenScope> open_;
    std::string header_;
    std::size_t line_ = 1;
    std::vector<FunctionSpan> functions_;
};

}  // namespace

std::vector<FunctionSpan> find_functions(std::string_view code) {
    Walk walk;
    for (const char letter : without_directives(code)) {
        walk.read(letter);
    }
    return walk.functions();
}

}  // namespace tests::tidy
