/* The functions of libc that touch files, one by one: asks for the verdict on the call, makes it by the bare system call, tells the shadow. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "disk_shim.h"

char shim_prefix[SHIM_PATH_MAX];
static size_t prefix_length;
static bool is_quick;

__attribute__((constructor)) static void start(void) {
    const char* prefix = getenv("VIGIE_SHIM_PREFIX");
    const char* control = getenv("VIGIE_SHIM_CONTROL");
    const char* shadow = getenv("VIGIE_SHIM_SHADOW");
    is_quick = getenv("VIGIE_SHIM_QUICK") != NULL;
    const char* journal = getenv("VIGIE_SHIM_JOURNAL");
    if (prefix == NULL || prefix[0] != '/') {
        return;
    }
    if (control != NULL) {
        shim_rules_start(control);
    }
    snprintf(shim_prefix, sizeof shim_prefix, "%s", prefix);
    if (shadow != NULL) {
        shim_shadow_start(shadow, getenv("VIGIE_SHIM_KEEP"), journal != NULL && strcmp(journal, "1") == 0);
    }
    prefix_length = strlen(shim_prefix);
    unsetenv("LD_PRELOAD"); /* a child would empty the shadow of its parent */
}

/* ---------------------------------------------------------------- paths */

static bool is_under(const char* path) {
    return prefix_length > 0 && strncmp(path, shim_prefix, prefix_length) == 0 && (path[prefix_length] == '/' || path[prefix_length] == '\0');
}

