// A file's bytes, for tests that damage them.
#pragma once

#include <fstream>
#include <sstream>
#include <string>

namespace vigie::test {

inline std::string file_bytes(const std::string& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
}

inline void overwrite_file(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

}  // namespace vigie::test
