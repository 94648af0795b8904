// SPDX-License-Identifier: EUPL-1.2
#include "engine/store/sqlite_failure.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace engine::store {

StoreFailure translate_failure(const SQLite::Exception& exception) {
    using base::ErrorCode;
    switch (exception.getErrorCode()) {
        case SQLITE_FULL:
        case SQLITE_IOERR:
            return StoreFailure({ErrorCode::storage_full,
                                 "Il disco è pieno o non risponde: nulla è stato scritto. Va "
                                 "liberato spazio, poi si può riprovare.",
                                 {}});
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return StoreFailure({ErrorCode::storage_corrupt,
                                 "L'archivio è danneggiato o non è di coprog: va ripristinata "
                                 "l'ultima copia di sicurezza.",
                                 {}});
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return StoreFailure({ErrorCode::busy,
                                 "L'archivio è occupato da un altro programma: riprovare tra poco.",
                                 {}});
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return StoreFailure({ErrorCode::internal,
                                 "L'archivio non si può aprire in scrittura: vanno controllati la "
                                 "cartella e i suoi permessi.",
                                 {}});
        default:
            return StoreFailure(
                {ErrorCode::internal,
                 fmt::format("Errore dell'archivio (SQLite {}).", exception.getExtendedErrorCode()),
                 {}});
    }
}

}  // namespace engine::store
