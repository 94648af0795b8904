// SPDX-License-Identifier: EUPL-1.2
#include "bench/wire.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <optional>
#include <stdexcept>

namespace bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// Longer than any answer takes, on a machine that builds meanwhile.
constexpr int kSilenceMs = 60'000;
constexpr std::string_view kHeadEnd = "\r\n\r\n";

int number_of(std::string_view text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// A connection, and the conversation on it.
class Line {
  public:
    Line(std::uint16_t port, Conversation& conversation)
        : conversation_(conversation), socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int yes = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        const auto* generic = reinterpret_cast<const sockaddr*>(&address);
        if (::connect(socket_, generic, sizeof address) != 0) {
            ::close(socket_);
            throw std::runtime_error("nobody listens on the port that is measured");
        }
    }
    ~Line() { ::close(socket_); }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    int socket() const { return socket_; }
    SteadyClock::time_point sent_at() const { return sent_at_; }

    void send_next(const Answer* last) {
        const std::string request = conversation_.next(last);
        sent_at_ = SteadyClock::now();
        std::string_view left = request;
        while (!left.empty()) {
            const ssize_t count = ::send(socket_, left.data(), left.size(), MSG_NOSIGNAL);
            if (count <= 0) {
                throw std::runtime_error("the server that is measured has hung up");
            }
            left.remove_prefix(static_cast<std::size_t>(count));
        }
    }

    /// Reads what is there; the answer, once it is whole.
    std::optional<Answer> receive() {
        std::array<char, 65'536> piece{};
        const ssize_t count = ::recv(socket_, piece.data(), piece.size(), 0);
        if (count <= 0) {
            throw std::runtime_error("the server that is measured has hung up");
        }
        buffer_.append(piece.data(), static_cast<std::size_t>(count));
        return take_answer();
    }

  private:
    std::optional<Answer> take_answer() {
        const std::size_t end = buffer_.find(kHeadEnd);
        if (end == std::string::npos) {
            return std::nullopt;
        }
        Answer answer;
        answer.head = buffer_.substr(0, end + 2);
        const auto size = static_cast<std::size_t>(number_of(answer.header("Content-Length")));
        if (buffer_.size() < end + kHeadEnd.size() + size) {
            return std::nullopt;
        }
        answer.status = number_of(std::string_view(answer.head).substr(9, 3));
        answer.body = buffer_.substr(end + kHeadEnd.size(), size);
        buffer_.erase(0, end + kHeadEnd.size() + size);
        return answer;
    }

    Conversation& conversation_;
    int socket_;
    SteadyClock::time_point sent_at_;
    std::string buffer_;
};

/// Counts an answer, when it is within the time that is measured.
void note(LoadResult& result, const Answer& answer, SteadyClock::time_point sent_at,
          SteadyClock::time_point measured_from) {
    const auto now = SteadyClock::now();
    if (answer.status / 100 != 2) {
        ++result.failures;
        if (result.first_failure.empty()) {
            result.first_failure = answer.head + answer.body;
        }
    } else if (now >= measured_from) {
        result.latencies.add(std::chrono::duration<double, std::micro>(now - sent_at).count());
    }
}

void wait_for_bytes(std::vector<pollfd>& waiting) {
    if (::poll(waiting.data(), waiting.size(), kSilenceMs) <= 0) {
        throw std::runtime_error("the server that is measured is silent");
    }
}

/// Says its one request.
class OneQuestion final : public Conversation {
  public:
    explicit OneQuestion(std::string request) : request_(std::move(request)) {}
    std::string next(const Answer*) override { return request_; }

  private:
    std::string request_;
};

}  // namespace

std::string_view Answer::header(std::string_view name) const {
    const std::string mark = "\r\n" + std::string(name) + ": ";
    const std::size_t at = head.find(mark);
    if (at == std::string::npos) {
        return {};
    }
    const std::size_t begin = at + mark.size();
    return std::string_view(head).substr(begin, head.find("\r\n", begin) - begin);
}

LoadResult run_load(std::uint16_t port, const Conversations& conversations, LoadTimes times) {
    std::vector<std::unique_ptr<Line>> lines;
    std::vector<pollfd> waiting;
    for (const auto& conversation : conversations) {
        lines.push_back(std::make_unique<Line>(port, *conversation));
        waiting.push_back({lines.back()->socket(), POLLIN, 0});
    }
    const auto measured_from = SteadyClock::now() + times.warm_up;
    const auto until = measured_from + times.load;
    for (const auto& line : lines) {
        line->send_next(nullptr);
    }
    LoadResult result;
    while (SteadyClock::now() < until) {
        wait_for_bytes(waiting);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (waiting[i].revents == 0) {
                continue;
            }
            if (const auto answer = lines[i]->receive()) {
                note(result, *answer, lines[i]->sent_at(), measured_from);
                lines[i]->send_next(&*answer);
            }
        }
    }
    result.seconds = std::chrono::duration<double>(SteadyClock::now() - measured_from).count();
    return result;
}

Answer ask_once(std::uint16_t port, const std::string& request) {
    OneQuestion question(request);
    Line line(port, question);
    line.send_next(nullptr);
    std::vector<pollfd> waiting{{line.socket(), POLLIN, 0}};
    while (true) {
        wait_for_bytes(waiting);
        if (auto answer = line.receive()) {
            return std::move(*answer);
        }
    }
}

}  // namespace bench
