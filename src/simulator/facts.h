// What truly happens in the synthetic city, day after day, whether anybody records it or not.
#pragma once

#include <array>
#include <vector>

#include "simulator/world.h"

namespace vigie::simulator {

enum class Cause : std::uint8_t { background, near_repeat, planned_event, planted_change };

struct Fact {
    std::uint64_t number = 0;  ///< from 1, in the order they were drawn
    std::uint64_t parent = 0;  ///< the fact a near repeat follows, 0 for none
    Instant at;
    Spot place;
    std::uint16_t district = no_district.raw();
    std::uint8_t kind = 0;
    Cause cause = Cause::background;
};

/// Near repeats come within so many days of their parent; the exponential law's tail beyond is cut.
inline constexpr int repeat_days_max = 45;
inline constexpr double repeat_days_mean = 7.0;
inline constexpr double repeat_distance_mean_m = 130.0;

class FactSource {
  public:
    /// intensity: multiplies every mean of kinds.h. The world must outlive it.
    FactSource(const World& world, double intensity, std::uint64_t seed);

    /// The facts of the next day, in no order. Valid until the next call.
    [[nodiscard]] const std::vector<Fact>& next_day();

  private:
    struct Child {
        std::uint64_t parent = 0;
        Spot place;
        std::uint8_t kind = 0;
    };
    void draw_background(LocalDay day);
    void draw_planned(LocalDay day);
    void draw_repeats(LocalDay day);
    void add(Fact fact);
    [[nodiscard]] Instant moment(LocalDay day, int minute);
    [[nodiscard]] Instant moment_of_kind(std::size_t kind, LocalDay day);

    const World* world_;
    double intensity_;
    Random random_;
    LocalDay day_;
    std::size_t next_event_ = 0;
    std::uint64_t count_ = 0;
    std::vector<Fact> facts_;
    std::array<std::vector<Child>, repeat_days_max + 1> children_;  // by day, modulo its size
};

}  // namespace vigie::simulator
