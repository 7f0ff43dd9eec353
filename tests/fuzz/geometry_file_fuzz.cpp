// Outlines: no input breaks the reader, and what it accepts is made of rings of three points at
// least, in degrees.
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "intake/sources/geometry_file.h"

using namespace vigie;
using namespace vigie::intake;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto shapes =
        read_shapes_of_text(std::string_view(reinterpret_cast<const char*>(data), size), "essai");
    if (!shapes) {
        return 0;
    }
    for (const Shape& shape : *shapes) {
        for (const Ring& ring : shape.rings) {
            VIGIE_ASSERT(ring.size() >= 3);
            for (const LonLat& point : ring) {
                VIGIE_ASSERT(point.lon_deg >= -180.0 && point.lon_deg <= 180.0);
                VIGIE_ASSERT(point.lat_deg >= -90.0 && point.lat_deg <= 90.0);
            }
        }
    }
    return 0;
}