bool shim_path_is_watched(int directory, const char* path, char absolute[SHIM_PATH_MAX]) {
    if (prefix_length == 0 || path == NULL) {
        return false;
    }
    if (path[0] == '/') {
        snprintf(absolute, SHIM_PATH_MAX, "%s", path);
        return is_under(absolute);
    }
    char folder[SHIM_PATH_MAX / 2] = "";
    char link[64];
    snprintf(link, sizeof link, directory == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", directory);
    const ssize_t length = readlink(link, folder, sizeof folder - 1);
    if (length < 0) {
        return false;
    }
    folder[length] = '\0';
    if (snprintf(absolute, SHIM_PATH_MAX, "%s/%s", folder, path) >= SHIM_PATH_MAX) {
        return false;
    }
    return is_under(absolute);
}

bool shim_file_is_watched(int file, char path[SHIM_PATH_MAX]) {
    if (prefix_length == 0 || file < 0) {
        return false;
    }
    char link[64];
    const int error = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t length = readlink(link, path, SHIM_PATH_MAX - 1);
    errno = error;
    if (length < 0) {
        return false;
    }
    path[length] = '\0';
    return is_under(path);
}

int shim_refuse(int verdict) {
    errno = verdict == SHIM_SHORT ? EIO : verdict;
    return -1;
}

static int verdict_on_file(int file, const char* group, const char* name) {
    char path[SHIM_PATH_MAX];
    return shim_file_is_watched(file, path) ? shim_verdict(group, name) : SHIM_PASS;
}

/* ---------------------------------------------------------------- open */

static int open_at(int directory, const char* path, int flags, mode_t mode, const char* name) {
    char absolute[SHIM_PATH_MAX];
    const bool watched = shim_path_is_watched(directory, path, absolute);
    struct stat before;
    bool existed = false;
    if (watched) {
        const int verdict = shim_verdict("open", name);
        if (verdict != SHIM_PASS) {
            return shim_refuse(verdict);
        }
        existed = fstatat(directory, path, &before, 0) == 0;
    }
    const int file = (int)syscall(SYS_openat, directory, path, flags, mode);
    if (watched && file >= 0 && shim_has_shadow()) {
        if ((flags & O_TRUNC) != 0) {
            shim_shadow_truncated(file, 0);
        }
        if ((flags & O_CREAT) != 0 && !existed) {
            shim_shadow_renamed(absolute);
        }
    }
    return file;
}

#define MODE_OF(flags, last)                                       \
    mode_t mode = 0;                                               \
    if (((flags) & O_CREAT) != 0 || ((flags) & O_TMPFILE) == O_TMPFILE) { \
        va_list arguments;                                         \
        va_start(arguments, last);                                 \
        mode = va_arg(arguments, mode_t);                          \
        va_end(arguments);                                         \
    }
int open(const char* path, int flags, ...) { MODE_OF(flags, flags) return open_at(AT_FDCWD, path, flags, mode, "open"); }
int open64(const char* path, int flags, ...) { MODE_OF(flags, flags) return open_at(AT_FDCWD, path, flags, mode, "open"); }
int openat(int directory, const char* path, int flags, ...) { MODE_OF(flags, flags) return open_at(directory, path, flags, mode, "openat"); }
int openat64(int directory, const char* path, int flags, ...) { MODE_OF(flags, flags) return open_at(directory, path, flags, mode, "openat"); }
int creat(const char* path, mode_t mode) { return open_at(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode, "creat"); }
int creat64(const char* path, mode_t mode) { return open_at(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode, "creat"); }
/* What _FORTIFY_SOURCE makes of an open without a mode. */
int __open_2(const char* path, int flags);
int __open64_2(const char* path, int flags);
int __openat_2(int directory, const char* path, int flags);
int __openat64_2(int directory, const char* path, int flags);
int __open_2(const char* path, int flags) { return open_at(AT_FDCWD, path, flags, 0, "open"); }
int __open64_2(const char* path, int flags) { return open_at(AT_FDCWD, path, flags, 0, "open"); }
int __openat_2(int directory, const char* path, int flags) { return open_at(directory, path, flags, 0, "openat"); }
int __openat64_2(int directory, const char* path, int flags) { return open_at(directory, path, flags, 0, "openat"); }

/* ---------------------------------------------------------------- write */

static bool is_synchronous(int file) {
    const int flags = (int)syscall(SYS_fcntl, file, F_GETFL);
    return flags >= 0 && (flags & O_DSYNC) != 0;
}

/* After a write of `written` bytes. at: where, or -1: up to the file's position. */
static void wrote(int file, off_t at, ssize_t written) {
    if (written <= 0 || !shim_has_shadow()) {
        return;
    }
    const int error = errno;
    const int flags = (int)syscall(SYS_fcntl, file, F_GETFL);
    if (at < 0 || (flags & O_APPEND) != 0) { /* Linux appends with pwrite too, and then leaves the position alone */
        struct stat about;
        at = (flags & O_APPEND) != 0 ? (fstat(file, &about), about.st_size - written) : (off_t)syscall(SYS_lseek, file, (off_t)0, SEEK_CUR) - written;
    }
    shim_shadow_wrote(file, at, (size_t)written);
    if (is_synchronous(file)) {
        shim_shadow_synced(file, false);
    }
    errno = error;
}

static ssize_t write_some(int file, const void* bytes, size_t size, off_t at, const char* name) {
    char path[SHIM_PATH_MAX];
    const bool watched = shim_file_is_watched(file, path);
    const int verdict = watched ? shim_verdict("write", name) : SHIM_PASS;
    if (verdict == SHIM_SHORT && size > 1) {
        size /= 2;
    } else if (verdict != SHIM_PASS) {
        return shim_refuse(verdict == SHIM_SHORT ? ENOSPC : verdict);
    }
    const ssize_t written = at < 0 ? syscall(SYS_write, file, bytes, size) : syscall(SYS_pwrite64, file, bytes, size, at);
    if (watched) {
        wrote(file, at, written);
    }
    return written;
}

ssize_t write(int file, const void* bytes, size_t size) { return write_some(file, bytes, size, -1, "write"); }
ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) { return write_some(file, bytes, size, at, "pwrite"); }
ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) { return write_some(file, bytes, size, at, "pwrite"); }

