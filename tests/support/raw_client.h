// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tests {

/// An HTTP response as it came, taken apart with the least possible knowledge.
struct RawResponse {
    int status = 0;
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string body;

    /// Empty when there is none.
    std::string header(const std::string& lower_name) const;
};

/// Takes responses apart one after the other. `answers_to_head` says that none has a body.
/// What does not look like a response becomes one of status 0 with the rest as its body.
std::vector<RawResponse> parse_responses(std::string_view bytes, bool answers_to_head);

/// A plain socket to 127.0.0.1 that sends whatever bytes it is given. Every wait has a limit, so
/// that a server that hangs fails a test instead of stopping it.
class RawClient {
  public:
    /// Errors: std::runtime_error when it cannot connect.
    explicit RawClient(std::uint16_t port);
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;
    ~RawClient();

    /// Whether all of it was taken; a server may have closed.
    bool send(std::string_view bytes);

    /// Says that nothing more will come, and goes on reading.
    void finish_sending();

    /// Closes at once; what the server still sends meets nobody.
    void hang_up();

    /// The next response, its body included; absent when the connection ended before.
    std::optional<RawResponse> read_response();

    /// All that comes until the server closes; absent when it does not close within the limit.
    std::optional<std::string> read_to_end();

  private:
    bool read_more();

    int socket_ = -1;
    bool is_late_ = false;
    std::string buffer_;
};

}  // namespace tests
