#include "programs/vigie/stream_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <map>

#include "base/errno_text.h"

namespace vigie::programs {

namespace {

using simulator::LiveMessage;
using namespace std::chrono_literals;

/// Files that nobody has taken yet; nothing more is written beyond.
constexpr std::size_t outstanding_max = 2'000;
constexpr std::chrono::milliseconds look_every = 100ms;
constexpr std::chrono::milliseconds write_again_after = 500ms;

/// Closes when it goes.
class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const { return number_; }

  private:
    int number_;
};

bool write_whole(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// A file is seen under its name only when all its bytes are on disk.
bool drop(const std::string& folder, const LiveMessage& message) {
    const std::string part = folder + "/." + message.name + ".part";
    bool is_written = false;
    {
        constexpr mode_t readable_by_group = 0640;
        const Descriptor file(::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, readable_by_group));
        is_written = file.number() >= 0 && write_whole(file.number(), message.bytes) && ::fsync(file.number()) == 0;
    }
    if (!is_written || ::rename(part.c_str(), (folder + '/' + message.name).c_str()) != 0) {
        ::unlink(part.c_str());
        return false;
    }
    const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return directory.number() >= 0 && ::fsync(directory.number()) == 0;
}

class FolderTransport final : public StreamTransport {
  public:
    FolderTransport(std::string folder, StreamBook& book, StopSign& stop) : folder_(std::move(folder)), book_(book), stop_(stop) {}
    ~FolderTransport() override { finish(std::chrono::steady_clock::now()); }

    void offer(LiveMessage message) override {
        look();
        while (outstanding_.size() >= outstanding_max && !stop_.wait_for(look_every)) {
            look();
        }
        const std::string folder = folder_ + '/' + std::string(simulator::facts_of(message.source).key);
        bool dropped = !stop_.is_raised() && drop(folder, message);
        while (!dropped && !stop_.wait_for(write_again_after)) {
            dropped = drop(folder, message);
        }
        if (!dropped) {
            book_.waiting(message);
            return;
        }
        std::string path = folder + '/' + message.name;
        outstanding_.emplace(std::move(path), std::move(message));
    }

    void finish(Deadline deadline) override {
        StopSign nobody;
        for (look_now(); !outstanding_.empty() && std::chrono::steady_clock::now() < deadline; look_now()) {
            nobody.wait_for(look_every);
        }
        for (const auto& [path, message] : outstanding_) {
            book_.waiting(message);
        }
        outstanding_.clear();
    }

  private:
    void look() {
        if (std::chrono::steady_clock::now() >= looked_ + look_every) {
            look_now();
        }
    }

    void look_now() {
        for (auto it = outstanding_.begin(); it != outstanding_.end();) {
            struct stat facts {};
            if (::stat(it->first.c_str(), &facts) != 0 && errno == ENOENT) {
                book_.acknowledged(it->second, {});
                it = outstanding_.erase(it);
            } else {
                ++it;
            }
        }
        looked_ = std::chrono::steady_clock::now();
    }

    std::string folder_;
    StreamBook& book_;
    StopSign& stop_;
    std::multimap<std::string, LiveMessage> outstanding_;  // by path: a file may be dropped again before it is taken
    Deadline looked_{};
};

}  // namespace

Result<std::unique_ptr<StreamTransport>> make_folder_transport(const std::string& folder, StreamBook& book, StopSign& stop) {
    for (const simulator::LiveSourceFacts& facts : simulator::live_sources()) {
        if (facts.channel == simulator::LiveChannel::folder) {
            std::error_code failure;
            std::filesystem::create_directories(folder + '/' + std::string(facts.key), failure);
            if (failure) {
                return fail(ErrorCode::unavailable, fmt::format("--drop {} : dossier impossible à créer ({})", folder, failure.message()));
            }
        }
    }
    return std::make_unique<FolderTransport>(folder, book, stop);
}

}  // namespace vigie::programs
