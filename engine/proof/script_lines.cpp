// SPDX-License-Identifier: EUPL-1.2
#include "engine/proof/script_lines.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/sha256.h"
#include "engine/proof/sample.h"

namespace engine::proof {
namespace {

/// Values longer than this go into a block of their own.
constexpr std::size_t kMaxInline = 60;

}  // namespace

void ScriptLines::add(std::string_view line) {
    text_ += fmt::format("{}\n", line);
    ++count_;
}

void ScriptLines::remark(std::string_view text) {
    add(fmt::format("# {}", text));
}

void ScriptLines::head(std::string_view title, const std::string& initiative) {
    add(fmt::format("titolo {}", title));
    add("fonte Esempio scritto da «coprog lint»: enti, persone e valori sono inventati");
    add(fmt::format("ente alfa {}", kSampleParty));
    add(fmt::format("ufficio {}{}", kSampleOffice,
                    initiative.empty() ? "" : " iniziativa " + initiative));
}

void ScriptLines::clock(calendar::LegalDate day) {
    add(fmt::format("ore {} 09:00", calendar::render_legal_date(day)));
}

void ScriptLines::act(const std::string& line, const base::Fields& payload,
                      const std::string& outcome) {
    if (payload.empty()) {
        return add(line + outcome);
    }
    std::string values;
    bool is_plain = true;
    for (const auto& [field, json] : payload) {
        const std::string value = write_value(json);
        is_plain = is_plain && value.find(',') == std::string::npos;
        values += fmt::format("{}{} = {}", values.empty() ? "" : ", ", field, value);
    }
    if (is_plain && values.size() <= kMaxInline) {
        return add(fmt::format("{} con {}{}", line, values, outcome));
    }
    const std::string block = fmt::format("blocco{}", ++blocks_);
    add("dati " + block);
    for (const auto& [field, json] : payload) {
        add(fmt::format("  {} = {}", field, write_value(json)));
    }
    add("fine");
    add(fmt::format("{} con dati {}{}", line, block, outcome));
}

std::string ScriptLines::add_paper(const std::string& line, const std::string& document) {
    add(line);
    return base::sha256_hex(fmt::format("{}:{}", document, count_));
}

}  // namespace engine::proof