static ssize_t write_vector(int file, const struct iovec* parts, int count, off_t at, const char* name) {
    char path[SHIM_PATH_MAX];
    const bool watched = shim_file_is_watched(file, path);
    const int verdict = watched ? shim_verdict("write", name) : SHIM_PASS;
    if (verdict == SHIM_SHORT && count > 0 && parts[0].iov_len > 1) {
        const struct iovec half = {parts[0].iov_base, parts[0].iov_len / 2};
        return write_vector(file, &half, 1, at, "short");
    }
    if (verdict != SHIM_PASS) {
        return shim_refuse(verdict == SHIM_SHORT ? ENOSPC : verdict);
    }
    const ssize_t written = at < 0 ? syscall(SYS_writev, file, parts, count) : syscall(SYS_pwritev, file, parts, count, at, 0);
    if (watched) {
        wrote(file, at, written);
    }
    return written;
}

ssize_t writev(int file, const struct iovec* parts, int count) { return write_vector(file, parts, count, -1, "writev"); }
ssize_t pwritev(int file, const struct iovec* parts, int count, off_t at) { return write_vector(file, parts, count, at, "pwritev"); }
ssize_t pwritev64(int file, const struct iovec* parts, int count, off64_t at) { return write_vector(file, parts, count, at, "pwritev"); }

ssize_t copy_file_range(int from, off64_t* from_at, int to, off64_t* to_at, size_t size, unsigned flags) {
    const int verdict = verdict_on_file(to, "write", "copy_file_range");
    if (verdict != SHIM_PASS) {
        return shim_refuse(verdict);
    }
    const ssize_t copied = syscall(SYS_copy_file_range, from, from_at, to, to_at, size, flags);
    char path[SHIM_PATH_MAX];
    if (copied > 0 && shim_has_shadow() && shim_file_is_watched(to, path)) {
        shim_shadow_changed(to);
    }
    return copied;
}

static ssize_t send_file(int to, int from, off_t* at, size_t size) {
    const int verdict = verdict_on_file(to, "write", "sendfile");
    if (verdict != SHIM_PASS) {
        return shim_refuse(verdict);
    }
    const ssize_t sent = syscall(SYS_sendfile, to, from, at, size);
    char path[SHIM_PATH_MAX];
    if (sent > 0 && shim_has_shadow() && shim_file_is_watched(to, path)) {
        shim_shadow_changed(to);
    }
    return sent;
}
ssize_t sendfile(int to, int from, off_t* at, size_t size) { return send_file(to, from, at, size); }
ssize_t sendfile64(int to, int from, off64_t* at, size_t size) { return send_file(to, from, at, size); }

/* ---------------------------------------------------------------- read */

static ssize_t read_some(int file, void* bytes, size_t size, off_t at, const char* name) {
    const int verdict = verdict_on_file(file, "read", name);
    if (verdict == SHIM_SHORT && size > 1) {
        size /= 2;
    } else if (verdict > SHIM_PASS) {
        return shim_refuse(verdict);
    }
    return at < 0 ? syscall(SYS_read, file, bytes, size) : syscall(SYS_pread64, file, bytes, size, at);
}
ssize_t read(int file, void* bytes, size_t size) { return read_some(file, bytes, size, -1, "read"); }
ssize_t pread(int file, void* bytes, size_t size, off_t at) { return read_some(file, bytes, size, at, "pread"); }
ssize_t pread64(int file, void* bytes, size_t size, off64_t at) { return read_some(file, bytes, size, at, "pread"); }
ssize_t __read_chk(int file, void* bytes, size_t size, size_t room);
ssize_t __pread_chk(int file, void* bytes, size_t size, off_t at, size_t room);
ssize_t __pread64_chk(int file, void* bytes, size_t size, off64_t at, size_t room);
ssize_t __read_chk(int file, void* bytes, size_t size, size_t room) { return size > room ? (abort(), 0) : read_some(file, bytes, size, -1, "read"); }
ssize_t __pread_chk(int file, void* bytes, size_t size, off_t at, size_t room) {
    return size > room ? (abort(), 0) : read_some(file, bytes, size, at, "pread");
}
ssize_t __pread64_chk(int file, void* bytes, size_t size, off64_t at, size_t room) {
    return size > room ? (abort(), 0) : read_some(file, bytes, size, at, "pread");
}

