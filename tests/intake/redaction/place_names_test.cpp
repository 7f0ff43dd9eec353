#include "intake/redaction/french_redactor.h"

using namespace vigie::intake;

TEST_CASE("the name of a street ends where it ends") {
    CHECK(redacted("rue Paradis Mohamed Saïdi a frappé") == "rue Paradis [nom] a frappé");
    CHECK(redacted("RUE PARADIS MOHAMED SAIDI A FRAPPE") == "RUE PARADIS [nom] A FRAPPE");
    CHECK(redacted("rue paradis mohamed saidi a frappe") == "rue paradis [nom] a frappe");
    CHECK(redacted("rue Jean Jaurès Karim a fui") == "rue Jean Jaurès [nom] a fui");
    CHECK(redacted("rue Tartempion Mohamed a fui") == "rue Tartempion [nom] a fui");
}

TEST_CASE("places that are named for people stay") {
    CHECK(redacted("place Sadi-Carnot") == "place Sadi-Carnot");
    CHECK(redacted("boulevard Michelet") == "boulevard Michelet");
    CHECK(redacted("lycée Thiers") == "lycée Thiers");
    CHECK(redacted("cité Félix Pyat") == "cité Félix Pyat");
    CHECK(redacted("métro Désirée Clary") == "métro Désirée Clary");
    CHECK(redacted("avenue du Général de Gaulle") == "avenue du Général de Gaulle");
    CHECK(redacted("rue du 8 mai 1945") == "rue du 8 mai 1945");
    CHECK(redacted("angle rue Paradis / rue Breteuil") == "angle rue Paradis / rue Breteuil");
    CHECK(redacted("le bar Saint-Antoine") == "le bar Saint-Antoine");
    CHECK(redacted("à la Belle de Mai, vers Frais Vallon") == "à la Belle de Mai, vers Frais Vallon");
    CHECK(redacted("r. de Rome, bd Baille, av. Jules Cantini") == "r. de Rome, bd Baille, av. Jules Cantini");
}

TEST_CASE("the house number goes, the street stays") {
    CHECK(redacted("12 bis rue Paradis") == "[numéro] rue Paradis");
    CHECK(redacted("au 45 de la rue de Rome") == "au [numéro] de la rue de Rome");
    CHECK(redacted("rue Paradis n° 12") == "rue Paradis n° [numéro]");
    CHECK(redacted("à hauteur du 118 boulevard Rabatau") == "à hauteur du [numéro] boulevard Rabatau");
    CHECK(redacted("12-14 avenue du Prado") == "[numéro] avenue du Prado");
}
