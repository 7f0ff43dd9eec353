// Draws the records of one service one by one, at any moment: what the two-year files spread over
// days by what happens each day, a live stream needs for the next five seconds.
#pragma once

#include <vector>

#include "simulator/records.h"

namespace vigie::simulator {

class FactDraw {
  public:
    /// The world must outlive it.
    FactDraw(const World& world, SourceFile file);

    /// Records an hour that the service writes at the local hour of `at`, at intensity 1. `at`:
    /// within the world.
    [[nodiscard]] double mean_per_hour(Instant at);
    /// The mean over a usual year, weather left out.
    [[nodiscard]] double usual_per_hour() const;
    /// One record noticed at `at`; what happens is drawn by the weight it has at that hour.
    [[nodiscard]] Record draw(Instant at, Random& random);

  private:
    struct Way {
        std::size_t kind = 0;
        const Route* route = nullptr;
    };
    [[nodiscard]] double weight_of(const Way& way, LocalHour hour) const;
    void weigh(Instant at);

    const World* world_;
    SourceFile file_;
    std::vector<Way> ways_;
    // The weights of one local hour, kept because the next record falls in the same one.
    LocalHour weighed_;
    std::vector<double> sums_;  // running, in the order of ways_
};

}  // namespace vigie::simulator
