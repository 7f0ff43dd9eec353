// The MANIFEST of a backup, sealed: no name it lists may leave its folder.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "store/backup_manifest.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string text(data, data + size);
    static_cast<void>(vigie::parse_backup_manifest(text).has_value());
    text = "vigie-backup 1\n" + text + "\n";
    text += "end " + vigie::files::blake2b_of(text) + "\n";
    if (const auto listed = vigie::parse_backup_manifest(text)) {
        for (const auto& file : *listed) {
            if (!vigie::is_plain_file_name(file.name) || file.name.empty() || file.name.front() == '.' || file.name.find('/') != std::string::npos) {
                std::abort();
            }
        }
    }
    return 0;
}
