// SPDX-License-Identifier: EUPL-1.2
#include "api/pages/assets.h"

#include <fmt/format.h>

#include "engine/base/embedded.h"
#include "engine/base/ensure.h"
#include "engine/base/sha256.h"

namespace api::pages {
namespace {

constexpr std::string_view kFolder = "web/";
/// As in web/build.js.
constexpr std::size_t kHashLetters = 12;

std::string_view media_type(std::string_view name) {
    if (name.ends_with(".css")) {
        return "text/css; charset=utf-8";
    }
    if (name.ends_with(".js")) {
        return "text/javascript; charset=utf-8";
    }
    if (name.ends_with(".svg")) {
        return "image/svg+xml";
    }
    return name.ends_with(".woff2") ? "font/woff2" : "text/plain; charset=utf-8";
}

std::string url_of(std::string_view name, std::string_view bytes) {
    const std::size_t dot = name.rfind('.');
    return fmt::format("/assets/{}.{}{}", name.substr(0, dot),
                       engine::base::sha256_hex(bytes).substr(0, kHashLetters), name.substr(dot));
}

}  // namespace

Assets::Assets() {
    std::map<std::string_view, std::string_view> files;
    for (const auto& file : engine::base::embedded_files()) {
        if (file.path.starts_with(kFolder)) {
            files.emplace(file.path.substr(kFolder.size()), file.bytes);
        }
    }
    const auto share = [&](const std::string& name) -> std::shared_ptr<const std::string> {
        const auto found = files.find(name);
        return found == files.end() ? nullptr : std::make_shared<const std::string>(found->second);
    };
    for (const auto& [name, bytes] : files) {
        if (name.ends_with(".gz") || name.ends_with(".br")) {
            continue;
        }
        const std::string plain(name);
        const std::string url = url_of(name, bytes);
        urls_.emplace(name, url);
        assets_.emplace(url, Asset{std::string(media_type(name)), share(plain),
                                   share(plain + ".gz"), share(plain + ".br")});
    }
}

const std::string& Assets::url(std::string_view name) const {
    const auto found = urls_.find(name);
    engine::base::ensure(found != urls_.end(), "the build carries every asset a page names");
    return found->second;
}

const Asset* Assets::find(std::string_view url) const {
    const auto found = assets_.find(url);
    return found == assets_.end() ? nullptr : &found->second;
}

}  // namespace api::pages
