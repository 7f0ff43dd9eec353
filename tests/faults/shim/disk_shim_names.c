/* The functions of libc that change a file's size or its name. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "disk_shim.h"

/* ---------------------------------------------------------------- size */

static int truncate_file(int file, off_t size, const char* name) {
    char path[SHIM_PATH_MAX];
    const bool watched = shim_file_is_watched(file, path);
    const int verdict = watched ? shim_verdict("truncate", name) : SHIM_PASS;
    if (verdict != SHIM_PASS) {
        return shim_refuse(verdict);
    }
    const int done = (int)syscall(SYS_ftruncate, file, size);
    if (watched && done == 0) {
        shim_shadow_truncated(file, size);
    }
    return done;
}
int ftruncate(int file, off_t size) { return truncate_file(file, size, "ftruncate"); }
int ftruncate64(int file, off64_t size) { return truncate_file(file, size, "ftruncate"); }

static int truncate_path(const char* path, off_t size) {
    const int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CLOEXEC);
    if (file < 0) {
        return -1;
    }
    const int done = truncate_file(file, size, "truncate");
    const int error = errno;
    syscall(SYS_close, file);
    errno = error;
    return done;
}
int truncate(const char* path, off_t size) { return truncate_path(path, size); }
int truncate64(const char* path, off64_t size) { return truncate_path(path, size); }

static int allocate(int file, int mode, off_t at, off_t bytes, const char* name) {
    char path[SHIM_PATH_MAX];
    const bool watched = shim_file_is_watched(file, path);
    const int verdict = watched ? shim_verdict("allocate", name) : SHIM_PASS;
    if (verdict != SHIM_PASS) {
        return shim_refuse(verdict);
    }
    const int done = (int)syscall(SYS_fallocate, file, mode, at, bytes);
    if (watched && done == 0 && mode != 0 && shim_has_shadow()) {
        shim_shadow_changed(file);
    }
    return done;
}
int fallocate(int file, int mode, off_t at, off_t bytes) { return allocate(file, mode, at, bytes, "fallocate"); }
int fallocate64(int file, int mode, off64_t at, off64_t bytes) { return allocate(file, mode, at, bytes, "fallocate"); }
static int allocate_posix(int file, off_t at, off_t bytes) {
    const int before = errno;
    const int done = allocate(file, 0, at, bytes, "posix_fallocate");
    const int error = errno;
    errno = before;
    return done == 0 ? 0 : error;
}
int posix_fallocate(int file, off_t at, off_t bytes) { return allocate_posix(file, at, bytes); }
int posix_fallocate64(int file, off64_t at, off64_t bytes) { return allocate_posix(file, at, bytes); }

/* ---------------------------------------------------------------- names */

static int verdict_on_path(int directory, const char* at, const char* group, const char* name) {
    char path[SHIM_PATH_MAX];
    return shim_path_is_watched(directory, at, path) ? shim_verdict(group, name) : SHIM_PASS;
}

static void name_changed(int directory, const char* path) {
    char absolute[SHIM_PATH_MAX];
    if (shim_has_shadow() && shim_path_is_watched(directory, path, absolute)) {
        const int error = errno;
        shim_shadow_renamed(absolute);
        errno = error;
    }
}

static int rename_at(int from_directory, const char* from, int to_directory, const char* to, unsigned flags) {
    const int verdict = verdict_on_path(to_directory, to, "rename", "rename");
    if (verdict != SHIM_PASS) {
        return shim_refuse(verdict);
    }
    const int done = (int)syscall(SYS_renameat2, from_directory, from, to_directory, to, flags);
    if (done == 0) {
        name_changed(to_directory, to);
        name_changed(from_directory, from);
    }
    return done;
}
int rename(const char* from, const char* to) { return rename_at(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int from_directory, const char* from, int to_directory, const char* to) { return rename_at(from_directory, from, to_directory, to, 0); }
int renameat2(int from_directory, const char* from, int to_directory, const char* to, unsigned flags) {
    return rename_at(from_directory, from, to_directory, to, flags);
}

static int unlink_at(int directory, const char* path, int flags, const char* name) {
    const int verdict = verdict_on_path(directory, path, "unlink", name);
    if (verdict != SHIM_PASS) {
        return shim_refuse(verdict);
    }
    const int done = (int)syscall(SYS_unlinkat, directory, path, flags);
    if (done == 0) {
        name_changed(directory, path);
    }
    return done;
}
int unlink(const char* path) { return unlink_at(AT_FDCWD, path, 0, "unlink"); }
int unlinkat(int directory, const char* path, int flags) { return unlink_at(directory, path, flags, "unlinkat"); }
int rmdir(const char* path) { return unlink_at(AT_FDCWD, path, AT_REMOVEDIR, "rmdir"); }
int remove(const char* path) {
    const int done = unlink_at(AT_FDCWD, path, 0, "unlink");
    return done != 0 && errno == EISDIR ? unlink_at(AT_FDCWD, path, AT_REMOVEDIR, "rmdir") : done;
}

int mkdirat(int directory, const char* path, mode_t mode) {
    const int verdict = verdict_on_path(directory, path, "mkdir", "mkdir");
    if (verdict != SHIM_PASS) {
        return shim_refuse(verdict);
    }
    const int done = (int)syscall(SYS_mkdirat, directory, path, mode);
    if (done == 0) {
        name_changed(directory, path);
    }
    return done;
}
int mkdir(const char* path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

int linkat(int from_directory, const char* from, int to_directory, const char* to, int flags) {
    const int verdict = verdict_on_path(to_directory, to, "rename", "link");
    if (verdict != SHIM_PASS) {
        return shim_refuse(verdict);
    }
    const int done = (int)syscall(SYS_linkat, from_directory, from, to_directory, to, flags);
    if (done == 0) {
        name_changed(to_directory, to);
    }
    return done;
}
int link(const char* from, const char* to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }
