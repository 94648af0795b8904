// SPDX-License-Identifier: EUPL-1.2
#include "engine/accounts.h"

namespace engine {

base::Result<std::unique_ptr<Accounts>> open_accounts(const std::filesystem::path&,
                                                      const base::Clock&, base::Random&) {
    return base::fail(base::ErrorCode::internal, "Le persone non ci sono ancora.");
}

}  // namespace engine
