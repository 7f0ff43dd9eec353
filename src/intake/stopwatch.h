// How long a step took. It measures durations only: no instant comes from here.
#pragma once

#include <chrono>

namespace vigie::intake {

class Stopwatch {
  public:
    [[nodiscard]] double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }

  private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace vigie::intake
