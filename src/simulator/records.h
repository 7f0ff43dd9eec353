// From facts to what the services write down: who notices, when, how exactly, and with which
// faults.
#pragma once

#include <array>
#include <vector>

#include "simulator/facts.h"
#include "simulator/patrols.h"

namespace vigie::simulator {

/// What is wrong with a row on purpose, so that the quarantine has something to show.
enum class Fault : std::uint8_t {
    none,
    outside,
    bad_date,
    no_category,
    bad_position,
    unknown_code
};
inline constexpr std::size_t fault_count = 6;
[[nodiscard]] std::string_view name_of(Fault fault);
/// True when an importer must quarantine the row; one without a category it knows is kept, as
/// unmapped.
[[nodiscard]] constexpr bool is_refused(Fault fault) {
    return fault == Fault::outside || fault == Fault::bad_date || fault == Fault::bad_position;
}

struct Record {
    Instant at;  ///< as written, rounded to what the source knows
    LonLat position;
    std::uint64_t number = 0;  ///< of the record in its source, for ids
    const Route* route = nullptr;
    std::uint16_t district = 0;
    std::uint16_t category = 0;  ///< index in kinds() of what is written
    std::uint8_t code = 0;       ///< index in route->codes
    std::uint8_t severity = 0;   ///< 0 = left empty
    std::uint8_t mast = 0;
    bool origin_known = true;
    bool repeats_id = false;  ///< a corrected report: same id, the position moved a little
    Fault fault = Fault::none;
};

/// The records of one day's facts.
struct DayRecords {
    std::array<std::vector<Record>, source_count> by_file;  ///< in order of time
    std::vector<std::uint8_t>
        seen;  ///< by fact of the day: one bit for each file that holds a valid record of it
};

/// The moment as the source writes it: floored to the second, the minute, or five minutes.
[[nodiscard]] Instant written_time(SourceFile file, Instant at, Random& random);
/// What the service writes of a fact that it noticed by `route`: place, code, severity, origin and
/// maybe a fault. The moment, the number and the mast are left to the caller.
[[nodiscard]] Record describe_fact(const World& world, const Fact& fact, const Route& route,
                                   Random& random);

class Recorder {
  public:
    Recorder(const World& world, std::uint64_t seed);

    /// The records of `facts`, those after the end of the world left out. Valid until the next
    /// call.
    [[nodiscard]] const DayRecords& record(const std::vector<Fact>& facts);
    /// Moves the patrols. Once a week.
    void end_week() { patrols_.move(); }
    [[nodiscard]] const Patrols& patrols() const { return patrols_; }

  private:
    void record_fact(const Fact& fact, std::uint8_t& seen);
    [[nodiscard]] bool is_noticed(const Route& route, std::size_t district);
    [[nodiscard]] bool describe(const Fact& fact, const Route& route, Record& record);
    void keep(const Record& record);

    const World* world_;
    Instant end_;
    Random random_;
    Patrols patrols_;
    std::array<std::uint64_t, source_count> numbers_{};
    DayRecords day_;
};

}  // namespace vigie::simulator
