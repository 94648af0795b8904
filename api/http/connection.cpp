// SPDX-License-Identifier: EUPL-1.2
#include "api/http/connection.h"

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "api/http/request_reader.h"
#include "api/http/response_head.h"
#include "engine/base/ensure.h"

// The only file with coroutines. g++ 12 destroys twice a capturing lambda written inside a co_await
// expression: each has a name on a line of its own. Everything runs on the I/O thread, except the
// lambda that Reply calls.

namespace api::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using engine::base::Instant;
using std::chrono::milliseconds;

constexpr std::size_t kReadPiece = 16'384;
/// A client must take each piece within `write_time`: no less than 2 kB a second.
constexpr std::size_t kWritePiece = 65'536;

/// What `OPTIONS *` tells: the methods that some path may have.
const std::vector<std::string> kEveryMethod{"GET", "POST", "PUT", "PATCH", "DELETE"};

/// A request that a handler has, until it answers.
struct Pending {
    asio::steady_timer wake;
    std::optional<Response> response;
};

enum class ReadEnd { more, closed, too_slow };

/// What came of waiting for a request: one, or a refusal; neither when the client has gone.
struct Received {
    std::optional<Request> request;
    std::optional<Refusal> refusal;
    bool is_head = false;
    bool goes_on = false;  ///< the connection may serve another one
};

/// One of the two counts of what handlers have. HEAD arrives as GET.
using InFlight = std::size_t ConnectionHost::*;

InFlight share_of(const Request& request) {
    return request.method == "GET" ? &ConnectionHost::reads_in_flight
                                   : &ConnectionHost::acts_in_flight;
}

Refusal refuse_read(ReadEnd end) {
    return end == ReadEnd::too_slow
               ? Refusal{"request_timeout", "La richiesta è arrivata troppo lentamente: riprova.",
                         0}
               : malformed("La richiesta è finita a metà.");
}

class SocketConnection final : public Connection,
                               public std::enable_shared_from_this<SocketConnection> {
  public:
    SocketConnection(ConnectionHost& host, AcceptedSocket accepted)
        : host_(host),
          limits_(host.options.limits),
          socket_(host.loop, accepted.is_ipv6 ? tcp::v6() : tcp::v4(), accepted.handle),
          deadline_(host.loop) {
        error_code ignored;  // a client that has already gone is noticed at the first read
        socket_.set_option(tcp::no_delay(true), ignored);
        peer_ = socket_.remote_endpoint(ignored).address().to_string();
    }

    asio::awaitable<void> serve();
    asio::awaitable<void> turn_away();

    void end_if_idle() override {
        if (is_idle_) {
            cut();
        }
    }

    void cut() override {
        error_code ignored;  // closing what is closed is no failure
        socket_.close(ignored);
        if (const auto pending = pending_.lock()) {
            pending->wake.cancel();
        }
    }

  private:
    asio::awaitable<Received> receive();
    asio::awaitable<Response> answer(Request request);
    asio::awaitable<bool> send(Response response, bool is_head, bool goes_on);
    asio::awaitable<bool> write(std::string_view bytes);
    asio::awaitable<ReadEnd> read_more();
    asio::awaitable<void> linger();

    bool has_no_room(const Request& request) const;
    std::shared_ptr<Pending> hand_over(Request request);
    std::string render_head(Response& response, bool goes_on);
    Request complete(Request request, Instant begun_at) const;
    void arm(milliseconds time);

    ConnectionHost& host_;
    const ServerLimits& limits_;
    tcp::socket socket_;
    asio::steady_timer deadline_;
    std::string buffer_;  ///< read and not used yet: the rest of a request, or what follows it
    std::string peer_;
    std::string request_id_;
    Instant last_read_at_;
    std::weak_ptr<Pending> pending_;
    std::size_t turn_ = 0;  ///< of the deadline: an older one that still fires does not count
    bool is_late_ = false;
    bool is_idle_ = false;
};

/// From now on, what is read or written must end within the time.
void SocketConnection::arm(milliseconds time) {
    is_late_ = false;
    deadline_.expires_after(time);
    auto on_time = [weak = weak_from_this(), turn = ++turn_](const error_code& error) {
        const auto self = weak.lock();
        if (!error && self && self->turn_ == turn) {
            error_code ignored;  // nothing to cancel is no failure
            self->is_late_ = true;
            self->socket_.cancel(ignored);
        }
    };
    deadline_.async_wait(std::move(on_time));
}

