// The fact cube (first step: not there yet, every question is counted from the rows).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "store/event_store.h"

namespace vigie {

struct CubeFact {
    LocalHour hour;
};
[[nodiscard]] inline CubeFact cube_fact(const Event& event) { return CubeFact{event.local_hour}; }

class FactCube {
  public:
    struct Stamp {
        std::uint64_t seq = 0;
        std::uint64_t history = 0;
    };
    void add(std::span<const CubeFact>, Stamp) {}
    void erase(const EventFilter&, Stamp) {}
    [[nodiscard]] Status save() { return {}; }
};

}  // namespace vigie
