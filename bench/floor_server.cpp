// SPDX-License-Identifier: EUPL-1.2
#include "bench/floor_server.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "bench/floor_store.h"

namespace bench {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;

/// Commits whatever waits, at once, and then tells who waited.
class FloorWriter {
  public:
    explicit FloorWriter(const std::filesystem::path& database)
        : store_(database), thread_([this] { run(); }) {}
    ~FloorWriter() {
        {
            const std::lock_guard lock(mutex_);
            is_stopping_ = true;
        }
        work_.notify_one();
        thread_.join();
    }

    void push(std::function<void()> done) {
        {
            const std::lock_guard lock(mutex_);
            waiting_.push_back(std::move(done));
        }
        work_.notify_one();
    }

  private:
    void run() {
        std::unique_lock lock(mutex_);
        while (true) {
            work_.wait(lock, [this] { return is_stopping_ || !waiting_.empty(); });
            if (is_stopping_) {
                return;
            }
            const auto batch = std::exchange(waiting_, {});
            lock.unlock();
            store_.begin();
            for (std::size_t i = 0; i < batch.size(); ++i) {
                store_.write_transition();
            }
            store_.commit();
            for (const auto& done : batch) {
                done();
            }
            lock.lock();
        }
    }

    FloorStore store_;
    std::mutex mutex_;
    std::condition_variable work_;
    std::vector<std::function<void()>> waiting_;
    bool is_stopping_ = false;
    std::thread thread_;
};

/// One connection. It lives as long as something is to come for it.
class Session : public std::enable_shared_from_this<Session> {
  public:
    Session(tcp::socket socket, FloorWriter& writer, const std::string& body)
        : socket_(std::move(socket)), writer_(writer), body_(body) {
        socket_.set_option(tcp::no_delay(true));
    }

    void read() {
        request_ = {};
        http::async_read(socket_, buffer_, request_,
                         [self = shared_from_this()](boost::system::error_code error, std::size_t) {
                             if (!error) {
                                 self->take();
                             }
                         });
    }

  private:
    void take() {
        if (request_.method() == http::verb::get) {
            answer();
            return;
        }
        writer_.push([self = shared_from_this()] {
            asio::post(self->socket_.get_executor(), [self] { self->answer(); });
        });
    }
    void answer() {
        response_ = {};
        response_.result(http::status::ok);
        response_.version(11);
        response_.set(http::field::content_type, "application/json");
        response_.keep_alive(true);
        response_.body() = body_;
        response_.prepare_payload();
        http::async_write(
            socket_, response_,
            [self = shared_from_this()](boost::system::error_code error, std::size_t) {
                if (!error) {
                    self->read();
                }
            });
    }

    tcp::socket socket_;
    FloorWriter& writer_;
    const std::string& body_;
    boost::beast::flat_buffer buffer_;
    http::request<http::string_body> request_;
    http::response<http::string_body> response_;
};

}  // namespace

class FloorServer::Running {
  public:
    Running(const std::filesystem::path& database, std::string body)
        : body_(std::move(body)),
          writer_(database),
          acceptor_(context_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
        accept();
        thread_ = std::thread([this] { context_.run(); });
    }
    ~Running() {
        context_.stop();
        thread_.join();
    }

    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  private:
    void accept() {
        acceptor_.async_accept([this](boost::system::error_code error, tcp::socket socket) {
            if (!error) {
                std::make_shared<Session>(std::move(socket), writer_, body_)->read();
                accept();
            }
        });
    }

    std::string body_;
    asio::io_context context_{1};
    FloorWriter writer_;
    tcp::acceptor acceptor_;
    std::thread thread_;
};

FloorServer::FloorServer(const std::filesystem::path& database, std::string body)
    : running_(std::make_unique<Running>(database, std::move(body))) {}

FloorServer::~FloorServer() = default;

std::uint16_t FloorServer::port() const {
    return running_->port();
}

}  // namespace bench
