// Finding a few wanted bytes in text, 64 at a time: each bit of a mask stands for one byte. The
// text must be readable for `scan_padding_bytes` beyond the position asked for.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace vigie::intake {

inline constexpr std::size_t scan_padding_bytes = 64;

/// Bit i of the result is set where p[i] is one of `wanted`. Doubles in `wanted` are harmless.
template <std::size_t n>
[[nodiscard]] inline std::uint64_t mask_of(const char* p, const std::array<char, n>& wanted) {
    std::uint64_t mask = 0;
#if defined(__SSE2__)
    for (unsigned part = 0; part < 4; ++part) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + part * 16));
        __m128i hits = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(wanted[0]));
        for (std::size_t i = 1; i < n; ++i) {
            hits = _mm_or_si128(hits, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(wanted[i])));
        }
        mask |= std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(hits))} << (part * 16);
    }
#else
    for (unsigned i = 0; i < 64; ++i) {
        bool hit = false;
        for (const char c : wanted) {
            hit |= p[i] == c;
        }
        mask |= std::uint64_t{hit} << i;
    }
#endif
    return mask;
}

/// The bits of a mask that stand for bytes before `size` (size counted from the mask's first byte).
[[nodiscard]] constexpr std::uint64_t bits_below(std::size_t size) {
    return size >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << size) - 1;
}

}  // namespace vigie::intake
