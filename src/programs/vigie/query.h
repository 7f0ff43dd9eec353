// Questions from the command line, in the parameters that the screens and their addresses use.
#pragma once

#include <boost/json/fwd.hpp>

#include "base/result.h"
#include "store/data_folder.h"

namespace vigie::programs {

/// request: {"do":"query","what":"counts|series|hotspots|trend|stats|sources|quarantine", "by":["category",...], "limit":n,
/// "parameters":{"from":...,"cat":...}}. Answer: {"columns":[...],"rows":[[...]], ...}. Journalled as account "local".
/// Errors: invalid_input naming the parameter.
[[nodiscard]] Result<boost::json::object> perform_query(DataFolder& folder, const boost::json::object& request);

}  // namespace vigie::programs
