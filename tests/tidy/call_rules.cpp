// SPDX-License-Identifier: EUPL-1.2
#include "tests/tidy/call_rules.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "tests/tidy/text_search.h"

namespace tests::tidy {
namespace {

/// How the word must stand in the code to count.
enum class Use { mention, prefix, call };

struct BannedWord {
    std::vector<std::string_view> words;
    Use use = Use::call;
    std::vector<std::string_view> scopes;  ///< paths start so; empty: everywhere
    std::vector<std::string_view> homes;   ///< paths that start so may use it
    std::string_view advice;
};

const std::vector<BannedWord>& banned_words() {
    static const std::vector<BannedWord> words{
        {{"system"}, Use::call, {}, {}, "no shell: write the code, or ask the diagram's file"},
        {{"popen", "posix_spawn", "posix_spawnp", "execv", "execvp", "execl", "execlp", "fork"},
         Use::call,
         {},
         {"engine/definition/diagram", "tests/process/", "tests/support/", "bench/child_process."},
         "only engine/definition/diagram*.cpp starts another program"},
        {{"rand", "srand", "drand48"}, Use::call, {}, {}, "take engine::base::Random"},
        {{"mt19937", "default_random_engine", "minstd_rand"},
         Use::prefix,
         {"engine/", "workflows/", "api/"},
         {"engine/base/random."},
         "take engine::base::Random: the same seed gives the same journal"},
        {{"random_device"}, Use::mention, {}, {}, "take engine::base::Random; a test, its seed"},
        {{"time(nullptr)", "time(NULL)", "time(0)", "time(&"},
         Use::prefix,
         {},
         {},
         "take engine::base::Clock"},
        {{"system_clock"}, Use::mention, {}, {"engine/base/clock.cpp"}, "take engine::base::Clock"},
        {{"gettimeofday", "clock_gettime", "localtime", "gmtime", "mktime"},
         Use::prefix,
         {},
         {"tests/support/shifted_clock.c"},
         "take engine::base::Clock and engine/calendar/local_time.h"},
        {{"sleep_for", "sleep_until", "usleep", "nanosleep", "sleep"},
         Use::call,
         {},
         {},
         "nothing sleeps: wait for the event, or move the clock"},
        {{"strcpy", "strcat", "strncpy", "strtok", "sprintf", "vsprintf", "gets", "alloca"},
         Use::call,
         {},
         {},
         "unbounded or not re-entrant: use std::string, std::span or fmt"},
        {{"std::regex", "std::basic_regex", "std::smatch"},
         Use::prefix,
         {},
         {},
         "std::regex overflows the stack on long text: write a small parser"},
        {{"printf", "fprintf", "vprintf", "vfprintf", "snprintf", "vsnprintf", "puts", "fputs",
          "putchar"},
         Use::call,
         {"engine/"},
         {},
         "the engine prints nothing: return text made with fmt::format"},
        {{"std::cout", "fmt::print"},
         Use::prefix,
         {"engine/"},
         {},
         "the engine prints nothing: return the text"},
        {{"using namespace std;"}, Use::prefix, {}, {}, "name what you use"},
        {{"getenv", "secure_getenv", "setenv", "putenv"},
         Use::call,
         {},
         {"api/", "tests/"},
         "settings come in through api: pass them down"},
    };
    return words;
}

bool concerns(const BannedWord& banned, std::string_view path) {
    return (banned.scopes.empty() || starts_with_any(path, banned.scopes)) &&
           !starts_with_any(path, banned.homes);
}

/// A member (`random.next`, `queue->sleep()`) is somebody's own function.
bool is_member(std::string_view code, std::size_t at) {
    return at >= 1 && (code[at - 1] == '.' || (at >= 2 && code.substr(at - 2, 2) == "->"));
}

bool is_called(std::string_view code, std::size_t after) {
    const std::size_t next = code.find_first_not_of(" \n", after);
    return next != std::string_view::npos && code[next] == '(';
}

/// The SQL statement in a literal, or nothing. `text` is in lower case, its spaces single.
std::string_view find_statement(std::string_view text) {
    constexpr std::array<std::string_view, 6> kPlain{"insert into ", "insert or replace ",
                                                     "delete from ", "create table ",
                                                     "pragma ",      "begin immediate"};
    for (const std::string_view plain : kPlain) {
        if (!find_words(text, plain, WordKind::prefix).empty()) {
            return plain;
        }
    }
    for (const std::size_t at : find_words(text, "select ", WordKind::prefix)) {
        if (!find_words(text.substr(at), " from ", WordKind::prefix).empty()) {
            return "select … from";
        }
    }
    for (const std::size_t at : find_words(text, "update ", WordKind::prefix)) {
        const std::size_t table = text.find(' ', at) + 1;
        const std::size_t after = text.find(' ', table);
        if (after != std::string_view::npos && text.substr(after).starts_with(" set ")) {
            return "update … set";
        }
    }
    return {};
}

std::string single_spaced(std::string_view text) {
    std::string spaced;
    for (const char letter : text) {
        const bool is_space = letter == ' ' || letter == '\n' || letter == '\t';
        if (!is_space) {
            spaced += letter;
        } else if (!spaced.empty() && spaced.back() != ' ') {
            spaced += ' ';
        }
    }
    return to_lower(spaced) + ' ';
}

/// The expression that follows, up to the `;` that ends it.
std::string_view expression_from(std::string_view code, std::size_t at) {
    int depth = 0;
    for (std::size_t i = at; i < code.size(); ++i) {
        depth += code[i] == '(' || code[i] == '{' || code[i] == '[' ? 1 : 0;
        depth -= code[i] == ')' || code[i] == '}' || code[i] == ']' ? 1 : 0;
        if (depth < 0 || (depth == 0 && code[i] == ';')) {
            return code.substr(at, i - at);
        }
    }
    return code.substr(at);
}

/// A `[` that begins a lambda follows no value, and what it captures stands before `]`.
bool has_capturing_lambda(std::string_view expression) {
    for (std::size_t at = expression.find('['); at != std::string_view::npos;
         at = expression.find('[', at + 1)) {
        const std::string_view before = trim(expression.substr(0, at));
        const bool follows_value =
            !before.empty() &&
            (is_identifier_letter(before.back()) || before.back() == ')' || before.back() == ']');
        const std::size_t close = std::min(expression.find(']', at), expression.size());
        if (!follows_value && !trim(expression.substr(at + 1, close - at - 1)).empty()) {
            return true;
        }
    }
    return false;
}

}  // namespace

Violations check_banned_calls(const SourceFile& file) {
    Violations found;
    if (!is_cpp(file)) {
        return found;
    }
    for (const BannedWord& banned : banned_words()) {
        if (!concerns(banned, file.path)) {
            continue;
        }
        const WordKind kind = banned.use == Use::prefix ? WordKind::prefix : WordKind::identifier;
        for (const std::string_view word : banned.words) {
            for (const std::size_t at : find_words(file.code, word, kind)) {
                const bool counts =
                    banned.use != Use::call ||
                    (is_called(file.code, at + word.size()) && !is_member(file.code, at));
                if (counts) {
                    found.push_back({file.path, line_at(file.code, at),
                                     std::string(word) + ": " + std::string(banned.advice)});
                }
            }
        }
    }
    return found;
}

Violations check_sql(const SourceFile& file) {
    Violations found;
    // The bench measures SQLite itself, and makes databases of a million rows.
    if (file.path.starts_with("engine/store/") || file.path.starts_with("tests/") ||
        file.path.starts_with("bench/")) {
        return found;
    }
    if (file.path.ends_with(".sql")) {
        found.push_back({file.path, 1, "SQL lives in engine/store: move the file there"});
    }
    for (const Literal& literal : file.literals) {
        const std::string_view statement = find_statement(single_spaced(literal.text));
        if (!statement.empty()) {
            found.push_back({file.path, literal.line,
                             "SQL («" + std::string(statement) +
                                 "») lives in engine/store: add a verb to the store"});
        }
    }
    return found;
}

Violations check_coroutines(const SourceFile& file) {
    Violations found;
    if (!is_cpp(file)) {
        return found;
    }
    constexpr std::array<std::string_view, 3> kWords{"co_await", "co_return", "co_yield"};
    for (const std::string_view word : kWords) {
        for (const std::size_t at : find_words(file.code, word, WordKind::identifier)) {
            const std::size_t line = line_at(file.code, at);
            if (file.path != "api/http/connection.cpp") {
                found.push_back(
                    {file.path, line, "coroutines live only in api/http/connection.cpp"});
            }
            if (word == "co_await" &&
                has_capturing_lambda(expression_from(file.code, at + word.size()))) {
                found.push_back({file.path, line,
                                 "a capturing lambda inside co_await is destroyed twice by g++ 12: "
                                 "name it on a line of its own"});
            }
        }
    }
    return found;
}

Violations check_skipped_tests(const SourceFile& file) {
    Violations found;
    // Written in two halves, so that who counts disabled tests does not count this rule.
    constexpr std::array<std::string_view, 2> kWords{
        "DISABLED"
        "_",
        "GTEST"
        "_SKIP"};
    for (const std::string_view word : kWords) {
        for (const std::size_t at : is_cpp(file) ? find_words(file.code, word, WordKind::prefix)
                                                 : std::vector<std::size_t>{}) {
            found.push_back({file.path, line_at(file.code, at),
                             std::string(word) + ": a test runs or goes away"});
        }
    }
    return found;
}

}  // namespace tests::tidy
