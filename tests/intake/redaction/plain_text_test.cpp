#include "intake/redaction/plain_text.h"

#include <doctest/doctest.h>

using vigie::intake::folded_word;
using vigie::intake::PlainText;

TEST_CASE("accents, look-alikes, wide letters and mojibake fold to one plain word") {
    CHECK(folded_word("Véhicule") == "vehicule");
    CHECK(folded_word("ve\xCC\x81hicule") == "vehicule");
    CHECK(folded_word("v\xE9hicule") == "vehicule");
    CHECK(folded_word("vÃ©hicule") == "vehicule");
    CHECK(folded_word("s\xD0\xB0\xD1\x96"
                      "d") == "said");
    CHECK(folded_word("Ｓａｉｄ") == "said");
    CHECK(folded_word("Nguyễn") == "nguyen");
    CHECK(folded_word("cœur") == "coeur");
    CHECK(folded_word("sa\xE2\x80\x8Bid") == "said");
}

TEST_CASE("what is shown is valid UTF-8 without invisible letters, and plain letters know where they stand in it") {
    PlainText text;
    text.read("a\xE9\xE2\x80\x8B\xFFz");
    CHECK(text.shown == "aéÿz");
    CHECK(text.plain == "aeyz");
    CHECK(text.at == std::vector<std::uint32_t>{0, 1, 3, 5, 6});
}
