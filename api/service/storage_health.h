// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <atomic>
#include <optional>

#include "engine/base/error.h"
#include "engine/base/log.h"

namespace api::service {

enum class StorageState {
    well,
    refusing,  ///< the disk is full or does not answer: nothing is taken until it writes again
    damaged    ///< nothing is taken any more: a copy has to be restored
};

/// Whether acts can be written, as the last writes have shown. An act that cannot be written is
/// refused at the door rather than tried on a disk that is failing; what can be read is read on.
/// Threads: every public method, any.
class StorageHealth {
  public:
    /// The log outlives it.
    explicit StorageHealth(engine::base::Log& log) : log_(log) {}

    StorageState state() const { return state_; }
    /// Why nothing is taken; absent when all is well.
    std::optional<engine::base::Error> refusal() const;

    /// Something was not written. Errors that say nothing of the disk change nothing.
    void note(const engine::base::Error& error);
    /// The disk has written again: acts are taken. Nothing undoes a damage but another archive.
    void note_written();

  private:
    engine::base::Log& log_;
    std::atomic<StorageState> state_ = StorageState::well;
};

}  // namespace api::service
