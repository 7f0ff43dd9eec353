#pragma once

#include <math.h>  // lgamma_r, which unlike std::lgamma writes no global: any thread may ask

namespace vigie {

/// log |Gamma(x)|; infinite at 0 and at negative integers.
[[nodiscard]] inline double log_gamma(double x) {
    int sign = 0;
    return ::lgamma_r(x, &sign);
}

}  // namespace vigie
