// What each word does in a sentence: a table from the folded word (plain lower-case ASCII) to flags.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace vigie::intake {

/// One bit a role; a word may have several.
enum class WordRole : std::uint8_t {
    lexicon,   ///< stands in the French word list
    everyday,  ///< our list of the logbook's own words
    sigle,     ///< an abbreviation or a written short form
    determiner,
    preposition,
    conjunction,
    pronoun,
    verb,       ///< a finite form that ends a name
    auxiliary,  ///< a verb that makes the bare word before it a subject
    number,
    month,
    day,
    radio,     ///< the international spelling alphabet
    spelling,  ///< the French spelling alphabet
    first_name,
    family_name,
    person_title,  ///< what follows is a name
    role,          ///< what follows may be a name
    rank,
    particle,
    street_title,  ///< saint, général: begins the name of a street
    street,        ///< rue, avenue
    weak_street,   ///< place, cours: words that are also something else
    facility,      ///< lycée, métro
    shop,
    qualifier,  ///< may stand between the kind of a place and its name
    place,      ///< a proper noun that is nobody
    agent_number,
    dwelling,
    code,
    paper,
    birth,
    plate,
    network,
    colour,      ///< of a person or a thing, and size: petit, roux
    dye,         ///< of cloth: blanc, bleu
    damaged,     ///< read through a slip of the pen or of the scanner
    unit,        ///< of a measure: minutes, km, euros
    make,        ///< of a vehicle: the word after it is its model
    model,       ///< of a vehicle: stays after its make
    person_cue,  ///< a name may follow although it is an ordinary word: équipage, témoin, prévenir
    near,        ///< one letter away from an everyday word
};

using WordRoles = std::uint64_t;

[[nodiscard]] constexpr WordRoles bit(WordRole role) {
    return WordRoles{1} << static_cast<unsigned>(role);
}

/// The hash of a word, letter by letter: start from word_hash_seed, add each, end with finish_word_hash.
inline constexpr std::uint64_t word_hash_seed = 0xcbf29ce484222325ULL;
[[nodiscard]] constexpr std::uint64_t add_to_word_hash(std::uint64_t hash, char letter) {
    return (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3ULL;
}
[[nodiscard]] constexpr std::uint64_t finish_word_hash(std::uint64_t hash) {
    hash = (hash ^ (hash >> 32U)) * 0xd6e8feb86659fd93ULL;
    return (hash ^ (hash >> 32U)) | 1U;  // never zero: zero is an empty slot
}
[[nodiscard]] constexpr std::uint64_t hash_of_word(std::string_view word) {
    std::uint64_t hash = word_hash_seed;
    for (const char letter : word) {
        hash = add_to_word_hash(hash, letter);
    }
    return finish_word_hash(hash);
}

/// Open addressing on 64-bit hashes; two different words of one hash would share their roles (1 in 10^13 a word).
class WordTable {
  public:
    WordTable();
    void add(std::uint64_t hash, WordRoles roles);
    /// No bit when the word is unknown. O(1).
    [[nodiscard]] WordRoles find(std::uint64_t hash) const {
        for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
            if (slots_[at].hash == hash) {
                return slots_[at].roles;
            }
            if (slots_[at].hash == 0) {
                return 0;
            }
        }
    }
    [[nodiscard]] std::size_t size() const { return size_; }

  private:
    struct Slot {
        std::uint64_t hash = 0;
        WordRoles roles = 0;
    };
    void grow();
    std::vector<Slot> slots_;
    std::size_t mask_;
    std::size_t size_ = 0;
};

}  // namespace vigie::intake
