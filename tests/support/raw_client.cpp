// SPDX-License-Identifier: EUPL-1.2
#include "tests/support/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <utility>

namespace tests {
namespace {

/// Far more than any answer takes on a busy machine.
constexpr timeval kLimit{20, 0};

std::string to_lower(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    });
    return lower;
}

/// The head without its empty line; status 0 when it is none.
RawResponse parse_head(std::string_view head) {
    RawResponse response;
    if (!head.starts_with("HTTP/1.1 ") || head.size() < 12) {
        return response;
    }
    response.status = std::stoi(std::string(head.substr(9, 3)));
    for (std::size_t at = head.find("\r\n"); at != std::string_view::npos;) {
        const std::size_t next = head.find("\r\n", at + 2);
        const std::string_view line = head.substr(at + 2, next - at - 2);
        const std::size_t colon = line.find(": ");
        if (colon != std::string_view::npos) {
            response.headers[to_lower(line.substr(0, colon))] = line.substr(colon + 2);
        }
        at = next;
    }
    return response;
}

std::size_t body_size(const RawResponse& response) {
    const std::string length = response.header("content-length");
    return length.empty() ? 0 : static_cast<std::size_t>(std::stoul(length));
}

}  // namespace

std::string RawResponse::header(const std::string& lower_name) const {
    const auto found = headers.find(lower_name);
    return found == headers.end() ? std::string{} : found->second;
}

std::vector<RawResponse> parse_responses(std::string_view bytes, bool answers_to_head) {
    std::vector<RawResponse> responses;
    while (!bytes.empty()) {
        const std::size_t end = bytes.find("\r\n\r\n");
        RawResponse response = parse_head(bytes.substr(0, end));
        if (end == std::string_view::npos || response.status == 0) {
            response.status = 0;
            response.body = std::string(bytes);
            responses.push_back(response);
            break;
        }
        bytes.remove_prefix(end + 4);
        const std::size_t size = answers_to_head ? 0 : std::min(body_size(response), bytes.size());
        response.body = std::string(bytes.substr(0, size));
        bytes.remove_prefix(size);
        responses.push_back(response);
    }
    return responses;
}

RawClient::RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &kLimit, sizeof kLimit);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &kLimit, sizeof kLimit);
    const auto* generic = reinterpret_cast<const sockaddr*>(&address);
    if (::connect(socket_, generic, sizeof address) != 0) {
        ::close(socket_);
        throw std::runtime_error("cannot connect to the server under test");
    }
}

RawClient::~RawClient() {
    hang_up();
}

bool RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

void RawClient::finish_sending() {
    ::shutdown(socket_, SHUT_WR);
}

void RawClient::hang_up() {
    if (socket_ >= 0) {
        ::close(socket_);
        socket_ = -1;
    }
}

bool RawClient::read_more() {
    std::array<char, 16'384> piece{};
    const ssize_t count = ::recv(socket_, piece.data(), piece.size(), 0);
    is_late_ = count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    if (count <= 0) {
        return false;
    }
    buffer_.append(piece.data(), static_cast<std::size_t>(count));
    return true;
}

std::optional<RawResponse> RawClient::read_response() {
    std::size_t end = buffer_.find("\r\n\r\n");
    while (end == std::string::npos) {
        if (!read_more()) {
            return std::nullopt;
        }
        end = buffer_.find("\r\n\r\n");
    }
    RawResponse response = parse_head(std::string_view(buffer_).substr(0, end));
    buffer_.erase(0, end + 4);
    const std::size_t size = body_size(response);
    while (buffer_.size() < size) {
        if (!read_more()) {
            return std::nullopt;
        }
    }
    response.body = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return response;
}

std::optional<std::string> RawClient::read_to_end() {
    while (read_more()) {
    }
    return is_late_ ? std::nullopt : std::optional(std::exchange(buffer_, {}));
}

}  // namespace tests
