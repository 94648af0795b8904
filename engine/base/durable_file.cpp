// SPDX-License-Identifier: EUPL-1.2
#include "engine/base/durable_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace engine::base {
namespace {

/// A file descriptor that is closed.
class Descriptor {
  public:
    Descriptor(const std::filesystem::path& path, int flags)
        : value_(::open(path.c_str(), flags, 0640)) {}
    ~Descriptor() {
        if (value_ >= 0) {
            ::close(value_);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    bool is_open() const { return value_ >= 0; }
    bool sync() const { return ::fsync(value_) == 0; }
    bool write(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t written = ::write(value_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) {
                continue;
            }
            if (written <= 0) {
                return false;
            }
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return true;
    }

  private:
    int value_;
};

}  // namespace

bool write_durably(const std::filesystem::path& path, std::string_view bytes) {
    const Descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC);
    return file.is_open() && file.write(bytes) && file.sync();
}

bool sync_file(const std::filesystem::path& path) {
    const Descriptor descriptor(path, O_RDONLY | O_CLOEXEC);
    return descriptor.is_open() && descriptor.sync();
}

bool sync_folder(const std::filesystem::path& folder) {
    const Descriptor descriptor(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return descriptor.is_open() && descriptor.sync();
}

}  // namespace engine::base
