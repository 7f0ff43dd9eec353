#include "intake/defect_text.h"

#include <fmt/format.h>

namespace vigie::intake {

const char* reason_of(Defect defect) {
    switch (defect) {
        case Defect::none: return "";
        case Defect::too_few_fields: return "too_few_fields";
        case Defect::too_many_fields: return "too_many_fields";
        case Defect::unclosed_quote: return "unclosed_quote";
        case Defect::stray_quote: return "stray_quote";
        case Defect::bad_encoding: return "bad_encoding";
        case Defect::too_long: return "too_long";
        case Defect::not_an_object: return "not_an_object";
    }
    return "unreadable";
}

std::string detail_of(Defect defect, std::size_t columns) {
    switch (defect) {
        case Defect::too_few_fields: return fmt::format("moins de champs que de colonnes : {} attendus", columns);
        case Defect::too_many_fields: return fmt::format("plus de champs que de colonnes : {} attendus", columns);
        case Defect::unclosed_quote: return "guillemet ouvert et jamais fermé";
        case Defect::stray_quote: return "guillemet au milieu d'un champ : attendu au début et à la fin, doublé au milieu";
        case Defect::bad_encoding: return "octets qui ne sont pas du texte dans l'encodage du fichier";
        case Defect::too_long: return fmt::format("enregistrement de plus de {} octets", record_bytes_max);
        case Defect::not_an_object: return "attendu un objet GeoJSON « Feature »";
        case Defect::none: break;
    }
    return "enregistrement illisible";
}

}  // namespace vigie::intake
