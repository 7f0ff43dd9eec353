#include "intake/redaction/french_redactor.h"

using namespace vigie::intake;

TEST_CASE("initials go, abbreviations stay") {
    CHECK(redacted("Suspect H.A, veste noire") == "Suspect [nom], veste noire");
    CHECK(redacted("mineur F. L. raccompagné") == "mineur [nom]. raccompagné");
    CHECK(redacted("un P.V. a été dressé") == "un P.V. a été dressé");
    CHECK(redacted("prévenir ROUX P. et rentrer") == "prévenir [nom]. et rentrer");
    CHECK(redacted("le S.D.F. dort") == "le S.D.F. dort");
}

TEST_CASE("ordinary words are names after a word for somebody") {
    CHECK(redacted("Équipage : Carrière, Petit. RAS.") == "Équipage : [nom], [nom]. RAS.");
    CHECK(redacted("Témoin : Olivier Innocent, présent") == "Témoin : [nom], présent");
    CHECK(redacted("Prévenir Clémence au 06 12 34 56 78.") == "Prévenir [nom] au [téléphone].");
    CHECK(redacted("Le petit Fleur, six ans, est perdu") == "Le petit [nom], six ans, est perdu");
    CHECK(redacted("ya napoléon ki crie") == "ya [nom] ki crie");
    CHECK(redacted("rens. le Prof = Omar Benali") == "rens. le [nom] = [nom]");
    CHECK(redacted("un certain Toussaint nous remet un sac") == "un certain [nom] nous remet un sac");
}

TEST_CASE("letters that French does not write make a name of a short word") {
    CHECK(redacted("merci à Lê et à Trâm") == "merci à [nom] et à [nom]");
    CHECK(redacted("Đỗ est là") == "[nom] est là");
    CHECK(redacted("\xd0\xa2r\xc3\xa2m est là") == "[nom] est là");  // a Cyrillic T
    CHECK(redacted("MA\xe2\x80\x8bI est là") == "[nom] est là");     // a hidden space
    CHECK(redacted("la tôle et le bât du Dôme, à dû être là") == "la tôle et le bât du Dôme, à dû être là");
}
