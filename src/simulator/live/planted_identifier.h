// Invented persons for the free text of the live logbook: what a door must take out, made so that a
// search of bytes can prove that it did. Nobody is meant: family names are drawn from syllables or
// paired at random with first names.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/random.h"

namespace vigie::simulator {

enum class IdentifierKind : std::uint8_t {
    full_name,
    telephone,
    plate,
    house_number,
    handle,
    email
};
inline constexpr std::size_t identifier_kind_count = 6;
[[nodiscard]] std::string_view name_of(IdentifierKind kind);

struct PlantedIdentifier {
    IdentifierKind kind = IdentifierKind::full_name;
    std::string text;      ///< what must not be kept
    std::string searched;  ///< 8 bytes or more that stand in the text and nowhere else by chance;
                           ///< empty when the identifier is too common to be searched for
};

/// How carefully the agent writes.
enum class WritingStyle : std::uint8_t { formal, usual, hurried };

enum class Called : std::uint8_t { either, madam, sir };

/// Where an identifier is to stand.
struct Mention {
    WritingStyle style = WritingStyle::usual;
    Called called = Called::either;  ///< what stands before a name
    std::string_view street = {};    ///< of a house number, which is searched with it
};

[[nodiscard]] PlantedIdentifier invent_identifier(IdentifierKind kind, const Mention& mention,
                                                  Random& random);

}  // namespace vigie::simulator
