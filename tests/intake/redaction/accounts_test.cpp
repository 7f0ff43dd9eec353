#include "intake/redaction/french_redactor.h"

using namespace vigie::intake;

TEST_CASE("accounts go whole, announced or not") {
    CHECK(redacted("ma snap c ballon_74 demande") == "ma snap c [compte] demande");
    CHECK(redacted("sur insta : mistral.gagnant13") == "sur insta : [compte]");
    CHECK(redacted("le lien t.me/navette_gabian24") == "le lien [compte]");
    CHECK(redacted("il écrit sous cagole_officiel depuis hier") == "il écrit sous [compte] depuis hier");
}

TEST_CASE("a network's name alone stays") {
    CHECK(redacted("vidéo publiée sur snapchat et sur facebook") == "vidéo publiée sur snapchat et sur facebook");
    CHECK(redacted("le _12_ est barré") == "le _12_ est barré");
}
