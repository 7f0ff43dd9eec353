#include "intake/redaction/french_redactor.h"

using namespace vigie::intake;

TEST_CASE("what a word announces goes, the word stays") {
    CHECK(redacted("matricule 4521 présent") == "matricule [matricule] présent");
    CHECK(redacted("RIO 1234567") == "RIO [matricule]");
    CHECK(redacted("indicatif TANGO 12") == "indicatif [matricule]");
    CHECK(redacted("appartement 12, bâtiment C, escalier 2") == "appartement [logement], bâtiment [logement], escalier [logement]");
    CHECK(redacted("au 3e étage porte 14") == "au [logement] étage porte [logement]");
    CHECK(redacted("digicode 45B78") == "digicode [code]");
    CHECK(redacted("code portail 1978A") == "code portail [code]");
    CHECK(redacted("CNI n° 123456789012") == "CNI n° [pièce]");
    CHECK(redacted("passeport 12AB34567") == "passeport [pièce]");
}
