#include "simulator/live/logbook_phrases.h"

namespace vigie::simulator {
namespace {

using Phrases = std::span<const std::string_view>;

// One category after the other, as a table: two formal phrases, two usual, two hurried.
// clang-format off
constexpr auto categories = std::to_array<CategoryPhrases>({
    {"Vol", {{{"avons été requis pour un vol simple commis à l'étalage d'un commerce %r", "constatons le vol d'un sac à main laissé sans surveillance en terrasse %r"},
              {"vol de téléphone signalé %r, l'auteur a pris la fuite à pied", "un portefeuille a été dérobé dans la file d'attente %r"},
              {"vol sac %r auteur parti", "vol à la tire %r, rien retrouvé"}}}},
    {"Vol à la roulotte", {{{"constatons que la vitre avant droite d'un véhicule stationné %r a été brisée et que des objets ont été dérobés dans l'habitacle", "avons été requis pour un vol dans un véhicule en stationnement %r, coffre fracturé"},
              {"vitre de voiture cassée %r, gps et sac volés à l'intérieur", "vol dans une voiture garée %r, portière forcée"},
              {"roulotte %r vitre cassée fouille habitacle", "vol dans vl %r"}}}},
    {"Vol de véhicule", {{{"avons recueilli la déclaration du vol d'un scooter stationné %r", "constatons la disparition d'un véhicule de tourisme régulièrement stationné %r"},
              {"scooter volé %r pendant la nuit, antivol coupé", "sa voiture n'est plus là où elle était garée %r"},
              {"vol 2rm %r", "vl volé %r cette nuit"}}}},
    {"Vol avec violence", {{{"avons été requis pour un vol avec violence, la victime ayant été poussée au sol avant l'arrachage de son collier %r", "constatons un vol commis avec menace d'une arme blanche %r"},
              {"arrachage de téléphone avec coups %r, deux auteurs en fuite", "collier arraché, la dame est tombée %r"},
              {"arrachage collier %r victime au sol", "vol violences %r 2 auteurs en fuite"}}}},
    {"Cambriolage", {{{"avons été requis pour un cambriolage, la porte palière ayant été fracturée %r", "constatons des traces d'effraction sur la fenêtre d'un local %r"},
              {"appartement cambriolé %r, serrure arrachée", "local associatif visité pendant le week-end %r, porte forcée"},
              {"cambri %r porte fracturée", "effraction local %r"}}}},
    {"Violences", {{{"avons été requis pour des violences volontaires commises sur la voie publique %r", "constatons qu'une personne présente des traces de coups au visage %r"},
              {"un homme a reçu des coups %r, il saigne du nez", "femme frappée devant un commerce %r, pompiers avisés"},
              {"coups et blessures %r pompiers avisés", "agression %r victime consciente"}}}},
    {"Rixe", {{{"constatons une rixe opposant une dizaine d'individus %r, dispersée à notre arrivée", "avons été requis pour une rixe sur la voie publique à la sortie d'un débit de boissons %r"},
              {"bagarre entre plusieurs jeunes %r, tout le monde est parti à notre arrivée", "deux groupes se battent %r à la sortie d'un bar"},
              {"rixe %r 8 ind dispersés", "bagarre sortie bar %r"}}}},
    {"Menaces", {{{"avons recueilli la plainte verbale d'un riverain menacé par son voisin %r", "constatons un différend au cours duquel des menaces ont été proférées %r"},
              {"un commerçant se dit menacé par un client %r", "menaces et insultes entre voisins %r"},
              {"menaces %r calme au retour", "menaces verbales commerçant %r"}}}},
    {"Dégradations", {{{"constatons la dégradation volontaire du mobilier urbain %r", "avons constaté le bris de la vitre d'un abribus %r"},
              {"abribus cassé %r, verre au sol, voirie prévenue", "barrière arrachée et rétroviseurs cassés %r"},
              {"dégradations abribus %r", "rétros cassés %r"}}}},
    {"Stupéfiants", {{{"constatons des échanges pouvant correspondre à une vente de stupéfiants dans un hall %r", "avons découvert un sac contenant de la résine dissimulé derrière un compteur %r"},
              {"guetteurs et vente de cannabis dans le hall %r", "point de deal installé avec chaises et canapé %r"},
              {"deal hall %r guetteurs en place", "stups %r, petite quantité, pv fait"}}}},
    {"Port d'arme", {{{"avons interpellé un individu porteur d'un couteau %r et l'avons remis à l'officier de police judiciaire", "constatons la présence d'étuis de munitions au sol %r"},
              {"individu avec un couteau à la main %r", "détonations entendues %r, étuis trouvés au sol"},
              {"couteau %r ind maîtrisé", "tirs entendus %r étuis au sol"}}}},
    {"Attroupement gênant", {{{"constatons un attroupement d'une quinzaine de personnes gênant le passage %r", "avons été requis pour un rassemblement bruyant entravant l'accès aux immeubles %r"},
              {"groupe de jeunes qui bloque l'entrée de l'immeuble %r", "attroupement devant l'épicerie %r, on ne peut plus passer"},
              {"attroupement %r dispersé sans incident", "groupe hall %r invité à partir"}}}},
    {"Ivresse publique", {{{"constatons une personne en état d'ivresse publique et manifeste %r", "avons pris en charge une personne ivre allongée sur la chaussée %r"},
              {"homme ivre qui crie et titube %r", "personne alcoolisée couchée sur un banc %r"},
              {"ipm %r conduit hôpital", "ivresse %r vociférations"}}}},
    {"Vente à la sauvette", {{{"constatons la vente à la sauvette de cigarettes %r, marchandise saisie", "avons procédé à l'éviction de vendeurs à la sauvette installés %r"},
              {"vendeurs de cigarettes à la sortie du métro %r", "étalages sauvages au sol %r, chaussures et parfums"},
              {"sauvette cigarettes %r saisie", "vendeurs sauvette %r évincés"}}}},
    {"Occupation illicite", {{{"constatons l'occupation sans droit ni titre d'un terrain municipal %r", "avons constaté l'installation d'un campement sous l'ouvrage %r"},
              {"squat dans un immeuble muré %r", "caravanes installées sur le parking %r"},
              {"squat %r rapport à suivre", "occupation parking %r caravanes"}}}},
    {"Rodéo motorisé", {{{"constatons un rodéo motorisé impliquant trois deux-roues circulant sur la roue arrière %r", "avons été requis pour des deux-roues circulant à vive allure sur l'espace piéton %r"},
              {"rodéo de motos %r, roue arrière sans casque", "quads et motocross qui tournent %r"},
              {"rodéo %r 3 motos refus", "motocross %r roue arrière"}}}},
    {"Accident de la circulation", {{{"constatons un accident de la circulation entre un véhicule léger et un deux-roues %r", "avons réglé la circulation à la suite d'une collision matérielle %r"},
              {"accrochage entre deux voitures %r, circulation difficile", "piéton renversé %r, pompiers sur place"},
              {"avp vl/2rm %r un blessé léger", "accident matériel %r circulation rétablie"}}}},
    {"Tapage", {{{"constatons un tapage nocturne provenant d'une fête privée %r", "avons été requis pour de la musique amplifiée audible depuis la voie publique %r"},
              {"musique très forte dans un appartement %r, les voisins n'arrivent pas à dormir", "tapage sur la placette %r, enceinte et cris"},
              {"tapage %r enceinte coupée", "musique forte %r rappel fait"}}}},
    {"Feux d'artifice et pétards", {{{"constatons des tirs de mortiers d'artifice en direction de la chaussée %r", "avons constaté l'usage de pétards et de fumigènes %r"},
              {"tirs de mortiers et pétards %r depuis une heure", "feux d'artifice tirés entre les immeubles %r"},
              {"mortiers %r", "pétards %r rien à notre arrivée"}}}},
    {"Assistance", {{{"avons porté assistance à une personne âgée désorientée %r", "avons assisté les sapeurs-pompiers pour un périmètre de sécurité %r"},
              {"assistance à une personne perdue %r", "aide à une dame tombée dans les escaliers %r"},
              {"assistance personne %r", "aide pompiers périmètre %r"}}}},
});
// clang-format on

constexpr auto formal_openings = std::to_array<std::string_view>(
    {"Ce jour à %h, de patrouille portée dans le secteur %q, ",
     "À %h, sur instruction de la station directrice, nous nous transportons %r où nous ",
     "Étant en service, à %h nous ", "Mentionnons qu'à %h, quartier %q, nous "});
constexpr auto usual_openings = std::to_array<std::string_view>(
    {"%h : ", "Appel reçu à %h. ", "Secteur %q, ", "Vers %h, ", ""});
constexpr auto hurried_openings =
    std::to_array<std::string_view>({"%h ", "", "sur place %h : ", "ras puis "});

constexpr auto formal_clauses = std::to_array<std::string_view>(
    {". La requérante, Madame %n, demeurant %a, est joignable au %t",
     ". Avons relevé l'identité de Monsieur %n, demeurant %a",
     ". Le véhicule immatriculé %p appartiendrait à Monsieur %n",
     ". Monsieur %n a été avisé de ses droits et laissé libre",
     ". Un témoin, Madame %n, se tient à disposition par courriel à %m",
     ". Les faits se sont déroulés au niveau du %a"});
constexpr auto usual_clauses = std::to_array<std::string_view>(
    {". Requérant : M. %n, %t", ". Mme %n habite au %a et demande à être rappelée au %t",
     ", par un certain %n qui vit au %a", ". Véhicule relevé : %p",
     ". La vidéo circule sur le compte %c", ". Victime : %n, contact %m",
     ". Vu avec la gardienne du %a, Mme %n"});
constexpr auto hurried_clauses =
    std::to_array<std::string_view>({", req %n %t", ", vl %p", ", %n déjà connu, habite %a",
                                     ", rappeler %t", ", cf compte %c", ", appel du %a"});

constexpr auto formal_closings = std::to_array<std::string_view>(
    {". Dont acte.", ". Fin d'intervention à %h, rien d'autre à signaler.",
     ". Rapport transmis à la hiérarchie.", "."});
constexpr auto usual_closings = std::to_array<std::string_view>(
    {". Patrouille envoyée.", ". RAS à notre arrivée.", ". Calme à %h.", "."});
constexpr auto hurried_closings = std::to_array<std::string_view>({"", " ras", " fin %h", " tvb"});

constexpr auto streets = std::to_array<std::string_view>({"rue de Rome",
                                                          "rue Paradis",
                                                          "rue Curiol",
                                                          "cours Julien",
                                                          "boulevard Longchamp",
                                                          "rue de Lodi",
                                                          "avenue du Prado",
                                                          "rue d'Aubagne",
                                                          "boulevard National",
                                                          "rue Sainte",
                                                          "quai du Port",
                                                          "rue de la République",
                                                          "boulevard Baille",
                                                          "avenue de Toulon",
                                                          "rue Breteuil",
                                                          "boulevard de la Libération",
                                                          "rue Consolat",
                                                          "place Castellane",
                                                          "rue Saint-Ferréol",
                                                          "boulevard Michelet",
                                                          "rue Félix Pyat",
                                                          "avenue des Chartreux",
                                                          "chemin de Sainte-Marthe",
                                                          "corniche Kennedy"});

}  // namespace

std::span<const CategoryPhrases> category_phrases() {
    return categories;
}

std::span<const std::string_view> openings(WritingStyle style) {
    return style == WritingStyle::formal  ? Phrases(formal_openings)
           : style == WritingStyle::usual ? Phrases(usual_openings)
                                          : Phrases(hurried_openings);
}

std::span<const std::string_view> person_clauses(WritingStyle style) {
    return style == WritingStyle::formal  ? Phrases(formal_clauses)
           : style == WritingStyle::usual ? Phrases(usual_clauses)
                                          : Phrases(hurried_clauses);
}

std::span<const std::string_view> closings(WritingStyle style) {
    return style == WritingStyle::formal  ? Phrases(formal_closings)
           : style == WritingStyle::usual ? Phrases(usual_closings)
                                          : Phrases(hurried_closings);
}

std::span<const std::string_view> street_names() {
    return streets;
}

}  // namespace vigie::simulator
