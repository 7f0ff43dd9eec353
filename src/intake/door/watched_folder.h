// Files dropped into a folder: DROP/<folder of the manifest>/*.csv. A file is put into the inbox whole, and removed once the disk has
// it there; a crash between the two puts it twice, and its facts are then known by their numbers.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/spool/spool.h"

namespace vigie::intake {

/// What is dropped where.
struct WatchedSource {
    std::string key;
    std::string folder;
    std::string format;  ///< "json", "csv", "geojson"
    SpoolClass spool_class = SpoolClass::ordinary;
};

/// Files taken in one look, so that a folder of thousands does not keep the thread.
inline constexpr std::size_t files_a_look = 64;

class WatchedFolder {
  public:
    /// drop: the folder above the sources'. max_bytes: of one file, what the inbox takes.
    WatchedFolder(std::string drop, std::size_t max_bytes) : drop_(std::move(drop)), max_bytes_(max_bytes) {}

    /// Looks once. A file counts as complete when it has kept its size and date since the look before, or was renamed into place (its
    /// date is older than the look before). Names that begin with a dot or end in .tmp or .part are being written. A file too large
    /// goes to « refuses », beside. Faults of one file are reported in `faults` (French) and the others go in.
    /// Errors: unavailable when the inbox is full or the disk fails: nothing is lost, look again later.
    [[nodiscard]] Result<std::uint64_t> look(const std::vector<WatchedSource>& sources, Spool& spool, Instant now,
                                             std::vector<std::string>& faults);

  private:
    struct Seen {
        std::uint64_t bytes = 0;
        std::int64_t changed_ns = 0;
        std::uint64_t look = 0;
    };
    [[nodiscard]] Result<bool> take(const WatchedSource& source, const std::string& path, Spool& spool, Instant now);

    std::string drop_;
    std::size_t max_bytes_;
    std::map<std::string, Seen> seen_;  // by path, of the last look
    std::uint64_t looks_ = 0;
};

}  // namespace vigie::intake
