#include "support/process.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#ifndef VIGIE_BINARY_DIR
#define VIGIE_BINARY_DIR "."
#endif

namespace vigie::tests {

namespace fs = std::filesystem;

namespace {

std::string make_private_folder(const char* pattern) {
    std::string path = (fs::temp_directory_path() / pattern).string();
    return mkdtemp(path.data()) != nullptr ? path : std::string();
}

}  // namespace

std::string vigie_program() {
    const char* named = std::getenv("VIGIE_PROGRAM");
    return named != nullptr ? named : VIGIE_BINARY_DIR "/vigie";
}

TemporaryFolder::TemporaryFolder() {
    path_ = make_private_folder("vigie-test-XXXXXX");
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

std::string TemporaryFolder::path(const std::string& name) const { return name.empty() ? path_ : path_ + "/" + name; }

void write_text(const std::string& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary);
    file << text;
}

std::string read_text(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

Process::Process(std::vector<std::string> arguments) {
    folder_ = make_private_folder("vigie-process-XXXXXX");
    std::string program = vigie_program();
    std::vector<char*> words{program.data()};
    for (auto& argument : arguments) {
        words.push_back(argument.data());
    }
    words.push_back(nullptr);
    const std::string out = folder_ + "/out";
    const std::string err = folder_ + "/err";
    pid_ = fork();
    if (pid_ == 0) {
        dup2(open(out.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600), STDOUT_FILENO);
        dup2(open(err.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600), STDERR_FILENO);
        dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
        execv(words[0], words.data());
        _exit(127);
    }
}

Process::~Process() {
    if (!reaped_) {
        send(SIGKILL);
        wait();
    }
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

void Process::send(int signal_number) const { kill(pid_, signal_number); }

bool Process::is_running() {
    if (!reaped_ && waitpid(pid_, &status_, WNOHANG) == pid_) {
        reaped_ = true;
    }
    return !reaped_;
}

std::string Process::output() const { return read_text(folder_ + "/out"); }

std::string Process::wait_for_output(const std::string& text) {
    for (int i = 0; i < 1000; ++i) {
        const std::string so_far = output();
        if (so_far.find(text) != std::string::npos) {
            return so_far;
        }
        if (!is_running()) {
            break;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return {};
}

Finished Process::wait() {
    if (!reaped_) {
        waitpid(pid_, &status_, 0);
        reaped_ = true;
    }
    Finished finished;
    finished.exit_code = WIFEXITED(status_) ? WEXITSTATUS(status_) : -1;
    finished.signal_number = WIFSIGNALED(status_) ? WTERMSIG(status_) : 0;
    finished.out = output();
    finished.err = read_text(folder_ + "/err");
    return finished;
}

Finished run_vigie(std::vector<std::string> arguments) { return Process(std::move(arguments)).wait(); }

}  // namespace vigie::tests
