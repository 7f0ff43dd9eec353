// What `vigie stream` writes down: every record that was acknowledged, at once, so that somebody else may compare it with what
// the city holds; those that were not, at the end; and the truth about all of them. docs/formats/live_sources.md.
#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"
#include "simulator/live/live_message.h"

namespace vigie::programs {

/// Records of one source.
struct StreamCounts {
    std::uint64_t sent = 0;  ///< handed to a channel, repeats included
    std::uint64_t repeats = 0;
    std::uint64_t acknowledged = 0;
    std::uint64_t refused = 0;
    std::uint64_t unknown = 0;  ///< given up without an answer
    [[nodiscard]] std::uint64_t waiting() const { return sent - acknowledged - refused - unknown; }
};

/// May be used by several threads at once. A line that can not be written makes the book fail, for good.
class StreamBook {
  public:
    /// Empty paths: nothing is written. The ledger is appended to, the truth replaced. Errors: unavailable.
    [[nodiscard]] static Result<std::unique_ptr<StreamBook>> open(const std::string& ledger, const std::string& truth);

    /// To be called before the bytes leave.
    void sent(const simulator::LiveMessage& message);
    void acknowledged(const simulator::LiveMessage& message, const std::string& receipt);
    void refused(const simulator::LiveMessage& message, int status);
    void waiting(const simulator::LiveMessage& message);

    [[nodiscard]] std::array<StreamCounts, simulator::live_source_count> counts() const;
    [[nodiscard]] StreamCounts total() const;
    /// The first line that could not be written.
    [[nodiscard]] Status status() const;

  private:
    struct Closer {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    using File = std::unique_ptr<std::FILE, Closer>;
    StreamBook() = default;
    [[nodiscard]] static Result<File> open_file(const std::string& path, const char* mode);
    void write(std::FILE* file, const std::string& lines);
    void write_apart(const simulator::LiveMessage& message, const std::string& state);

    mutable std::mutex mutex_;
    File ledger_;
    File apart_;
    File truth_;
    std::array<StreamCounts, simulator::live_source_count> counts_{};
    Status status_;
};

}  // namespace vigie::programs
