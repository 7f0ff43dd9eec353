// What a letter loses when it is written plainly: its accent, or that it is no letter of French at all.
#pragma once

#include <cstdint>
#include <string_view>

namespace vigie::intake {

/// What `plain` does not tell of a letter, in PlainText::accents.
inline constexpr char no_accent = ' ';
inline constexpr char foreign_accent = 'f';  ///< a Latin letter that French never writes: ñ, ğ, ư
inline constexpr char other_script = 's';    ///< a letter of another alphabet that looks like this one
inline constexpr char hidden_before = 'h';   ///< an invisible character stood before it

/// How a letter differs from its plain form.
[[nodiscard]] char accent_of(std::uint32_t code);
/// The same of a plain letter and the combining accent that follows it.
[[nodiscard]] char combined_accent(char letter, std::uint32_t accent);

/// The accents of a word as one hash with its letters, case aside; for words whose accents have to be right.
[[nodiscard]] std::uint64_t accented_hash(std::string_view plain, std::string_view accents);

}  // namespace vigie::intake
