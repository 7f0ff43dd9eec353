#include "api/shown_places.h"

#include "governance/disclosure.h"

namespace vigie::api {

std::optional<std::uint64_t> shown_count(std::uint64_t count, governance::Role role) {
    const bool exact = governance::shown_at_place(role, count) == governance::Shown::exact;
    return exact ? std::optional(count) : std::nullopt;
}

std::vector<ShownPlace> shown_places(const std::vector<past::Place>& places, past::Measure measure,
                                     governance::Role role) {
    std::vector<ShownPlace> shown;
    shown.reserve(places.size());
    for (const auto& place : places) {
        ShownPlace one;
        one.key = place.key;
        one.count = shown_count(place.count, role);
        one.few = !one.count;
        if (place.compared) {
            one.compared = shown_count(*place.compared, role);
        }
        // A change beside one of the two counts would give the other away.
        const bool change_tells = measure == past::Measure::change && !one.compared;
        if (!one.few && !change_tells && place.value) {
            one.value = place.value;
            one.low = place.low;
            one.high = place.high;
        }
        shown.push_back(one);
    }
    return shown;
}

}  // namespace vigie::api
