// GeoJSON features one by one, as text, from a collection of any size or from a sequence.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "base/result.h"
#include "intake/sources/json_window.h"
#include "intake/sources/record_reader.h"

namespace vigie::intake {

struct FeatureText {
    std::string_view json;    ///< padded; valid until the next call; empty if defective
    std::uint64_t place = 0;  ///< number of the feature in a collection, line in a sequence; from 1
    Defect defect = Defect::none;  ///< too_long, or not_an_object for what is not one JSON value
};

class FeatureStream {
  public:
    FeatureStream() = default;
    FeatureStream(const FeatureStream&) = delete;
    FeatureStream& operator=(const FeatureStream&) = delete;
    virtual ~FeatureStream() = default;
    /// False at the end. Errors: those of the stream; invalid_input where the file is not what the
    /// format says.
    [[nodiscard]] virtual Result<bool> next(FeatureText& feature) = 0;
    [[nodiscard]] virtual const TextStream& text() const = 0;
};

/// A FeatureCollection, with "features" anywhere among its members, or a single Feature.
[[nodiscard]] std::unique_ptr<FeatureStream> make_collection_stream(TextStream text,
                                                                    std::size_t record_max);

/// GeoJSON text sequence: records begin with RS (RFC 8142), or are lines if the file does not begin
/// with RS.
[[nodiscard]] std::unique_ptr<FeatureStream> make_sequence_stream(TextStream text,
                                                                  std::size_t record_max);

}  // namespace vigie::intake
