// Where a map changes colour: round numbers a reader can repeat, few of them, placed where the
// values are.
#pragma once

#include <span>
#include <vector>

namespace vigie::past {

/// Most classes of a map: more colours are not told apart.
inline constexpr int classes_max_of_map = 7;

/// Breaks between classes of levels (counts, rates): class i holds [breaks[i-1], breaks[i]); at
/// most classes_max - 1 breaks, rising. From quantiles, each moved to 1, 2 or 5 times a power of
/// ten, with further round numbers in the tail while one value in a hundred reaches them; evenly spaced round numbers where the values span less than a decade. No break lies outside
/// the values, so no class at the ends is empty. Values <= 0 or not finite are left out.
/// classes_max is cut to 1..7.
[[nodiscard]] std::vector<double> class_breaks(std::span<const double> values, int classes_max);

/// Breaks for relative changes, symmetric about 0, with a middle class for « about as before ».
/// Magnitudes are 1, 2 or 5 times a power of ten, from 1 % to 50 %: nothing can fall by more than
/// 100 %. At most classes_max - 1 breaks, always an even number.
[[nodiscard]] std::vector<double> change_class_breaks(std::span<const double> values,
                                                      int classes_max);

}  // namespace vigie::past
