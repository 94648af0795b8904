// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>

#include "engine/store/store.h"

namespace engine::store {

/// A reader that can be had twice: each is for one thread.
class Reopenable {
  public:
    virtual ~Reopenable() = default;

    /// Another reader of the same database. Errors: StoreFailure.
    virtual std::unique_ptr<Reader> open_another() const = 0;
};

/// Another reader of a reader's database, for another thread; null where there is no other.
/// Errors: StoreFailure.
inline std::unique_ptr<Reader> open_another(const Reader& reader) {
    const auto* source = dynamic_cast<const Reopenable*>(&reader);
    return source == nullptr ? nullptr : source->open_another();
}

}  // namespace engine::store
