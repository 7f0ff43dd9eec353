#include "intake/redaction/figures.h"

#include "intake/redaction/french_redactor.h"

using namespace vigie::intake;

TEST_CASE("phones go in every grouping") {
    CHECK(redacted("tel 06 12 34 56 78") == "tel [téléphone]");
    CHECK(redacted("tel 0612345678") == "tel [téléphone]");
    CHECK(redacted("tel 06.12.34.56.78") == "tel [téléphone]");
    CHECK(redacted("tel 06-12-34-56-78") == "tel [téléphone]");
    CHECK(redacted("tel +33 6 12 34 56 78") == "tel [téléphone]");
    CHECK(redacted("tel 0033612345678") == "tel [téléphone]");
    CHECK(redacted("tel +39 333 123 4567") == "tel [téléphone]");
    CHECK(redacted("tel O6 l2 34 56 78") == "tel [téléphone]");
}

TEST_CASE("social security, card, device and position numbers go") {
    CHECK(redacted("NIR 1 85 03 13 055 123 45") == "NIR [NIR]");
    CHECK(redacted("NIR 1850313055123") == "NIR [NIR]");
    CHECK(redacted("sécu 2 85 03 2A 055 123 45") == "sécu [NIR]");
    CHECK(redacted("carte 4970 1234 5678 9012") == "carte [pièce]");
    CHECK(redacted("IMEI 356938035643809") == "IMEI [pièce]");
    CHECK(redacted("vu au 43.29651, 5.37698") == "vu au [position], [position]");
}

TEST_CASE("dates of the facts, times, counts, amounts and measures stay") {
    CHECK(redacted("le 12/03/2024 à 15h30") == "le 12/03/2024 à 15h30");
    CHECK(redacted("entre 21:15 et 23:30") == "entre 21:15 et 23:30");
    CHECK(redacted("contrôle à 92 km/h, amende de 135 euros") == "contrôle à 92 km/h, amende de 135 euros");
    CHECK(redacted("préjudice de 12 500 euros") == "préjudice de 12 500 euros");
    CHECK(redacted("environ 2500 supporters, 4 bus et 12 véhicules") == "environ 2500 supporters, 4 bus et 12 véhicules");
    CHECK(redacted("code pénal, article 222-13") == "code pénal, article 222-13");
    CHECK(redacted("13e arrondissement, 13013 Marseille") == "13e arrondissement, 13013 Marseille");
    CHECK(redacted("alcoolémie 0,85 mg/l") == "alcoolémie 0,85 mg/l");
    CHECK(redacted("bus 35, autoroute A50, véhicule VP12") == "bus 35, autoroute A50, véhicule VP12");
}

TEST_CASE("a date of birth goes, announced or too old to be a fact") {
    CHECK(redacted("né le 12/03/1985 à Alger") == "né le [date de naissance] à Alger");
    CHECK(redacted("née en 1992") == "née en [date de naissance]");
    CHECK(redacted("M. X (12.03.1985)") == "M. X ([date de naissance])");
    CHECK(redacted("né le douze mars mille neuf cent quatre-vingt-cinq") == "né le [date de naissance]");
    CHECK(redacted("date de naissance : 3 mai 1999") == "date de naissance : [date de naissance]");
}
