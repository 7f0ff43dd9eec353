// Where patrols go, and what they find because they went there. Every week patrols move towards the
// districts whose records of the last weeks are most numerous, and patrols make records: a feedback
// that a forecast must not learn from.
#pragma once

#include <vector>

#include "simulator/world.h"

namespace vigie::simulator {

class Patrols {
  public:
    explicit Patrols(const World& world);

    /// The chance that a patrol finds a fact, of `chance` at an average presence.
    [[nodiscard]] double chance_in(std::size_t district, double chance) const;
    /// Counts a record of the logbook or a ticket.
    void count_record(std::size_t district) { records_[district] += 1.0; }
    /// Sends the patrols where the records were. Once a week.
    void move();
    /// By district, average 1.
    [[nodiscard]] const std::vector<double>& presence() const { return presence_; }

  private:
    std::vector<double> usual_;  // by district: share of records that population alone would give
    std::vector<double> presence_;
    std::vector<double> records_;  // faded sums
};

}  // namespace vigie::simulator
