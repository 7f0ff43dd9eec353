// Bytes of large bodies under way, counted while their requests live. On the network's thread only.
#pragma once

#include <cstdint>

namespace vigie::api {

class LargeBody {
  public:
    LargeBody(std::uint64_t& sum, std::uint64_t bytes) : sum_(sum), bytes_(bytes) { sum_ += bytes_; }
    LargeBody(const LargeBody&) = delete;
    LargeBody& operator=(const LargeBody&) = delete;
    ~LargeBody() { sum_ -= bytes_; }

  private:
    std::uint64_t& sum_;
    std::uint64_t bytes_;
};

}  // namespace vigie::api
