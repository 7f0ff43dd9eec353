// The city's one list of categories, grouped by theme. It is a file (config/taxonomy/*.toml), so that a
// city can word it its own way; sources map their codes onto it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "city/event/event.h"

namespace vigie {

struct Theme {
    std::string key;  ///< stable, snake_case ASCII
    std::string label_fr;
    std::string label_en;
};

struct Category {
    CategoryId id;
    std::string key;  ///< stable, snake_case ASCII; unique in the taxonomy
    std::string theme;
    std::string label_fr;
    std::string label_en;
    Severity usual_severity;
};

struct Taxonomy {
    std::string name;
    std::vector<Theme> themes;
    std::vector<Category> categories;  ///< ordered by id; ids are 0..n-1

    [[nodiscard]] std::optional<CategoryId> find(std::string_view key) const;
};

/// The key every taxonomy must have: facts whose own category is mapped nowhere.
inline constexpr std::string_view unmapped_category_key = "unmapped";

}  // namespace vigie
