// From an older data folder to the present one, step by step, after a full copy beside it. Private to store/.
#pragma once

#include <string>

#include "base/result.h"

namespace vigie {

/// Brings a folder that this process has locked, and whose stores are closed, up to data_folder_version.
/// The copy is DIR.backup-v<old>-<n>, n the first number that is free; restore() takes it.
/// Errors: conflict for a newer folder, corrupt, not_found, unavailable.
[[nodiscard]] Status migrate_data_folder(const std::string& directory);

}  // namespace vigie
