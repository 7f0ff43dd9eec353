#include "intake/identity.h"

#include <doctest/doctest.h>
#include <xxhash.h>

#include <cstdio>
#include <set>

using namespace vigie;
using namespace vigie::intake;

namespace {

TimeReading reading(std::string_view text) { return TimeFormat::compile("iso")->parse(text); }

EventId of(IdentityHasher& hasher, std::string_view time, double lon, double lat, std::string_view category) {
    hasher.start_content(reading(time));
    hasher.add_position(lon, lat, true);
    hasher.add_category(category);
    return hasher.finish();
}

}  // namespace

TEST_CASE("the bytes hashed are those of docs/formats/identity.md") {
    const auto number = [](std::uint64_t value) {
        std::string bytes;
        for (int i = 0; i < 8; ++i) {
            bytes += static_cast<char>(value >> (8 * i));
        }
        return bytes;
    };
    IdentityHasher hasher("src");
    const std::string prefix = number(3) + "src";
    const std::string external = prefix + "E" + number(4) + "ID-7";
    CHECK(hasher.external("ID-7").raw() == XXH3_64bits(external.data(), external.size()));
    const std::string content = prefix + "C" + "l" + number(60'000) + "d" + number(53'741'200) + number(432'964'800) + number(3) + "VOL";
    CHECK(of(hasher, "1970-01-01T00:01", 5.37412, 43.29648, "VOL").raw() == XXH3_64bits(content.data(), content.size()));
}

TEST_CASE("how a number was written does not matter, what it says does") {
    IdentityHasher hasher("src");
    const EventId base = of(hasher, "2025-07-14T10:00", 5.37412, 43.29648, "VOL");
    CHECK(of(hasher, "2025-07-14T10:00:00.000", 5.374120, 43.296480, "VOL") == base);
    std::set<std::uint64_t> all{base.raw()};
    all.insert(of(hasher, "2025-07-14T10:01", 5.37412, 43.29648, "VOL").raw());
    all.insert(of(hasher, "2025-07-14T10:00Z", 5.37412, 43.29648, "VOL").raw());
    all.insert(of(hasher, "2025-07-14T10:00", 5.37413, 43.29648, "VOL").raw());
    all.insert(of(hasher, "2025-07-14T10:00", 43.29648, 5.37412, "VOL").raw());
    all.insert(of(hasher, "2025-07-14T10:00", 5.37412, 43.29648, "RIXE").raw());
    IdentityHasher other("src2");
    all.insert(of(other, "2025-07-14T10:00", 5.37412, 43.29648, "VOL").raw());
    CHECK(all.size() == 7);
}

TEST_CASE("ranks of one content differ, and rank 0 is the content") {
    const EventId content{42};
    CHECK(IdentityHasher::ranked(content, 0) == content);
    std::set<std::uint64_t> all;
    for (std::uint32_t n = 0; n < 1'000; ++n) {
        all.insert(IdentityHasher::ranked(content, n).raw());
    }
    CHECK(all.size() == 1'000);
}
