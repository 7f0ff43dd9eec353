// The base run of the fact cube as a file: mapped when read, written whole beside itself and renamed.
// docs/formats/fact_cube.md gives every byte.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/fact_cube_run.h"

namespace vigie {

/// Which state of the rows a cube equals: the number of the last change it holds, and the hash of all changes so far.
struct CubeStamp {
    std::uint64_t seq = 0;
    std::uint64_t history = 0;
    friend bool operator==(const CubeStamp&, const CubeStamp&) = default;
};

struct CubeFile {
    std::shared_ptr<const CubeRun> run;
    std::vector<std::uint64_t> kinds;  ///< by number
    CubeStamp stamp;
};

/// Maps the file, checking its header and small tables; each segment is checked at its first use, so that
/// opening reads a few pages. Errors: not_found, corrupt (cut, damaged, or of another format).
[[nodiscard]] Result<CubeFile> open_cube_file(const std::string& path);

/// Merges `runs` into the file: written beside it, fsynced, renamed. Errors: unavailable (nothing changed), corrupt.
[[nodiscard]] Status write_cube_file(const std::string& path, std::span<const std::shared_ptr<const CubeRun>> runs, const KeepFact& keep,
                                     std::span<const std::uint64_t> kinds, CubeStamp stamp);

}  // namespace vigie
