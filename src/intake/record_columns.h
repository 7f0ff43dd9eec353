// Where the columns of a manifest stand in one file.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "intake/manifest.h"

namespace vigie::intake {

/// A role that the manifest gives to no column.
inline constexpr std::size_t no_column = static_cast<std::size_t>(-1);

struct RecordColumns {
    std::size_t time = no_column;
    std::size_t hour = no_column;
    std::size_t x = no_column;
    std::size_t y = no_column;
    std::size_t code = no_column;
    std::vector<std::size_t> category;
    std::size_t severity = no_column;
    std::size_t origin = no_column;
    std::size_t id = no_column;
    std::size_t text = no_column;  ///< free text that may say the category
};

/// columns: the file's; description: of the file, for messages. Errors: invalid_input naming the missing column, what was
/// found, and the nearest name.
[[nodiscard]] Result<RecordColumns> find_columns(const Manifest& manifest, const std::vector<std::string>& columns,
                                                 const std::string& description);

}  // namespace vigie::intake
