#include "intake/redaction/french_redactor.h"

using namespace vigie::intake;

TEST_CASE("phones, plates and names that are said go") {
    CHECK(redacted("joindre le zéro six douze trente-quatre cinquante-six soixante-dix-huit") == "joindre le [téléphone]");
    CHECK(redacted("plaque alpha bravo cent vingt-trois charlie delta") == "plaque [plaque]");
    CHECK(redacted("il épelle D U P O N T") == "il épelle [nom]");
    CHECK(redacted("il épelle d-u-p-o-n-t") == "il épelle [nom]");
}

TEST_CASE("numbers in words that count stay") {
    CHECK(redacted("deux ou trois jeunes, vingt-deux véhicules") == "deux ou trois jeunes, vingt-deux véhicules");
    CHECK(redacted("mille deux cents personnes") == "mille deux cents personnes");
    CHECK(redacted("R.A.S. sur le secteur") == "R.A.S. sur le secteur");
}