asio::awaitable<ReadEnd> SocketConnection::read_more() {
    if (is_late_) {
        co_return ReadEnd::too_slow;
    }
    error_code error;
    const std::size_t held = buffer_.size();
    buffer_.resize(held + kReadPiece);
    const auto space = asio::buffer(buffer_.data() + held, kReadPiece);
    const std::size_t count =
        co_await socket_.async_read_some(space, asio::redirect_error(asio::use_awaitable, error));
    buffer_.resize(held + count);
    if (error) {
        co_return is_late_ ? ReadEnd::too_slow : ReadEnd::closed;
    }
    last_read_at_ = host_.options.clock->now();
    co_return ReadEnd::more;
}

asio::awaitable<bool> SocketConnection::write(std::string_view bytes) {
    error_code error;
    arm(limits_.write_time);
    const auto space = asio::buffer(bytes.data(), bytes.size());
    co_await asio::async_write(socket_, space, asio::redirect_error(asio::use_awaitable, error));
    if (error) {
        host_.report({"client_gone", request_id_, 0, is_late_ ? "reads too slowly" : "closed"});
    }
    co_return !error;
}

/// Lets the client read the last answer: closing at once, with bytes of its still unread, would
/// make the system throw the answer away (RFC 9112, 9.6).
asio::awaitable<void> SocketConnection::linger() {
    error_code error;
    socket_.shutdown(tcp::socket::shutdown_send, error);
    arm(limits_.linger);
    buffer_.resize(kReadPiece);
    const auto space = asio::buffer(buffer_.data(), buffer_.size());
    while (!error && !is_late_) {
        co_await socket_.async_read_some(space, asio::redirect_error(asio::use_awaitable, error));
    }
}

asio::awaitable<void> SocketConnection::turn_away() {
    request_id_ = engine::base::random_hex(*host_.options.random);
    const Refusal refusal =
        busy("Il server ha troppe connessioni aperte: riprova tra qualche secondo.");
    host_.report({"connection_refused", request_id_, refusal.status(), refusal.code});
    const bool is_sent = co_await send(host_.refuse(refusal), false, false);
    if (is_sent) {
        co_await linger();
    }
}

/// Serves request after request.
asio::awaitable<void> SocketConnection::serve() {
    bool goes_on = true;
    while (goes_on) {
        request_id_ = engine::base::random_hex(*host_.options.random);
        Received received = co_await receive();
        Response response;
        if (received.refusal) {
            host_.report(
                {"refused", request_id_, received.refusal->status(), received.refusal->code});
            response = host_.refuse(*received.refusal);
        } else if (received.request) {
            response = co_await answer(std::move(*received.request));
        } else {
            co_return;
        }
        goes_on = received.goes_on && !host_.is_stopping;
        const bool is_sent = co_await send(std::move(response), received.is_head, goes_on);
        if (!is_sent) {
            co_return;
        }
    }
    co_await linger();
}

/// Waits for the next request: for its first byte, then within the times of head and body.
asio::awaitable<Received> SocketConnection::receive() {
    Received received;
    RequestReader reader(limits_.head, limits_.body_bytes, host_.options.body_limit);
    std::optional<Instant> begun_at;
    bool is_in_body = false;
    is_idle_ = true;
    arm(limits_.idle);
    while (true) {
        received.refusal = reader.read(buffer_);
        if (!begun_at && reader.has_begun()) {
            begun_at = last_read_at_;
        }
        if (received.refusal || reader.is_done()) {
            break;
        }
        if (is_idle_ && reader.has_begun()) {
            is_idle_ = false;
            arm(limits_.head_time);
        }
        if (is_idle_ && host_.is_stopping) {
            break;
        }
        if (reader.has_head() && !is_in_body) {
            is_in_body = true;
            if (reader.wants_continue()) {
                co_await write("HTTP/1.1 100 Continue\r\n\r\n");
            }
            arm(limits_.body_time);
        }
        const ReadEnd end = co_await read_more();
        if (end != ReadEnd::more) {
            if (reader.has_begun()) {
                received.refusal = refuse_read(end);
            }
            break;
        }
    }
    is_idle_ = false;
    received.is_head = reader.is_head_request();
    if (received.refusal) {
        received.refusal->asked = reader.asked();
    }
    if (!received.refusal && reader.is_done()) {
        received.goes_on = reader.keeps_alive();
        received.request = complete(reader.take(), begun_at.value_or(last_read_at_));
    }
    co_return received;
}

Request SocketConnection::complete(Request request, Instant begun_at) const {
    // The bytes of a request that waited in the buffer were read with those before them.
    request.begun_at = begun_at;
    request.received_at = last_read_at_;
    request.peer_address = peer_;
    request.request_id = request_id_;
    return request;
}

