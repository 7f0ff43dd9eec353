#include "intake/redaction/accents.h"

#include <doctest/doctest.h>

using namespace vigie::intake;

TEST_CASE("French accents are told from those of other languages and alphabets") {
    CHECK(accent_of(0xE9) == '\'');        // é
    CHECK(accent_of(0xE0) == '`');         // à
    CHECK(accent_of(0x153) == no_accent);  // œ
    CHECK(accent_of('e') == no_accent);
    CHECK(accent_of(0xF1) == foreign_accent);   // ñ
    CHECK(accent_of(0x1B0) == foreign_accent);  // ư
    CHECK(accent_of(0x430) == other_script);    // Cyrillic a
    CHECK(combined_accent('e', 0x301) == '\'');
    CHECK(combined_accent('E', 0x300) == '`');
    CHECK(combined_accent('a', 0x301) == foreign_accent);
}

TEST_CASE("a word's accents count, its case does not") {
    CHECK(accented_hash("le", " ^") == accented_hash("LE", " ^"));
    CHECK(accented_hash("le", " ^") != accented_hash("le", "  "));
}
