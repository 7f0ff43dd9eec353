#include "intake/redaction/redaction_lexicon.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <utility>

#include "intake/redaction/plain_text.h"

namespace vigie::intake {
namespace {

// wfrench holds 346 000 words; a list much shorter is another file.
constexpr std::size_t words_min = 100'000;
constexpr std::size_t names_min = 1'000;
constexpr std::size_t stem_letters_min = 2;
constexpr std::size_t stem_letters_max = 14;
constexpr std::size_t slip_letters_min = 5;  // shorter, and a slip is another word
constexpr WordRoles doubtful =
    bit(WordRole::street) | bit(WordRole::facility) | bit(WordRole::shop) | bit(WordRole::number) | bit(WordRole::person_cue);
/// Words that announce or begin something: they have to be read also when they are mistyped.
constexpr WordRoles slipping = bit(WordRole::street) | bit(WordRole::facility) | bit(WordRole::shop) | bit(WordRole::dwelling) |
                               bit(WordRole::agent_number) | bit(WordRole::plate) | bit(WordRole::paper) | bit(WordRole::person_title) |
                               bit(WordRole::month) | bit(WordRole::unit) | bit(WordRole::birth) | bit(WordRole::make) |
                               bit(WordRole::model) | bit(WordRole::person_cue) | bit(WordRole::number);

constexpr std::array<std::pair<std::string_view, WordRole>, 39> sections{{
    {"courant", WordRole::everyday},
    {"sigles", WordRole::sigle},
    {"sms", WordRole::sigle},
    {"determinants", WordRole::determiner},
    {"prepositions", WordRole::preposition},
    {"conjonctions", WordRole::conjunction},
    {"pronoms", WordRole::pronoun},
    {"verbes", WordRole::verb},
    {"auxiliaires", WordRole::auxiliary},
    {"nombres", WordRole::number},
    {"mois", WordRole::month},
    {"jours", WordRole::day},
    {"alphabet", WordRole::radio},
    {"epellation", WordRole::spelling},
    {"personne", WordRole::person_title},
    {"role", WordRole::role},
    {"rang", WordRole::rank},
    {"particules", WordRole::particle},
    {"titres", WordRole::street_title},
    {"voies", WordRole::street},
    {"voies faibles", WordRole::weak_street},
    {"lieux", WordRole::facility},
    {"commerces", WordRole::shop},
    {"qualificatifs de lieu", WordRole::qualifier},
    {"matricule", WordRole::agent_number},
    {"logement", WordRole::dwelling},
    {"code", WordRole::code},
    {"piece", WordRole::paper},
    {"naissance", WordRole::birth},
    {"immatriculation", WordRole::plate},
    {"reseau", WordRole::network},
    {"couleurs", WordRole::colour},
    {"mots", WordRole::place},
    {"noms", WordRole::first_name},
    {"teintes", WordRole::dye},
    {"unites", WordRole::unit},
    {"marques", WordRole::make},
    {"personne possible", WordRole::person_cue},
    {"modeles", WordRole::model},
}};

Result<std::ifstream> open_file(const std::string& path) {
    std::ifstream file(path);
    if (!file) {
        return fail(ErrorCode::not_found, path + " : fichier introuvable ou illisible (caviardage)");
    }
    return file;
}

std::vector<std::string> words_in(std::string_view line) {
    std::vector<std::string> words;
    std::string word;
    for (const char letter : folded_word(line) + ' ') {
        if ((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '*') {
            word += letter;
        } else if (!word.empty()) {
            words.push_back(std::exchange(word, {}));
        }
    }
    return words;
}

}  // namespace

void RedactionLexicon::add_accents(std::string_view line) {
    PlainText text;
    text.read(line);
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    for (std::size_t begin = 0; begin < text.plain.size();) {
        std::size_t end = begin;
        while (end < text.plain.size() && is_letter(text.plain[end])) {
            ++end;
        }
        const std::string_view accents = std::string_view(text.accents).substr(begin, end - begin);
        if (end > begin && accents.find_first_not_of(no_accent) != std::string_view::npos) {
            accented_.add(accented_hash(std::string_view(text.plain).substr(begin, end - begin), accents), 1);
        }
        begin = end + 1;
    }
}

Status RedactionLexicon::read_vocabulary(const std::string& path) {
    std::ifstream file = TRY(open_file(path));
    WordRole role = WordRole::everyday;
    WordRoles also = 0;  // ordinary words that are names too have both roles
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') {
            continue;
        }
        if (line.starts_with("[noms courants]") || line.starts_with("[prenoms courants]")) {
            role = WordRole::everyday;
            also = bit(line[1] == 'n' ? WordRole::family_name : WordRole::first_name);
            continue;
        }
        if (line[0] == '[') {
            also = 0;
            const std::string name = folded_word(std::string_view(line).substr(1, line.find(']') - 1));
            const auto* const found = std::find_if(sections.begin(), sections.end(), [&](const auto& s) { return s.first == name; });
            if (found == sections.end()) {
                return fail(ErrorCode::invalid_input, std::string(path).append(" : section inconnue [").append(name).append("]"));
            }
            role = found->second;
            continue;
        }
        add_accents(line);
        for (const std::string& word : words_in(line)) {
            if (word.back() == '*') {
                stems_.add(hash_of_word(std::string_view(word).substr(0, word.size() - 1)), bit(role));
            } else {
                words_.add(hash_of_word(word), bit(role) | also);
                if (role == WordRole::everyday) {
                    add_near(word);
                }
                if ((bit(role) & slipping) != 0 && word.size() >= slip_letters_min + ((bit(role) & doubtful) != 0 ? 1U : 0U)) {
                    keywords_.emplace_back(word, bit(role));
                }
            }
        }
    }
    return {};
}

