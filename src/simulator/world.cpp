#include "simulator/world.h"

#include <algorithm>
#include <cmath>

namespace vigie::simulator {
namespace {

constexpr std::string_view changed_kind = "illegal_dumping";
constexpr double change_after_share = 0.6;  // of the period
constexpr int change_days_min = 60;         // no change is planted in a shorter period
constexpr double readiness_min = 0.35;
constexpr double readiness_max = 0.95;
constexpr double silent_readiness = 0.2;

/// Districts that have streets, the most populated first.
std::vector<std::size_t> lived_in(const Ground& ground) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < ground.quarters().size(); ++i) {
        if (!ground.quarters()[i].streets.empty()) {
            order.push_back(i);
        }
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return ground.quarters()[a].residents > ground.quarters()[b].residents;
    });
    return order;
}

Planted choose_planted(const Ground& ground, const Levels& levels, LocalDay first_day, int days) {
    const std::vector<std::size_t> order = lived_in(ground);
    const std::size_t count = order.size();
    Planted planted;
    planted.change_kind = kind_index(changed_kind);
    planted.change_district =
        *std::max_element(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return levels.share_of(planted.change_kind, a) <
                   levels.share_of(planted.change_kind, b);
        });
    const int wait = days < change_days_min ? days : static_cast<int>(days * change_after_share);
    planted.change_day = LocalDay{first_day.raw() + wait};
    // Neighbours in the order of population, away from the very first: like in size, apart from the
    // other plants.
    planted.silent_district = order[count / 6];
    planted.watched_district = order[count / 4];
    planted.twin_district = order[std::min(count - 1, count / 4 + 1)];
    return planted;
}

}  // namespace

Result<World> make_world(const City& city, LocalDay last_day, int days, std::uint64_t seed) {
    LocalCalendar calendar = TRY(LocalCalendar::open(city.zone));
    const LocalDay first_day{last_day.raw() - days};
    // One stream of numbers for each part, so that a change in one leaves the others as they were.
    Ground ground(city, mix64(seed ^ 0x67726f756e64));
    if (lived_in(ground).empty()) {
        return fail(ErrorCode::invalid_input,
                    "ville « " + city.name +
                        " » : aucun quartier où tracer une rue (attendu : des contours)");
    }
    Levels levels(ground, mix64(seed ^ 0x6c6576656c73));
    Rhythm rhythm(first_day, make_weather(first_day, days, mix64(seed ^ 0x736b79)));
    std::vector<PlannedEvent> events =
        plan_events(ground, first_day, days, mix64(seed ^ 0x6167656e6461));
    const Planted planted = choose_planted(ground, levels, first_day, days);
    Random random(mix64(seed ^ 0x7265706f7274));
    std::vector<double> readiness;
    for (std::size_t i = 0; i < ground.quarters().size(); ++i) {
        const double drawn = std::lerp(readiness_min, readiness_max, random.uniform());
        readiness.push_back(i == planted.silent_district ? silent_readiness : drawn);
    }
    World world{std::move(calendar),
                std::move(ground),
                std::move(levels),
                std::move(rhythm),
                std::move(events),
                std::move(readiness),
                planted};
    return world;
}

}  // namespace vigie::simulator
