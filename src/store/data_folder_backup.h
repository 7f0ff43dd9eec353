// A backup: a folder of plain files and a MANIFEST of their sizes and hashes, written last, so that one without it is
// unfinished (docs/formats/data_folder.md). Private to store/.
#pragma once

#include <string>

#include "base/result.h"

namespace vigie {

/// Lists every regular file of `directory` in its MANIFEST, durable on return.
[[nodiscard]] Status write_backup_manifest(const std::string& directory);
/// Copies a data folder that nobody has open into the new folder `target`, as a backup that restore() takes.
/// Errors: unavailable (also when the free space would not do), conflict if target exists.
[[nodiscard]] Status copy_closed_folder(const std::string& directory, const std::string& target);
/// The number in the file VERSION of a data folder or backup. Errors: not_found, corrupt.
[[nodiscard]] Result<int> read_folder_version(const std::string& directory);

}  // namespace vigie
