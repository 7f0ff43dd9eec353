#include "city/event/taxonomy.h"

namespace vigie {

std::optional<CategoryId> Taxonomy::find(std::string_view key) const {
    // A taxonomy holds a few dozen categories: a scan beats a map, and callers resolve a key once a
    // manifest.
    for (const Category& category : categories) {
        if (category.key == key) {
            return category.id;
        }
    }
    return std::nullopt;
}

}  // namespace vigie
