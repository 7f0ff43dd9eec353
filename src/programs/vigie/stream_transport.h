// What carries the deliveries of `vigie stream`, and how everything that waits is told to stop.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

#include "simulator/live/live_message.h"

namespace vigie::programs {

/// Raised once; whoever sleeps on it wakes.
class StopSign {
  public:
    void raise() {
        const std::lock_guard guard(mutex_);
        raised_ = true;
        changed_.notify_all();
    }
    [[nodiscard]] bool is_raised() const { return raised_; }
    /// Sleeps so long, or until it is raised; true when it is.
    bool wait_for(std::chrono::milliseconds time) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, time, [this] { return raised_.load(); });
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::atomic<bool> raised_{false};
};

using Deadline = std::chrono::steady_clock::time_point;

/// Used by one thread; tells the book what became of every message it was given.
class StreamTransport {
  public:
    StreamTransport() = default;
    StreamTransport(const StreamTransport&) = delete;
    StreamTransport& operator=(const StreamTransport&) = delete;
    virtual ~StreamTransport() = default;
    /// Takes a delivery, waiting while too many are under way. After the stop it is only noted as waiting.
    virtual void offer(simulator::LiveMessage message) = 0;
    /// Waits for what is under way, at most until `deadline`, and notes the rest as waiting. Nothing is offered after it.
    virtual void finish(Deadline deadline) = 0;
};

}  // namespace vigie::programs
