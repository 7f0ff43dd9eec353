#include "api/page_parameters.h"

#include <charconv>
#include <string>

namespace vigie::api {

tl::expected<std::uint64_t, Problem> number_parameter(const Parameters& parameters,
                                                      std::string_view name, std::uint64_t absent,
                                                      Bounds bounds) {
    const auto text = find_parameter(parameters, name);
    if (!text) {
        return absent;
    }
    std::uint64_t number = 0;
    const auto end = std::from_chars(text->data(), text->data() + text->size(), number);
    if (end.ec != std::errc{} || end.ptr != text->data() + text->size() || number < bounds.low ||
        number > bounds.high) {
        const auto low = std::to_string(bounds.low);
        const auto high = std::to_string(bounds.high);
        return refuse(bad_parameter(
            std::string(name), {"Un nombre entier de " + low + " à " + high + " est attendu.",
                                "A whole number from " + low + " to " + high + " is expected."}));
    }
    return number;
}

}  // namespace vigie::api
