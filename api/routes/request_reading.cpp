// SPDX-License-Identifier: EUPL-1.2
#include "api/routes/request_reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "engine/base/codice_fiscale.h"
#include "engine/base/make_id.h"
#include "engine/calendar/local_time.h"
#include "workflows/comuni/offices.h"

namespace api::routes {
namespace {

using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Fields;
using engine::base::Result;

constexpr std::size_t kMaxKeyBytes = 100;

bool is_among(std::initializer_list<std::string_view> names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string list_names(std::initializer_list<std::string_view> names,
                       std::initializer_list<std::string_view> more = {}) {
    std::string list;
    for (const auto& part : {names, more}) {
        for (const std::string_view name : part) {
            list += (list.empty() ? "" : ", ") + std::string(name);
        }
    }
    return list.empty() ? "nessuno" : list;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    return is_whole && !text.empty() ? std::optional(number) : std::nullopt;
}

}  // namespace

QueryReader::QueryReader(const http::Parameters& query,
                         std::initializer_list<std::string_view> names,
                         std::initializer_list<std::string_view> many)
    : query_(query) {
    for (const auto& [name, value] : query.items()) {
        if (!is_among(names, name) && !is_among(many, name)) {
            refuse(name, "unknown",
                   fmt::format("qui non è previsto; quelli previsti: {}", list_names(names, many)));
        } else if (!is_among(many, name) && query.count(name) > 1) {
            refuse(name, "repeated", "compare più di una volta");
        }
    }
}

void QueryReader::refuse(std::string_view name, std::string_view code, std::string message_it) {
    details_.push_back({"?" + std::string(name),
                        std::string(code),
                        fmt::format("«{}»: {}", name, message_it),
                        {}});
}

std::string QueryReader::text(std::string_view name) {
    return query_.find(name).value_or("");
}

std::vector<std::string> QueryReader::texts(std::string_view name) {
    return query_.find_all(name);
}

std::string QueryReader::office(std::string_view name) {
    std::string code = text(name);
    if (!code.empty() && !workflows::comuni::known_offices().contains(code)) {
        refuse(name, "enum",
               fmt::format("«{}» non è il codice di un'amministrazione. I codici ammessi: {}", code,
                           workflows::comuni::office_codes_words()));
    }
    return code;
}

std::string QueryReader::party(std::string_view name) {
    const std::string typed = text(name);
    if (typed.empty()) {
        return "";
    }
    auto code = engine::base::parse_tax_code(typed);
    if (!code) {
        refuse(name, "format", "serve il codice fiscale di un ente. " + code.error().message_it);
        return "";
    }
    return std::move(code->text);
}

std::string QueryReader::instance(std::string_view name) {
    const std::string id = text(name);
    if (!id.empty() && !engine::base::may_be_id(id)) {
        refuse(name, "format",
               "serve l'identificativo di un procedimento, come lo scrive /v1/procedure");
    }
    return id;
}

std::optional<bool> QueryReader::flag(std::string_view name) {
    const auto value = query_.find(name);
    if (!value) {
        return std::nullopt;
    }
    if (*value != "true" && *value != "false") {
        refuse(name, "type", "serve true o false");
    }
    return *value == "true";
}

std::optional<std::int64_t> QueryReader::integer(std::string_view name, std::int64_t least,
                                                 std::int64_t most) {
    const auto value = query_.find(name);
    if (!value) {
        return std::nullopt;
    }
    const auto number = parse_integer(*value);
    if (!number || *number < least || *number > most) {
        refuse(name, "range", fmt::format("serve un numero intero da {} a {}", least, most));
        return std::nullopt;
    }
    return number;
}

std::optional<engine::base::Instant> QueryReader::instant(std::string_view name) {
    const auto value = query_.find(name);
    if (!value) {
        return std::nullopt;
    }
    auto instant = engine::calendar::parse_instant(*value);
    if (!instant) {
        refuse(name, "format", instant.error().message_it);
        return std::nullopt;
    }
    return *instant;
}

std::optional<engine::calendar::LegalDate> QueryReader::date(std::string_view name) {
    const auto value = query_.find(name);
    if (!value) {
        return std::nullopt;
    }
    auto date = engine::calendar::parse_legal_date(*value);
    if (!date) {
        refuse(name, "format", date.error().message_it);
        return std::nullopt;
    }
    return *date;
}

engine::PageRequest QueryReader::page() {
    engine::PageRequest page;
    page.after = text("dopo");
    page.limit = static_cast<std::size_t>(
        integer("limite", 1, static_cast<std::int64_t>(engine::kMaxPageRows))
            .value_or(static_cast<std::int64_t>(page.limit)));
    return page;
}

Result<void> QueryReader::finish() {
    if (details_.empty()) {
        return {};
    }
    return fail({ErrorCode::invalid_query, "I parametri della richiesta vanno corretti.",
                 std::move(details_)});
}

std::string media_type_of(const http::Request& request) {
    std::string type = request.headers.find("Content-Type").value_or("");
    type.resize(std::min(type.find(';'), type.size()));
    type.erase(type.find_last_not_of(' ') + 1);
    std::transform(type.begin(), type.end(), type.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return type;
}

Result<Fields> read_body(const http::Request& request,
                         std::initializer_list<std::string_view> names) {
    if (request.body.empty()) {
        return fail(ErrorCode::malformed,
                    "Serve un corpo JSON, con l'intestazione Content-Type: application/json.");
    }
    auto fields = engine::base::parse_fields(request.body);
    if (!fields) {
        return fail(fields.error());
    }
    std::vector<engine::base::ErrorDetail> details;
    for (const auto& [name, json] : *fields) {
        if (!is_among(names, name)) {
            details.push_back(
                {"/" + name,
                 "additionalProperties",
                 fmt::format("«{}» qui non è previsto; previsti: {}", name, list_names(names)),
                 {}});
        }
    }
    if (!details.empty()) {
        return fail({ErrorCode::invalid_input, "Il corpo della richiesta va corretto.",
                     std::move(details)});
    }
    return fields;
}

Result<std::string> read_idempotency_key(const http::Request& request) {
    const auto key = request.headers.find("Idempotency-Key");
    const bool is_good = key && !key->empty() && key->size() <= kMaxKeyBytes &&
                         std::all_of(key->begin(), key->end(),
                                     [](char letter) { return letter > ' ' && letter < '\x7f'; });
    if (!is_good) {
        return fail(ErrorCode::malformed,
                    fmt::format("Serve l'intestazione Idempotency-Key: da 1 a {} caratteri ASCII, "
                                "nuovi per ogni richiesta e uguali quando la si ripete.",
                                kMaxKeyBytes));
    }
    return *key;
}

Result<std::optional<std::int64_t>> find_if_match(const http::Request& request) {
    const auto header = request.headers.find("If-Match");
    if (!header) {
        return std::optional<std::int64_t>{};
    }
    const std::string_view tag = *header;
    const bool is_tag = tag.size() > 2 && tag.front() == '"' && tag.back() == '"';
    const auto version = is_tag ? parse_integer(tag.substr(1, tag.size() - 2)) : std::nullopt;
    if (!version || *version < 0) {
        return fail(ErrorCode::malformed,
                    "If-Match non si capisce: serve una sola versione, come l'ha data ETag, per "
                    "esempio \"12\".");
    }
    return std::optional<std::int64_t>(version);
}

Result<std::int64_t> read_if_match(const http::Request& request) {
    const auto header = request.headers.find("If-Match");
    if (!header || *header == "*") {
        return fail(ErrorCode::version_required,
                    "Serve l'intestazione If-Match con la versione letta (l'ETag del "
                    "procedimento): così non si decide su qualcosa che nel frattempo è cambiato.");
    }
    auto version = find_if_match(request);
    if (!version) {
        return fail(version.error());
    }
    return **version;
}

}  // namespace api::routes
