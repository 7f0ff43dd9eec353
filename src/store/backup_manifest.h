// The list of a backup's files (docs/formats/data_folder.md): sizes and hashes, one line a file, sealed by a hash of the
// lines. Private to store/.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/data_folder_files.h"

namespace vigie {

struct ListedFile {
    std::string name;  ///< see is_plain_file_name
    files::Digest digest;
};

/// True for a name that stays in its folder whatever is done with it: A-Z a-z 0-9 . _ - and no dot in front.
[[nodiscard]] bool is_plain_file_name(std::string_view name);
[[nodiscard]] std::string backup_manifest_text(const std::vector<ListedFile>& listed);
/// Errors: corrupt.
[[nodiscard]] Result<std::vector<ListedFile>> parse_backup_manifest(std::string_view text);

}  // namespace vigie
