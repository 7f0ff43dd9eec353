// The durable inbox: acknowledged puts a second with 1, 8 and 64 waiters, bodies of 200 B and 20 KB, and what it takes without waiting
// for each; beside a bare write + fdatasync of the same bytes on the same disk in the same run, and beside the sealing alone.
//
//   spool_bench [SECONDS of each measure] [FOLDER]

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "store/spool/spool.h"
#include "store/spool/spool_frame.h"

namespace {

using Clock = std::chrono::steady_clock;
using vigie::Spool;
using vigie::SpoolClass;
using vigie::SpoolMessage;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

SpoolMessage message_of(std::size_t bytes) {
    return {"logbook", "http", vigie::Instant(std::chrono::milliseconds(1'700'000'000'000)), "json", "0123456789abcdef", std::string(bytes, 'v')};
}

/// Appends of `bytes`, each with its fdatasync, a second: the disk's own rate.
double bare_rate(const std::string& folder, std::size_t bytes, double seconds) {
    const std::string path = folder + "/bare.bin";
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const std::string block(bytes, 'v');
    const auto start = Clock::now();
    std::size_t done = 0;
    while (seconds_since(start) < seconds && ::write(file, block.data(), block.size()) > 0 && ::fdatasync(file) == 0) {
        ++done;
    }
    const double rate = static_cast<double>(done) / seconds_since(start);
    ::close(file);
    ::unlink(path.c_str());
    return rate;
}

/// A waiter puts, waits for its acknowledgement, and puts again.
double acknowledged_rate(Spool& spool, int waiters, std::size_t bytes, double seconds) {
    std::atomic<std::uint64_t> acknowledged = 0;
    std::vector<std::thread> threads;
    const auto start = Clock::now();
    for (int i = 0; i < waiters; ++i) {
        threads.emplace_back([&] {
            while (seconds_since(start) < seconds) {
                if (spool.put_and_wait(message_of(bytes), SpoolClass::ordinary)) {
                    ++acknowledged;
                }
            }
        });
    }
    std::ranges::for_each(threads, [](std::thread& thread) { thread.join(); });
    return static_cast<double>(acknowledged) / seconds_since(start);
}

/// As a server does: `waiting` requests are outstanding, each acknowledgement brings the next one from the spool's own thread.
class Flood {
  public:
    Flood(Spool& spool, std::size_t bytes) : spool_(spool), bytes_(bytes) {}
    double rate(int waiting, double seconds) {
        start_ = Clock::now();
        seconds_ = seconds;
        outstanding_ = waiting;
        for (int i = 0; i < waiting; ++i) {
            put();
        }
        std::unique_lock held(mutex_);
        over_.wait(held, [this] { return outstanding_ == 0; });
        return static_cast<double>(acknowledged_) / seconds_since(start_);
    }

