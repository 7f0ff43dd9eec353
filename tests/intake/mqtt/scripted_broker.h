// A broker that does what a test says, byte by byte, on a loopback socket.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace vigie::intake::tests {

/// One connection of the subscriber.
class BrokerSide {
  public:
    explicit BrokerSide(int socket) : socket_(socket) {}
    ~BrokerSide();
    BrokerSide(const BrokerSide&) = delete;
    BrokerSide& operator=(const BrokerSide&) = delete;
    /// The next whole packet; empty when none comes in 5 s, or the subscriber has closed.
    [[nodiscard]] std::string packet();
    /// Whatever comes within `wait`.
    [[nodiscard]] std::string bytes(std::chrono::milliseconds wait);
    /// False when the subscriber does not take all of it at once (its window is full, or it has gone).
    bool send(const std::string& bytes);
    /// Sends until the socket takes no more for `wait`; how many bytes it took.
    std::size_t flood(const std::string& bytes, std::size_t bytes_max, std::chrono::milliseconds wait);
    /// Ends the connection so that the subscriber sees it broken, not closed.
    void cut();
    /// CONNECT and, when it comes, SUBSCRIBE are answered. False when the subscriber does not ask.
    [[nodiscard]] bool welcome(bool is_5, bool session_present);

  private:
    int socket_;
    std::string unread_;
};

class ScriptedBroker {
  public:
    ScriptedBroker();
    ~ScriptedBroker();
    ScriptedBroker(const ScriptedBroker&) = delete;
    ScriptedBroker& operator=(const ScriptedBroker&) = delete;
    [[nodiscard]] std::uint16_t port() const { return port_; }
    /// The socket of the next connection; -1 when none comes in 10 s.
    [[nodiscard]] int accept() const;

  private:
    int socket_ = -1;
    std::uint16_t port_ = 0;
};

}  // namespace vigie::intake::tests
