/* The shadow: what the disk holds after a power cut.
 *
 *   SHADOW/inodes/KEY   the durable bytes of a file, whatever it is called (KEY: its inode, the inode's generation, and when it was born)
 *   SHADOW/tree/...     the durable names: folders, and hard links to the files above
 *   SHADOW/ready        made when the program begins: before, the disk is as it was
 *
 * fsync of a file copies what was written since the last one, its truncations and its size. fsync of a folder gives the tree the names that
 * the folder now has: a file whose bytes were never fsynced is there, and empty. A renaming within one folder is one rename here too. What
 * kill -9 interrupts half-way here is an fsync that had not returned: nothing was promised. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "disk_shim_shadow.h"

enum { BUCKETS = 4096, PAGE = 4096, DIRTY_FOLDERS_MAX = 64, COPY_BYTES = 1 << 16 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
char shim_shadow[SHIM_PATH_MAX / 2];
static struct node* nodes[BUCKETS];
static bool has_journal;
static int keep_percent;
static uint64_t keep_state;
static char dirty_folders[DIRTY_FOLDERS_MAX][SHIM_PATH_MAX];
static int dirty_folder_count;

bool shim_has_shadow(void) { return shim_shadow[0] != '\0'; }

_Noreturn void shim_die(const char* what, const char* path) {
    fprintf(stderr, "disk_shim: %s %s: %s\n", what, path, strerror(errno));
    _exit(97);
}

/* The program's own files are read by bare calls: they must not count as its calls. */
static int bare_open(const char* path, int flags) { return (int)syscall(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC, 0600); }

static bool chance(void) {
    keep_state = keep_state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (int)((keep_state >> 33) % 100) < keep_percent;
}

/* A number of inode is given again within the same tick of the clock: its generation, where the file system has one, tells the two apart. */
static unsigned generation_of(int directory, const char* path, int flags) {
    unsigned generation = 0;
    const int file = (flags & AT_EMPTY_PATH) != 0 ? directory : bare_open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
    const int error = errno;
    if (file >= 0 && syscall(SYS_ioctl, file, FS_IOC_GETVERSION, &generation) != 0) {
        generation = 0;
    }
    if (file >= 0 && (flags & AT_EMPTY_PATH) == 0) {
        syscall(SYS_close, file);
    }
    errno = error;
    return generation;
}

bool shim_key_of(int directory, const char* path, int flags, char key[KEY_BYTES], mode_t* mode) {
    struct statx about;
    if (syscall(SYS_statx, directory, path, flags, STATX_BASIC_STATS | STATX_BTIME, &about) != 0) {
        return false;
    }
    *mode = about.stx_mode;
    const bool is_plain = S_ISREG(about.stx_mode) || S_ISDIR(about.stx_mode);
    snprintf(key, KEY_BYTES, "%llu-%u-%lld-%u", (unsigned long long)about.stx_ino, is_plain ? generation_of(directory, path, flags) : 0,
             (long long)about.stx_btime.tv_sec, about.stx_btime.tv_nsec);
    return true;
}

struct node* shim_node_of(const char* key) {
    uint64_t hash = 1469598103934665603ULL;
    for (const char* c = key; *c != '\0'; ++c) {
        hash = (hash ^ (unsigned char)*c) * 1099511628211ULL;
    }
    struct node** at = &nodes[hash % BUCKETS];
    for (; *at != NULL; at = &(*at)->next) {
        if (strcmp((*at)->key, key) == 0) {
            return *at;
        }
    }
    *at = calloc(1, sizeof **at);
    if (*at == NULL) {
        shim_die("memory", key);
    }
    snprintf((*at)->key, KEY_BYTES, "%s", key);
    (*at)->cut_to = -1;
    return *at;
}

int shim_open_inode(const char* key) {
    char path[SHIM_PATH_MAX];
    snprintf(path, sizeof path, "%s/inodes/%s", shim_shadow, key);
    const int file = bare_open(path, O_RDWR | O_CREAT);
    if (file < 0) {
        shim_die("open", path);
    }
    return file;
}

static void copy_range(int from, int to, off_t begin, off_t end) {
    char buffer[COPY_BYTES];
    while (begin < end) {
        const size_t want = (size_t)(end - begin) < sizeof buffer ? (size_t)(end - begin) : sizeof buffer;
        const ssize_t got = syscall(SYS_pread64, from, buffer, want, begin);
        if (got <= 0) {
            return; /* beyond its end by now */
        }
        if (syscall(SYS_pwrite64, to, buffer, (size_t)got, begin) != got) {
            shim_die("write", "shadow");
        }
        begin += got;
    }
}