Status RedactionLexicon::read_names(const std::string& path, WordRole role) {
    std::ifstream file = TRY(open_file(path));
    std::size_t count = 0;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#' || line[0] == '[') {
            continue;
        }
        for (const std::string& word : words_in(line)) {
            words_.add(hash_of_word(word), bit(role));
            shape_.add(word, true);
            ++count;
        }
    }
    if (count < names_min) {
        return fail(ErrorCode::invalid_input, path + " : moins de 1 000 noms, la liste est incomplète");
    }
    return {};
}

void RedactionLexicon::add_place(std::string_view name, PlaceMatch match) {
    const std::vector<std::string> words = words_in(name);
    std::uint64_t sequence = word_hash_seed;
    for (std::size_t i = 0; i < words.size(); ++i) {
        sequence = add_to_place(sequence, hash_of_word(words[i]));
        places_.add(sequence, static_cast<WordRoles>(i + 1 == words.size() ? match : PlaceMatch::begins) |
                                  static_cast<WordRoles>(PlaceMatch::begins));
    }
    if (words.size() == 1 && match == PlaceMatch::bare) {
        words_.add(hash_of_word(words[0]), bit(WordRole::place));
    }
}

Status RedactionLexicon::read_places(const std::string& path) {
    std::ifstream file = TRY(open_file(path));
    enum class Part : std::uint8_t { words, names, streets } part = Part::words;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') {
            continue;
        }
        if (line[0] == '[') {
            part = line.starts_with("[mots]") ? Part::words : line.starts_with("[voies") ? Part::streets : Part::names;
            continue;
        }
        add_accents(line);
        if (part == Part::words) {
            for (const std::string& word : words_in(line)) {
                words_.add(hash_of_word(word), bit(WordRole::place));
            }
        } else {
            add_place(line, part == Part::names ? PlaceMatch::bare : PlaceMatch::after_street);
        }
    }
    return {};
}

