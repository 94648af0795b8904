// SPDX-License-Identifier: EUPL-1.2
#include "tests/tidy/include_rules.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>

#include "tests/tidy/text_search.h"

namespace tests::tidy {
namespace {

/// From left to right: a room includes itself and those before it.
constexpr std::array<std::string_view, 8> kRooms{"base",    "calendar", "definition", "proof",
                                                 "machine", "store",    "documents",  "runtime"};

struct Include {
    std::size_t line = 0;
    std::string_view target;
    bool is_quoted = false;
};

std::vector<Include> find_includes(const SourceFile& file) {
    std::vector<Include> includes;
    for (const std::size_t at : find_words(file.code, "#include", WordKind::prefix)) {
        const std::string_view rest = std::string_view(file.text).substr(at);
        const std::string_view line = rest.substr(0, rest.find('\n'));
        const std::size_t open = line.find_first_of("<\"");
        if (open == std::string_view::npos) {
            continue;
        }
        const std::size_t close = line.find_first_of(">\"", open + 1);
        includes.push_back(
            {line_at(file.text, at), line.substr(open + 1, close - open - 1), line[open] == '"'});
    }
    return includes;
}

/// The place of an engine path among the rooms; the files of `engine/` itself come after them all.
std::optional<std::size_t> room_place(std::string_view path) {
    path.remove_prefix(std::string_view("engine/").size());
    const std::size_t slash = path.find('/');
    if (slash == std::string_view::npos) {
        return kRooms.size();
    }
    const auto* room = std::find(kRooms.begin(), kRooms.end(), path.substr(0, slash));
    if (room == kRooms.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(room - kRooms.begin());
}

std::string refuse_from_engine(std::string_view from, std::string_view target) {
    if (!target.starts_with("engine/")) {
        return "the engine knows nothing outside itself: turn the dependency round";
    }
    const auto own = room_place(from);
    const auto other = room_place(target);
    if (!own || !other) {
        return "a room this test does not know: give it its place in kRooms and in DESIGN.md";
    }
    if (*other > *own) {
        return "a room sees itself and the rooms to its left: move the type left, or the use right";
    }
    return {};
}

std::string refuse_from_workflows(std::string_view target) {
    if (starts_with_any(target, {"workflows/", "engine/base/", "engine/calendar/",
                                 "engine/definition/", "engine/machine/"})) {
        return {};
    }
    return "workflows see the engine up to its machine room, and themselves";
}

/// The files of the engine that the rest of the program includes.
bool is_door(std::string_view target) {
    constexpr std::array<std::string_view, 6> kDoors{"engine/engine.h",      "engine/queries.h",
                                                     "engine/accounts.h",    "engine/backup.h",
                                                     "engine/folder_lock.h", "engine/waiting.h"};
    return std::find(kDoors.begin(), kDoors.end(), target) != kDoors.end();
}

std::string refuse_from_api(std::string_view from, std::string_view target) {
    const bool is_command = from.starts_with("api/cli/") &&
                            starts_with_any(target, {"engine/definition/", "engine/proof/"});
    if (is_command || is_door(target) ||
        starts_with_any(target, {"api/", "workflows/", "engine/base/", "engine/calendar/"})) {
        return {};
    }
    return "api sees the doors (engine.h, queries.h, accounts.h, backup.h, folder_lock.h, "
           "waiting.h), base "
           "and calendar "
           "(api/cli also definition and proof): add what is missing to a door";
}

/// Why the file may not include the target; empty when it may.
std::string refuse_include(std::string_view from, std::string_view target) {
    if (!starts_with_any(target, {"engine/", "workflows/", "api/", "tests/", "bench/"})) {
        return "write the path from the root of the repository";
    }
    if (target.ends_with(".cpp")) {
        return "a .cpp is compiled, never included";
    }
    if (from.starts_with("tests/")) {
        return {};
    }
    if (target.starts_with("tests/")) {
        return "nobody includes tests";
    }
    if (from.starts_with("engine/")) {
        return refuse_from_engine(from, target);
    }
    if (from.starts_with("workflows/")) {
        return refuse_from_workflows(target);
    }
    return from.starts_with("api/") ? refuse_from_api(from, target) : std::string{};
}

/// A header and the only places that may include it. A place that ends with `/` is a folder.
struct HeavyHeader {
    std::string_view prefix;
    std::vector<std::string_view> homes;
    bool is_refused_in_headers = true;
    std::string_view advice;
};

const std::vector<HeavyHeader>& heavy_headers() {
    static const std::vector<HeavyHeader> headers{
        {"nlohmann/json.hpp", {""}, true, "headers take nlohmann/json_fwd.hpp (2 s each)"},
        {"CLI/", {"api/cli/"}, true, "CLI11 is read only in api/cli/*.cpp"},
        {"rapidjson/",
         {"engine/definition/field_schema.cpp"},
         true,
         "JSON Schema is validated only in engine/definition/field_schema.cpp"},
        {"SQLiteCpp/", {"engine/store/", "tests/", "bench/"}, false, "SQL lives in engine/store"},
        {"sqlite3.h", {"engine/store/", "tests/"}, false, "SQL lives in engine/store"},
        {"date/",
         {"engine/calendar/local_time.cpp"},
         true,
         "time zones are known only to engine/calendar/local_time.cpp"},
        {"openssl/",
         {"engine/base/sha256.cpp", "engine/base/random.cpp"},
         true,
         "OpenSSL is known only to engine/base/sha256.cpp and random.cpp"},
        {"boost/beast/",
         {"api/http/request_reader.cpp", "bench/floor_server.cpp"},
         true,
         "Beast parses requests only in api/http/request_reader.cpp (12 s)"},
        {"boost/",
         {"api/http/connection.cpp", "api/http/request_reader.cpp", "api/http/server.cpp",
          "bench/floor_server.cpp"},
         true,
         "Asio moves bytes only in api/http: connection.cpp and server.cpp"},
        {"regex", {}, true, "std::regex overflows the stack on long text: write a small parser"},
    };
    return headers;
}

bool is_at_home(const SourceFile& file, const HeavyHeader& header) {
    if (header.is_refused_in_headers && is_header(file)) {
        return false;
    }
    return std::any_of(header.homes.begin(), header.homes.end(), [&](std::string_view home) {
        return home.empty() || file.path == home ||
               (home.ends_with('/') && file.path.starts_with(home));
    });
}

}  // namespace

Violations check_rooms(const SourceFile& file) {
    Violations found;
    if (!is_cpp(file)) {
        return found;
    }
    for (const Include& include : find_includes(file)) {
        const std::string refusal =
            include.is_quoted ? refuse_include(file.path, include.target) : std::string{};
        if (!refusal.empty()) {
            found.push_back({file.path, include.line,
                             "includes " + std::string(include.target) + ": " + refusal});
        }
    }
    return found;
}

Violations check_heavy_headers(const SourceFile& file) {
    Violations found;
    if (!is_cpp(file)) {
        return found;
    }
    for (const Include& include : find_includes(file)) {
        for (const HeavyHeader& header : heavy_headers()) {
            if (include.target.starts_with(header.prefix) && !is_at_home(file, header)) {
                found.push_back({file.path, include.line,
                                 "includes " + std::string(include.target) + ": " +
                                     std::string(header.advice)});
            }
        }
    }
    return found;
}

Violations check_single_homes(const SourceTree& tree) {
    Violations found;
    // One where texts are made and one where pages are: the first never escapes, the second always.
    std::map<std::string, std::string> homes;
    for (const SourceFile& file : tree) {
        for (const Include& include : is_cpp(file) ? find_includes(file) : std::vector<Include>{}) {
            if (!include.target.ends_with("mustache.hpp")) {
                continue;
            }
            std::string& home = homes[file.path.substr(0, file.path.find('/'))];
            if (is_header(file) || (!home.empty() && home != file.path)) {
                found.push_back({file.path, include.line,
                                 "includes mustache, whose one home is " +
                                     (home.empty() ? "a .cpp" : home) + ": ask that file instead"});
            } else {
                home = file.path;
            }
        }
    }
    return found;
}

}  // namespace tests::tidy
