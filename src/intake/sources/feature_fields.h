// One GeoJSON feature taken apart: its properties as text, and where it is.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "intake/sources/record_reader.h"

namespace vigie::intake {

/// What a feature says. Views are valid until the parser's next feature, and no longer than its
/// text.
struct FeatureFields {
    /// In the feature's order. Text unescaped; numbers, objects and arrays as written; null is
    /// empty.
    std::vector<std::pair<std::string_view, std::string_view>> properties;
    std::string_view
        lon;  ///< as written for a Point or a MultiPoint's first, else the vertices' mean; or empty
    std::string_view lat;
};

class FeatureParser {
  public:
    FeatureParser();
    FeatureParser(const FeatureParser&) = delete;
    FeatureParser& operator=(const FeatureParser&) = delete;
    ~FeatureParser();
    /// Takes `json` apart into `fields`; the text must be one balanced value, readable for 64 bytes
    /// beyond its end. Returns not_an_object for anything but a Feature, bad_encoding for bytes
    /// that are not UTF-8 (or a NUL), or none.
    [[nodiscard]] Defect parse(std::string_view json, FeatureFields& fields);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace vigie::intake
