#include "store/metadata_codec.h"

#include <doctest/doctest.h>

#include <cmath>

#include "base/random.h"
#include "store/reference_samples.h"

using namespace vigie;

TEST_CASE("a city comes back as it was, to the bit") {
    City city = test::sample_city();
    city.districts[0].label.lon_deg = 5.1 + 0.3;  // a value without a short decimal form
    const auto bytes = encode_city(city);
    REQUIRE(bytes.has_value());
    const auto back = decode_city(*bytes);
    REQUIRE(back.has_value());
    test::check_same(*back, city);
    CHECK(*encode_city(*back) == *bytes);
}

TEST_CASE("an empty city and an empty taxonomy come back too") {
    CHECK(decode_city(*encode_city(City{})).has_value());
    const auto taxonomy = decode_taxonomy(*encode_taxonomy(Taxonomy{}));
    REQUIRE(taxonomy.has_value());
    CHECK(taxonomy->categories.empty());
}

TEST_CASE("a taxonomy comes back as it was") {
    const Taxonomy taxonomy = test::sample_taxonomy();
    const auto back = decode_taxonomy(*encode_taxonomy(taxonomy));
    REQUIRE(back.has_value());
    test::check_same(*back, taxonomy);
}

TEST_CASE("ids that are not 0..n-1 in order are refused") {
    City city = test::sample_city();
    city.districts[1].id = DistrictId{7};
    REQUIRE_FALSE(encode_city(city).has_value());
    CHECK(encode_city(city).error().code == ErrorCode::invalid_input);
    Taxonomy taxonomy = test::sample_taxonomy();
    std::swap(taxonomy.categories[0].id, taxonomy.categories[1].id);
    CHECK_FALSE(encode_taxonomy(taxonomy).has_value());
    taxonomy = test::sample_taxonomy();
    taxonomy.categories[1].key = taxonomy.categories[0].key;
    REQUIRE_FALSE(encode_taxonomy(taxonomy).has_value());
    CHECK(encode_taxonomy(taxonomy).error().message.find("deux fois") != std::string::npos);
}

TEST_CASE("bytes cut short, changed, or of the other kind are corrupt") {
    const auto city = *encode_city(test::sample_city());
    for (std::size_t size = 0; size < city.size(); ++size) {
        const auto back = decode_city(std::span(city).first(size));
        REQUIRE_FALSE(back.has_value());
        CHECK(back.error().code == ErrorCode::corrupt);
    }
    for (std::size_t i = 0; i < city.size(); ++i) {
        auto changed = city;
        changed[i] = static_cast<std::uint8_t>(changed[i] ^ 0x40U);
        CHECK_FALSE(decode_city(changed).has_value());
    }
    CHECK_FALSE(decode_taxonomy(city).has_value());
    auto longer = city;
    longer.push_back(0);
    CHECK_FALSE(decode_city(longer).has_value());
}

TEST_CASE("lengths that lie do not take memory or read beyond the end, even under a right checksum") {
    const auto taxonomy = *encode_taxonomy(test::sample_taxonomy());
    const auto city = *encode_city(test::sample_city());
    Random random(20261121);
    for (int round = 0; round < 20'000; ++round) {
        auto bytes = round % 2 == 0 ? city : taxonomy;
        const std::size_t body = bytes.size() - 8;
        for (int change = 0; change < 3; ++change) {
            const std::size_t at = 5 + random.below(body - 5);
            bytes[at] = static_cast<std::uint8_t>(random.next());
        }
        test::seal(bytes);
        // Either it is read or it is refused; what matters is that it comes back, within bounds (asan watches).
        if (round % 2 == 0) {
            static_cast<void>(decode_city(bytes).has_value());
        } else {
            static_cast<void>(decode_taxonomy(bytes).has_value());
        }
    }
}
