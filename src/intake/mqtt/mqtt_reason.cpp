#include "intake/mqtt/mqtt_reason.h"

#include <array>

namespace vigie::intake {
namespace {

struct Sentence {
    std::uint8_t code;
    std::string_view text;
};

// Source: MQTT 5.0, table 2-6.
constexpr std::array sentences{
    Sentence{0x00, "fin normale"},
    Sentence{0x80, "refus sans raison donnée"},
    Sentence{0x81, "paquet mal formé"},
    Sentence{0x82, "paquet contraire au protocole"},
    Sentence{0x83, "refus propre à ce courtier"},
    Sentence{0x84, "version de MQTT refusée : essayer l'autre (« version »)"},
    Sentence{0x85, "identifiant de client refusé (« client_id »)"},
    Sentence{0x86, "utilisateur ou mot de passe refusé"},
    Sentence{0x87, "accès non autorisé"},
    Sentence{0x88, "courtier indisponible"},
    Sentence{0x89, "courtier surchargé"},
    Sentence{0x8A, "client banni"},
    Sentence{0x8B, "le courtier s'arrête"},
    Sentence{0x8C, "méthode d'authentification refusée"},
    Sentence{0x8D, "le courtier ne nous entendait plus"},
    Sentence{0x8E, "un autre client s'est connecté sous le même identifiant (« client_id »)"},
    Sentence{0x8F, "filtre de sujets refusé"},
    Sentence{0x90, "nom de sujet refusé"},
    Sentence{0x91, "numéro de paquet déjà pris"},
    Sentence{0x92, "numéro de paquet inconnu"},
    Sentence{0x93, "trop de messages en cours"},
    Sentence{0x94, "alias de sujet refusé"},
    Sentence{0x95, "paquet trop grand"},
    Sentence{0x96, "débit trop élevé"},
    Sentence{0x97, "quota dépassé"},
    Sentence{0x98, "fermé par l'administrateur du courtier"},
    Sentence{0x99, "format de message refusé"},
    Sentence{0x9A, "messages retenus refusés"},
    Sentence{0x9B, "qualité de service refusée"},
    Sentence{0x9C, "utiliser un autre courtier"},
    Sentence{0x9D, "le courtier a déménagé"},
    Sentence{0x9E, "abonnements partagés refusés"},
    Sentence{0x9F, "trop de connexions"},
    Sentence{0xA0, "durée de connexion dépassée"},
    Sentence{0xA1, "identifiants d'abonnement refusés"},
    Sentence{0xA2, "abonnements à jokers refusés"},
};

}  // namespace

std::string_view mqtt_reason_text(MqttReason reason) {
    for (const auto& sentence : sentences) {
        if (sentence.code == static_cast<std::uint8_t>(reason)) {
            return sentence.text;
        }
    }
    return "raison inconnue";
}

}  // namespace vigie::intake
