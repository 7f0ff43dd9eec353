#include "intake/identity.h"

#include <xxhash.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstring>

namespace vigie::intake {
namespace {

// DO NOT CHANGE these values: they are hashed into identities that are stored.
constexpr char external_tag = 'E';
constexpr char content_tag = 'C';
constexpr char civil_tag = 'l';
constexpr char instant_tag = 'u';
constexpr char degrees_tag = 'd';
constexpr char metres_tag = 'm';
constexpr char code_tag = 'c';
constexpr char no_place_tag = 'n';
constexpr double degrees_scale = 1e7;
constexpr double metres_scale = 1e3;

}  // namespace

IdentityHasher::IdentityHasher(std::string_view source_key) : prefix_size_(0) {
    add_text(source_key);
    prefix_size_ = bytes_.size();
}

void IdentityHasher::add_number(std::uint64_t value) {
    static_assert(std::endian::native == std::endian::little, "identities are hashed as little-endian numbers");
    std::array<char, sizeof value> bytes{};
    std::memcpy(bytes.data(), &value, sizeof value);
    bytes_.append(bytes.data(), bytes.size());
}

void IdentityHasher::add_text(std::string_view text) {
    add_number(text.size());
    bytes_ += text;
}

EventId IdentityHasher::external(std::string_view id) {
    bytes_.resize(prefix_size_);
    bytes_ += external_tag;
    add_text(id);
    return finish();
}

void IdentityHasher::start_content(const TimeReading& time) {
    bytes_.resize(prefix_size_);
    bytes_ += content_tag;
    constexpr std::int64_t day_ms = 86'400'000;
    const bool civil = time.kind == TimeReading::Kind::civil;
    bytes_ += civil ? civil_tag : instant_tag;
    const std::int64_t ms = civil ? time.civil.day.raw() * day_ms + time.civil.milliseconds_of_day : time.instant_ms;
    add_number(static_cast<std::uint64_t>(ms));
}

void IdentityHasher::add_position(double x, double y, bool degrees) {
    const double scale = degrees ? degrees_scale : metres_scale;
    bytes_ += degrees ? degrees_tag : metres_tag;
    add_number(static_cast<std::uint64_t>(std::llround(x * scale)));
    add_number(static_cast<std::uint64_t>(std::llround(y * scale)));
}

void IdentityHasher::add_code(std::string_view code) {
    bytes_ += code_tag;
    add_text(code);
}

void IdentityHasher::add_no_place() { bytes_ += no_place_tag; }

void IdentityHasher::add_category(std::string_view word) { add_text(word); }

EventId IdentityHasher::finish() const { return EventId{XXH3_64bits(bytes_.data(), bytes_.size())}; }

EventId IdentityHasher::ranked(EventId content, std::uint32_t n) {
    return n == 0 ? content : EventId{XXH3_64bits_withSeed(&n, sizeof n, content.raw())};
}

}  // namespace vigie::intake
