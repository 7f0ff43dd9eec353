// Reference data as bytes (docs/formats/metadata.md): little-endian, every text and list preceded by its
// length, a checksum at the end. Private to store/. Decoding never trusts a length it reads.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "city/city.h"
#include "city/event/taxonomy.h"

namespace vigie {

/// Longest encoded city or taxonomy. The districts of Marseille take about 2 MB; SQLite itself stops at 1 GB.
inline constexpr std::size_t reference_bytes_max = 256U << 20;

/// Errors: invalid_input if ids are not 0..n-1 in order, or above reference_bytes_max.
[[nodiscard]] Result<std::vector<std::uint8_t>> encode_city(const City& city);
/// Errors: corrupt.
[[nodiscard]] Result<City> decode_city(std::span<const std::uint8_t> bytes);
/// Errors: invalid_input if ids are not 0..n-1 in order, or two categories share a key.
[[nodiscard]] Result<std::vector<std::uint8_t>> encode_taxonomy(const Taxonomy& taxonomy);
/// Errors: corrupt.
[[nodiscard]] Result<Taxonomy> decode_taxonomy(std::span<const std::uint8_t> bytes);

}  // namespace vigie
