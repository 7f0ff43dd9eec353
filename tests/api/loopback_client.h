// A client of the loopback interface that does no more than it is told, for checking what a server
// does with real bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vigie::api::testing {

struct Reply {
    int status = 0;
    std::string head;
    std::string body;
    [[nodiscard]] bool has(std::string_view line) const {
        return head.find(line) != std::string::npos;
    }
};

class LoopbackClient {
  public:
    explicit LoopbackClient(std::uint16_t port);
    ~LoopbackClient();
    LoopbackClient(const LoopbackClient&) = delete;
    LoopbackClient& operator=(const LoopbackClient&) = delete;

    [[nodiscard]] bool is_connected() const { return socket_ >= 0; }
    bool send(std::string_view bytes);
    /// The next answer; none when the server closed or nothing came for 5 s.
    std::optional<Reply> receive(bool expect_body = true);
    std::optional<Reply> get(const std::string& target, const std::string& headers = "");
    /// True when the server has closed the connection.
    bool is_closed();

  private:
    bool read_more();
    int socket_ = -1;
    std::string pending_;
};

}  // namespace vigie::api::testing
