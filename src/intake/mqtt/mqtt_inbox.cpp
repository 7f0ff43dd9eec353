#include "intake/mqtt/mqtt_inbox.h"

#include <atomic>

namespace vigie::intake {
namespace {

class Verdict {
  public:
    Verdict(std::shared_ptr<MqttInbox> inbox, std::uint64_t ticket) : inbox_(std::move(inbox)), ticket_(ticket) {}
    ~Verdict() { give(false); }
    Verdict(const Verdict&) = delete;
    Verdict& operator=(const Verdict&) = delete;
    void give(bool kept) {
        if (!given_.exchange(true)) {
            inbox_->put(ticket_, kept);
        }
    }

  private:
    std::shared_ptr<MqttInbox> inbox_;
    std::uint64_t ticket_;
    std::atomic<bool> given_ = false;
};

}  // namespace

void MqttInbox::open(std::function<void()> call) {
    const std::lock_guard lock(mutex_);
    call_ = std::move(call);
}

void MqttInbox::close() {
    const std::lock_guard lock(mutex_);
    call_ = nullptr;
    verdicts_.clear();
}

void MqttInbox::put(std::uint64_t ticket, bool kept) {
    const std::lock_guard lock(mutex_);
    if (!call_) {
        return;
    }
    verdicts_.emplace_back(ticket, kept);
    if (!std::exchange(is_called_, true)) {
        call_();
    }
}

MqttInbox::Verdicts MqttInbox::take() {
    const std::lock_guard lock(mutex_);
    is_called_ = false;
    return std::exchange(verdicts_, {});
}

std::function<void(bool)> verdict_of(std::shared_ptr<MqttInbox> inbox, std::uint64_t ticket) {
    auto verdict = std::make_shared<Verdict>(std::move(inbox), ticket);  // shared by the copies of the function
    return [verdict](bool kept) { verdict->give(kept); };
}

}  // namespace vigie::intake