  private:
    void put() {
        const auto accepted = spool_.put(message_of(bytes_), SpoolClass::urgent, [this](vigie::Result<std::uint64_t> number) {
            acknowledged_ += number ? 1U : 0U;
            if (number && seconds_since(start_) < seconds_) {
                put();
            } else {
                end_one();
            }
        });
        if (!accepted) {
            end_one();
        }
    }
    void end_one() {
        const std::lock_guard held(mutex_);
        if (--outstanding_ == 0) {
            over_.notify_all();
        }
    }
    Spool& spool_;
    std::size_t bytes_;
    Clock::time_point start_;
    double seconds_ = 0;
    std::mutex mutex_;
    std::condition_variable over_;
    int outstanding_ = 0;
    std::atomic<std::uint64_t> acknowledged_ = 0;
};

/// MB a second of messages encoded and sealed in memory.
double sealing_rate(std::size_t bytes, double seconds) {
    const auto cipher = vigie::spool::make_segment_cipher();
    const SpoolMessage message = message_of(bytes);
    std::string plain;
    std::string sealed;
    std::uint64_t done = 0;
    vigie::spool::FrameHeader header{0, 1, 1, 0, 0};
    const auto start = Clock::now();
    while (seconds_since(start) < seconds) {
        plain.clear();
        header.messages = 0;
        do {
            vigie::spool::append_message(plain, message, SpoolClass::ordinary);
            ++header.messages;
        } while (plain.size() < vigie::spool::frame_bytes);
        ++header.seal;
        sealed.clear();
        vigie::spool::seal_frame(sealed, cipher, header, 128, plain);
        done += header.messages * bytes;
    }
    return static_cast<double>(done) / seconds_since(start) / 1e6;
}

/// MB a second read, opened and checked.
double reading_rate(Spool& spool) {
    std::uint64_t after = spool.released();
    std::uint64_t bytes = 0;
    const auto start = Clock::now();
    for (;;) {
        const auto some = spool.read(after, 4U << 20, std::chrono::milliseconds(0));
        if (!some || some->empty()) {
            return static_cast<double>(bytes) / seconds_since(start) / 1e6;
        }
        for (const auto& message : *some) {
            bytes += message.message.body.size();
        }
        after = some->back().number;
    }
}

void print_spool(const std::string& folder, std::size_t bytes, double seconds) {
    vigie::SpoolLimits limits;
    limits.disk_bytes = 16ULL << 30;
    auto opened = Spool::open(folder + "/spool", vigie::SpoolKey::random(), limits);
    if (!opened) {
        std::printf("%s\n", opened.error().message.c_str());
        std::exit(1);
    }
    Spool& spool = **opened;
    for (const int waiters : {1, 8, 64}) {
        const double bare = bare_rate(folder, bytes, seconds);
        const auto groups = spool.stats().groups;
        const double rate = acknowledged_rate(spool, waiters, bytes, seconds);
        const auto synced = static_cast<double>(spool.stats().groups - groups) / seconds;
        std::printf("%6zu B  %4d waiting threads   %9.0f puts/s  %7.1f MB/s  %6.0f fsync/s   bare write + fdatasync %6.0f/s\n", bytes, waiters, rate,
                    rate * static_cast<double>(bytes) / 1e6, synced, bare);
    }
    for (const int waiting : {64, 1000, 2000}) {
        const double rate = Flood(spool, bytes).rate(waiting, seconds);
        std::printf("%6zu B  %4d outstanding       %9.0f puts/s  %7.1f MB/s\n", bytes, waiting, rate, rate * static_cast<double>(bytes) / 1e6);
    }
    std::printf("%6zu B  read, opened and checked    %7.1f MB/s\n", bytes, reading_rate(spool));
    const auto stats = spool.stats();
    const auto start = Clock::now();
    const auto released = spool.release(stats.last_number);
    std::printf("%6zu B  release of %.1f MB in %.1f ms; sealing alone %.0f MB/s\n", bytes, static_cast<double>(stats.disk_bytes) / 1e6,
                seconds_since(start) * 1e3, sealing_rate(bytes, seconds));
    if (!released || !stats.last_error.empty()) {
        std::printf("%s\n", stats.last_error.c_str());
        std::exit(1);
    }
    opened->reset();
    std::filesystem::remove_all(folder + "/spool");
}

}  // namespace

int main(int argument_count, char** arguments) {
    const double seconds = argument_count > 1 ? std::strtod(arguments[1], nullptr) : 2.0;
    const auto parent = argument_count > 2 ? std::filesystem::path(arguments[2]) : std::filesystem::temp_directory_path();
    const auto folder = parent / ("vigie_spool_bench_" + std::to_string(::getpid()));
    std::filesystem::create_directory(folder);
    for (const std::size_t bytes : {std::size_t{200}, std::size_t{20'000}}) {
        print_spool(folder.string(), bytes, seconds);
    }
    const double large = bare_rate(folder.string(), 8U << 20, seconds);
    std::printf("bare write + fdatasync of 8 MiB: %.0f MB/s\n", large * 8.388608);
    std::filesystem::remove_all(folder);
    return 0;
}
