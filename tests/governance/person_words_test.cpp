#include "governance/person_words.h"

#include <doctest/doctest.h>

using vigie::governance::person_word_in;

TEST_CASE("a column that speaks of a person is recognised however it is written") {
    for (const char* name : {"nom", "NOM", "Prénom", "nom_agent", "date_naissance", "dateNaissance", "birth-date", "DOB", "tel", "Téléphone portable",
                             "n° tel", "phone_number", "plaque", "numero_plaque", "licensePlate", "immatriculation", "email", "adresse", "Adresse mail",
                             "numero_rue", "num_voie", "no_rue", "commentaire", "Description des faits", "observations", "iban", "NIR", "name",
                             "full name", "victim_age", "sexe", "numéro de sécurité sociale", "noms"}) {
        INFO(name);
        CHECK(person_word_in(name).has_value());
    }
}

TEST_CASE("a column about a place, a time or a kind passes") {
    for (const char* name : {"t", "type", "lat", "lon", "date_heure", "categorie", "origine", "gravite", "longitude", "code_insee", "insee", "com", "twp",
                             "nom_quartier", "street_name", "nom de la commune", "category_name", "desc", "call_group", "id", "numero", "signale_le",
                             "horodatage", "x_l93", "motif", "quartier", "surface_m2", "heure", "geometry.lon", "arrondissement", "theme", "agence",
                             "voie", "page", "stage"}) {
        INFO(name);
        CHECK_FALSE(person_word_in(name).has_value());
    }
}

TEST_CASE("the word found is named in plain letters") {
    CHECK(person_word_in("Prénom de l'usager") == "prenom");
    CHECK(person_word_in("dateNaissance") == "naissance");
}