/* ---------------------------------------------------------------- sync */

static int sync_file(int file, long call, const char* name) {
    char path[SHIM_PATH_MAX];
    if (!shim_file_is_watched(file, path)) {
        return (int)syscall(call, file);
    }
    const int verdict = shim_verdict("sync", name);
    if (verdict != SHIM_PASS) {
        shim_shadow_synced(file, true);
        return shim_refuse(verdict);
    }
    if (!shim_has_shadow()) {
        return is_quick ? 0 : (int)syscall(call, file);
    }
    shim_shadow_synced(file, false); /* the shadow is the disk: the real one need not wait */
    return 0;
}
int fsync(int file) { return sync_file(file, SYS_fsync, "fsync"); }
int fdatasync(int file) { return sync_file(file, SYS_fdatasync, "fdatasync"); }

/* Writable shared mappings of watched files, with a descriptor of our own each. */
enum { MAPPINGS_MAX = 256 };
static struct mapping {
    char* begin;
    size_t bytes;
    int file;
} mappings[MAPPINGS_MAX];

static void* map_file(void* where, size_t bytes, int protection, int flags, int file, off_t at) {
    void* mapped = (void*)syscall(SYS_mmap, where, bytes, protection, flags, file, at);
    char path[SHIM_PATH_MAX];
    if (mapped != MAP_FAILED && (flags & MAP_ANONYMOUS) == 0 && (flags & MAP_SHARED) != 0 && (protection & PROT_WRITE) != 0 && shim_has_shadow() &&
        shim_file_is_watched(file, path)) {
        shim_shadow_changed(file);
        for (int i = 0; i < MAPPINGS_MAX; ++i) {
            char* expected = NULL;
            if (__atomic_compare_exchange_n(&mappings[i].begin, &expected, mapped, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
                mappings[i].bytes = bytes;
                mappings[i].file = (int)syscall(SYS_fcntl, file, F_DUPFD_CLOEXEC, 3);
                break;
            }
        }
    }
    return mapped;
}
void* mmap(void* where, size_t bytes, int protection, int flags, int file, off_t at) { return map_file(where, bytes, protection, flags, file, at); }
void* mmap64(void* where, size_t bytes, int protection, int flags, int file, off64_t at) { return map_file(where, bytes, protection, flags, file, at); }

static struct mapping* mapping_at(const void* address) {
    for (int i = 0; i < MAPPINGS_MAX; ++i) {
        if (mappings[i].begin != NULL && (const char*)address >= mappings[i].begin && (const char*)address < mappings[i].begin + mappings[i].bytes) {
            return &mappings[i];
        }
    }
    return NULL;
}

int munmap(void* address, size_t bytes) {
    struct mapping* mapping = mapping_at(address);
    if (mapping != NULL && mapping->begin == address) {
        syscall(SYS_close, mapping->file);
        __atomic_store_n(&mapping->begin, NULL, __ATOMIC_SEQ_CST);
    }
    return (int)syscall(SYS_munmap, address, bytes);
}

int msync(void* address, size_t bytes, int flags) {
    struct mapping* mapping = mapping_at(address);
    if (mapping == NULL) {
        return (int)syscall(SYS_msync, address, bytes, flags);
    }
    const int verdict = shim_verdict("sync", "msync");
    if ((flags & MS_SYNC) != 0) {
        shim_shadow_changed(mapping->file);
        shim_shadow_synced(mapping->file, verdict != SHIM_PASS);
    }
    return verdict == SHIM_PASS ? 0 : shim_refuse(verdict);
}
