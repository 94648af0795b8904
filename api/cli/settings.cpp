// SPDX-License-Identifier: EUPL-1.2
#include "api/cli/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace api::cli {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;

constexpr auto kDefinitions = std::to_array<SettingDefinition>({
    {"data", "COPROG_DATA", "", "Cartella dei dati"},
    {"address", "COPROG_ADDRESS", "127.0.0.1", "Indirizzo su cui ascoltare"},
    {"port", "COPROG_PORT", "8080", "Porta su cui ascoltare (0: una libera)"},
    {"metrics-address", "COPROG_METRICS_ADDRESS", "127.0.0.1", "Indirizzo delle misure"},
    {"metrics-port", "COPROG_METRICS_PORT", "9464", "Porta delle misure (spente: nessuna)"},
    {"trusted-proxies", "COPROG_TRUSTED_PROXIES", "127.0.0.1,::1",
     "Indirizzi dei proxy che possono dire per chi chiedono"},
    {"rate-burst", "COPROG_RATE_BURST", "120", "Richieste di seguito per chi chiede"},
    {"rate-per-second", "COPROG_RATE_PER_SECOND", "20", "Richieste al secondo, a lungo andare"},
    {"readers", "COPROG_READERS", "2", "Quanti leggono insieme"},
    {"workflows", "COPROG_WORKFLOWS", "", "Cartella delle definizioni (vuota: quelle incluse)"},
    {"templates", "COPROG_TEMPLATES", "",
     "Cartella dei modelli di pagina da usare al posto di quelli inclusi"},
    {"outgoing", "COPROG_OUTGOING", "",
     "Cartella dei messaggi in uscita (vuota: «in-uscita» fra i dati)"},
});

struct NumberBounds {
    std::string_view name;
    std::int64_t least;
    std::int64_t most;
};

constexpr auto kNumbers = std::to_array<NumberBounds>({
    {"port", 0, 65535},
    {"rate-burst", 1, 1'000'000},
    {"rate-per-second", 1, 1'000'000},
    {"readers", 1, 32},
});

/// What turns the metrics off.
constexpr std::string_view kNoPort = "nessuna";

const SettingDefinition* find_definition(std::string_view name) {
    const auto* found = std::find_if(kDefinitions.begin(), kDefinitions.end(),
                                     [&](const auto& one) { return one.name == name; });
    return found == kDefinitions.end() ? nullptr : found;
}

std::string trimmed(std::string_view text) {
    const std::size_t from = text.find_first_not_of(" \t\r");
    return from == std::string_view::npos
               ? std::string{}
               : std::string(text.substr(from, text.find_last_not_of(" \t\r") - from + 1));
}

std::optional<std::int64_t> parse_number(std::string_view text) {
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    return is_whole && !text.empty() ? std::optional(number) : std::nullopt;
}

Result<void> check_number(std::string_view name, const std::string& value, std::int64_t least,
                          std::int64_t most) {
    const auto number = parse_number(value);
    if (!number || *number < least || *number > most) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("«{}»: serve un numero intero da {} a {}, non «{}».", name, least,
                                most, value));
    }
    return {};
}

Result<void> check(std::string_view name, const std::string& value) {
    if (name == "metrics-port") {
        return value == kNoPort ? Result<void>{} : check_number(name, value, 0, 65535);
    }
    for (const auto& bounds : kNumbers) {
        if (bounds.name == name) {
            return check_number(name, value, bounds.least, bounds.most);
        }
    }
    return {};
}

Result<std::map<std::string, std::string>> read_file(const std::string& path) {
    std::map<std::string, std::string> values;
    if (path.empty()) {
        return values;
    }
    std::ifstream file(path);
    if (!file) {
        return fail(ErrorCode::not_found,
                    fmt::format("Il file di configurazione «{}» non si può leggere.", path));
    }
    int number = 0;
    for (std::string line; std::getline(file, line);) {
        ++number;
        line = trimmed(line.substr(0, line.find('#')));
        const std::size_t mark = line.find('=');
        const std::string name = trimmed(std::string_view(line).substr(0, mark));
        if (line.empty()) {
            continue;
        }
        if (mark == std::string::npos || find_definition(name) == nullptr) {
            return fail(ErrorCode::invalid_input,
                        fmt::format("{}, riga {}: «{}» non si conosce; i nomi sono quelli di "
                                    "«coprog config».",
                                    path, number, name));
        }
        values[name] = trimmed(std::string_view(line).substr(mark + 1));
    }
    return values;
}

}  // namespace

std::span<const SettingDefinition> setting_definitions() {
    return kDefinitions;
}

std::optional<std::string> find_variable(const std::string& name) {
    const char* const value = std::getenv(name.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

Result<Settings> load_settings(const SettingSources& sources) {
    const auto file = read_file(sources.file_path);
    if (!file) {
        return fail(file.error());
    }
    Settings settings;
    for (const auto& definition : kDefinitions) {
        const std::string name(definition.name);
        const auto flag = sources.flags.find(name);
        const auto variable = sources.environment(std::string(definition.variable));
        const auto line = file->find(name);
        Setting setting{std::string(definition.preset), "predefinito"};
        if (flag != sources.flags.end()) {
            setting = {flag->second, "opzione"};
        } else if (variable) {
            setting = {*variable, "ambiente"};
        } else if (line != file->end()) {
            setting = {line->second, "file"};
        }
        if (auto good = check(definition.name, setting.value); !good) {
            return fail(good.error());
        }
        settings.emplace(name, std::move(setting));
    }
    return settings;
}

std::int64_t number_of(const Settings& settings, std::string_view name) {
    return parse_number(settings.find(name)->second.value).value_or(0);
}

std::vector<std::string> list_of(const Settings& settings, std::string_view name) {
    std::vector<std::string> parts;
    std::istringstream text(settings.find(name)->second.value);
    for (std::string part; std::getline(text, part, ',');) {
        if (part = trimmed(part); !part.empty()) {
            parts.push_back(part);
        }
    }
    return parts;
}

}  // namespace api::cli
