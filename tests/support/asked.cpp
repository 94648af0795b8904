// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/asked.h"

#include <fmt/format.h>

namespace tests {

std::string render_request(const Asked& asked) {
    std::string text = fmt::format("{} {} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n",
                                   asked.method, asked.path);
    if (!asked.token.empty()) {
        text += "Authorization: Bearer " + asked.token + "\r\n";
    }
    bool has_type = false;
    for (const auto& [name, value] : asked.headers) {
        text += fmt::format("{}: {}\r\n", name, value);
        has_type = has_type || name == "Content-Type";
    }
    if (!asked.body.empty() && !has_type) {
        text += "Content-Type: application/json\r\n";
    }
    if (asked.method == "POST" || !asked.body.empty()) {
        text += fmt::format("Content-Length: {}\r\n", asked.body.size());
    }
    return text + "\r\n" + asked.body;
}

}  // namespace tests
