#include "real_broker.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <thread>

namespace vigie::tests {
namespace {

using std::chrono::milliseconds;

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

std::uint16_t free_port() {
    const int number = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    bind(number, reinterpret_cast<const sockaddr*>(&address), size);
    getsockname(number, reinterpret_cast<sockaddr*>(&address), &size);
    close(number);
    return ntohs(address.sin_port);
}

bool listens(std::uint16_t port) {
    const int number = socket(AF_INET, SOCK_STREAM, 0);
    const sockaddr_in address = loopback(port);
    const bool accepted = connect(number, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    close(number);
    return accepted;
}

std::string program_path(const std::string& name) {
    for (const char* folder : {"/usr/sbin/", "/usr/bin/", "/usr/local/sbin/", "/usr/local/bin/"}) {
        if (std::filesystem::exists(folder + name)) {
            return folder + name;
        }
    }
    return {};
}

}  // namespace

const char* const saves_each_change = "persistence true\nautosave_interval 1\nautosave_on_changes true\n";

pid_t spawn(const std::vector<std::string>& words, const std::string& input) {
    std::vector<std::string> copies = words;
    copies[0] = program_path(words[0]);
    std::vector<char*> arguments;
    for (auto& word : copies) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    const std::string source = input.empty() ? "/dev/null" : input;
    const pid_t process = fork();
    if (process == 0) {
        dup2(open(source.c_str(), O_RDONLY), STDIN_FILENO);
        const int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
        execv(arguments[0], arguments.data());
        _exit(127);
    }
    return process;
}

int exit_code_of(pid_t process, milliseconds limit) {
    int status = 0;
    for (milliseconds waited{0}; waitpid(process, &status, WNOHANG) == 0; waited += milliseconds(5)) {
        if (waited >= limit) {
            kill(process, SIGKILL);
            waitpid(process, &status, 0);
            return -1;
        }
        std::this_thread::sleep_for(milliseconds(5));
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

RealBroker::RealBroker(const TemporaryFolder& folder, const std::string& config) : config_file_(folder.path("mosquitto.conf")), port_(free_port()) {
    // Left to itself, a Mosquitto started by root becomes another user, who may not write in the test's folder.
    write_text(config_file_, "user root\nper_listener_settings false\npersistence_location " + folder.path() + "/\nlog_dest file " +
                                 folder.path("log") + "\nmax_queued_messages 0\nmax_inflight_messages 1000\nset_tcp_nodelay true\nlistener " +
                                 std::to_string(port_) + " 127.0.0.1\n" + config);
}

RealBroker::~RealBroker() { kill_hard(); }

bool RealBroker::is_installed() {
    const bool found = !program_path("mosquitto").empty() && !program_path("mosquitto_pub").empty();
    if (!found) {
        MESSAGE("SKIP: Debian's packages mosquitto and mosquitto-clients are not installed");
    }
    return found;
}

bool RealBroker::start() {
    process_ = spawn({"mosquitto", "-c", config_file_});
    for (int i = 0; i < 2000 && !listens(port_); ++i) {
        std::this_thread::sleep_for(milliseconds(5));
    }
    return process_ > 0 && listens(port_);
}

void RealBroker::kill_hard() {
    if (process_ > 0) {
        kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
        process_ = -1;
    }
}

pid_t RealBroker::publish(const std::string& topic, const std::string& lines_file) const {
    return spawn({"mosquitto_pub", "-h", "127.0.0.1", "-p", std::to_string(port_), "-q", "1", "-t", topic, "-l", "-V", "mqttv311"}, lines_file);
}

}  // namespace vigie::tests
