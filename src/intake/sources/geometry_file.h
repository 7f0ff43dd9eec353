// Outlines of a city from a GeoJSON file: districts, communes, coast. Read whole, since outlines
// are few and bounded.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "city/city.h"

namespace vigie::intake {

/// Longest file of outlines, once decompressed: several times a whole country's communes.
inline constexpr std::size_t shapes_bytes_max = 256u << 20;

struct Shape {
    /// In the file's order. Text as it is; anything else as minified JSON; null is empty.
    std::vector<std::pair<std::string, std::string>> properties;
    std::vector<Ring>
        rings;  ///< outer rings and holes alike (even-odd), the closing point not repeated
    std::vector<LonLat> points;  ///< of a Point or a MultiPoint: where a label goes
    /// The value of a property, empty if there is none.
    [[nodiscard]] std::string_view property(std::string_view name) const;
};

/// Reads a FeatureCollection, a Feature, a GeometryCollection or a bare geometry, plain, .gz or
/// .xz; one Shape a feature, or a geometry. Errors: those of opening; invalid_input for what is not
/// such a file, for lines (neither area nor point), for a ring of fewer than three points, and for
/// coordinates that are not WGS 84 degrees.
[[nodiscard]] Result<std::vector<Shape>> read_shapes(const std::string& path);

/// The same from UTF-8 text; `name` is for messages.
[[nodiscard]] Result<std::vector<Shape>> read_shapes_of_text(std::string_view text,
                                                             const std::string& name);

}  // namespace vigie::intake
