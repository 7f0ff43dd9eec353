#include "intake/import_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

namespace vigie::intake {

Result<ImportLock> ImportLock::take(const std::string& path) {
    const int file_descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file_descriptor < 0) {
        return fail(ErrorCode::unavailable, fmt::format("{} : verrou d'import impossible à créer ({})", path, std::generic_category().message(errno)));
    }
    // flock belongs to this open file: two imports of one process exclude each other too.
    if (::flock(file_descriptor, LOCK_EX | LOCK_NB) != 0) {
        const bool held = errno == EWOULDBLOCK;
        ::close(file_descriptor);
        return held ? fail(ErrorCode::conflict, "un autre import est en cours dans ce dossier : attendez sa fin, puis relancez la même commande")
                    : fail(ErrorCode::unavailable, fmt::format("{} : verrou d'import impossible à prendre", path));
    }
    return ImportLock(file_descriptor);
}

Result<ImportLock> ImportLock::take_waiting(const std::string& path, std::chrono::milliseconds wait) {
    constexpr std::chrono::milliseconds step{20};
    // Who waits holds the turnstile, so that somebody who takes the lock again and again lets the others through.
    std::optional<ImportLock> turn;
    for (;;) {
        if (!turn) {
            if (Result<ImportLock> passed = take(path + ".turn")) {
                turn = *std::move(passed);
            }
        }
        if (turn) {
            Result<ImportLock> lock = take(path);
            if (lock || lock.error().code != ErrorCode::conflict) {
                return lock;
            }
        }
        if (wait <= std::chrono::milliseconds::zero()) {
            return take(path);
        }
        std::this_thread::sleep_for(step);
        wait -= step;
    }
}

ImportLock::ImportLock(ImportLock&& other) noexcept : file_descriptor_(std::exchange(other.file_descriptor_, -1)) {}
ImportLock& ImportLock::operator=(ImportLock&& other) noexcept {
    std::swap(file_descriptor_, other.file_descriptor_);
    return *this;
}
ImportLock::~ImportLock() {
    if (file_descriptor_ >= 0) {
        ::close(file_descriptor_);
    }
}

}  // namespace vigie::intake
