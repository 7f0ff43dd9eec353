#include "programs/vigie/command_line.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <pthread.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <thread>

namespace vigie::programs {

namespace {

std::atomic<bool> stop_flag{false};
std::mutex actions_mutex;
SignalActions actions;

sigset_t watched_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    return set;
}

void act_on(int signal_number) {
    std::function<void()> action;
    {
        const std::lock_guard guard(actions_mutex);
        action = signal_number == SIGHUP ? actions.on_reload : actions.on_stop;
    }
    if (signal_number != SIGHUP) {
        if (stop_flag.exchange(true)) {
            _exit(128 + signal_number);  // asked twice: the store is whole at any instant, so leave now
        }
    }
    if (action) {
        action();
    }
}

}  // namespace

Instant now() {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string now_text() {
    const auto instant = now();
    const auto milliseconds = instant.time_since_epoch().count() % 1000;
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(instant)),
                       milliseconds);
}

const std::atomic<bool>& stop_requested() { return stop_flag; }

void start_signal_thread() {
    const sigset_t set = watched_signals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::thread([set] {
        for (;;) {
            int signal_number = 0;
            if (sigwait(&set, &signal_number) == 0) {
                act_on(signal_number);
            }
        }
    }).detach();
}

void set_signal_actions(SignalActions wanted) {
    const std::lock_guard guard(actions_mutex);
    actions = std::move(wanted);
}

int report(const Error& error) {
    fmt::print(stderr, "vigie: {}\n", error.message);
    return exit_failed;
}

Result<std::string> find_config_dir() {
    namespace fs = std::filesystem;
    const auto holds_cities = [](const fs::path& folder) {
        std::error_code ignored;
        return fs::is_directory(folder / "cities", ignored);
    };
    // NOLINTNEXTLINE(concurrency-mt-unsafe): read before any thread starts
    if (const char* named = std::getenv("VIGIE_CONFIG_DIR"); named != nullptr) {
        if (holds_cities(named)) {
            return std::string(named);
        }
        return fail(ErrorCode::not_found, fmt::format("VIGIE_CONFIG_DIR={} ne contient pas de dossier cities/", named));
    }
    std::error_code failure;
    const fs::path program = fs::read_symlink("/proc/self/exe", failure);
    if (!failure) {
        if (const auto installed = program.parent_path().parent_path() / "share/vigie/config"; holds_cities(installed)) {
            return installed.string();
        }
        for (fs::path folder = program.parent_path(); folder != folder.root_path(); folder = folder.parent_path()) {
            if (holds_cities(folder / "config")) {
                return (folder / "config").string();
            }
        }
    }
    return fail(ErrorCode::not_found, "configuration par défaut introuvable : donnez --city, ou VIGIE_CONFIG_DIR");
}

ProgressLine::ProgressLine() : terminal_(isatty(STDERR_FILENO) == 1) {}
ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::show(const std::string& text) {
    if (terminal_) {
        fmt::print(stderr, "\r\x1b[K{}", text);
        shown_ = text.size();
    }
}

void ProgressLine::clear() {
    if (terminal_ && shown_ > 0) {
        fmt::print(stderr, "\r\x1b[K");
        shown_ = 0;
    }
}

std::string grouped(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (int position = static_cast<int>(digits.size()) - 3; position > 0; position -= 3) {
        digits.insert(static_cast<std::size_t>(position), "\u202f");
    }
    return digits;
}

std::string progress_text(const std::string& what, double share, std::uint64_t items, double seconds) {
    constexpr int width = 24;
    share = std::clamp(share, 0.0, 1.0);
    const int filled = static_cast<int>(share * width);
    std::string text = fmt::format("{} [{}{}] {:3.0f} %  {} lignes", what, std::string(static_cast<std::size_t>(filled), '#'),
                                   std::string(static_cast<std::size_t>(width - filled), '.'), share * 100.0, grouped(items));
    if (seconds > 0.5) {
        text += fmt::format("  {}/s", grouped(static_cast<std::uint64_t>(static_cast<double>(items) / seconds)));
        if (share > 0.01) {
            text += fmt::format("  reste {:.0f} s", seconds / share - seconds);
        }
    }
    return text;
}

}  // namespace vigie::programs
