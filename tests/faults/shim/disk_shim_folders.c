/* The durable names of the shadow. */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "disk_shim_shadow.h"

static void tree_path_of(const char* path, char out[SHIM_PATH_MAX]) {
    if (snprintf(out, SHIM_PATH_MAX, "%s/tree%s", shim_shadow, path + strlen(shim_prefix)) >= SHIM_PATH_MAX) {
        shim_die("too long", path);
    }
}

void shim_remove_tree(const char* path) {
    DIR* folder = opendir(path);
    if (folder != NULL) {
        for (struct dirent* entry; (entry = readdir(folder)) != NULL;) {
            char inner[SHIM_PATH_MAX];
            if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
                snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name) < (int)sizeof inner) {
                shim_remove_tree(inner);
            }
        }
        closedir(folder);
        syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR);
    } else {
        syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    }
}

/* The name in the tree's folder of a file that the real folder has no more under that name, or an empty text. */
static void find_old_name(const char* tree, const char* real, ino_t inode, char name[NAME_MAX + 1]) {
    name[0] = '\0';
    DIR* folder = opendir(tree);
    for (struct dirent* entry; folder != NULL && name[0] == '\0' && (entry = readdir(folder)) != NULL;) {
        char path[SHIM_PATH_MAX];
        struct stat about;
        if (entry->d_ino == inode && snprintf(path, sizeof path, "%s/%s", real, entry->d_name) < (int)sizeof path && lstat(path, &about) != 0) {
            snprintf(name, NAME_MAX + 1, "%s", entry->d_name);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
}

static void name_file(const char* tree, const char* real, const char* name, const char* key) {
    char inode_path[SHIM_PATH_MAX], target[SHIM_PATH_MAX * 2], draft[SHIM_PATH_MAX + 16], old[NAME_MAX + 1];
    struct stat wanted, there;
    syscall(SYS_close, shim_open_inode(key));
    snprintf(inode_path, sizeof inode_path, "%s/inodes/%s", shim_shadow, key);
    snprintf(target, sizeof target, "%s/%s", tree, name);
    if (stat(inode_path, &wanted) != 0 || (lstat(target, &there) == 0 && there.st_ino == wanted.st_ino)) {
        return;
    }
    find_old_name(tree, real, wanted.st_ino, old);
    if (old[0] != '\0') {
        snprintf(draft, sizeof draft, "%s/%s", tree, old);
    } else {
        snprintf(draft, sizeof draft, "%s/inodes/draft", shim_shadow);
        syscall(SYS_unlinkat, AT_FDCWD, draft, 0);
        syscall(SYS_linkat, AT_FDCWD, inode_path, AT_FDCWD, draft, 0);
    }
    if (syscall(SYS_renameat2, AT_FDCWD, draft, AT_FDCWD, target, 0) != 0) {
        shim_die("rename", target);
    }
}

static void name_folder(const char* tree, const char* real, const char* name, struct node* node) {
    char target[SHIM_PATH_MAX], inner[SHIM_PATH_MAX];
    struct stat about;
    if (snprintf(target, sizeof target, "%s/%s", tree, name) >= (int)sizeof target || snprintf(inner, sizeof inner, "%s/%s", real, name) >= (int)sizeof inner) {
        shim_die("too long", name);
    }
    if (lstat(target, &about) == 0 && strcmp(node->tree_path, target) == 0) {
        return;
    }
    shim_remove_tree(target);
    if (node->tree_path[0] == '\0' || syscall(SYS_renameat2, AT_FDCWD, node->tree_path, AT_FDCWD, target, 0) != 0) {
        syscall(SYS_mkdirat, AT_FDCWD, target, 0700);
    }
    snprintf(node->tree_path, sizeof node->tree_path, "%s", target);
    if (node->is_synced_folder) {
        shim_sync_folder(inner);
    }
}

void shim_sync_folder(const char* real) {
    char tree[SHIM_PATH_MAX], key[KEY_BYTES];
    struct stat about;
    mode_t mode = 0;
    tree_path_of(real, tree);
    if (shim_key_of(AT_FDCWD, real, 0, key, &mode)) {
        shim_node_of(key)->is_synced_folder = true;
    }
    if (stat(tree, &about) != 0) {
        return; /* its own name is not durable: it is looked at again when that is */
    }
    DIR* folder = opendir(real);
    for (struct dirent* entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        char path[SHIM_PATH_MAX];
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
            snprintf(path, sizeof path, "%s/%s", real, entry->d_name) >= (int)sizeof path ||
            !shim_key_of(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, key, &mode)) {
            continue;
        }
        if (S_ISREG(mode)) {
            name_file(tree, real, entry->d_name, key);
        } else if (S_ISDIR(mode)) {
            name_folder(tree, real, entry->d_name, shim_node_of(key));
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    folder = opendir(tree);
    for (struct dirent* entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
        char path[SHIM_PATH_MAX], gone[SHIM_PATH_MAX];
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            snprintf(path, sizeof path, "%s/%s", real, entry->d_name) < (int)sizeof path && lstat(path, &about) != 0 &&
            snprintf(gone, sizeof gone, "%s/%s", tree, entry->d_name) < (int)sizeof gone) {
            shim_remove_tree(gone);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
}

