// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "api/http/message.h"
#include "api/http/raw_head.h"
#include "api/http/refusal.h"

namespace api::http {

/// How many bytes the body of this request may have: asked when its head is whole and accepted, so
/// that nobody's memory fills with what its route would not take.
using BodyLimit = std::function<std::size_t(const Request& head)>;

/// Reads one request from bytes as they come, in four steps: RawHead judges the bytes of the head,
/// Beast's parser reads it, check_head judges what it says, and the parser reads the body.
/// It knows no socket and no time.
class RequestReader {
  public:
    /// No body is longer than `max_body_bytes`, nor than `limit` says, where there is one; it must
    /// not throw.
    RequestReader(const HeadLimits& head, std::size_t max_body_bytes, BodyLimit limit = {});
    ~RequestReader();

    /// Uses up bytes from the front of `buffer`; what it leaves there when the request is whole
    /// belongs to the next one. Gives what is wrong with the request, after which nothing is read.
    std::optional<Refusal> read(std::string& buffer);

    /// Whether a byte of the request has come.
    bool has_begun() const;

    /// Whether the request is whole.
    bool is_done() const;

    /// Whether the head is whole, and accepted.
    bool has_head() const;

    /// Whether the client waits for `100 Continue`, its body not begun.
    bool wants_continue() const;

    /// What is known of the request, whole or refused.
    Asked asked() const;

    /// HEAD was asked; known as soon as the parser has read the head.
    bool is_head_request() const;

    /// Whether the client may ask again on this connection. After a refusal, no.
    bool keeps_alive() const;

    /// The request; instant, peer and id are left to fill. Once, when is_done().
    Request take();

  private:
    struct State;

    std::unique_ptr<State> state_;
};

}  // namespace api::http
