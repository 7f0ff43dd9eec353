// What a command can ask of the sources, whoever holds the folder (see control.h).
#pragma once

#include <boost/json/fwd.hpp>
#include <string_view>

#include "base/result.h"
#include "store/data_folder.h"

namespace vigie::programs {

/// Tasks looked at when a feed is opened again.
inline constexpr std::size_t metadata_tasks_max = 10'000;

[[nodiscard]] bool is_source_operation(std::string_view operation);
/// Every one is journalled before it is done.
[[nodiscard]] Result<boost::json::object> perform_source(DataFolder& folder, std::string_view operation, const boost::json::object& request);

}  // namespace vigie::programs
