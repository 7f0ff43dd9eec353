#include "support/disk_shim.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <thread>
#include <utility>

namespace vigie::tests {

namespace {

// As disk_shim_rules.c lays the file out.
constexpr std::size_t text_bytes = 1024;
constexpr std::size_t counts_at = 2048;
constexpr std::size_t file_bytes = 4096;

}  // namespace

DiskFaults::DiskFaults() {
    const char* const path = std::getenv("VIGIE_SHIM_CONTROL");  // NOLINT(concurrency-mt-unsafe): before any thread
    const int file = path == nullptr ? -1 : ::open(path, O_RDWR | O_CLOEXEC);
    if (file >= 0) {
        mapped_ = ::mmap(nullptr, file_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        ::close(file);
        mapped_ = mapped_ == MAP_FAILED ? nullptr : mapped_;
    }
}

DiskFaults::~DiskFaults() {
    if (mapped_ != nullptr) {
        ::munmap(mapped_, file_bytes);
    }
}

void DiskFaults::set(const std::string& rules) {
    if (mapped_ != nullptr && rules.size() < text_bytes) {
        most_matched_ = std::max(most_matched_, matched());
        std::string text = rules;
        text.resize(text_bytes, '\0');
        std::memcpy(mapped_, text.data(), text.size());
    }
}

std::uint64_t DiskFaults::matched() const { return count_at(counts_at); }
std::uint64_t DiskFaults::injected() const { return count_at(counts_at + 8); }

std::uint64_t DiskFaults::take_most_matched() { return std::exchange(most_matched_, 0); }

std::uint64_t DiskFaults::count_at(std::size_t at) const {
    std::uint64_t count = 0;
    if (mapped_ != nullptr) {
        std::memcpy(&count, static_cast<const char*>(mapped_) + at, sizeof(count));
    }
    return count;
}

std::string no_shim_here() {
    const std::string sanitizers = VIGIE_SANITIZERS;
    return sanitizers.empty() ? std::string() : "programs built with sanitizers do not run under a preloaded library: " + sanitizers;
}

int start_under_shim(const std::string& program, const std::vector<std::string>& arguments, const std::map<std::string, std::string>& environment,
                     const std::string& output_path) {
    const std::string folder = std::string(VIGIE_BINARY_DIR) + "/tests/";
    std::vector<std::string> words{folder + program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<std::string> settings{"LD_PRELOAD=" + folder + "libdisk_shim.so", "LC_ALL=C.UTF-8"};
    for (const auto& [name, value] : environment) {
        settings.push_back(name + "=" + value);
    }
    std::vector<char*> argv;
    std::vector<char*> envp;
    for (std::string& word : words) {
        argv.push_back(word.data());
    }
    for (std::string& setting : settings) {
        envp.push_back(setting.data());
    }
    argv.push_back(nullptr);
    envp.push_back(nullptr);
    const int output = ::open(output_path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const pid_t process = ::fork();
    if (process == 0) {
        ::dup2(output, 1);
        ::dup2(output, 2);
        ::execve(argv[0], argv.data(), envp.data());
        ::_exit(126);
    }
    ::close(output);
    return process;
}

ShimRun end_of(int process, int kill_after_ms, const std::string& output_path) {
    if (kill_after_ms >= 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds(kill_after_ms));
        ::kill(process, SIGKILL);
    }
    int status = 0;
    while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    std::ostringstream out;
    out << std::ifstream(output_path).rdbuf();
    ShimRun run;
    run.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    run.signal_number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    run.out = out.str();
    return run;
}

}  // namespace vigie::tests
