#include "intake/redaction/french_redactor.h"

using namespace vigie::intake;

TEST_CASE("house numbers go in rows, around marks and where the street is mistyped") {
    CHECK(redacted("12 bis, rue Paradis") == "[numéro], rue Paradis");
    CHECK(redacted("30 ou 5/7 rue Beauvau") == "[numéro] rue Beauvau");
    CHECK(redacted("161-163 ou 224bis cours Julien") == "[numéro] cours Julien");
    CHECK(redacted("du 182 au 261 rue Grignan") == "du [numéro] rue Grignan");
    CHECK(redacted("(29) avenue de Hambourg") == "([numéro]) avenue de Hambourg");
    CHECK(redacted("213 a ou 109 a avenue jules cantini") == "[numéro] avenue jules cantini");
    CHECK(redacted("57 bulevard Baille").starts_with("[numéro] bulevard"));
    CHECK(redacted("88 La Canebière") == "[numéro] La Canebière");
    CHECK(redacted("rue Kléber n°47") == "rue Kléber n°[numéro]");
}

TEST_CASE("house numbers go without a street") {
    CHECK(redacted("c'est au 137, pas au 290") == "c'est au [numéro], pas au [numéro]");
    CHECK(redacted("le locataire du 54 ne répond plus") == "le locataire du [numéro] ne répond plus");
    CHECK(redacted("au 135 ter il y a un feu") == "au [numéro] il y a un feu");
    CHECK(redacted("adresse : 7") == "adresse : [numéro]");
    CHECK(redacted("passez par le 57, le hall est ouvert") == "passez par le [numéro], le hall est ouvert");
}

TEST_CASE("numbers that are no houses stay") {
    for (const char* kept :
         {"appel au 17", "le bus 32 est bloqué", "5 jeunes rue Paradis", "du 12 au 15 mars", "au 3 rue" /* a house, below */}) {
        CAPTURE(kept);
        CHECK((redacted(kept) == kept) == (std::string_view(kept) != "au 3 rue"));
    }
    CHECK(redacted("rue Paradis 12 poubelles") == "rue Paradis 12 poubelles");
}
