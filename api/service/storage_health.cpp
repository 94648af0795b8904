// SPDX-License-Identifier: EUPL-1.2
#include "api/service/storage_health.h"

namespace api::service {

using engine::base::Error;
using engine::base::ErrorCode;

std::optional<Error> StorageHealth::refusal() const {
    switch (state_.load()) {
        case StorageState::well: return std::nullopt;
        case StorageState::refusing:
            return Error{ErrorCode::storage_full,
                         "Il disco del servizio è pieno o non risponde: per ora non si registra "
                         "nulla, si può solo leggere. Riprovare tra qualche minuto.",
                         {}};
        case StorageState::damaged:
            return Error{ErrorCode::storage_corrupt,
                         "L'archivio del servizio è danneggiato: non si registra più nulla, si può "
                         "solo leggere, finché chi lo gestisce non ripristina l'ultima copia.",
                         {}};
    }
    return std::nullopt;
}

void StorageHealth::note(const Error& error) {
    if (error.code == ErrorCode::storage_corrupt) {
        if (state_.exchange(StorageState::damaged) != StorageState::damaged) {
            log_.error("storage_damaged", {{"cause", error.message_it}});
        }
    } else if (error.code == ErrorCode::storage_full) {
        auto expected = StorageState::well;
        if (state_.compare_exchange_strong(expected, StorageState::refusing)) {
            log_.error("storage_refuses", {{"cause", error.message_it}});
        }
    }
}

void StorageHealth::note_written() {
    auto expected = StorageState::refusing;
    if (state_.compare_exchange_strong(expected, StorageState::well)) {
        log_.info("storage_writes_again");
    }
}

}  // namespace api::service
