#include "governance/person_words.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

namespace vigie::governance {
namespace {

// Words that speak of a person wherever they stand. « Article 9 » of the GDPR's special categories is here too (health, religion,
// opinions, origin): a column of that name has no place in a table of facts.
constexpr std::array words_of_persons{
    "prenom",       "firstname",   "lastname",     "surname",     "patronyme",   "forename",     "fullname",    "phone",
    "tel",          "telephone",   "mobile",       "portable",    "gsm",         "fax",          "plaque",      "plate",
    "immat",        "immatriculation", "licenseplate", "vin",     "naissance",   "birth",        "birthday",    "birthdate",
    "dob",          "ddn",         "age",          "sexe",        "sex",         "gender",       "genre",       "race",
    "ethnie",       "ethnicity",   "nationalite",  "nationality", "email",       "mail",         "courriel",    "mel",
    "iban",         "bic",         "rib",          "nir",         "ssn",         "passeport",    "passport",    "cni",
    "siren",        "commentaire", "commentaires", "comment",     "comments",    "description",  "descriptif",  "observation",
    "observations", "remarque",    "remarques",    "remarks",     "narrative",   "narratif",     "recit",       "texte",
    "freetext",     "note",        "notes",        "message",     "verbatim",    "victime",      "victim",      "suspect",
    "auteur",       "author",      "plaignant",    "complainant", "requerant",   "appelant",     "caller",      "temoin",
    "witness",      "agent",       "officer",      "matricule",   "badge",       "usager",       "habitant",    "declarant",
    "contrevenant", "offender",    "proprietaire", "conducteur",  "owner",       "driver",       "locataire",   "adresse",
    "address",      "addr",        "religion",     "sante",       "diagnostic",  "photo",        "image",       "visage",
    "ip",           "imei",        "imsi",         "login",       "username",    "utilisateur",  "user",        "identite",
    "face",         "facial",      "biometrie",    "biometric",   "biometrics",  "empreinte",    "fingerprint", "gait",
    "embedding",    "handle",      "pseudo",       "pseudonyme",  "nickname",    "surnom"};

// Words that mean a person's name unless the column also names a place or a kind ("nom_quartier", "type_name").
constexpr std::array words_for_a_name{"nom", "noms", "name", "names"};
constexpr std::array words_of_places_and_kinds{
    "commune", "quartier", "arrondissement", "ville",   "departement", "district", "secteur", "zone",      "station", "categorie",
    "category", "type",    "lieu",           "site",    "parc",        "park",     "voie",    "rue",       "street",  "city",
    "county",  "township", "theme",          "nature",  "borough",     "ward",     "area",    "place",     "region",  "poste",
    "motif",   "service",  "equipement",     "evenement", "parking",   "square",   "beat",    "precinct",  "ligne",   "arret",
    "model",   "modele"};

// A number of a street is half an address: together with a street name it points at a dwelling.
constexpr std::array words_of_streets{"rue", "voie", "street", "house", "maison", "appartement", "apt", "porte", "etage", "batiment"};
constexpr std::array words_of_numbers{"numero", "num", "no", "number", "nb", "n"};
// What follows somebody, or something somebody drives, from one picture to the next.
constexpr std::array words_of_following{"track", "tracking", "person", "personne", "subject", "sujet"};
constexpr std::array words_of_marks{"id", "ids", "identifier", "identifiant", "uuid", "key", "cle"};
constexpr std::array words_of_secu{"secu", "securite", "insee"};

template <std::size_t n>
bool is_one_of(const std::array<const char*, n>& words, std::string_view word) {
    return std::any_of(words.begin(), words.end(), [&](const char* w) { return word == w; });
}

/// Folds one UTF-8 letter of Latin-1 or œ to ASCII; returns how many bytes were read.
std::size_t fold_letter(std::string_view text, std::string& out) {
    const auto byte = static_cast<unsigned char>(text[0]);
    if (byte < 0x80 || text.size() < 2) {
        out += static_cast<char>(byte < 0x80 ? byte : '_');
        return 1;
    }
    const auto next = static_cast<unsigned char>(text[1]);
    if (byte == 0xC3) {
        const auto letter = static_cast<unsigned char>(next | 0x20U);
        if (letter >= 0xA0 && letter <= 0xA5) {
            out += 'a';
        } else if (letter == 0xA7) {
            out += 'c';
        } else if (letter >= 0xA8 && letter <= 0xAB) {
            out += 'e';
        } else if (letter >= 0xAC && letter <= 0xAF) {
            out += 'i';
        } else if (letter >= 0xB2 && letter <= 0xB6) {
            out += 'o';
        } else if (letter >= 0xB9 && letter <= 0xBC) {
            out += 'u';
        } else {
            out += '_';
        }
        return 2;
    }
    if (byte == 0xCC || byte == 0xCD) {
        return 2;  // a combining accent written after its letter: the letter stays
    }
    out += '_';
    return byte >= 0xF0 ? std::min<std::size_t>(4, text.size()) : byte >= 0xE0 ? std::min<std::size_t>(3, text.size()) : 2;
}

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

std::vector<std::string> words_of(std::string_view name) {
    std::string folded;
    while (!name.empty()) {
        name.remove_prefix(fold_letter(name, folded));
    }
    std::vector<std::string> words;
    std::string word;
    char before = '_';
    for (const char c : folded) {
        const bool letter = is_lower(c) || is_upper(c);
        if (!letter || (is_upper(c) && is_lower(before))) {
            if (!word.empty()) {
                words.push_back(std::move(word));
            }
            word.clear();
        }
        if (letter) {
            word += is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
        }
        before = c;
    }
    if (!word.empty()) {
        words.push_back(std::move(word));
    }
    return words;
}

}  // namespace

std::optional<std::string> person_word_in(std::string_view column_name) {
    const std::vector<std::string> words = words_of(column_name);
    const auto any = [&](const auto& list) {
        return std::any_of(words.begin(), words.end(), [&](const std::string& w) { return is_one_of(list, w); });
    };
    for (const std::string& word : words) {
        // A plural is the same word.
        const bool plural = word.size() > 3 && word.back() == 's';
        if (is_one_of(words_of_persons, word) ||
            (plural && is_one_of(words_of_persons, std::string_view(word).substr(0, word.size() - 1)))) {
            return word;
        }
        if (is_one_of(words_for_a_name, word) && !any(words_of_places_and_kinds)) {
            return word;
        }
    }
    if (any(words_of_numbers) && any(words_of_streets)) {
        return "numero de voie";
    }
    if (any(words_of_following) && any(words_of_marks)) {
        return "identifiant de suivi";
    }
    if (any(words_of_numbers) && any(words_of_secu)) {
        return "numero de securite sociale";
    }
    return std::nullopt;
}

}  // namespace vigie::governance
