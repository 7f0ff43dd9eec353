#include "intake/redaction/french_redactor.h"

using namespace vigie::intake;

TEST_CASE("dates of birth go in every writing, dates of the facts stay") {
    for (const char* date : {"12/05/1989", "12.05.89", "1989-05-12", "12 05 1989", "12 mai 1989", "12 mai 89",
                             "douze mai mille neuf cent quatre-vingt-neuf", "trois six quatre-vingt-douze", "premier mars deux mille"}) {
        CAPTURE(date);
        CHECK(redacted(std::string("la mineure est née le ") + date + " à Lyon") == "la mineure est née le [date de naissance] à Lyon");
    }
    for (const char* date : {"12/05/2024", "12.05.24", "2024-05-12", "le 12 mai", "le 17/12 à 3h", "le douze mars deux mille vingt-quatre",
                             "mardi 5 octobre"}) {
        CAPTURE(date);
        CHECK(redacted(std::string("tapage ") + date) == std::string("tapage ") + date);
    }
}

TEST_CASE("a date of birth needs no announcement when it is too old to be a fact, nor a space after it") {
    CHECK(redacted("vu (16 mai 1971) remise à sa mère") == "vu ([date de naissance]) remise à sa mère");
    CHECK(redacted("né le : 25/05/1992Tél : 04 41 52 28 00") == "né le : [date de naissance]Tél : [téléphone]");
    CHECK(redacted("né le 12.04.20 01 à Toulon") == "né le [date de naissance] à Toulon");
    CHECK(redacted("Naissance : 01/02/1980. Date des faits : 09/12/2024, 12:05") ==
          "Naissance : [date de naissance]. Date des faits : 09/12/2024, 12:05");
}

TEST_CASE("what begins as a date does is no date") {
    CHECK(redacted("tel 06.12.03.20.15") == "tel [téléphone]");
    CHECK(redacted("tel 04 . 10 . 20 . 05 . 15") == "tel [téléphone]");
    CHECK(redacted("rue du 8 mai 1945") == "rue du 8 mai 1945");
    CHECK(redacted("enfant de 5 mai 30 personnes") == "enfant de 5 mai 30 personnes");
}
