// How a test speaks to the disk shim (tests/faults/shim): rules for faults, run-time switches, and programs run under it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace vigie::tests {

/// The control file of the shim that this very process runs under (VIGIE_SHIM_CONTROL); does nothing without one.
class DiskFaults {
  public:
    DiskFaults();
    ~DiskFaults();
    DiskFaults(const DiskFaults&) = delete;
    DiskFaults& operator=(const DiskFaults&) = delete;
    /// "KIND FAULT FROM UNTIL [EVERY]" a line; empty: none. Takes effect at the next call; the counts begin again.
    void set(const std::string& rules);
    [[nodiscard]] std::uint64_t matched() const;
    [[nodiscard]] std::uint64_t injected() const;
    /// The most that matched() came to under any rules that were set and replaced since the last call.
    [[nodiscard]] std::uint64_t take_most_matched();

  private:
    [[nodiscard]] std::uint64_t count_at(std::size_t at) const;
    void* mapped_ = nullptr;
    std::uint64_t most_matched_ = 0;
};

struct ShimRun {
    int exit_code = -1;  ///< -1 when it was ended by a signal
    int signal_number = 0;
    std::string out;     ///< standard output and error
};

/// Why programs can not be run under the shim here, or nothing. (The sanitizers want to be loaded first.)
[[nodiscard]] std::string no_shim_here();
/// Starts a program of the build's tests folder under the shim, its output going to `output_path`.
[[nodiscard]] int start_under_shim(const std::string& program, const std::vector<std::string>& arguments,
                                   const std::map<std::string, std::string>& environment, const std::string& output_path);
/// Waits for it, or, after `kill_after_ms` >= 0, kills it with SIGKILL.
[[nodiscard]] ShimRun end_of(int process, int kill_after_ms, const std::string& output_path);

}  // namespace vigie::tests
