#include "intake/redaction/french_redactor.h"

using namespace vigie::intake;

TEST_CASE("makes and models stay, also those that are first names") {
    for (const char* kept : {"une Renault Clio grise", "la Seat Leon noire", "un Alfa Romeo Giulietta rouge", "véhicule Mercedes Vito",
                             "une Mercedes noire", "Peugeot 208 blanche", "un KTM Duke", "fiat 500 blanche", "BMW Série 1 jaune"}) {
        CAPTURE(kept);
        CHECK(redacted(kept) == kept);
    }
}

TEST_CASE("a model without its make may be somebody, and a plate after it goes") {
    CHECK(redacted("nous avons vu Giulietta hier") == "nous avons vu [nom] hier");
    CHECK(redacted("Mme Mercedes Ruiz") == "Mme [nom]");
    CHECK(redacted("Fiat 500 WE-313-CD") == "Fiat 500 [plaque]");
    CHECK(redacted("seat ibiza delta juliett 4 4 0 oscar foxtrot") == "seat ibiza [plaque]");
}
