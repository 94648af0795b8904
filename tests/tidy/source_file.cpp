// SPDX-License-Identifier: EUPL-1.2
#include "tests/tidy/source_file.h"

#include <algorithm>
#include <utility>

#include "tests/tidy/text_search.h"

namespace tests::tidy {
namespace {

/// Walks a C++ text once and blanks comments and literals in the two views.
class Lexer {
  public:
    explicit Lexer(SourceFile& file) : file_(file), text_(file.text) {}

    void run() {
        while (position_ < text_.size()) {
            if (starts("//")) {
                skip_comment(text_.find('\n', position_), 0);
            } else if (starts("/*")) {
                skip_comment(text_.find("*/", position_ + 2), 2);
            } else if (starts("R\"") && !is_identifier_at(position_ - 1)) {
                skip_raw_literal();
            } else if (text_[position_] == '"') {
                skip_literal('"');
            } else if (text_[position_] == '\'' && !is_identifier_at(position_ - 1)) {
                skip_literal('\'');  // after a digit it only separates thousands
            } else {
                ++position_;
            }
        }
    }

  private:
    bool starts(std::string_view word) const {
        return text_.substr(position_, word.size()) == word;
    }

    bool is_identifier_at(std::size_t position) const {
        return position < text_.size() && is_identifier_letter(text_[position]);
    }

    static void blank(std::string& view, std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            view[i] = view[i] == '\n' ? '\n' : ' ';
        }
    }

    void skip_comment(std::size_t end, std::size_t closing) {
        const std::size_t to = end == std::string_view::npos ? text_.size() : end + closing;
        blank(file_.code, position_, to);
        position_ = to;
    }

    void skip_raw_literal() {
        const std::size_t open = text_.find('(', position_);
        if (open == std::string_view::npos) {
            position_ = text_.size();
            return;
        }
        const std::string delimiter(text_.substr(position_ + 2, open - position_ - 2));
        const std::string closing = ")" + delimiter + "\"";
        const std::size_t end = std::min(text_.find(closing, open), text_.size());
        take_literal(open + 1, end);
        position_ = std::min(end + closing.size(), text_.size());
        literal_end_ = position_;
    }

    void skip_literal(char quote) {
        const std::size_t from = position_ + 1;
        std::size_t end = from;
        while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
            end += text_[end] == '\\' ? 2U : 1U;
        }
        end = std::min(end, text_.size());
        if (quote == '"') {
            take_literal(from, end);
        }
        blank(file_.code, from, end);
        blank(file_.prose, from, end);
        position_ = std::min(end + 1, text_.size());
        literal_end_ = position_;
    }

    void take_literal(std::size_t from, std::size_t to) {
        const std::string between = file_.code.substr(literal_end_, position_ - literal_end_);
        const bool joins =
            !file_.literals.empty() && between.find_first_not_of(" \n\t") == std::string::npos;
        const std::string held(text_.substr(from, to - from));
        if (joins) {
            file_.literals.back().text += held;
        } else {
            file_.literals.push_back({line_at(text_, position_), held});
        }
        blank(file_.code, from, to);
        blank(file_.prose, from, to);
    }

    SourceFile& file_;
    std::string_view text_;
    std::size_t position_ = 0;
    std::size_t literal_end_ = 0;
};

}  // namespace

SourceFile make_source_file(std::string path, std::string text) {
    SourceFile file{std::move(path), text, text, text, {}};
    if (is_cpp(file)) {
        Lexer(file).run();
    }
    return file;
}

bool is_header(const SourceFile& file) {
    return file.path.ends_with(".h") || file.path.ends_with(".hpp");
}

bool is_cpp(const SourceFile& file) {
    return is_header(file) || file.path.ends_with(".cpp");
}

bool is_script(const SourceFile& file) {
    return file.path.ends_with(".sh") || file.text.starts_with("#!");
}

bool is_cmake(const SourceFile& file) {
    return file.path.ends_with(".cmake") || file_name(file.path) == "CMakeLists.txt";
}

std::string_view file_name(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view folder_name(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

}  // namespace tests::tidy
