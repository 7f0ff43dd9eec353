/* The control file holds lines; each is a rule:
 *
 *   KIND FAULT FROM UNTIL [EVERY]
 *
 * KIND: a call's name (pwrite, fdatasync, openat...), a group (open read write sync rename unlink truncate allocate mkdir), or "any";
 * several are joined by "+". FAULT: EIO, ENOSPC, EDQUOT, EROFS or short (half is written or read; for other calls EIO). The calls that a rule
 * matches are counted from 1 since the file was last changed; from FROM to UNTIL (0: for ever) they fail, or every EVERY-th of them.
 * An empty file: no faults. The text is at most 1023 bytes and ends with a zero byte.
 *
 * At byte 2048 the shim counts, as 8-byte numbers: calls matched, faults injected, since the text last changed. The file is mapped, so that
 * a change is seen at the next call, without asking the disk. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "disk_shim.h"

enum { TEXT_BYTES = 1024, COUNTS_AT = 2048, FILE_BYTES = 4096, RULES_MAX = 8, KIND_BYTES = 128 };

struct rule {
    char kind[KIND_BYTES];
    int fault;
    uint64_t from, until, every;
    uint64_t seen;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static volatile char* control;
static char text_now[TEXT_BYTES];
static struct rule rules[RULES_MAX];
static int rule_count;

void shim_rules_start(const char* control_path) {
    int file = (int)syscall(SYS_openat, AT_FDCWD, control_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0 || syscall(SYS_ftruncate, file, (off_t)FILE_BYTES) != 0) {
        fprintf(stderr, "disk_shim: %s: %s\n", control_path, strerror(errno));
        _exit(97);
    }
    void* mapped = (void*)syscall(SYS_mmap, NULL, (size_t)FILE_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, file, (off_t)0);
    syscall(SYS_close, file);
    if (mapped == MAP_FAILED) {
        _exit(97);
    }
    control = mapped;
}

static int fault_of(const char* word) {
    static const struct {
        const char* word;
        int fault;
    } known[] = {{"EIO", EIO}, {"ENOSPC", ENOSPC}, {"EDQUOT", EDQUOT}, {"EROFS", EROFS}, {"short", SHIM_SHORT}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; ++i) {
        if (strcmp(word, known[i].word) == 0) {
            return known[i].fault;
        }
    }
    fprintf(stderr, "disk_shim: unknown fault %s\n", word);
    _exit(97);
}

/* The mapped text may change while it is copied: a copy that differs from the next one is not yet whole. */
static void copy_text(char to[TEXT_BYTES]) {
    char again[TEXT_BYTES];
    do {
        for (int i = 0; i < TEXT_BYTES; ++i) {
            to[i] = control[i];
        }
        for (int i = 0; i < TEXT_BYTES; ++i) {
            again[i] = control[i];
        }
    } while (memcmp(to, again, TEXT_BYTES) != 0);
    to[TEXT_BYTES - 1] = '\0';
}

static void read_rules(void) {
    rule_count = 0;
    char copy[TEXT_BYTES];
    memcpy(copy, text_now, TEXT_BYTES);
    char* rest = copy;
    for (char* line; rule_count < RULES_MAX && (line = strsep(&rest, "\n")) != NULL;) {
        struct rule rule = {.every = 1};
        char fault[16] = "";
        unsigned long from = 0, until = 0, every = 1;
        if (sscanf(line, "%127s %15s %lu %lu %lu", rule.kind, fault, &from, &until, &every) >= 4) {
            rule.fault = fault_of(fault);
            rule.from = from;
            rule.until = until == 0 ? UINT64_MAX : until;
            rule.every = every == 0 ? 1 : every;
            rules[rule_count++] = rule;
        }
    }
    memset((void*)(control + COUNTS_AT), 0, 16);
}

/* Is `word` one of the words of `kinds`, which are joined by '+'? */
static bool names(const char* kinds, const char* word) {
    const size_t length = strlen(word);
    for (const char* at = kinds; at != NULL; at = strchr(at, '+')) {
        at += *at == '+';
        if (strncmp(at, word, length) == 0 && (at[length] == '+' || at[length] == '\0')) {
            return true;
        }
    }
    return false;
}

int shim_verdict(const char* group, const char* name) {
    if (control == NULL) {
        return SHIM_PASS;
    }
    pthread_mutex_lock(&mutex);
    char text[TEXT_BYTES];
    copy_text(text);
    if (strcmp(text, text_now) != 0) {
        memcpy(text_now, text, TEXT_BYTES);
        read_rules();
    }
    volatile uint64_t* counts = (volatile uint64_t*)(control + COUNTS_AT);
    int verdict = SHIM_PASS;
    for (int i = 0; i < rule_count; ++i) {
        struct rule* rule = &rules[i];
        if (!names(rule->kind, "any") && !names(rule->kind, group) && !names(rule->kind, name)) {
            continue;
        }
        ++rule->seen;
        ++counts[0];
        if (verdict == SHIM_PASS && rule->seen >= rule->from && rule->seen <= rule->until && (rule->seen - rule->from) % rule->every == 0) {
            verdict = rule->fault;
            ++counts[1];
        }
    }
    pthread_mutex_unlock(&mutex);
    return verdict;
}
