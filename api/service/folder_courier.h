// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>

#include "engine/engine.h"

namespace api::service {

/// Hands messages over by laying them in a folder, one JSON file each, from which the office's PEC
/// or protocol program takes them: no message leaves the machine by itself. A file that is there
/// is not written twice.
/// `{"id", "procedura", "messaggio", "titolo", "a", "ente", "amministrazione", "canale", "testo",
/// "sha256"}`
/// Threads: the writer's.
class FolderCourier final : public engine::documents::Courier {
  public:
    explicit FolderCourier(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// On disk when it returns. Errors: busy (the folder cannot be written now).
    engine::base::Result<void> deliver(const engine::documents::Envelope& envelope) override;

  private:
    std::filesystem::path folder_;
};

}  // namespace api::service