/// Acts that wait leave room for who only looks, and the other way round.
bool SocketConnection::has_no_room(const Request& request) const {
    const InFlight share = share_of(request);
    const std::size_t at_most = share == &ConnectionHost::reads_in_flight ? limits_.reads_in_flight
                                                                          : limits_.acts_in_flight;
    return host_.*share >= at_most;
}

/// Calls the handler. Its answer comes back through the door, on whatever thread it is given.
std::shared_ptr<Pending> SocketConnection::hand_over(Request request) {
    auto pending = std::make_shared<Pending>(Pending{asio::steady_timer(host_.loop), {}});
    pending->wake.expires_after(limits_.answer_time);
    pending_ = pending;
    const InFlight share = share_of(request);
    ++(host_.*share);
    // Other threads never own the timer, which must end before the loop does.
    auto deliver = [door = host_.door, host = &host_, share,
                    weak = std::weak_ptr<Pending>(pending)](Response response) {
        door->enter([host, share, weak, response = std::move(response)]() mutable {
            --(host->*share);
            if (const auto waiting = weak.lock()) {
                waiting->response = std::move(response);
                waiting->wake.cancel();
            }
        });
    };
    try {
        host_.handler(std::move(request), Reply(std::move(deliver)));
    } catch (const std::exception& error) {
        host_.report({"handler_failed", request_id_, 500, error.what()});
    } catch (...) {
        host_.report({"handler_failed", request_id_, 500, "threw what is no std::exception"});
    }
    return pending;
}

asio::awaitable<Response> SocketConnection::answer(Request request) {
    if (request.target.form == TargetForm::asterisk) {
        co_return allowed_methods(kEveryMethod);
    }
    Asked asked{request.target.path, request.headers.find("Accept").value_or("")};
    if (has_no_room(request)) {
        Refusal refusal =
            busy("Il server ha troppe richieste in corso: riprova tra qualche secondo.");
        host_.report({"refused", request_id_, refusal.status(), refusal.code});
        refusal.asked = std::move(asked);
        co_return host_.refuse(refusal);
    }
    const auto pending = hand_over(std::move(request));
    error_code ignored;  // cancelled is how an answer is announced
    co_await pending->wake.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    if (pending->response) {
        co_return std::move(*pending->response);
    }
    host_.report({"handler_too_slow", request_id_, 503, "no answer in time"});
    Refusal late = answer_late();
    late.asked = std::move(asked);
    co_return host_.refuse(late);
}

/// The head of the response; one that a route should not have made becomes a 500.
std::string SocketConnection::render_head(Response& response, bool goes_on) {
    const ResponseFrame frame{host_.options.clock->now(), request_id_, goes_on};
    try {
        return render_response_head(response, frame);
    } catch (const engine::base::BugError& error) {
        host_.report({"handler_failed", request_id_, 500, error.what()});
        response = host_.refuse(internal_failure());
        return render_response_head(response, frame);
    }
}

asio::awaitable<bool> SocketConnection::send(Response response, bool is_head, bool goes_on) {
    std::string bytes = render_head(response, goes_on);
    std::string_view body = is_head ? std::string_view{} : response.body_bytes();
    bytes += body.substr(0, kWritePiece);
    body.remove_prefix(std::min(kWritePiece, body.size()));
    bool is_sent = co_await write(bytes);
    while (is_sent && !body.empty()) {
        is_sent = co_await write(body.substr(0, kWritePiece));
        body.remove_prefix(std::min(kWritePiece, body.size()));
    }
    if (is_sent) {
        host_.report({"answered", request_id_, response.status, {}});
    }
    co_return is_sent;
}

}  // namespace

std::shared_ptr<Connection> start_connection(ConnectionHost& host, AcceptedSocket socket,
                                             Welcome welcome,
                                             std::function<void(Connection*)> on_end) {
    auto connection = std::make_shared<SocketConnection>(host, socket);
    auto finish = [connection, &host, on_end = std::move(on_end)](std::exception_ptr failure) {
        connection->cut();
        try {
            if (failure) {
                std::rethrow_exception(failure);
            }
        } catch (const std::exception& error) {
            host.report({"connection_failed", {}, 0, error.what()});
        }
        on_end(connection.get());
    };
    asio::co_spawn(host.loop,
                   welcome == Welcome::serve ? connection->serve() : connection->turn_away(),
                   std::move(finish));
    return connection;
}

}  // namespace api::http
