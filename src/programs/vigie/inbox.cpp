#include "programs/vigie/inbox.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>

#include "intake/door/door.h"
#include "intake/door/watched_folder.h"
#include "intake/mqtt/mqtt_subscriber.h"
#include "programs/vigie/command_line.h"
#include "programs/vigie/live_sources.h"

namespace vigie::programs {

namespace {

// A drain costs a transaction: messages that come one by one are taken together, and are still on the screens within a second.
constexpr std::chrono::milliseconds drain_interval{250};
constexpr std::chrono::milliseconds look_interval{500};
constexpr std::chrono::milliseconds retry_first{250};
constexpr std::chrono::milliseconds retry_last{5'000};
constexpr std::uint64_t sealed_bytes_max = 1ULL << 30;
constexpr std::size_t file_bytes_max = 15U << 20;  // below what the inbox takes as one message

class FolderInbox final : public Inbox {
  public:
    FolderInbox(DataFolder& folder, Log& log) : folder_(folder), log_(log) {}

    ~FolderInbox() override {
        stop_.store(true);
        if (const std::lock_guard guard(mqtt_mutex_); mqtt_) {
            mqtt_->stop();
        }
        if (spool_) {
            spool_->wake();
        }
        turn_.notify_all();
        for (std::thread* thread : {&drainer_, &watcher_}) {
            if (thread->joinable()) {
                thread->join();
            }
        }
    }

    Status start(const InboxSettings& settings) {
        const std::string path = settings.key_file.empty() ? TRY(inbox_key_path(folder_.directory())) : settings.key_file;
        const std::string spool_folder = folder_.directory() + "/spool";
        const SpoolKey key = TRY(open_key(path, spool_folder));
        SpoolLimits limits;
        limits.disk_bytes = settings.disk_bytes;
        spool_ = TRY(Spool::open(spool_folder, key, limits));
        receipts_ = TRY(ReceiptLog::open(folder_.directory() + "/receipts"));
        sealed_ = TRY(SealedStore::open(folder_.directory() + "/sealed", key, sealed_bytes_max));
        TRY(sources_.load(folder_.metadata(), log_));
        const std::string config = TRY(find_config_dir());
        door_ = TRY(intake::Door::open({folder_, *spool_, *receipts_, *sealed_}, config));
        drainer_ = std::thread([this] { drain_all(); });
        if (!settings.drop_folder.empty()) {
            watched_.emplace(settings.drop_folder, file_bytes_max);
            watcher_ = std::thread([this] { watch(); });
        }
        mqtt_options_ = settings.mqtt;
        return subscribe();
    }

    api::InboxParts parts() override { return {spool_.get(), receipts_.get(), &sources_, nullptr}; }

    Result<std::uint64_t> replay(const std::string& source_key) override {
        const std::vector<SourceRecord> sources = TRY(folder_.metadata().sources());
        const auto found = std::find_if(sources.begin(), sources.end(), [&](const SourceRecord& source) { return source.key == source_key; });
        if (found == sources.end()) {
            return fail(ErrorCode::not_found, fmt::format("aucune source « {} » dans ce dossier (voir « vigie source list »)", source_key));
        }
        const std::lock_guard guard(replay_mutex_);
        return intake::replay_sealed({folder_, *spool_, *receipts_, *sealed_}, *found);
    }

    void reload() override {
        if (const Status loaded = sources_.load(folder_.metadata(), log_); !loaded) {
            log_.error("feeds_not_reloaded", {{"error", std::string_view(loaded.error().message)}});
        }
        door_->reload_soon();
        if (const Status subscribed = subscribe(); !subscribed) {
            log_.error("mqtt_not_subscribed", {{"error", std::string_view(subscribed.error().message)}});
        }
    }

  private:
    /// A key that is not there is made, unless something was sealed with it.
    Result<SpoolKey> open_key(const std::string& path, const std::string& spool_folder) {
        auto key = load_spool_key(path, folder_.directory());
        if (key || key.error().code != ErrorCode::not_found || std::filesystem::exists(spool_folder)) {
            return key;
        }
        std::error_code failure;
        std::filesystem::create_directories(std::filesystem::path(path).parent_path(), failure);
        auto made = make_spool_key(path, folder_.directory());
        if (made) {
            log_.info("inbox_key_made", {{"path", std::string_view(path)}});
        }
        return made;
    }

    /// Subscribes to what the manifests name, again if that changed: the broker keeps the session, and what we have not acknowledged.
    Status subscribe() {
        if (!mqtt_options_) {
            return {};
        }
        const std::lock_guard guard(mqtt_mutex_);
        std::vector<std::string> filters = sources_.filters();
        if (filters == mqtt_options_->filters) {
            return {};
        }
        if (mqtt_) {
            mqtt_->stop();
            mqtt_.reset();
        }
        mqtt_options_->filters = std::move(filters);
        if (mqtt_options_->filters.empty()) {
            return {};
        }
        mqtt_ = TRY(intake::MqttSubscriber::start(
            *mqtt_options_, [this](intake::MqttMessage message, intake::MqttSubscriber::Kept kept) { take(std::move(message), std::move(kept)); },
            [this](intake::MqttSubscriber::NoticeKind kind, const std::string& text) { note(kind, text); }));
        return {};
    }

    /// On the subscriber's thread. What no contract lets in is acknowledged and counted: the broker would send it for ever.
    void take(intake::MqttMessage message, intake::MqttSubscriber::Kept kept) {
        const std::optional<std::string> source = sources_.source_of_topic(message.topic);
        const Instant received = now();
        const auto spool_class = source ? sources_.admit(*source, received) : fail(ErrorCode::not_found, "sujet sans source");
        if (!spool_class && spool_class.error().code != ErrorCode::denied) {
            log_.warning("mqtt_message_dropped", {{"reason", std::string_view(spool_class.error().message)}});
            kept(true);
            return;
        }
        // A message of a contract that has ended goes on to the door, which refuses it where everybody can see it.
        auto done = std::make_shared<intake::MqttSubscriber::Kept>(std::move(kept));
        const Status put = spool_->put({*source, "mqtt", received, "json", "", std::move(message.payload)}, spool_class.value_or(SpoolClass::bulk),
                                       [done](Result<std::uint64_t> number) { (*done)(number.has_value()); });
        if (!put) {
            (*done)(put.error().code == ErrorCode::invalid_input);  // too long for ever; else the broker keeps it for us
        }
    }

    void note(intake::MqttSubscriber::NoticeKind kind, const std::string& text) {
        using Kind = intake::MqttSubscriber::NoticeKind;
        log_.write(kind == Kind::connected ? LogLevel::info : LogLevel::warning,
                   kind == Kind::connected ? "mqtt_connected" : kind == Kind::disconnected ? "mqtt_disconnected" : "mqtt_warning",
                   {{"text", std::string_view(text)}});
    }

    void drain_all() {
        std::chrono::milliseconds retry = retry_first;
        while (!stop_.load()) {
            const auto begun = std::chrono::steady_clock::now();
            const auto drained = door_->drain(now(), drain_interval);
            if (!drained) {
                // Said once until it goes better: a full disk lasts for hours.
                if (retry == retry_first) {
                    log_.error("inbox_not_drained", {{"code", name_of(drained.error().code)}, {"error", std::string_view(drained.error().message)}});
                }
                pause(retry);
                retry = std::min(2 * retry, retry_last);
                continue;
            }
            retry = retry_first;
            const auto took = std::chrono::steady_clock::now() - begun;
            // A full batch is followed by the next at once: the inbox is behind.
            if (drained->messages > 0 && took < drain_interval) {
                pause(std::chrono::duration_cast<std::chrono::milliseconds>(drain_interval - took));
            }
        }
    }

    void watch() {
        while (!stop_.load()) {
            std::vector<std::string> faults;
            const auto taken = watched_->look(sources_.folders(), *spool_, now(), faults);
            for (const std::string& fault : faults) {
                log_.warning("file_not_taken", {{"error", std::string_view(fault)}});
            }
            if (!taken) {
                log_.warning("folder_waits", {{"error", std::string_view(taken.error().message)}});
            }
            pause(look_interval);
        }
    }

    void pause(std::chrono::milliseconds length) {
        std::unique_lock lock(mutex_);
        turn_.wait_for(lock, length, [&] { return stop_.load(); });
    }

    DataFolder& folder_;
    Log& log_;
    LiveSources sources_;
    std::unique_ptr<Spool> spool_;
    std::unique_ptr<ReceiptLog> receipts_;
    std::unique_ptr<SealedStore> sealed_;
    std::mutex replay_mutex_;
    std::unique_ptr<intake::Door> door_;
    std::optional<intake::WatchedFolder> watched_;
    std::optional<intake::MqttOptions> mqtt_options_;
    std::mutex mqtt_mutex_;  // of the two around
    std::unique_ptr<intake::MqttSubscriber> mqtt_;
    std::atomic<bool> stop_{false};
    std::mutex mutex_;
    std::condition_variable turn_;
    std::thread drainer_;
    std::thread watcher_;
};

}  // namespace

Result<std::string> inbox_key_path(const std::string& data_folder) {
    std::array<std::uint8_t, 8> mark{};
    crypto_generichash(mark.data(), mark.size(), reinterpret_cast<const std::uint8_t*>(data_folder.data()), data_folder.size(), nullptr, 0);
    std::string name;
    for (const std::uint8_t byte : mark) {
        name += fmt::format("{:02x}", byte);
    }
    // NOLINTBEGIN(concurrency-mt-unsafe): nobody sets the environment of this program while it runs
    if (const char* keys = std::getenv("VIGIE_KEYS"); keys != nullptr && *keys != '\0') {
        return fmt::format("{}/{}.key", keys, name);
    }
    if (const char* config = std::getenv("XDG_CONFIG_HOME"); config != nullptr && *config != '\0') {
        return fmt::format("{}/vigie/keys/{}.key", config, name);
    }
    if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0') {
        return fmt::format("{}/.config/vigie/keys/{}.key", home, name);
    }
    // NOLINTEND(concurrency-mt-unsafe)
    return fail(ErrorCode::invalid_input, "où garder la clé de la boîte de réception ? Donnez « key_file » dans [inbox], ou la variable VIGIE_KEYS");
}

Result<std::unique_ptr<Inbox>> Inbox::open(DataFolder& folder, Log& log, const InboxSettings& settings) {
    auto inbox = std::make_unique<FolderInbox>(folder, log);
    TRY(inbox->start(settings));
    return std::unique_ptr<Inbox>(std::move(inbox));
}

}  // namespace vigie::programs
