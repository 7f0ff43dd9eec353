/* A disk that can be made to fail: preloaded into a program under test (LD_PRELOAD), it stands between the program and the kernel for the
 * files under one folder. Two things, together or apart:
 *
 * 1. Faults, by rules that a test writes into a control file while the program runs (disk_shim_rules.c).
 * 2. Power cuts: beside the folder it keeps a shadow, which holds only what was fsynced (disk_shim_shadow.c). kill -9 the program, and the
 *    shadow is the disk as a power cut would have left it.
 *
 *   VIGIE_SHIM_PREFIX   the folder, absolute; without it nothing is done
 *   VIGIE_SHIM_CONTROL  the control file, made if it lacks
 *   VIGIE_SHIM_SHADOW   the shadow's folder, emptied at start; the disk after a cut is SHADOW/tree. What is in PREFIX at start counts as durable
 *   VIGIE_SHIM_KEEP     "SEED PERCENT": that share of what was not fsynced reaches the shadow all the same, page by page
 *   VIGIE_SHIM_JOURNAL  1: any fsync makes all earlier creations, renames and removals durable, as ext4's journal does. Otherwise only
 *                       the fsync of their folder does, as POSIX says
 *   VIGIE_SHIM_QUICK    any value: without a shadow too, an fsync is not passed on to the disk
 *
 * Only libc's functions are stood in for: what libc does within itself (stdio) and io_uring pass by. */
#ifndef VIGIE_DISK_SHIM_H
#define VIGIE_DISK_SHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { SHIM_PATH_MAX = 4096 };

/* Rules. */
enum shim_fault { SHIM_PASS = 0, SHIM_SHORT = -1 }; /* else an errno */
void shim_rules_start(const char* control_path);
/* What is to happen to this call: SHIM_PASS, SHIM_SHORT or an errno. `group` and `name` as rules word them. */
int shim_verdict(const char* group, const char* name);
/* -1, with errno set. */
int shim_refuse(int verdict);

/* Paths. */
extern char shim_prefix[SHIM_PATH_MAX];
/* True when the path (relative ones from `directory`, as for openat) lies under the prefix; `absolute` gets it. */
bool shim_path_is_watched(int directory, const char* path, char absolute[SHIM_PATH_MAX]);
/* True when the file behind the descriptor does; `path` gets where it lies now. */
bool shim_file_is_watched(int file, char path[SHIM_PATH_MAX]);

/* The shadow. All do nothing without one. */
void shim_shadow_start(const char* folder, const char* keep, bool journal);
bool shim_has_shadow(void);
void shim_shadow_wrote(int file, off_t offset, size_t bytes);
void shim_shadow_truncated(int file, off_t size);
/* All of the file may have changed: it is mapped, or written in ways that are not followed. */
void shim_shadow_changed(int file);
/* `lost`: the fsync fails, and what was to be written never will be, as in Linux. */
void shim_shadow_synced(int file, bool lost);
/* A name in the folder of this path changed. */
void shim_shadow_renamed(const char* path);

#endif
