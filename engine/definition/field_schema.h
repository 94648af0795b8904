// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/result.h"

namespace engine::definition {

/// Largest value of a field, in bytes of JSON: several pages of typing.
inline constexpr std::size_t kMaxFieldBytes = 20000;

/// A compiled JSON Schema (draft-04, the subset shared with draft-07 and OpenAPI 3.0).
/// Threads: any, after construction.
class FieldSchema {
  public:
    FieldSchema();
    ~FieldSchema();
    FieldSchema(FieldSchema&&) noexcept;
    FieldSchema& operator=(FieldSchema&&) noexcept;

    /// Compiles the schema text. Errors: malformed.
    static base::Result<FieldSchema> compile(std::string_view schema_json);

    /// What is wrong with the value, as Italian sentences with pointers under `pointer`; empty when
    /// it is valid. The library stops at the first mistake of a value, so does this.
    std::vector<base::ErrorDetail> validate(std::string_view value_json,
                                            std::string_view pointer) const;

  private:
    struct Compiled;
    std::unique_ptr<Compiled> compiled_;
};

/// A field an instance may hold: one property of the machine's data schema.
struct FieldDefinition {
    std::string title;
    std::string type;          ///< string · integer · boolean · array · object
    bool is_personal = false;  ///< JSON Schema extension `x-personal`
    std::string schema_json;
    std::shared_ptr<const FieldSchema> schema;
};

}  // namespace engine::definition
