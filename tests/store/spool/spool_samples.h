// What the tests of the inbox share: a fixed key, messages that say who they are, folders in memory where the disk is not what is tested.
#pragma once

#include <doctest/doctest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "store/spool/spool.h"

namespace vigie::test {

inline SpoolKey fixed_key(std::uint8_t seed = 7) {
    std::array<std::uint8_t, SpoolKey::size> bytes{};
    bytes.fill(seed);
    return SpoolKey(bytes);
}

inline SpoolMessage message_of(std::string body, std::string mark = {}) {
    return {"logbook", "http", Instant(std::chrono::milliseconds(1'700'000'000'123)), "json", std::move(mark), std::move(body)};
}

inline std::unique_ptr<Spool> open_spool(const std::string& directory, SpoolLimits limits = {}) {
    auto opened = Spool::open(directory, fixed_key(), limits);
    REQUIRE_MESSAGE(opened.has_value(), opened.error().message);
    return std::move(*opened);
}

/// Small segments, so that a handful of messages makes several.
inline SpoolLimits small_limits() {
    SpoolLimits limits;
    limits.disk_bytes = 64U << 10;
    limits.pending_bytes = 16U << 10;
    limits.segment_bytes = 400;
    limits.message_bytes = 4U << 10;
    return limits;
}

/// All that is not released, read in steps of about `step` bytes.
inline std::map<std::uint64_t, std::string> read_all(Spool& spool, std::size_t step = 1U << 20) {
    std::map<std::uint64_t, std::string> all;
    std::uint64_t after = 0;
    for (;;) {
        const auto some = spool.read(after, step, std::chrono::milliseconds(0));
        REQUIRE_MESSAGE(some.has_value(), some.error().message);
        if (some->empty()) {
            return all;
        }
        for (const SpooledMessage& message : *some) {
            REQUIRE(message.number > after);
            after = message.number;
            all[message.number] = message.message.body;
        }
    }
}

/// A folder in memory where there is one: for tests that open thousands of spools.
class MemoryFolder {
  public:
    MemoryFolder() {
        const std::string parent = std::filesystem::is_directory("/dev/shm") ? "/dev/shm" : std::filesystem::temp_directory_path().string();
        std::string pattern = parent + "/vigie_test_XXXXXX";
        path_ = ::mkdtemp(pattern.data()) == nullptr ? std::string() : pattern;
    }
    MemoryFolder(const MemoryFolder&) = delete;
    MemoryFolder& operator=(const MemoryFolder&) = delete;
    ~MemoryFolder() {
        std::error_code ignored;
        if (!path_.empty()) {
            std::filesystem::remove_all(path_, ignored);
        }
    }
    [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }

  private:
    std::string path_;
};

inline void copy_folder(const std::string& from, const std::string& to) {
    std::filesystem::remove_all(to);
    std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
}

}  // namespace vigie::test
