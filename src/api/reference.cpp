#include "api/reference.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <utility>

#include "api/boundaries_json.h"
#include "api/gzip.h"

namespace vigie::api {

namespace {

/// Wanted error of the polynomial that replaces the projection in the browser: a tenth of a pixel
/// at the closest zoom.
constexpr double grid_error_m = 0.05;

ReadyText ready_text(std::string text) {
    unsigned char hash[16];
    crypto_generichash(hash, sizeof hash, reinterpret_cast<const unsigned char*>(text.data()),
                       text.size(), nullptr, 0);
    ReadyText ready;
    ready.etag = "W/\"";
    for (const unsigned char byte : hash) {
        ready.etag += fmt::format("{:02x}", byte);
    }
    ready.etag += '"';
    ready.gzip = std::make_shared<const std::string>(gzip_of(text, gzip_level_best));
    ready.plain = std::make_shared<const std::string>(std::move(text));
    return ready;
}

}  // namespace

Result<std::shared_ptr<const Reference>> read_reference(ReferenceStore& store,
                                                        std::uint64_t generation) {
    auto city = TRY(store.city());
    auto taxonomy = TRY(store.taxonomy());
    if (!city || !taxonomy) {
        return fail(ErrorCode::not_found,
                    "L'observatoire n'a pas encore de ville ni de catégories : lancez d'abord « "
                    "vigie init ».");
    }
    auto calendar = TRY(LocalCalendar::open(city->zone));
    const auto projection = TRY(Projection::open(city->epsg));
    auto grid = TRY(fit_grid_polynomial(projection, city->box, grid_error_m));
    auto reference = std::make_shared<Reference>(Reference{std::move(*city),
                                                           std::move(*taxonomy),
                                                           std::move(calendar),
                                                           std::move(grid),
                                                           {},
                                                           generation});
    const bool has_districts =
        std::any_of(reference->city.districts.begin(), reference->city.districts.end(),
                    [](const District& district) { return !district.rings.empty(); });
    if (has_districts) {
        reference->boundaries.emplace("districts", ready_text(districts_geojson(reference->city)));
    }
    for (const auto& layer : reference->city.outlines) {
        reference->boundaries.emplace(layer.key, ready_text(outline_geojson(layer)));
    }
    return std::shared_ptr<const Reference>(std::move(reference));
}

std::string clock_text(Instant at, const LocalCalendar& calendar) {
    const auto civil = calendar.to_civil(at);
    const auto seconds = civil.milliseconds_of_day / 1000;
    const auto local_s = std::int64_t{civil.day.raw()} * 86'400 + seconds;
    const auto utc_s = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
    const auto offset_min = (local_s - utc_s) / 60;
    const auto size_min = offset_min < 0 ? -offset_min : offset_min;
    return fmt::format("{}T{:02}:{:02}:{:02}{}{:02}:{:02}", local_day_text(civil.day),
                       seconds / 3600, seconds / 60 % 60, seconds % 60, offset_min < 0 ? '-' : '+',
                       size_min / 60, size_min % 60);
}

std::string local_day_text(LocalDay day) {
    const auto date = civil_from_day(day);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string local_hour_text(LocalHour hour) {
    const int of_day = hour_of_day(hour);
    const auto day = local_day_text(day_of(hour));
    return of_day == 0 ? day : fmt::format("{}T{:02}", day, of_day);
}

}  // namespace vigie::api
