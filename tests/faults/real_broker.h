// Debian's Mosquitto on a loopback port of its own, and mosquitto_pub to feed it. It is killed as a power cut would.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "support/process.h"

namespace vigie::tests {

/// Starts a program found in PATH or /usr/sbin, its standard input read from `input` (empty: none), silent. -1 when it can not be.
[[nodiscard]] pid_t spawn(const std::vector<std::string>& words, const std::string& input = {});
/// Its exit code; -1 when a signal ended it, or when it had to be killed after `limit`.
int exit_code_of(pid_t process, std::chrono::milliseconds limit = std::chrono::seconds(60));

class RealBroker {
  public:
    /// config: further lines of mosquitto.conf. `folder` keeps the persistence file and the log.
    RealBroker(const TemporaryFolder& folder, const std::string& config);
    ~RealBroker();
    RealBroker(const RealBroker&) = delete;
    RealBroker& operator=(const RealBroker&) = delete;
    /// False, with the reason printed, when Mosquitto is not installed: the test is then skipped.
    [[nodiscard]] static bool is_installed();
    /// Returns once it listens; false when it does not within 10 s.
    [[nodiscard]] bool start();
    /// kill -9.
    void kill_hard();
    [[nodiscard]] std::uint16_t port() const { return port_; }
    /// mosquitto_pub, QoS 1, one message a line of `lines_file`; in 3.1.1, for 2.0.11 sends more at once than a broker of version 5 lets it.
    [[nodiscard]] pid_t publish(const std::string& topic, const std::string& lines_file) const;

  private:
    std::string config_file_;
    std::uint16_t port_;
    pid_t process_ = -1;
};

/// What Mosquitto needs to lose nothing it has acknowledged but the last instant: its whole state is saved after each change.
extern const char* const saves_each_change;

}  // namespace vigie::tests