static void apply_cut(struct node* node, int to) {
    struct stat about;
    if (node->cut_to >= 0 && fstat(to, &about) == 0 && about.st_size > node->cut_to) {
        if (syscall(SYS_ftruncate, to, node->cut_to) != 0) {
            shim_die("truncate", node->key);
        }
    }
    node->cut_to = -1;
}

/* A descriptor of the same file that can be read; the caller closes it. */
static int readable(int file) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    return bare_open(link, O_RDONLY);
}

/* ---------------------------------------------------------------- files */

static struct node* regular_node(int file) {
    char key[KEY_BYTES];
    mode_t mode = 0;
    return shim_key_of(file, "", AT_EMPTY_PATH, key, &mode) && S_ISREG(mode) ? shim_node_of(key) : NULL;
}

static void add_range(struct node* node, off_t begin, off_t end) {
    if (node->ranges == NULL && (node->ranges = calloc(RANGES_MAX, sizeof *node->ranges)) == NULL) {
        shim_die("memory", node->key);
    }
    if (node->range_count > 0 && node->ranges[node->range_count - 1].end == begin) {
        node->ranges[node->range_count - 1].end = end;
    } else if (node->range_count < RANGES_MAX) {
        node->ranges[node->range_count++] = (struct range){begin, end};
    } else { /* one that covers two: too much is copied, never too little */
        struct range* last = &node->ranges[RANGES_MAX - 1];
        last->begin = begin < last->begin ? begin : last->begin;
        last->end = end > last->end ? end : last->end;
    }
}

/* The kernel writes back what nobody asked for, in its own order. */
static void keep_some(struct node* node, int file, off_t begin, off_t end) {
    const int from = readable(file);
    const int to = from < 0 ? -1 : shim_open_inode(node->key);
    while (to >= 0 && begin < end) {
        const off_t page_end = (begin / PAGE + 1) * PAGE < end ? (begin / PAGE + 1) * PAGE : end;
        if (chance()) {
            apply_cut(node, to);
            copy_range(from, to, begin, page_end);
        }
        begin = page_end;
    }
    if (to >= 0) {
        syscall(SYS_close, to);
        syscall(SYS_close, from);
    }
}

void shim_shadow_wrote(int file, off_t offset, size_t bytes) {
    pthread_mutex_lock(&mutex);
    struct node* node = regular_node(file);
    if (node != NULL) {
        node->is_followed = true;
        add_range(node, offset, offset + (off_t)bytes);
        if (keep_percent > 0) {
            keep_some(node, file, offset, offset + (off_t)bytes);
        }
    }
    pthread_mutex_unlock(&mutex);
}

void shim_shadow_truncated(int file, off_t size) {
    if (!shim_has_shadow()) {
        return;
    }
    pthread_mutex_lock(&mutex);
    struct node* node = regular_node(file);
    if (node != NULL) {
        node->cut_to = node->cut_to < 0 || size < node->cut_to ? size : node->cut_to;
    }
    pthread_mutex_unlock(&mutex);
}

void shim_shadow_changed(int file) {
    pthread_mutex_lock(&mutex);
    struct node* node = regular_node(file);
    if (node != NULL) {
        node->is_whole = true;
    }
    pthread_mutex_unlock(&mutex);
}

static void sync_regular(struct node* node, int file, bool lost) {
    if (!lost) {
        struct stat about;
        const int from = readable(file);
        if (from < 0 || fstat(from, &about) != 0) {
            shim_die("read", node->key);
        }
        const int to = shim_open_inode(node->key);
        apply_cut(node, to);
        if (node->is_whole || !node->is_followed) {
            copy_range(from, to, 0, about.st_size);
        }
        for (int i = 0; i < node->range_count; ++i) {
            copy_range(from, to, node->ranges[i].begin, node->ranges[i].end);
        }
        /* The size last: a file never grows over bytes that are not there yet (ext4's data=ordered; VIGIE_SHIM_KEEP is the harsher disk). */
        if (syscall(SYS_ftruncate, to, about.st_size) != 0) {
            shim_die("truncate", node->key);
        }
        syscall(SYS_close, from);
        syscall(SYS_close, to);
    } else {
        node->is_followed = true; /* what was not followed is lost with the rest */
    }
    node->range_count = 0;
    /* A file that is mapped stays as it is: every fsync takes all of it. */
}

