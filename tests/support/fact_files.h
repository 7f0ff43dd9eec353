// Files of generated facts for the tests that drive the real program.
#pragma once

#include <cstdint>
#include <string>

namespace vigie::tests {

/// CSV of `rows` facts over 2014-2015 around Marseille, in rough time order, with true repeats (one row in 50)
/// and lines whose time is unreadable (one in 1,000). Deterministic.
[[nodiscard]] std::string facts_csv(std::uint64_t rows, std::uint64_t seed);

/// The manifest that reads it.
[[nodiscard]] std::string facts_manifest();

/// Makes an observatory of Marseille in `data` (password file beside it). Fails the test when it can not.
void make_observatory(const std::string& data);

/// Everything a question can tell of a store: equal strings, equal stores.
[[nodiscard]] std::string contents_of(const std::string& data);

/// The number after "name": in a JSON text; fails the test when there is none.
[[nodiscard]] std::uint64_t number_in(const std::string& json, const std::string& name);

}  // namespace vigie::tests
