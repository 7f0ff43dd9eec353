// Numbers as the inbox's files hold them: little-endian, anywhere. Private to store/spool.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace vigie {

static_assert(std::endian::native == std::endian::little, "the files of the inbox are little-endian");

template <class Number>
void put(std::uint8_t* to, Number value) {
    std::memcpy(to, &value, sizeof(Number));
}

template <class Number>
Number get(const std::uint8_t* from) {
    Number value{};
    std::memcpy(&value, from, sizeof(Number));
    return value;
}

}  // namespace vigie
