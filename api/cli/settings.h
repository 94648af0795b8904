// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace api::cli {

/// One thing that who installs the program may set.
struct SettingDefinition {
    std::string_view name;      ///< of the flag (`--port`) and in the file (`port = 8080`)
    std::string_view variable;  ///< of the environment
    std::string_view preset;    ///< empty: none
    std::string_view help_it;
};

/// Every setting of the server, in the order in which they are printed.
std::span<const SettingDefinition> setting_definitions();

/// A value, and who gave it: "opzione", "ambiente", "file", "predefinito".
struct Setting {
    std::string value;
    std::string source;
};

/// Settings by name.
using Settings = std::map<std::string, Setting, std::less<>>;

/// Where values come from, strongest first: flags, environment, the file, presets.
struct SettingSources {
    std::map<std::string, std::string> flags;  ///< by name; those that were given
    std::function<std::optional<std::string>(const std::string&)> environment;
    std::string file_path;  ///< empty: none
};

/// Reads them all. The file has lines `name = value`; `#` begins a remark.
/// Errors: not_found (no such file), invalid_input (a name that is not known, a value that cannot
/// be, with its line or its variable).
engine::base::Result<Settings> load_settings(const SettingSources& sources);

/// The machine's environment. Threads: while nobody changes it.
std::optional<std::string> find_variable(const std::string& name);

/// A setting that load_settings has checked to be a number.
std::int64_t number_of(const Settings& settings, std::string_view name);
/// The parts of a list, separated by commas.
std::vector<std::string> list_of(const Settings& settings, std::string_view name);

}  // namespace api::cli