static void sync_dirty_folders(void) {
    for (int i = 0; i < dirty_folder_count; ++i) {
        shim_sync_folder(dirty_folders[i]);
    }
    dirty_folder_count = 0;
}

void shim_shadow_renamed(const char* path) {
    char folder[SHIM_PATH_MAX];
    snprintf(folder, sizeof folder, "%s", path);
    char* const slash = strrchr(folder, '/');
    if (!shim_has_shadow() || slash == NULL || (size_t)(slash - folder) < strlen(shim_prefix)) {
        return;
    }
    *slash = '\0';
    pthread_mutex_lock(&mutex);
    bool is_known = false;
    for (int i = 0; i < dirty_folder_count; ++i) {
        is_known = is_known || strcmp(dirty_folders[i], folder) == 0;
    }
    if (has_journal && !is_known) {
        if (dirty_folder_count == DIRTY_FOLDERS_MAX) {
            sync_dirty_folders();
        }
        snprintf(dirty_folders[dirty_folder_count++], SHIM_PATH_MAX, "%s", folder);
    }
    if (keep_percent > 0 && chance()) {
        shim_sync_folder(folder);
    }
    pthread_mutex_unlock(&mutex);
}

void shim_shadow_synced(int file, bool lost) {
    char key[KEY_BYTES], path[SHIM_PATH_MAX];
    mode_t mode = 0;
    if (!shim_has_shadow()) {
        return;
    }
    const int error = errno;
    pthread_mutex_lock(&mutex);
    if (shim_key_of(file, "", AT_EMPTY_PATH, key, &mode)) {
        if (S_ISREG(mode)) {
            sync_regular(shim_node_of(key), file, lost);
        } else if (S_ISDIR(mode) && !lost && shim_file_is_watched(file, path)) {
            shim_sync_folder(path);
        }
        if (has_journal && !lost) {
            sync_dirty_folders();
        }
    }
    pthread_mutex_unlock(&mutex);
    errno = error;
}

/* ---------------------------------------------------------------- start */

/* What is there at the start has been on disk for long. */
static void take_tree(const char* real) {
    DIR* folder = opendir(real);
    for (struct dirent* entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        char path[SHIM_PATH_MAX], key[KEY_BYTES];
        mode_t mode = 0;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
            snprintf(path, sizeof path, "%s/%s", real, entry->d_name) >= (int)sizeof path ||
            !shim_key_of(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, key, &mode)) {
            continue;
        }
        if (S_ISDIR(mode)) {
            shim_node_of(key)->is_synced_folder = true;
            take_tree(path);
        } else if (S_ISREG(mode)) {
            struct stat about;
            const int from = bare_open(path, O_RDONLY);
            const int to = shim_open_inode(key);
            if (from >= 0 && fstat(from, &about) == 0) {
                copy_range(from, to, 0, about.st_size);
                shim_node_of(key)->is_followed = true;
            }
            syscall(SYS_close, from);
            syscall(SYS_close, to);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
}

void shim_shadow_start(const char* folder, const char* keep, bool journal) {
    char path[SHIM_PATH_MAX];
    unsigned long seed = 0;
    snprintf(shim_shadow, sizeof shim_shadow, "%s", folder);
    if (keep != NULL && sscanf(keep, "%lu %d", &seed, &keep_percent) == 2) {
        keep_state = seed * 2654435761U + 1;
    }
    has_journal = journal;
    shim_remove_tree(shim_shadow);
    syscall(SYS_mkdirat, AT_FDCWD, shim_shadow, 0700);
    snprintf(path, sizeof path, "%s/inodes", shim_shadow);
    syscall(SYS_mkdirat, AT_FDCWD, path, 0700);
    snprintf(path, sizeof path, "%s/tree", shim_shadow);
    if (syscall(SYS_mkdirat, AT_FDCWD, path, 0700) != 0) {
        shim_die("make", path);
    }
    take_tree(shim_prefix);
    shim_sync_folder(shim_prefix);
    snprintf(path, sizeof path, "%s/ready", shim_shadow);
    syscall(SYS_close, bare_open(path, O_RDWR | O_CREAT));
}
