// SPDX-License-Identifier: EUPL-1.2
#include "api/http/request_reader.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <string_view>
#include <utility>

#include "api/http/request_rules.h"
#include "engine/base/ensure.h"

// The only file that knows Beast. What Beast accepts and RFC 9112 does not is in README.md.

namespace api::http {
namespace {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using boost::system::error_code;
using Parser = beast_http::request_parser<beast_http::string_body>;

/// What clients write beside the sizes of their chunks, in all (RFC 9112, 7.1.1).
constexpr std::size_t kMaxChunkExtensions = 4'096;
/// The longest line of a chunk, or all the fields of a trailer: the parser wants them whole.
constexpr std::size_t kMaxChunkLine = 16'384;

Refusal body_too_large(std::size_t max_body) {
    return {"payload_too_large",
            "Il corpo della richiesta supera " + std::to_string(max_body) +
                " byte: va ridotto o diviso.",
            0};
}

Refusal refuse_parse(const error_code& error, std::size_t max_body) {
    if (error == beast_http::error::body_limit) {
        return body_too_large(max_body);
    }
    return malformed("La richiesta non rispetta HTTP/1.1 (RFC 9112).");
}

Head read_head(const Parser& parser) {
    const auto& message = parser.get();
    Head head{std::string(message.method_string()),
              std::string(message.target()),
              message.version() == 10 ? 0 : 1,
              {}};
    for (const auto& field : message) {
        head.headers.add(std::string(field.name_string()), std::string(field.value()));
    }
    return head;
}

}  // namespace

struct RequestReader::State {
    State(const HeadLimits& limits, std::size_t max_body_bytes, BodyLimit limit)
        : raw(limits), max_body(max_body_bytes), body_limit(std::move(limit)) {
        parser.header_limit(static_cast<std::uint32_t>(limits.head_bytes));
        parser.body_limit(max_body);
        parser.on_chunk_header(count_extensions);
    }

    std::optional<Refusal> read_head_from(std::string& buffer);
    std::optional<Refusal> limit_body();
    std::optional<Refusal> read_body_from(std::string& buffer);

    RawHead raw;
    std::size_t max_body = 0;
    BodyLimit body_limit;
    bool may_skip = true;  ///< one empty line before a request (RFC 9112, 2.2)
    bool has_begun = false;
    std::size_t extension_bytes = 0;
    /// The parser keeps a reference to it.
    std::function<void(std::uint64_t, boost::beast::string_view, error_code&)> count_extensions =
        [this](std::uint64_t, boost::beast::string_view extensions, error_code& error) {
            extension_bytes += extensions.size();
            if (extension_bytes > kMaxChunkExtensions) {
                error = beast_http::error::bad_chunk_extension;
            }
        };
    Parser parser;
    std::optional<Head> head;
    bool has_body_begun = false;
    Asked asked;  ///< of a head that was refused before it could be read
};

std::optional<Refusal> RequestReader::State::read_head_from(std::string& buffer) {
    if (may_skip && buffer.starts_with("\r\n")) {
        buffer.erase(0, 2);
        may_skip = false;
    }
    if (buffer.empty() || (may_skip && buffer == "\r")) {
        return std::nullopt;
    }
    may_skip = false;
    has_begun = true;
    auto refusal = raw.read(buffer);
    if (refusal) {
        asked = find_asked(buffer);
    }
    if (refusal || !raw.size()) {
        return refusal;
    }
    error_code error;
    const std::size_t used = parser.put(asio::buffer(buffer.data(), *raw.size()), error);
    if (error) {
        asked = find_asked(buffer);
        return refuse_parse(error, max_body);
    }
    engine::base::ensure(used == *raw.size() && parser.is_header_done(),
                         "RawHead and the parser agree on where a head ends");
    buffer.erase(0, used);
    // Taken before the body is read: Beast adds the fields of a trailer to those of the head.
    head = read_head(parser);
    auto refused = check_head(*head);
    return refused ? refused : limit_body();
}

std::optional<Refusal> RequestReader::State::limit_body() {
    if (!body_limit || parser.is_done()) {
        return std::nullopt;
    }
    const auto request = make_request(*head);
    engine::base::ensure(request.has_value(), "check_head has read the target");
    max_body = std::min(max_body, body_limit(*request));
    parser.body_limit(max_body);
    // A length that was told passed the larger limit when the parser read it.
    const auto length = parser.content_length();
    return length && *length > max_body ? std::optional(body_too_large(max_body)) : std::nullopt;
}

std::optional<Refusal> RequestReader::State::read_body_from(std::string& buffer) {
    parser.eager(true);
    while (!parser.is_done() && !buffer.empty()) {
        has_body_begun = true;
        error_code error;
        const std::size_t used = parser.put(asio::buffer(buffer.data(), buffer.size()), error);
        buffer.erase(0, used);
        if (error && error != beast_http::error::need_more) {
            return refuse_parse(error, max_body);
        }
        if (used == 0) {
            break;
        }
    }
    if (!parser.is_done() && buffer.size() > kMaxChunkLine) {
        return malformed("Una riga dentro il corpo a pezzi è troppo lunga.");
    }
    return std::nullopt;
}

RequestReader::RequestReader(const HeadLimits& head, std::size_t max_body_bytes, BodyLimit limit)
    : state_(std::make_unique<State>(head, max_body_bytes, std::move(limit))) {}

RequestReader::~RequestReader() = default;

std::optional<Refusal> RequestReader::read(std::string& buffer) {
    if (!state_->head) {
        auto refusal = state_->read_head_from(buffer);
        if (refusal || !state_->head) {
            return refusal;
        }
    }
    return state_->read_body_from(buffer);
}

bool RequestReader::has_begun() const {
    return state_->has_begun;
}

bool RequestReader::is_done() const {
    return state_->head && state_->parser.is_done();
}

bool RequestReader::has_head() const {
    return state_->head.has_value();
}

bool RequestReader::wants_continue() const {
    return state_->head && expects_continue(*state_->head) && !state_->has_body_begun &&
           !state_->parser.is_done();
}

Asked RequestReader::asked() const {
    const auto& head = state_->head;
    return head ? Asked{head->target.substr(0, head->target.find('?')),
                        head->headers.find("Accept").value_or("")}
                : state_->asked;
}

bool RequestReader::is_head_request() const {
    return state_->head && state_->head->method == "HEAD";
}

bool RequestReader::keeps_alive() const {
    return state_->head && api::http::keeps_alive(*state_->head);
}

Request RequestReader::take() {
    engine::base::ensure(is_done(), "only a whole request is taken");
    auto request = make_request(std::move(*state_->head));
    engine::base::ensure(request.has_value(), "check_head has read the target");
    request->body = std::move(state_->parser.get().body());
    return std::move(*request);
}

}  // namespace api::http
