// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "api/http/loop_door.h"
#include "api/http/server.h"

namespace boost::asio {
class io_context;
}

namespace api::http {

/// What the connections of a server share.
/// Threads: I/O thread only, but for the door.
struct ConnectionHost {
    const ServerOptions& options;
    const Handler& handler;
    boost::asio::io_context& loop;
    std::shared_ptr<LoopDoor> door;
    std::size_t reads_in_flight = 0;  ///< requests that handlers have and did not answer
    std::size_t acts_in_flight = 0;   ///< the same, of those that do not only read
    bool is_stopping = false;

    void report(const ServerEvent& event) const {
        if (options.observe) {
            options.observe(event);
        }
    }

    Response refuse(const Refusal& refusal) const {
        return options.render_refusal ? options.render_refusal(refusal) : render_refusal(refusal);
    }
};

/// One client, from its first byte to the last.
class Connection {
  public:
    virtual ~Connection() = default;

    /// Ends a connection that asks nothing; one in the middle of a request goes on to its answer.
    virtual void end_if_idle() = 0;

    /// Ends it, whatever it is doing.
    virtual void cut() = 0;
};

/// A socket of the operating system that was accepted; whoever gets it owns it.
struct AcceptedSocket {
    int handle = -1;
    bool is_ipv6 = false;
};

/// What is done with a client: all that it asks is answered, or it is told that there is no room.
enum class Welcome { serve, turn_away };

/// Begins a connection on the loop. `on_end` is called there, once, when it is over.
std::shared_ptr<Connection> start_connection(ConnectionHost& host, AcceptedSocket socket,
                                             Welcome welcome,
                                             std::function<void(Connection*)> on_end);

}  // namespace api::http
