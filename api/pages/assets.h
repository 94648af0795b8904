// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace api::pages {

/// One file of the pages' dress, as it is answered: never changed, because its address carries the
/// hash of its bytes.
struct Asset {
    std::string media_type;
    std::shared_ptr<const std::string> plain;
    std::shared_ptr<const std::string> gzip;    ///< null for what is compressed already
    std::shared_ptr<const std::string> brotli;  ///< as gzip
};

/// What web/build.js made and the binary carries.
/// Threads: any, after construction.
class Assets {
  public:
    Assets();

    /// `coprog.css` → `/assets/coprog.0123456789ab.css`. Errors: BugError when there is none.
    const std::string& url(std::string_view name) const;

    /// The asset of an address; null when there is none, or when the hash is of another version.
    const Asset* find(std::string_view url) const;

  private:
    std::map<std::string, std::string, std::less<>> urls_;
    std::map<std::string, Asset, std::less<>> assets_;  ///< by address
};

}  // namespace api::pages
