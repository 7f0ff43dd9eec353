// The way of verdicts from the threads that write to disk to the subscriber's own.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace vigie::intake {

/// Thread-safe. Holds at most one verdict for each message without one.
class MqttInbox {
  public:
    using Verdicts = std::vector<std::pair<std::uint64_t, bool>>;  ///< ticket, kept
    /// call: tells the reader to take(); made once for all the verdicts of a turn, under our lock.
    void open(std::function<void()> call);
    /// Nobody reads any more: later verdicts are dropped.
    void close();
    void put(std::uint64_t ticket, bool kept);
    [[nodiscard]] Verdicts take();

  private:
    std::mutex mutex_;
    Verdicts verdicts_;
    bool is_called_ = false;
    std::function<void()> call_;
};

/// The function by which the verdict on one message is given: the first call counts, and when the last copy goes without one, it is no.
/// It shares `inbox` with its subscriber, which it may outlive.
[[nodiscard]] std::function<void(bool)> verdict_of(std::shared_ptr<MqttInbox> inbox, std::uint64_t ticket);

}  // namespace vigie::intake
