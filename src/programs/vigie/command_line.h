// What every subcommand needs: where to write, how to fail, whether to speak JSON.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "base/result.h"
#include "city/time/instant.h"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's name
class App;
}

namespace vigie::programs {

/// Exit codes of every subcommand (docs: man page).
inline constexpr int exit_done = 0;
inline constexpr int exit_failed = 1;
inline constexpr int exit_wrong_usage = 2;

/// The clock is read here and nowhere below (ARCHITECTURE, invariant 2).
[[nodiscard]] Instant now();
[[nodiscard]] std::string now_text();

/// Set by the signal thread at the first SIGINT or SIGTERM; long work polls it and ends between two blocks.
[[nodiscard]] const std::atomic<bool>& stop_requested();
/// Blocks SIGINT, SIGTERM and SIGHUP in all threads and starts the one that waits for them. Call once, before any other thread.
/// on_stop is called at the first of the two; a second one ends the process at once. on_reload is called at SIGHUP.
struct SignalActions {
    std::function<void()> on_stop;
    std::function<void()> on_reload;
};
void start_signal_thread();
void set_signal_actions(SignalActions actions);

/// Prints "vigie: message" on stderr and returns exit_failed.
int report(const Error& error);

/// The folder that holds cities/, sources/ and taxonomy/: $VIGIE_CONFIG_DIR, PREFIX/share/vigie/config, or the source tree's config/.
[[nodiscard]] Result<std::string> find_config_dir();

/// Shows one line that is rewritten in place, when stderr is a terminal; nothing otherwise. At most ten times a second.
class ProgressLine {
  public:
    ProgressLine();
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    void show(const std::string& text);
    void clear();

  private:
    bool terminal_;
    std::size_t shown_ = 0;
};

/// "[#####.....]  50 %  1 234 567 lignes  812 000/s  reste 12 s"
[[nodiscard]] std::string progress_text(const std::string& what, double share, std::uint64_t items, double seconds);
/// 1234567 -> "1 234 567" with narrow no-break spaces.
[[nodiscard]] std::string grouped(std::uint64_t number);

// One function a subcommand: declares its options on the app; returns through `exit_code` when it ran.
void add_serve(CLI::App& app, int& exit_code);
void add_init(CLI::App& app, int& exit_code);
void add_import(CLI::App& app, int& exit_code);
void add_query(CLI::App& app, int& exit_code);
void add_simulate(CLI::App& app, int& exit_code);
void add_stream(CLI::App& app, int& exit_code);
void add_passwd(CLI::App& app, int& exit_code);
void add_backup(CLI::App& app, int& exit_code);
void add_restore(CLI::App& app, int& exit_code);
void add_source(CLI::App& app, int& exit_code);
void add_redact(CLI::App& app, int& exit_code);
void add_classify(CLI::App& app, int& exit_code);
void add_doctor(CLI::App& app, int& exit_code);
void add_version(CLI::App& app, int& exit_code);

}  // namespace vigie::programs
