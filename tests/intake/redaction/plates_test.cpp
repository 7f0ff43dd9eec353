#include "intake/redaction/french_redactor.h"

using namespace vigie::intake;

TEST_CASE("plates go with any separator or none") {
    CHECK(redacted("véhicule AA-123-AA en fuite") == "véhicule [plaque] en fuite");
    CHECK(redacted("véhicule aa 123 bc en fuite") == "véhicule [plaque] en fuite");
    CHECK(redacted("véhicule AB123CD en fuite") == "véhicule [plaque] en fuite");
    CHECK(redacted("véhicule WW-123-AB en fuite") == "véhicule [plaque] en fuite");
    CHECK(redacted("véhicule 1234 AB 13 en fuite") == "véhicule [plaque] en fuite");
    CHECK(redacted("véhicule 123-ABC-13 en fuite") == "véhicule [plaque] en fuite");
    CHECK(redacted("immatriculé M AB 1234 en fuite") == "immatriculé [plaque] en fuite");
    CHECK(redacted("véhicule 1234 BCD en fuite") == "véhicule [plaque] en fuite");
}

TEST_CASE("accounts go, of any country") {
    CHECK(redacted("iban FR76 3000 6000 0112 3456 7890 189 fourni") == "iban [IBAN] fourni");
    CHECK(redacted("iban fr7630006000011234567890189 fourni") == "iban [IBAN] fourni");
    CHECK(redacted("iban BE68 5390 0754 7034 fourni") == "iban [IBAN] fourni");
}

TEST_CASE("little words around a number are no plate") {
    CHECK(redacted("vu 2 VL au 123 de la rue") == "vu 2 VL au [numéro] de la rue");
    CHECK(redacted("le 14 au soir") == "le 14 au soir");
    CHECK(redacted("PV 12 du 13 mai") == "PV 12 du 13 mai");
}
