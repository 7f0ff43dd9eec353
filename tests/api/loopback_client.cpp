#include "loopback_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>

namespace vigie::api::testing {

LoopbackClient::LoopbackClient(std::uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval patience{5, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        close(socket_);
        socket_ = -1;
    }
}

LoopbackClient::~LoopbackClient() {
    if (socket_ >= 0) {
        close(socket_);
    }
}

bool LoopbackClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool LoopbackClient::read_more() {
    char bytes[65536];
    const auto count = recv(socket_, bytes, sizeof bytes, 0);
    if (count <= 0) {
        return false;
    }
    pending_.append(bytes, static_cast<std::size_t>(count));
    return true;
}

std::optional<Reply> LoopbackClient::receive(bool expect_body) {
    std::size_t head_end = 0;
    while ((head_end = pending_.find("\r\n\r\n")) == std::string::npos) {
        if (!read_more()) {
            return std::nullopt;
        }
    }
    Reply reply;
    reply.head = pending_.substr(0, head_end + 2);
    pending_.erase(0, head_end + 4);
    std::from_chars(reply.head.data() + 9, reply.head.data() + 12, reply.status);
    std::size_t length = 0;
    constexpr std::string_view name = "Content-Length: ";
    if (const auto at = reply.head.find(name); expect_body && at != std::string::npos) {
        std::from_chars(reply.head.data() + at + name.size(), reply.head.data() + reply.head.size(),
                        length);
    }
    while (pending_.size() < length) {
        if (!read_more()) {
            return std::nullopt;
        }
    }
    reply.body = pending_.substr(0, length);
    pending_.erase(0, length);
    return reply;
}

std::optional<Reply> LoopbackClient::get(const std::string& target, const std::string& headers) {
    if (!send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")) {
        return std::nullopt;
    }
    return receive();
}

bool LoopbackClient::is_closed() {
    char byte = 0;
    return recv(socket_, &byte, 1, 0) <= 0;
}

}  // namespace vigie::api::testing
