// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/field_schema.h"

#include <fmt/format.h>
#include <rapidjson/document.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>

#include <map>

// The only file that knows the schema library (RapidJSON: header-only, draft-04, regular
// expressions of its own that cannot overflow the stack; see engine/DESIGN.md n. 6).

namespace engine::definition {
namespace {

using base::ErrorCode;
using base::ErrorDetail;
using base::fail;
using base::Result;

std::string explain_keyword(const std::string& keyword) {
    static const std::map<std::string, std::string> kSentences{
        {"type", "il valore non è del tipo richiesto"},
        {"enum", "il valore non è tra quelli ammessi"},
        {"required", "manca un campo obbligatorio"},
        {"additionalProperties", "c'è un campo che qui non è previsto"},
        {"minLength", "il testo è vuoto o troppo corto"},
        {"maxLength", "il testo è troppo lungo"},
        {"pattern", "il testo non ha la forma richiesta"},
        {"minimum", "il numero è troppo piccolo"},
        {"maximum", "il numero è troppo grande"},
        {"minItems", "l'elenco ha troppo pochi elementi"},
        {"maxItems", "l'elenco ha troppi elementi"},
        {"uniqueItems", "l'elenco ripete lo stesso elemento"},
        {"minProperties", "mancano dei campi"},
        {"maxProperties", "ci sono troppi campi insieme"},
        {"oneOf", "il valore non ha una delle forme ammesse"},
        {"anyOf", "il valore non ha nessuna delle forme ammesse"},
    };
    const auto found = kSentences.find(keyword);
    return found == kSentences.end() ? fmt::format("il valore non rispetta la regola «{}»", keyword)
                                     : found->second;
}

std::string pointer_text(const rapidjson::Pointer& pointer) {
    rapidjson::StringBuffer buffer;
    pointer.Stringify(buffer);
    return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

struct FieldSchema::Compiled {
    rapidjson::Document source;
    std::unique_ptr<rapidjson::SchemaDocument> schema;
};

FieldSchema::FieldSchema() = default;
FieldSchema::~FieldSchema() = default;
FieldSchema::FieldSchema(FieldSchema&&) noexcept = default;
FieldSchema& FieldSchema::operator=(FieldSchema&&) noexcept = default;

Result<FieldSchema> FieldSchema::compile(std::string_view schema_json) {
    auto compiled = std::make_unique<Compiled>();
    compiled->source.Parse<rapidjson::kParseFullPrecisionFlag>(schema_json.data(),
                                                               schema_json.size());
    if (compiled->source.HasParseError() || !compiled->source.IsObject()) {
        return fail(ErrorCode::malformed, "Lo schema non è un oggetto JSON.");
    }
    compiled->schema = std::make_unique<rapidjson::SchemaDocument>(compiled->source);
    FieldSchema schema;
    schema.compiled_ = std::move(compiled);
    return schema;
}

std::vector<ErrorDetail> FieldSchema::validate(std::string_view value_json,
                                               std::string_view pointer) const {
    rapidjson::Document value;
    value.Parse<rapidjson::kParseFullPrecisionFlag>(value_json.data(), value_json.size());
    if (value.HasParseError()) {
        return {{std::string(pointer), "malformed", "il valore non è JSON", {}}};
    }
    rapidjson::SchemaValidator validator(*compiled_->schema);
    if (value.Accept(validator)) {
        return {};
    }
    const char* keyword = validator.GetInvalidSchemaKeyword();
    const std::string code = keyword == nullptr ? "schema" : keyword;
    return {{std::string(pointer) + pointer_text(validator.GetInvalidDocumentPointer()),
             code,
             explain_keyword(code),
             {}}};
}

}  // namespace engine::definition
