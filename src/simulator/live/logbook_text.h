// The free text of an invented logbook row, from formal to hurried, with the identifiers planted in
// it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "city/time/local_calendar.h"
#include "simulator/live/planted_identifier.h"

namespace vigie::simulator {

struct LogbookScene {
    std::string_view
        code;  ///< one of the codes of category_phrases(); another says nothing of the kind
    std::string_view district;  ///< its name, or empty
    CivilTime local;
};

struct LogbookText {
    std::string text;                        ///< UTF-8, one line
    std::vector<PlantedIdentifier> planted;  ///< every identifier of the text, in its order
};

/// About two texts out of three hold one to three identifiers; the others none.
[[nodiscard]] LogbookText write_logbook_text(const LogbookScene& scene, Random& random);

}  // namespace vigie::simulator
