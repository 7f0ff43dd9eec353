#include "intake/redaction/french_redactor.h"

using namespace vigie::intake;

TEST_CASE("what a title announces goes, with its particles") {
    CHECK(redacted("M. de La Tour est parti") == "M. [nom] est parti");
    CHECK(redacted("Madame <Vitale> attend") == "Madame <[nom]> attend");
    CHECK(redacted("Mme Le Goff attend") == "Mme Le [nom] attend");
    CHECK(redacted("interpellation de Zoubir, dit \"le Kabyle\"").find("Kabyle") == std::string::npos);
    CHECK(redacted("le nommé brahimi alias zouzou a fui") == "le nommé [nom] alias [nom] a fui");
}

TEST_CASE("an office is nobody") {
    CHECK(redacted("en présence de M. le Préfet et de Mme la Maire") == "en présence de M. le Préfet et de Mme la Maire");
    CHECK(redacted("à 50 m du poste") == "à 50 m du poste");
}
