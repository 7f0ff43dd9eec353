// A folder of one test's own under /tmp, removed with all that is in it.
#pragma once

#include <filesystem>
#include <string>

#include <stdlib.h>

namespace vigie::test {

class ScratchFolder {
  public:
    ScratchFolder() {
        std::string pattern = (std::filesystem::temp_directory_path() / "vigie_test_XXXXXX").string();
        path_ = ::mkdtemp(pattern.data()) == nullptr ? std::string() : pattern;
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder() {
        std::error_code ignored;
        if (!path_.empty()) {
            std::filesystem::remove_all(path_, ignored);
        }
    }
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }

  private:
    std::string path_;
};

}  // namespace vigie::test
