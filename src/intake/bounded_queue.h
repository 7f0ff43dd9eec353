// A bounded queue between two threads of one import: the faster one waits, so memory stays bounded.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace vigie::intake {

template <class T>
class BoundedQueue {
  public:
    explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

    /// Waits for room. False when the queue is closed: the item was not taken.
    bool push(T item) {
        std::unique_lock lock(mutex_);
        room_.wait(lock, [&] { return closed_ || items_.size() < capacity_; });
        if (closed_) {
            return false;
        }
        items_.push_back(std::move(item));
        lock.unlock();
        arrival_.notify_one();
        return true;
    }

    /// Waits for an item. Nothing once the queue is closed and empty.
    std::optional<T> pop() {
        std::unique_lock lock(mutex_);
        arrival_.wait(lock, [&] { return closed_ || !items_.empty(); });
        if (items_.empty()) {
            return std::nullopt;
        }
        T item = std::move(items_.front());
        items_.pop_front();
        lock.unlock();
        room_.notify_one();
        return item;
    }

    /// No more items: what is queued can still be popped.
    void close() {
        {
            const std::lock_guard lock(mutex_);
            closed_ = true;
        }
        arrival_.notify_all();
        room_.notify_all();
    }

    /// Closes and drops what is queued: the other side stops at once.
    void abandon() {
        {
            const std::lock_guard lock(mutex_);
            closed_ = true;
            items_.clear();
        }
        arrival_.notify_all();
        room_.notify_all();
    }

  private:
    const std::size_t capacity_;
    std::mutex mutex_;
    std::condition_variable arrival_;
    std::condition_variable room_;
    std::deque<T> items_;
    bool closed_ = false;
};

}  // namespace vigie::intake
