// The fact cube: an index derived from the rows, that answers every question of the seam without reading
// them. It is a stack of sorted runs (fact_cube_run.h): a base in DIR/derived/facts.cube and, in memory, what
// was appended since. It may be lost at any time and is made again from the rows.
//
// One thread changes it (the store's writer: add, publish, erase, save...); any number of threads ask. What
// they see changes only at `publish`, from one whole state to the next.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "store/event_store.h"
#include "store/fact_cube_coding.h"
#include "store/fact_cube_file.h"
#include "store/night_table.h"

namespace vigie {

class FactCube {
  public:
    /// `nights` outlives the cube. An absent or damaged file gives an empty cube with the stamp {0, 0}.
    FactCube(std::string path, NightTable& nights, int threads);
    ~FactCube();

    /// The state of the rows that readers see.
    [[nodiscard]] CubeStamp stamp() const;
    /// Adds facts, seen by readers at the next publish.
    void add(std::span<const CubeFact> facts);
    /// Makes what was added visible, as the state `stamp` of the rows; now and then writes the base anew.
    void publish(CubeStamp stamp);
    /// Forgets what was added and not published.
    void discard();
    /// Forgets everything, file included.
    void clear();
    /// Removes what passes and publishes; the file is written anew, so that nothing of it stays there.
    /// Errors: corrupt when the base is damaged (clear, and add the rows again).
    [[nodiscard]] Status erase(const EventFilter& filter, CubeStamp stamp);
    /// Writes the base if anything was published since. Errors: unavailable, corrupt.
    [[nodiscard]] Status save();

    /// The answer, equal to counting the rows; nothing when the rows must be asked: more than kinds_max kinds of
    /// fact, or a key space past the cube's bounds. Errors: invalid_input for too many rows, corrupt. Any thread.
    [[nodiscard]] Result<std::optional<Table>> answer(const EventFilter& filter, const GroupBy& group);

  private:
    struct State {
        CubeSnapshot snapshot;
        CubeStamp stamp;
        bool has_base = false;    ///< the first run is the mapped file
        bool is_complete = true;  ///< false: too many kinds or facts; holds nothing
    };
    [[nodiscard]] std::shared_ptr<const State> seen() const;
    void show(const State& state);
    [[nodiscard]] std::uint32_t number_of_kind(std::uint64_t kind);
    void merge_small_runs();
    [[nodiscard]] Status write_base(const KeepFact& keep, CubeStamp stamp);
    void take_kinds(std::vector<std::uint64_t> kinds);

    std::string path_;
    NightTable& nights_;
    int threads_;
    State next_;                 // the writer's
    std::uint64_t save_above_ = 0;  // unsaved facts that make the next save worth its price
    std::uint64_t saved_facts_ = 0;
    CubeStamp saved_;
    std::vector<std::uint64_t> kinds_;
    std::unordered_map<std::uint64_t, std::uint32_t> kind_numbers_;
    mutable std::mutex mutex_;
    std::shared_ptr<const State> seen_;  // shared with the readers now asking
};

}  // namespace vigie
