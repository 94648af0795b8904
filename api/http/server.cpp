// SPDX-License-Identifier: EUPL-1.2
#include "api/http/server.h"

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <optional>
#include <utility>

#include "api/http/connection.h"
#include "engine/base/ensure.h"

namespace api::http {
namespace {

constexpr std::array kStopSignals{SIGTERM, SIGINT};

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using engine::base::ErrorCode;
using engine::base::fail;
using engine::base::Result;

/// Clients that are being told that there is no room; beyond, they are closed without a word.
constexpr std::size_t kMaxTurnedAway = 64;
/// After an accept that failed (no more file descriptors) the next try waits.
constexpr std::chrono::milliseconds kAcceptPause{100};

/// What the machine says in its own language and number, in ours for what people meet.
std::string why_not_listening(const error_code& error) {
    if (error == asio::error::address_in_use) {
        return "la porta è già presa da un altro programma. Scegli un'altra porta, o ferma chi la "
               "usa.";
    }
    if (error == asio::error::access_denied) {
        return "le porte sotto la 1024 le può aprire solo chi amministra la macchina. Scegli "
               "un'altra porta.";
    }
    if (error == boost::system::errc::address_not_available) {
        return "questo indirizzo non è di questa macchina. Scegli un altro indirizzo.";
    }
    return error.message() + ". Scegli un'altra porta.";
}

}  // namespace

/// Accepts connections, and ends them.
class Server::Loop {
  public:
    Loop(ServerOptions options, Handler handler)
        : options_(std::move(options)), handler_(std::move(handler)) {}

    ~Loop() { host_.door->close(); }

    Result<std::uint16_t> listen();
    void run();
    void accept();
    void begin_stop();

    void stop() {
        host_.door->enter([this] { begin_stop(); });
    }

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  private:
    void on_accept(const error_code& error, tcp::socket socket);
    void admit(tcp::socket socket);
    void forget(Connection* connection);
    void end_when_empty();

    ServerOptions options_;
    Handler handler_;
    asio::io_context loop_{1};  // one thread
    ConnectionHost host_{options_, handler_, loop_, make_door(loop_), 0, false};
    tcp::acceptor acceptor_{loop_};
    asio::signal_set signals_{loop_};
    asio::steady_timer pause_{loop_};
    asio::steady_timer grace_{loop_};
    std::map<Connection*, std::shared_ptr<Connection>> connections_;
    std::map<Connection*, std::shared_ptr<Connection>> turned_away_;

    static std::shared_ptr<LoopDoor> make_door(asio::io_context& loop) {
        return std::make_shared<LoopDoor>(
            [&loop](LoopDoor::Task task) { asio::post(loop, std::move(task)); });
    }
};

Result<std::uint16_t> Server::Loop::listen() {
    error_code error;
    const auto address = asio::ip::make_address(options_.address, error);
    if (error) {
        return fail(ErrorCode::invalid_input, "«" + options_.address +
                                                  "» non è un indirizzo IP: scrivi per esempio "
                                                  "127.0.0.1, o 0.0.0.0 per tutte le reti.");
    }
    const tcp::endpoint endpoint(address, options_.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) {
        acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    }
    if (!error) {
        acceptor_.bind(endpoint, error);
    }
    if (!error) {
        acceptor_.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error) {
        return fail(ErrorCode::busy, "Non posso ascoltare su " + options_.address + ", porta " +
                                         std::to_string(options_.port) + ": " +
                                         why_not_listening(error));
    }
    return port();
}

sigset_t stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : kStopSignals) {
        sigaddset(&signals, signal);
    }
    return signals;
}

void Server::Loop::run() {
    if (options_.stops_on_signals) {
        for (const int signal : kStopSignals) {
            signals_.add(signal);
        }
        // Whoever prepared something before may have held them back.
        const sigset_t heard = stop_signals();
        pthread_sigmask(SIG_UNBLOCK, &heard, nullptr);
        signals_.async_wait([this](const error_code& error, int) {
            if (!error) {
                begin_stop();
            }
        });
    }
    accept();
    loop_.run();
}

void Server::Loop::accept() {
    acceptor_.async_accept([this](const error_code& error, tcp::socket socket) {
        on_accept(error, std::move(socket));
    });
}

void Server::Loop::on_accept(const error_code& error, tcp::socket socket) {
    if (host_.is_stopping) {
        return;
    }
    if (!error) {
        admit(std::move(socket));
        accept();
        return;
    }
    host_.report({"accept_failed", {}, 0, error.message()});
    pause_.expires_after(kAcceptPause);
    pause_.async_wait([this](const error_code& is_stopped) {
        if (!is_stopped) {
            accept();
        }
    });
}

void Server::Loop::admit(tcp::socket socket) {
    const bool has_room = connections_.size() < options_.limits.connections;
    if (!has_room && turned_away_.size() >= kMaxTurnedAway) {
        return;  // the socket closes as it goes
    }
    AcceptedSocket accepted;
    error_code ignored;  // as above: the family only names addresses
    accepted.is_ipv6 = socket.local_endpoint(ignored).address().is_v6();
    accepted.handle = socket.release();
    auto connection =
        start_connection(host_, accepted, has_room ? Welcome::serve : Welcome::turn_away,
                         [this](Connection* ended) { forget(ended); });
    auto& group = has_room ? connections_ : turned_away_;
    group.emplace(connection.get(), connection);
}

void Server::Loop::forget(Connection* connection) {
    connections_.erase(connection);
    turned_away_.erase(connection);
    end_when_empty();
}

/// What still waits on the loop would keep run() from returning.
void Server::Loop::end_when_empty() {
    if (host_.is_stopping && connections_.empty() && turned_away_.empty()) {
        grace_.cancel();
        signals_.cancel();
    }
}

void Server::Loop::begin_stop() {
    if (host_.is_stopping) {
        return;
    }
    host_.is_stopping = true;
    host_.report({"stopping", {}, 0, {}});
    error_code ignored;  // closing what is closed is no failure
    acceptor_.close(ignored);
    pause_.cancel();
    for (const auto& [key, connection] : connections_) {
        connection->end_if_idle();
    }
    grace_.expires_after(options_.limits.stop_grace);
    grace_.async_wait([this](const error_code& is_over) {
        if (is_over) {
            return;
        }
        host_.report({"stop_cut", {}, 0, std::to_string(connections_.size())});
        for (const auto& group : {&connections_, &turned_away_}) {
            for (const auto& [key, connection] : *group) {
                connection->cut();
            }
        }
    });
    end_when_empty();
}

Server::Server(std::unique_ptr<Loop> loop) : loop_(std::move(loop)) {}

Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::open(ServerOptions options, Handler handler) {
    engine::base::ensure(options.clock != nullptr && options.random != nullptr,
                         "the server is given its clock and its random");
    auto loop = std::make_unique<Loop>(std::move(options), std::move(handler));
    if (auto port = loop->listen(); !port) {
        return fail(port.error());
    }
    return std::unique_ptr<Server>(new Server(std::move(loop)));
}

void Server::run() {
    loop_->run();
}

void Server::stop() {
    loop_->stop();
}

std::uint16_t Server::port() const {
    return loop_->port();
}

}  // namespace api::http
