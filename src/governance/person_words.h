// Column names that speak of a person. The house keeps facts by place and by event: a manifest that maps such a
// column is refused, whatever role it gives it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vigie::governance {

/// The word in `column_name` that speaks of a person, as plain lower-case ASCII ("date_naissance" -> "naissance"), or
/// nothing. Case, accents and separators do not matter; camelCase is split. Names of places that hold such a word
/// ("nom_quartier", "street_name") pass.
[[nodiscard]] std::optional<std::string> person_word_in(std::string_view column_name);

}  // namespace vigie::governance
