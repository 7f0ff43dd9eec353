#include "intake/redaction/french_redactor.h"

using namespace vigie::intake;

TEST_CASE("mail, links, handles and machine addresses go, written or said") {
    CHECK(redacted("écrire à jean.dupont@gmail.com") == "écrire à [courriel]");
    CHECK(redacted("mail : jean . dupont @ gmail . com") == "mail : [courriel]");
    CHECK(redacted("jean point dupont arobase orange point fr") == "[courriel]");
    CHECK(redacted("compte instagram lola_13, snap : momo.du13") == "compte instagram [compte], snap : [compte]");
    CHECK(redacted("vidéo de @marco.13 sur https://exemple.org/p/1") == "vidéo de [compte] sur [compte]");
    CHECK(redacted("machine 00:1A:2B:3C:4D:5E, adresse 192.168.1.23") == "machine [appareil], adresse [appareil]");
}