Status RedactionLexicon::read_word_list(const std::string& path) {
    std::ifstream file(path);
    if (!file) {
        return fail(ErrorCode::not_found, path +
                                              " : liste de mots introuvable ; installez le paquet wfrench (apt install wfrench) : sans "
                                              "elle rien n'est caviardé sûrement");
    }
    constexpr WordRoles names = bit(WordRole::first_name) | bit(WordRole::family_name);
    std::size_t count = 0;
    for (std::string line; std::getline(file, line); ++count) {
        if (line.size() <= 12) {  // only short words are asked for
            add_accents(line);
        }
        for (const std::string& word : words_in(line)) {
            WordRoles roles = bit(WordRole::lexicon);
            std::uint64_t hash = word_hash_seed;
            const bool name = (words_.find(hash_of_word(word)) & names) != 0;
            for (std::size_t i = 0; i < word.size() && i < stem_letters_max && !name; ++i) {
                hash = add_to_word_hash(hash, word[i]);
                if (i + 1 >= stem_letters_min) {
                    roles |= stems_.find(finish_word_hash(hash));
                }
            }
            words_.add(hash_of_word(word), roles);
            if (!name) {
                shape_.add(word, false);
            }
            if ((roles & bit(WordRole::everyday)) != 0) {
                add_near(word);
            }
        }
    }
    if (count < words_min) {
        return fail(ErrorCode::invalid_input, path + " : moins de 100 000 mots, ce n'est pas la liste attendue (paquet wfrench)");
    }
    return {};
}

void RedactionLexicon::add_slips(const std::string& word, WordRoles roles) {
    const auto add = [&](const std::string& slip) {
        if (const std::uint64_t hash = hash_of_word(slip); slip.size() >= slip_letters_min && words_.find(hash) == 0) {
            slips_.add(hash, roles | bit(WordRole::damaged));
        }
    };
    for (std::size_t i = 0; i < word.size(); ++i) {
        add(std::string(word).erase(i, 1));
        if (i + 1 < word.size()) {
            std::string swapped = word;
            std::swap(swapped[i], swapped[i + 1]);
            add(swapped);
        }
        for (char letter = 'a'; letter <= 'z'; ++letter) {
            std::string changed = word;
            changed[i] = letter;
            add(changed);
            add(std::string(word).insert(i, 1, letter));
        }
    }
}

void RedactionLexicon::add_near(const std::string& word) {
    if (word.size() + 1 < near_letters_min) {
        return;
    }
    near_.add(hash_of_word(word), 1);
    for (std::size_t i = 0; i < word.size(); ++i) {
        near_.add(hash_of_word(std::string(word).erase(i, 1)), 1);
    }
}

bool RedactionLexicon::is_near_everyday(std::string_view word) const {
    if (word.size() < near_letters_min || word.size() > 2 * stem_letters_max) {
        return false;
    }
    if (near_.find(hash_of_word(word)) != 0) {
        return true;
    }
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (near_.find(hash_of_word(std::string(word).erase(i, 1))) != 0) {
            return true;
        }
    }
    return false;
}

Result<RedactionLexicon> RedactionLexicon::load(const RedactionFiles& files) {
    RedactionLexicon lexicon;
    TRY(lexicon.read_names(files.folder + "/first_names.txt", WordRole::first_name));
    TRY(lexicon.read_names(files.folder + "/family_names.txt", WordRole::family_name));
    TRY(lexicon.read_vocabulary(files.folder + "/vocabulary.txt"));
    TRY(lexicon.read_places(files.folder + "/places.txt"));
    TRY(lexicon.read_word_list(files.word_list));
    for (const auto& [word, roles] : lexicon.keywords_) {
        lexicon.add_slips(word, roles);
    }
    lexicon.keywords_.clear();
    lexicon.shape_.finish();
    for (const std::string& place : files.places) {
        lexicon.add_accents(place);
        lexicon.add_place(place, PlaceMatch::bare);
    }
    return lexicon;
}

}  // namespace vigie::intake
