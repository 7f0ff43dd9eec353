// Where each kind tends to happen: the weight of every district and of every hotspot.
#pragma once

#include <vector>

#include "simulator/ground.h"
#include "simulator/kinds.h"

namespace vigie::simulator {

class Levels {
  public:
    Levels(const Ground& ground, std::uint64_t seed);

    /// A place for a fact of kind number `kind`; `summer` fills the beaches.
    [[nodiscard]] Spot draw_place(const Ground& ground, std::size_t kind, bool summer,
                                  Random& random) const;
    /// Part of the kind's facts outside hotspots that the district has, 0..1.
    [[nodiscard]] double share_of(std::size_t kind, std::size_t district) const;
    [[nodiscard]] const std::vector<double>& base() const { return base_; }

  private:
    std::vector<double> base_;  // by district: log-normal level common to all kinds
    std::vector<std::vector<double>> districts_;  // by kind: running sums over districts
    std::vector<std::vector<double>>
        hotspots_;  // by kind x (winter, summer): running sums over hotspots
};

}  // namespace vigie::simulator
