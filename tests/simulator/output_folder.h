// A small synthetic city written once to a folder of its own, and read back without the simulator's
// code.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "simulator/simulate.h"

namespace vigie::simulator {

/// An empty folder of that name below the build tree; what an earlier run left there is removed.
[[nodiscard]] std::string fresh_folder(const std::string& name);
[[nodiscard]] std::string read_file(const std::string& path);
/// Rows without the header, cut at a separator; quotes are honoured, line ends dropped.
[[nodiscard]] std::vector<std::vector<std::string>> read_rows(const std::string& path,
                                                              char separator);
/// Number after "key": within the object of that name; -1 when it is not there.
[[nodiscard]] long long number_in(std::string_view json, std::string_view object,
                                  std::string_view key);

/// Options of the usual test city: a year and 60,000 records.
[[nodiscard]] SimulationOptions usual_options(const std::string& folder);
/// That city, written by the first call; its folder.
[[nodiscard]] const std::string& usual_city();

}  // namespace vigie::simulator
