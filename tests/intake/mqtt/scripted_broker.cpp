#include "intake/mqtt/scripted_broker.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "intake/mqtt/broker_bytes.h"

namespace vigie::intake::tests {
namespace {

using std::chrono::milliseconds;

bool is_ready_for(int socket, short what, milliseconds wait) {
    pollfd watched{socket, what, 0};
    return poll(&watched, 1, static_cast<int>(wait.count())) > 0;
}

/// Bytes of the whole packet that `bytes` begin with; 0 while it is not whole.
std::size_t packet_bytes(const std::string& bytes) {
    std::size_t body = 0;
    for (std::size_t at = 1; at < bytes.size(); ++at) {
        const auto digit = static_cast<unsigned char>(bytes[at]);
        body |= std::size_t{digit & 0x7FU} << (7 * (at - 1));
        if (digit < 0x80) {
            return bytes.size() >= at + 1 + body ? at + 1 + body : 0;
        }
    }
    return 0;
}

}  // namespace

BrokerSide::~BrokerSide() { ::close(socket_); }

std::string BrokerSide::bytes(milliseconds wait) {
    std::array<char, 65536> buffer{};
    if (!is_ready_for(socket_, POLLIN, wait)) {
        return {};
    }
    const auto count = recv(socket_, buffer.data(), buffer.size(), 0);
    return count > 0 ? std::string(buffer.data(), static_cast<std::size_t>(count)) : std::string();
}

std::string BrokerSide::packet() {
    while (packet_bytes(unread_) == 0) {
        const std::string more = bytes(milliseconds(5000));
        if (more.empty()) {
            return {};
        }
        unread_ += more;
    }
    const std::size_t count = packet_bytes(unread_);
    const std::string whole = unread_.substr(0, count);
    unread_.erase(0, count);
    return whole;
}

bool BrokerSide::send(const std::string& bytes) {
    return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT) == static_cast<ssize_t>(bytes.size());
}

std::size_t BrokerSide::flood(const std::string& bytes, std::size_t bytes_max, milliseconds wait) {
    std::size_t sent = 0;
    while (sent < bytes_max && is_ready_for(socket_, POLLOUT, wait)) {
        const auto count = ::send(socket_, bytes.data() + sent % bytes.size(), bytes.size() - sent % bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count <= 0) {
            break;
        }
        sent += static_cast<std::size_t>(count);
    }
    return sent;
}

void BrokerSide::cut() {
    const linger at_once{1, 0};
    setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(socket_);
    socket_ = -1;
}

bool BrokerSide::welcome(bool is_5, bool session_present) {
    if (!packet().starts_with('\x10') || !send(connack(is_5, session_present))) {
        return false;
    }
    return session_present || (packet().starts_with('\x82') && send(suback(is_5)));
}

ScriptedBroker::ScriptedBroker() : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    bind(socket_, reinterpret_cast<const sockaddr*>(&address), size);
    listen(socket_, 16);
    getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
}

ScriptedBroker::~ScriptedBroker() { ::close(socket_); }

int ScriptedBroker::accept() const { return is_ready_for(socket_, POLLIN, milliseconds(10'000)) ? ::accept(socket_, nullptr, nullptr) : -1; }

}  // namespace vigie::intake::tests
