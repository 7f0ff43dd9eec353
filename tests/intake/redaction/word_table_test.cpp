#include "intake/redaction/word_table.h"

#include <doctest/doctest.h>

#include <string>

using namespace vigie::intake;

TEST_CASE("a table finds what was added, adds roles up, and knows nothing of the rest") {
    WordTable table;
    for (int i = 0; i < 5000; ++i) {
        table.add(hash_of_word(std::to_string(i)), bit(WordRole::lexicon));
    }
    table.add(hash_of_word("12"), bit(WordRole::number));
    CHECK(table.size() == 5000);
    CHECK(table.find(hash_of_word("12")) == (bit(WordRole::lexicon) | bit(WordRole::number)));
    CHECK(table.find(hash_of_word("4999")) == bit(WordRole::lexicon));
    CHECK(table.find(hash_of_word("5000")) == 0);
}
