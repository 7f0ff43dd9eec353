#include "intake/redaction/french_redactor.h"

using namespace vigie::intake;

TEST_CASE("names of every origin go") {
    CHECK(redacted("Présence de Mohamed Saïdi sur place") == "Présence de [nom] sur place");
    CHECK(redacted("M. Hovhannès Sarkissian se plaint") == "M. [nom] se plaint");
    CHECK(redacted("Mme Nguyen Thi Lan se plaint") == "Mme [nom] se plaint");
    CHECK(redacted("Mamadou Diallo se plaint") == "[nom] se plaint");
    CHECK(redacted("José Fernandes Da Silva se plaint") == "[nom] se plaint");
    CHECK(redacted("Pasquale Santucci se plaint") == "[nom] se plaint");
    CHECK(redacted("Said Ali Mmadi se plaint") == "[nom] se plaint");
    CHECK(redacted("Zeynep Yılmaz se plaint") == "[nom] se plaint");
    CHECK(redacted("Piotr Wiśniewski se plaint") == "[nom] se plaint");
    CHECK(redacted("Gheorghe Lăcătuș se plaint") == "[nom] se plaint");
    CHECK(redacted("John O'Connor se plaint") == "[nom] se plaint");
}

TEST_CASE("whatever the letters") {
    CHECK(redacted("contact mohamed saidi sur place") == "contact [nom] sur place");
    CHECK(redacted("CONTACT MOHAMED SAIDI SUR PLACE") == "CONTACT [nom] SUR PLACE");
    CHECK(redacted("contact M0hamed Sa1di sur place") == "contact [nom] sur place");
    CHECK(redacted("Jean-Baptiste N'Diaye se plaint") == "[nom] se plaint");
    CHECK(redacted("Nathalie L. et J. Durand se plaignent") == "[nom]. et [nom] se plaignent");
    CHECK(redacted("Moh​amed se plaint") == "[nom] se plaint");
}

TEST_CASE("words that are also names go when the sentence says so") {
    CHECK(redacted("Pierre Martin est blessé, Rose aussi") == "[nom] est blessé, [nom] aussi");
    CHECK(redacted("mme rose blanc est blessée") == "mme [nom] est blessée");
    CHECK(redacted("le brigadier petit relève") == "le brigadier [nom] relève");
    CHECK(redacted("pierre a frappé un passant") == "[nom] a frappé un passant");
    CHECK(redacted("M. Boulanger est là") == "M. [nom] est là");
    CHECK(redacted("alias le Borgne") == "alias le [nom]");
    CHECK(redacted("surnommé \"Momo le Fou\"") == "surnommé \"[nom]\"");
}

TEST_CASE("and stay when it does not") {
    CHECK(redacted("une pierre a été lancée") == "une pierre a été lancée");
    CHECK(redacted("un pull rose, un jean blanc et un petit sac") == "un pull rose, un jean blanc et un petit sac");
    CHECK(redacted("un marin et un boulanger discutent") == "un marin et un boulanger discutent");
    CHECK(redacted("un clément soleil") == "un clément soleil");
    CHECK(redacted("le barbier ferme en mars") == "le barbier ferme en mars");
    CHECK(redacted("Madame demande un passage, Monsieur est parti") == "Madame demande un passage, Monsieur est parti");
}

TEST_CASE("an unknown word goes") {
    CHECK(redacted("contact avec Zorglubovic sur place") == "contact avec [nom] sur place");
    CHECK(redacted("contact avec zorglubovic sur place") == "contact avec [nom] sur place");
}
