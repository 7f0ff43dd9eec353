// The tables the redactor reads by: the French word list, our own lists, and the names of places.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "intake/redaction/name_shape.h"
#include "intake/redaction/word_table.h"

namespace vigie::intake {

/// Debian's package wfrench.
inline constexpr const char* default_word_list = "/usr/share/dict/french";

struct RedactionFiles {
    std::string folder;                         ///< config/redaction: vocabulary, names, places
    std::string word_list = default_word_list;  ///< one French word a line, UTF-8, lower case
    std::vector<std::string> places;            ///< further names that are places, as the city's districts
};

/// How a name of a place was given.
enum class PlaceMatch : std::uint8_t { none = 0, begins = 1, bare = 2, after_street = 4 };

class RedactionLexicon {
  public:
    /// Errors: not_found or invalid_input when a file is missing or too short to be the list that it should be. Without the
    /// word list every word would be unknown or, worse, allowed: there is no working without it.
    [[nodiscard]] static Result<RedactionLexicon> load(const RedactionFiles& files);

    [[nodiscard]] WordRoles roles_of(std::uint64_t hash) const { return words_.find(hash); }
    /// Bits of PlaceMatch for a sequence of words; combine with add_to_place.
    [[nodiscard]] WordRoles place_of(std::uint64_t sequence) const { return places_.find(sequence); }
    [[nodiscard]] static std::uint64_t add_to_place(std::uint64_t sequence, std::uint64_t word) {
        return finish_word_hash((sequence * 0x9E3779B97F4A7C15ULL) ^ word);
    }
    /// Roles of an announcing word that this one is a slip of.
    [[nodiscard]] WordRoles slip_of(std::uint64_t hash) const { return slips_.find(hash); }
    [[nodiscard]] const NameShape& shape() const { return shape_; }
    /// Whether the list holds a short word with just these accents (accented_hash).
    [[nodiscard]] bool has_accents(std::uint64_t accented) const { return accented_.find(accented) != 0; }
    /// True when a word of at least near_letters_min letters is one slip away from an everyday word.
    [[nodiscard]] bool is_near_everyday(std::string_view word) const;
    static constexpr std::size_t near_letters_min = 7;  // shorter, and names would pass for slips

  private:
    Status read_vocabulary(const std::string& path);
    Status read_names(const std::string& path, WordRole role);
    Status read_places(const std::string& path);
    Status read_word_list(const std::string& path);
    void add_place(std::string_view name, PlaceMatch match);
    void add_accents(std::string_view line);
    /// The words of these sections, one slip away: "bulevard", "logemnet", "matircule".
    void add_slips(const std::string& word, WordRoles roles);
    void add_near(const std::string& word);

    WordTable words_;
    WordTable places_;
    WordTable near_;
    WordTable stems_;
    WordTable accented_;
    WordTable slips_;
    NameShape shape_;
    std::vector<std::pair<std::string, WordRoles>> keywords_;  // of which slips are read too
};

}  // namespace vigie::intake
