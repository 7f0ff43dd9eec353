// A subscriber that acknowledges a message to the broker only once it is on disk. The common clients acknowledge when
// their callback returns, or before; a crash then loses what the broker has been told to forget.
//
//     broker --PUBLISH--> [MqttSession] --Take--> caller ... disk ... --kept(true)--> [MqttSession] --PUBACK--> broker
//
// One thread of its own moves the bytes. The broker keeps a persistent session: what we have not acknowledged comes
// again after a cut, a restart of either side, or a refusal. Memory is bounded whatever the broker sends: the socket is
// not read while `window` messages, or 64 MiB of them, wait for their verdict.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "intake/mqtt/mqtt_message.h"
#include "intake/mqtt/mqtt_options.h"

namespace vigie::intake {

class MqttSubscriber {
  public:
    /// The verdict on one message: true once it is on disk, which sends PUBACK; false when it can not be kept, which
    /// drops the connection for a pause, after which the broker sends it again. From any thread, also after stop();
    /// the first call counts. Letting it go uncalled says false.
    using Kept = std::function<void(bool)>;
    /// Called on the subscriber's thread for each message, in order; it must not wait for the disk.
    using Take = std::function<void(MqttMessage message, Kept kept)>;
    enum class NoticeKind : std::uint8_t { connected, disconnected, warning };
    /// For the log: one French sentence, never the content of a message. Called on the subscriber's thread.
    using Notice = std::function<void(NoticeKind kind, const std::string& text)>;

    struct State {
        bool connected = false;  ///< the broker has accepted the connection and answered every subscription
        std::string last_error;  ///< French; empty when all has gone well since the last connection
        MqttCounts counts;
    };

    /// Starts the thread and returns; the first connection is made behind. Errors: invalid_input for an option, a
    /// certificate or a key that can not be used. An absent broker is no error: it is tried again.
    [[nodiscard]] static Result<std::unique_ptr<MqttSubscriber>> start(const MqttOptions& options, Take take, Notice notice);
    /// Stops as stop() does.
    virtual ~MqttSubscriber() = default;
    MqttSubscriber(const MqttSubscriber&) = delete;
    MqttSubscriber& operator=(const MqttSubscriber&) = delete;
    /// From any thread.
    [[nodiscard]] virtual State state() const = 0;
    /// Says goodbye to the broker, which keeps the session, and waits for the thread (2 s at most once connected). From any thread but the
    /// subscriber's own. Take is not called after it returns.
    virtual void stop() = 0;

  protected:
    MqttSubscriber() = default;
};

}  // namespace vigie::intake
