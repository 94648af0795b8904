// SPDX-License-Identifier: EUPL-1.2
#include "engine/queries.h"

namespace engine {

base::Result<std::unique_ptr<Queries>> open_queries(const std::filesystem::path&,
                                                    const definition::Catalog&,
                                                    const machine::CheckLibrary&,
                                                    const base::Clock&) {
    return base::fail(base::ErrorCode::internal, "Le letture non ci sono ancora.");
}

}  // namespace engine
