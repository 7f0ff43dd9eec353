#include "base/assert.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

namespace {

// Runs the assertion in a child and returns how it ended (a wait status).
int status_of_child(bool condition) {
    const pid_t child = fork();
    if (child == 0) {
        const int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDERR_FILENO);
        signal(SIGABRT, SIG_DFL);
        VIGIE_ASSERT(condition);
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

}  // namespace

TEST_CASE("a broken invariant ends the process, a kept one does not") {
    CHECK(WIFSIGNALED(status_of_child(false)));
    const int kept = status_of_child(true);
    CHECK(WIFEXITED(kept));
    CHECK(WEXITSTATUS(kept) == 0);
}
