// Does to files what its arguments say, one step each, and prints "ok" or the name of the error after each: what the disk shim is tested with.
//
//   disk_probe STEP...      STEP is words joined by ',':
//   write,PATH,TEXT         appends (made if it lacks)      put,PATH,AT,TEXT   pwrite
//   vector,PATH,TEXT,TEXT   writev at the end               stdio,PATH,TEXT    fopen, fputs, fclose
//   map,PATH,AT,TEXT        through a shared mapping, with msync
//   osync,PATH,TEXT         appends through O_DSYNC         read,PATH          prints the bytes
//   fsync,PATH | fdatasync,PATH | fsyncdir,PATH | truncate,PATH,SIZE | rename,FROM,TO | unlink,PATH | mkdir,PATH | allocate,PATH,SIZE
//   rule,TEXT               into the control file ('_' for blanks), empty for none
//   counts                  prints calls matched and faults injected
//   kill                    SIGKILL: the end of everything
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "support/disk_shim.h"

namespace {

using Words = std::vector<std::string>;

Words split(const std::string& text) {
    Words words(1);
    for (const char c : text) {
        if (c == ',') {
            words.emplace_back();
        } else {
            words.back() += c;
        }
    }
    return words;
}

/// Runs `work` on the opened file; what it returns, or -1.
template <class Work>
long on_file(const std::string& path, int flags, const Work& work) {
    const int file = ::open(path.c_str(), flags, 0600);
    if (file < 0) {
        return -1;
    }
    const long done = work(file);
    const int error = errno;
    ::close(file);
    errno = error;
    return done;
}

long write_step(const Words& w) {
    const int append = O_WRONLY | O_CREAT | O_APPEND;
    if (w[0] == "write" || w[0] == "osync") {
        return on_file(w[1], append | (w[0] == "osync" ? O_DSYNC : 0), [&](int file) { return ::write(file, w[2].data(), w[2].size()); });
    }
    if (w[0] == "put") {
        return on_file(w[1], O_WRONLY | O_CREAT, [&](int file) { return ::pwrite(file, w[3].data(), w[3].size(), std::atol(w[2].c_str())); });
    }
    if (w[0] == "vector") {
        std::string first = w[2];
        std::string second = w[3];
        const iovec parts[2] = {{first.data(), first.size()}, {second.data(), second.size()}};
        return on_file(w[1], append, [&](int file) { return ::writev(file, parts, 2); });
    }
    if (w[0] == "stdio") {
        std::FILE* const file = std::fopen(w[1].c_str(), "w");
        return file == nullptr || std::fputs(w[2].c_str(), file) < 0 || std::fclose(file) != 0 ? -1 : 0;
    }
    return on_file(w[1], O_RDWR, [&](int file) -> long {  // map
        const long at = std::atol(w[2].c_str());
        void* const mapped = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (mapped == MAP_FAILED) {
            return -1;
        }
        std::memcpy(static_cast<char*>(mapped) + at, w[3].data(), w[3].size());
        const int synced = ::msync(mapped, 4096, MS_SYNC);
        ::munmap(mapped, 4096);
        return synced;
    });
}

long read_step(const std::string& path) {
    return on_file(path, O_RDONLY, [&](int file) {
        std::string bytes(1000, '\0');
        const long got = ::read(file, bytes.data(), bytes.size());
        std::printf("%s ", bytes.substr(0, got < 0 ? 0 : static_cast<std::size_t>(got)).c_str());
        return got;
    });
}

long step(const Words& w) {
    const auto sync = [](int file) { return long{::fsync(file)}; };
    if (w[0] == "fsync") {
        return on_file(w[1], O_RDWR, sync);
    }
    if (w[0] == "fdatasync") {
        return on_file(w[1], O_WRONLY, [](int file) { return long{::fdatasync(file)}; });
    }
    if (w[0] == "fsyncdir") {
        return on_file(w[1], O_RDONLY | O_DIRECTORY, sync);
    }
    if (w[0] == "truncate") {
        return on_file(w[1], O_RDWR, [&](int file) { return long{::ftruncate(file, std::atol(w[2].c_str()))}; });
    }
    if (w[0] == "allocate") {
        return on_file(w[1], O_RDWR | O_CREAT, [&](int file) {
            errno = ::posix_fallocate(file, 0, std::atol(w[2].c_str()));
            return errno == 0 ? 0L : -1L;
        });
    }
    if (w[0] == "rename") {
        return std::rename(w[1].c_str(), w[2].c_str());
    }
    if (w[0] == "unlink") {
        return ::unlink(w[1].c_str());
    }
    if (w[0] == "mkdir") {
        return ::mkdir(w[1].c_str(), 0700);
    }
    if (w[0] == "read") {
        return read_step(w[1]);
    }
    return write_step(w);
}

const char* name_of(int error) {
    switch (error) {
        case EIO: return "EIO";
        case ENOSPC: return "ENOSPC";
        case EROFS: return "EROFS";
        case ENOENT: return "ENOENT";
        default: return "error";
    }
}

}  // namespace

int main(int count, char** arguments) {
    vigie::tests::DiskFaults faults;
    for (int i = 1; i < count; ++i) {
        const Words words = split(arguments[i]);
        if (words[0] == "kill") {
            std::fflush(stdout);
            ::kill(::getpid(), SIGKILL);
        } else if (words[0] == "rule") {
            std::string rule = words[1];
            std::replace(rule.begin(), rule.end(), '_', ' ');
            faults.set(rule);
        } else if (words[0] == "counts") {
            std::printf("%llu/%llu ", static_cast<unsigned long long>(faults.matched()), static_cast<unsigned long long>(faults.injected()));
        } else if (const long done = step(words); done < 0) {
            std::printf("%s ", name_of(errno));
        } else {
            std::printf("ok ");
        }
    }
    std::printf("\n");
    return 0;
}
