// SPDX-License-Identifier: EUPL-1.2
#include "engine/definition/definition_schema.h"

#include "engine/base/embedded.h"
#include "engine/base/ensure.h"
#include "engine/definition/field_schema.h"

namespace engine::definition {
namespace {

constexpr std::string_view kSchemaPath = "workflows/workflow.schema.json";

FieldSchema load_schema() {
    for (const base::EmbeddedFile& file : base::embedded_files()) {
        if (file.path == kSchemaPath) {
            auto schema = FieldSchema::compile(file.bytes);
            base::ensure(schema.has_value(), "workflow.schema.json is tested to be a schema");
            return std::move(*schema);
        }
    }
    base::ensure(false, "the build embeds workflow.schema.json");
    return {};
}

}  // namespace

std::vector<base::ErrorDetail> validate_definition_shape(std::string_view definition_json) {
    static const FieldSchema kSchema = load_schema();
    return kSchema.validate(definition_json, "");
}

}  // namespace engine::definition
