// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "engine/base/clock.h"

namespace engine::base {

/// One member of a log line: a fixed name and compact JSON text. Never a name, an address of a
/// person, a secret or what an act says: who reads the log need not be who may read the acts.
struct LogField {
    LogField(std::string_view key, std::string_view text);
    LogField(std::string_view key, const char* text) : LogField(key, std::string_view(text)) {}
    LogField(std::string_view key, const std::string& text)
        : LogField(key, std::string_view(text)) {}
    LogField(std::string_view key, std::int64_t number);
    LogField(std::string_view key, int number) : LogField(key, std::int64_t{number}) {}
    LogField(std::string_view key, std::size_t number)
        : LogField(key, static_cast<std::int64_t>(number)) {}

    std::string name;
    std::string json;
};

enum class LogLevel { info, warning, error };

/// JSON lines for who runs the program: `{"time", "level", "event", …}`, `event` from a fixed list
/// of names in the code. The log is not the journal: losing it loses no right.
/// Threads: any.
class Log {
  public:
    using Sink = std::function<void(std::string_view line)>;

    /// Lines go to `sink` one at a time, each with its line feed. Both arguments outlive the log.
    Log(const Clock& clock, Sink sink) : clock_(clock), sink_(std::move(sink)) {}

    void write(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});

    void info(std::string_view event, std::initializer_list<LogField> fields = {}) {
        write(LogLevel::info, event, fields);
    }
    void warning(std::string_view event, std::initializer_list<LogField> fields = {}) {
        write(LogLevel::warning, event, fields);
    }
    void error(std::string_view event, std::initializer_list<LogField> fields = {}) {
        write(LogLevel::error, event, fields);
    }

  private:
    const Clock& clock_;
    Sink sink_;
    std::mutex mutex_;
};

}  // namespace engine::base
