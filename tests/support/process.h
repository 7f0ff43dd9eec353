// Runs the real program, as a user would, and kills it, as a power cut would.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace vigie::tests {

struct Finished {
    int exit_code = -1;  ///< -1 when it was ended by a signal
    int signal_number = 0;
    std::string out;
    std::string err;
};

/// Path of the program under test.
[[nodiscard]] std::string vigie_program();

/// Starts the program with its output going to files in a private folder; wait() returns them.
class Process {
  public:
    explicit Process(std::vector<std::string> arguments);
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    void send(int signal_number) const;
    [[nodiscard]] bool is_running();
    Finished wait();
    /// Waits until its standard output contains `text` (10 s at most); returns the output so far, empty when it never came.
    [[nodiscard]] std::string wait_for_output(const std::string& text);

  private:
    [[nodiscard]] std::string output() const;
    pid_t pid_ = -1;
    bool reaped_ = false;
    int status_ = 0;
    std::string folder_;
};

[[nodiscard]] Finished run_vigie(std::vector<std::string> arguments);

/// A folder that is removed with everything in it when the object goes.
class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] std::string path(const std::string& name = "") const;

  private:
    std::string path_;
};

void write_text(const std::string& path, const std::string& text);
[[nodiscard]] std::string read_text(const std::string& path);

}  // namespace vigie::tests
