// Texts in shapes of their own, from formal to spoken: what has to be gone and what has to be left of each.
#include <string_view>
#include <vector>

#include "intake/redaction/french_redactor.h"

using namespace vigie::intake;

namespace {

struct Stress {
    const char* text;
    std::vector<std::string_view> gone;
    std::vector<std::string_view> left;
};

const std::vector<Stress>& stresses() {
    static const std::vector<Stress> all{
        {"Mentionnons que le dénommé TCHIKAYA Brice Rodrigue né le 04 février 1991 à Pointe-Noire demeurant 14 bis traverse du Moulin à "
         "Vent",
         {"TCHIK", "Brice", "Rodrigue", "1991", "14"},
         {"dénommé", "traverse du Moulin à Vent"}},
        {"15h30 appel Mme Ferhat Zohra (06 12 45 78 96) tapage 2eme etg 45 rue d'Aubagne",
         {"Ferhat", "Zohra", "45 78", "45 rue"},
         {"15h30", "tapage", "rue d'Aubagne"}},
        {"ctrl bar L'Escale gérant SANOGO Bakary", {"SANOGO", "Bakary"}, {"bar L'Escale"}},
        {"PC de patrouille, un monsieur Kamardine, Kilo Alpha Mike Alpha Romeo Delta", {"Kamardine", "Mike"}, {"patrouille"}},
        {"c'est encore la famille Gomis au 22, ils ont mis la sono dehors", {"Gomis", "22"}, {"la sono dehors"}},
        {"slt c jawad du bat C on a encore pris le scoot a mon reuf immat gh 452 lm", {"jawad", " C ", "452"}, {"scoot", "pris"}},
        {"ya wesley et sa bande devant lecole ils fume et crie venez vite svp", {"wesley"}, {"bande", "crie"}},
        {"ALERTE RIXE COURS JULIEN 8 INDIVIDUS DONT LE NOMME SOW CHEIKH TIDIANE",
         {"SOW", "CHEIKH", "TIDIANE"},
         {"COURS JULIEN 8 INDIVIDUS"}},
        {"le conducteur PHAM VAN DUNG déclare que le véhicule est à sa soeur PHAM THI LAN", {"PHAM", "DUNG", "LAN"}, {"véhicule", "soeur"}},
        {"altercation entre le chauffeur du 83 et un passager, M. Ait-Ouarab Madjid", {"Ouarab", "Madjid"}, {"altercation", "passager"}},
        {"interpellation de Zoubir, porteur d'un couteau, vers 18:20, angle Belges/Canebière",
         {"Zoubir"},
         {"couteau", "18:20", "Canebière"}},
        {"équipage composé de BC Sanchez, GPX Lopez et ADS Fofana", {"Sanchez", "Lopez", "Fofana"}, {"équipage"}},
        {"Mme Rose-Marie Blanc, 4 rue Blanche, a perdu son chat noir", {"Rose", "Marie", "Blanc,", "4 "}, {"rue Blanche", "chat noir"}},
        {"le boucher de la rue Longue a reconnu Boucher Franck", {"Boucher Franck"}, {"le boucher de la rue Longue"}},
        {"M. Selvarajah Kandiah gérant du snack, licence périmée", {"Selvarajah", "Kandiah"}, {"licence périmée"}},
        {"on me signale que Mickael, le frère de Steeve, est dans le coup", {"Mickael", "Steeve"}, {"frère", "coup"}},
        {"j'ai parlé à Jo, Manu et la grande Sandrine, personne n'a rien vu", {"Jo,", "Manu", "Sandrine"}, {"personne n'a rien vu"}},
        {"Madame D. du 2ème étage se plaint de Monsieur L. du rez-de-chaussée", {" D.", "2ème", " L."}, {"rez-de-chaussée"}},
        {"tel de la mere 0 6 4 5 7 8 9 1 2 3", {"4 5", "9 1"}, {"mere"}},
        {"son numero cest zero sept cinquante huit quarante et un soixante trois douze", {"sept", "soixante"}, {"numero"}},
        {"plaque belge 1-ABC-234 et plaque italienne FA 123 GT", {"ABC", "123"}, {"plaque belge", "italienne"}},
        {"le suspect est entré au n°15, porte 304, digicode 78B12", {"15", "304", "78B12"}, {"suspect", "porte", "digicode"}},
        {"Présence de M. le Préfet à la cérémonie du 8 mai, rue de la République barrée",
         {},
         {"le Préfet", "8 mai", "rue de la République"}},
        {"Grosse fuite d'eau rue Fortia, périmètre de sécurité mis en place jusqu'à 4h",
         {},
         {"Grosse fuite d'eau rue Fortia, périmètre de sécurité mis en place jusqu'à 4h"}},
        {"manifestation Porte d'Aix, 400 personnes, parcours rue de Rome, dispersion 17h",
         {},
         {"manifestation Porte d'Aix, 400 personnes, parcours rue de Rome, dispersion 17h"}},
        {"suite a lappel du 17 on se rend 3 impasse montbard", {"3 imp"}, {"17", "impasse"}},
        {"chien jack russell sans laisse, cane corso errant, un saint-bernard", {}, {"jack russell", "cane corso", "saint-bernard"}},
    };
    return all;
}

}  // namespace

TEST_CASE("texts in shapes of their own lose who, and keep what, where and when") {
    for (const Stress& stress : stresses()) {
        const std::string out = redacted(stress.text);
        CAPTURE(out);
        for (const std::string_view part : stress.gone) {
            CAPTURE(part);
            CHECK(out.find(part) == std::string::npos);
        }
        for (const std::string_view part : stress.left) {
            CAPTURE(part);
            CHECK(out.find(part) != std::string::npos);
        }
        CHECK(redacted(out) == out);
    }
}
