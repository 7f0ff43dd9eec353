// A file written from a large buffer, with the few formats that sources use, fast enough not to be
// noticed.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "city/time/instant.h"

namespace vigie::simulator {

class TextFile {
  public:
    /// Replaces the file at `path`. Errors: unavailable when it can not be made.
    [[nodiscard]] static Result<TextFile> create(const std::string& path);

    void text(std::string_view piece) { buffer_.append(piece); }
    void character(char c) { buffer_.push_back(c); }
    void integer(std::int64_t value);
    /// Zeros in front up to `width` digits. value >= 0.
    void padded(std::uint64_t value, int width);
    /// `value` rounded to `decimals` (1..7) after `mark`.
    void fixed(double value, int decimals, char mark = '.');
    /// "YYYY-MM-DD", or "DD/MM/YYYY".
    void iso_date(LocalDay day);
    void french_date(LocalDay day);
    /// "HH:mm" of a time of the day.
    void hour_minute(std::int32_t milliseconds_of_day);
    void second(std::int32_t milliseconds_of_day);

    /// Writes what is buffered when that is much. Call after a batch of rows. Errors: unavailable
    /// (disk full...).
    [[nodiscard]] Status flush_if_large();
    /// Writes everything and closes. Errors: unavailable.
    [[nodiscard]] Status close();

  private:
    struct Closer {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    TextFile(std::string path, std::FILE* file) : path_(std::move(path)), file_(file) {}
    [[nodiscard]] Status write_out();

    std::string path_;
    std::unique_ptr<std::FILE, Closer> file_;
    std::string buffer_;
};

}  // namespace vigie::simulator
