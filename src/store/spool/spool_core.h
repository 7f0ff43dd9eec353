// What the parts of the inbox share. Private to store/spool: opening (spool_opening), writing (spool_writing), reading (spool_reading),
// releasing (spool_releasing).
//
// Three locks, always taken in this order: `cursor_mutex` (one change of the cursor file or removal of segments at a time), `read_mutex`
// (one walk of the files at a time), `mutex` (the state in memory, never held over a call to the disk).
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "store/data_folder_files.h"
#include "store/spool/spool.h"
#include "store/spool/spool_appender.h"
#include "store/spool/spool_cursor.h"
#include "store/spool/spool_walk.h"

namespace vigie {

/// A segment's file: messages [first, end), of which the next segment's first number, or what is durable, is the end.
struct SpoolSegment {
    std::uint64_t first = 0;
    std::uint64_t end = 0;
    std::uint64_t bytes = 0;  ///< of the file that count: what is durable
    std::string path;
    bool damaged = false;     ///< is kept aside when it has been drained
    [[nodiscard]] bool is_empty() const { return first == end; }
};

struct Spool::Core {
    Core(std::string directory_path, SpoolKey key, SpoolLimits given, files::Lock taken)
        : directory(std::move(directory_path)), master(std::move(key)), limits(given), lock(std::move(taken)) {}

    struct Waiting {
        SpoolMessage message;
        SpoolClass spool_class = SpoolClass::ordinary;
        Done done;
        std::uint64_t cost = 0;  ///< bytes it takes on disk at most
    };
    /// Where the last read ended: the next one most likely begins there.
    struct Place {
        std::uint64_t segment = 0;  ///< first number of the segment, 0: nowhere
        std::uint64_t offset = 0;
        std::uint64_t expected = 0;
    };
    /// The file that was last read, and what opens it.
    struct OpenSegment {
        std::uint64_t first = 0;
        std::unique_ptr<spool::SegmentFile> file;
        spool::SegmentCipher cipher;
    };

    // spool_opening.cpp
    [[nodiscard]] Status load();
    [[nodiscard]] Result<std::optional<spool::Cursor>> load_cursor();
    [[nodiscard]] Status load_segments(const std::vector<std::string>& names, std::vector<bool>& readable);
    [[nodiscard]] Status find_end(SpoolSegment& last, bool is_readable, std::uint64_t known_durable);
    [[nodiscard]] Status settle_tail(SpoolSegment& last, std::uint64_t good_bytes);

    // spool_writing.cpp
    void run();
    [[nodiscard]] std::vector<Waiting> take_group();
    void write_group(std::vector<Waiting>& group);
    [[nodiscard]] Status commit(const std::vector<Waiting>& group);
    [[nodiscard]] Status begin_segment();
    void keep_house();

    // spool_reading.cpp
    [[nodiscard]] Status read_from(std::uint64_t next, std::uint64_t through, std::size_t bytes_max, std::vector<SpooledMessage>& out);
    [[nodiscard]] Result<bool> read_segment(const SpoolSegment& segment, std::uint64_t next, std::size_t bytes_max, std::vector<SpooledMessage>& out);
    [[nodiscard]] Status open_for_reading(const SpoolSegment& segment);

    // spool_releasing.cpp
    [[nodiscard]] Status release(std::uint64_t through);
    [[nodiscard]] Status write_cursor(std::uint64_t through);
    [[nodiscard]] Status remove_drained();
    [[nodiscard]] Status remove_segment(const SpoolSegment& segment);

    /// `mutex` held.
    void note_error(std::string text) { stats.last_error = std::move(text); }
    void note_loss(std::uint64_t first, std::uint64_t last);
    [[nodiscard]] std::uint64_t past_losses(std::uint64_t through) const;

    const std::string directory;
    const SpoolKey master;
    const SpoolLimits limits;
    const files::Lock lock;

    std::mutex cursor_mutex;
    spool::Cursor cursor;                // as it lies on disk; cursor_mutex
    std::vector<SpoolSegment> condemned;  // drained, still on disk; cursor_mutex

    std::mutex read_mutex;
    Place place;                          // read_mutex
    std::optional<OpenSegment> open_segment;  // read_mutex
    int failed_reads = 0;                 // read_mutex

    mutable std::mutex mutex;
    std::condition_variable work;
    std::condition_variable arrived;
    std::deque<Waiting> queue;
    std::uint64_t pending_bytes = 0;
    std::deque<SpoolSegment> segments;    // ascending, without holes: each one's end is the next one's first
    std::uint64_t segment_disk_bytes = 0;  // of segments and condemned
    std::uint64_t last_number = 0;        // durable
    std::uint64_t released = 0;
    bool is_woken = false;
    bool is_stopping = false;
    std::vector<SpoolLoss> losses;        // ascending, disjoint; at most spool_losses_max
    SpoolStats stats;                     // only its counters and last_error; the rest is filled in by stats()

    std::unique_ptr<spool::SegmentAppender> active;  // the writer's own
    std::thread writer;
};

}  // namespace vigie
