// What to say of a record that could not be split into fields.
#pragma once

#include <cstddef>
#include <string>

#include "intake/sources/record_reader.h"

namespace vigie::intake {

/// Stable code (docs/formats/manifest.md); empty for none.
[[nodiscard]] const char* reason_of(Defect defect);
/// In French: what was expected. columns: of the file.
[[nodiscard]] std::string detail_of(Defect defect, std::size_t columns);

}  // namespace vigie::intake
