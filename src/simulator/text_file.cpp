#include "simulator/text_file.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>

#include "base/errno_text.h"

namespace vigie::simulator {
namespace {

constexpr std::size_t large_bytes = 1 << 20;

}  // namespace

Result<TextFile> TextFile::create(const std::string& path) {
    std::FILE* file = std::fopen(path.c_str(), "wb");
    if (file == nullptr) {
        return fail(ErrorCode::unavailable, path + " : création impossible (" + errno_text(errno) + ")");
    }
    return TextFile(path, file);
}

void TextFile::integer(std::int64_t value) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    buffer_.append(digits.data(), end.ptr);
}

void TextFile::padded(std::uint64_t value, int width) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    const auto length = static_cast<int>(end.ptr - digits.data());
    buffer_.append(static_cast<std::size_t>(length < width ? width - length : 0), '0');
    buffer_.append(digits.data(), end.ptr);
}

void TextFile::fixed(double value, int decimals, char mark) {
    std::int64_t unit = 1;
    for (int i = 0; i < decimals; ++i) {
        unit *= 10;
    }
    const std::int64_t scaled = std::llround(std::fabs(value) * static_cast<double>(unit));
    if (value < 0.0 && scaled != 0) {
        buffer_.push_back('-');
    }
    integer(scaled / unit);
    buffer_.push_back(mark);
    padded(static_cast<std::uint64_t>(scaled % unit), decimals);
}

void TextFile::iso_date(LocalDay day) {
    const auto date = civil_from_day(day);
    padded(static_cast<std::uint64_t>(static_cast<int>(date.year())), 4);
    buffer_.push_back('-');
    padded(static_cast<unsigned>(date.month()), 2);
    buffer_.push_back('-');
    padded(static_cast<unsigned>(date.day()), 2);
}

void TextFile::french_date(LocalDay day) {
    const auto date = civil_from_day(day);
    padded(static_cast<unsigned>(date.day()), 2);
    buffer_.push_back('/');
    padded(static_cast<unsigned>(date.month()), 2);
    buffer_.push_back('/');
    padded(static_cast<std::uint64_t>(static_cast<int>(date.year())), 4);
}

void TextFile::hour_minute(std::int32_t milliseconds_of_day) {
    const auto minutes = static_cast<std::uint64_t>(milliseconds_of_day / 60'000);
    padded(minutes / 60, 2);
    buffer_.push_back(':');
    padded(minutes % 60, 2);
}

void TextFile::second(std::int32_t milliseconds_of_day) {
    padded(static_cast<std::uint64_t>(milliseconds_of_day / 1000 % 60), 2);
}

Status TextFile::write_out() {
    const bool whole =
        std::fwrite(buffer_.data(), 1, buffer_.size(), file_.get()) == buffer_.size();
    buffer_.clear();
    if (!whole) {
        return fail(ErrorCode::unavailable, path_ + " : écriture impossible (" + errno_text(errno) + ")");
    }
    return {};
}

Status TextFile::flush_if_large() {
    return buffer_.size() < large_bytes ? Status{} : write_out();
}

Status TextFile::close() {
    TRY(write_out());
    if (std::fclose(file_.release()) != 0) {
        return fail(ErrorCode::unavailable, path_ + " : écriture impossible (" + errno_text(errno) + ")");
    }
    return {};
}

}  // namespace vigie::simulator
