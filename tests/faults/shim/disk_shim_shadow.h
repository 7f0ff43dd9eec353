/* What the two halves of the shadow share: files (disk_shim_shadow.c) and folders (disk_shim_folders.c). */
#ifndef VIGIE_DISK_SHIM_SHADOW_H
#define VIGIE_DISK_SHIM_SHADOW_H

#include "disk_shim.h"

enum { KEY_BYTES = 64, RANGES_MAX = 512 };

struct range {
    off_t begin, end;
};

/* What is known of a file or a folder since the start. */
struct node {
    char key[KEY_BYTES];
    struct node* next;
    struct range* ranges; /* written, not fsynced */
    int range_count;
    bool is_followed;      /* a write of it was seen: ranges say all */
    bool is_whole;         /* may have changed anywhere */
    bool is_synced_folder; /* fsynced at least once */
    off_t cut_to;          /* the least size since the last fsync; -1: none */
    char tree_path[SHIM_PATH_MAX]; /* of a folder, once durable */
};

extern char shim_shadow[SHIM_PATH_MAX / 2];

/* All with the shadow's lock held. */
_Noreturn void shim_die(const char* what, const char* path);
bool shim_key_of(int directory, const char* path, int flags, char key[KEY_BYTES], mode_t* mode);
struct node* shim_node_of(const char* key);
/* The file of durable bytes, made if it lacks; the caller closes it. */
int shim_open_inode(const char* key);
void shim_remove_tree(const char* path);
/* Gives the tree the names that the folder at `real` has now. */
void shim_sync_folder(const char* real);

#endif
