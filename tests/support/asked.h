// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace tests {

using HeaderLines = std::vector<std::pair<std::string, std::string>>;

/// What is asked of the server.
struct Asked {
    std::string method = "GET";
    std::string path;
    std::string token;         ///< a secret; empty: nobody
    std::string body;          ///< JSON, unless `headers` say another Content-Type
    HeaderLines headers = {};  ///< beside Host, Authorization, Content-Type and Content-Length
};

/// Its bytes, after whose answer the connection closes.
std::string render_request(const Asked& asked);

}  // namespace tests
