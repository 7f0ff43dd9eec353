#include "intake/redaction/name_shape.h"

#include <doctest/doctest.h>

using namespace vigie::intake;

TEST_CASE("a word is as much of a name as its letters come three by three in names") {
    NameShape shape;
    for (const char* name : {"kowalski", "nowalski", "lewalski", "ndiaye", "ndao"}) {
        shape.add(name, true);
    }
    for (const char* word : {"trottoir", "trotter", "miroir", "couloir", "noir"}) {
        shape.add(word, false);
    }
    shape.finish();
    CHECK(shape.odds("rewalski") > 0);
    CHECK(shape.odds("comptoir") < 0);
    CHECK(shape.odds("RewaLski") == shape.odds("rewalski"));  // case is not read
}
