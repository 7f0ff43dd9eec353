#include "intake/redaction/french_redactor.h"

using namespace vigie::intake;

TEST_CASE("times, durations, amounts and measures stay, whatever stands beside them") {
    for (const char* kept :
         {"15h30", "15 h 30", "5 H 10", "15:30", "23 heures 05", "dix-sept heures vingt", "minuit et quart", "3h du matin", "quinze jours",
          "cent à l'heure", "98 km/h", "1 500 euros", "37,50 m", "80 dB", "un bon quart d'heure"}) {
        CAPTURE(kept);
        CHECK(redacted(std::string("tapage à Noailles ") + kept + ", fin") == std::string("tapage à Noailles ") + kept + ", fin");
        CHECK(redacted(std::string("rue Paradis ") + kept) == std::string("rue Paradis ") + kept);
        CHECK(redacted(std::string("tel 06 12 34 56 78, ") + kept) == std::string("tel [téléphone], ") + kept);
    }
}

TEST_CASE("figures that a scanner took for letters are still a time") {
    CHECK(redacted("fin à 2Oh15") == "fin à 2Oh15");
    CHECK(redacted("fin à 5 H 1O") == "fin à 5 H 1O");
}

TEST_CASE("a unit does not save a plate, a house or a phone") {
    CHECK(redacted("SB 806 KM") == "[plaque]");
    CHECK(redacted("épave 1435 ML 13 rue Paradis") == "épave [plaque] rue Paradis");
    CHECK(redacted("habite au 12 m benali") == "habite au [numéro] m [nom]");
    CHECK(redacted("à 7 h 06 12 34 56 78").find("56") == std::string::npos);
}
