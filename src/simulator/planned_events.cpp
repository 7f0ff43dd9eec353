#include "simulator/planned_events.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <tuple>

#include "simulator/kinds.h"

namespace vigie::simulator {
namespace {

constexpr std::array<Excess, 8> match_excess{{{"parking", .12},
                                              {"fight", .03},
                                              {"theft", .05},
                                              {"nuisance_gathering", .03},
                                              {"public_drunkenness", .04},
                                              {"litter", .04},
                                              {"medical_emergency", .04},
                                              {"noise_neighbourhood", .03}}};
constexpr std::array<Excess, 6> concert_excess{{{"noise_neighbourhood", .3},
                                                {"parking", .4},
                                                {"theft", .12},
                                                {"medical_emergency", .1},
                                                {"public_drunkenness", .1},
                                                {"litter", .1}}};
constexpr std::array<Excess, 4> market_excess{
    {{"theft", .12}, {"parking", .5}, {"street_vending", .25}, {"litter", .3}}};
constexpr std::array<Excess, 6> festival_excess{{{"noise_venue", .15},
                                                 {"noise_neighbourhood", .15},
                                                 {"theft", .1},
                                                 {"public_drunkenness", .08},
                                                 {"medical_emergency", .08},
                                                 {"litter", .1}}};
constexpr std::array<Excess, 5> show_excess{{{"fireworks", .25},
                                             {"fire_bin", .06},
                                             {"fight", .05},
                                             {"theft", .05},
                                             {"medical_emergency", .05}}};

constexpr EventType match{"match", 550.0, 150, 150, match_excess};
constexpr EventType concert{"concert", 350.0, 90, 120, concert_excess};
constexpr EventType market_day{"marche", 150.0, 60, 90, market_excess};
constexpr EventType festival{"festival", 400.0, 60, 180, festival_excess};
constexpr EventType show{"feu_d_artifice", 900.0, 120, 240, show_excess};

constexpr std::size_t markets_max = 8;

struct Venues {
    Spot stadium;
    Spot hall;
    Spot waterfront;
    std::vector<Spot> markets;
};

/// The given place when it lies in the city, a hotspot of the flavour otherwise.
Spot venue(const Ground& ground, LonLat wanted, std::uint8_t flavour) {
    const Spot spot = ground.spot_of(wanted);
    if (ground.district_at(spot) != no_district) {
        return spot;
    }
    const auto& hotspots = ground.hotspots();
    const auto found = std::find_if(hotspots.begin(), hotspots.end(),
                                    [flavour](const Hotspot& h) { return h.flavour == flavour; });
    return found == hotspots.end() ? Spot{} : found->centre;
}

Venues choose_venues(const Ground& ground) {
    // Public places of Marseille: its stadium, its concert hall and the quay of the old harbour.
    Venues venues{venue(ground, {5.3959, 43.2698}, square),
                  venue(ground, {5.4035, 43.3135}, nightlife),
                  venue(ground, {5.3745, 43.2955}, beach),
                  {}};
    for (const Hotspot& hotspot : ground.hotspots()) {
        if (hotspot.flavour == market && venues.markets.size() < markets_max) {
            venues.markets.push_back(hotspot.centre);
        }
    }
    return venues;
}

int about(int people, Random& random) {
    return std::max(100, static_cast<int>(people * (1.0 + 0.2 * random.normal())));
}

/// The events of one day, in any order.
void plan_day(LocalDay day, const Venues& venues, Random& random,
              std::vector<PlannedEvent>& events) {
    const auto date = civil_from_day(day);
    const auto month = static_cast<unsigned>(date.month());
    const auto day_of_month = static_cast<unsigned>(date.day());
    const int weekday = weekday_of(day);
    const bool season = month >= 8 || month <= 5;
    const auto add = [&](const EventType& type, int start, int end, Spot place, int attendance) {
        events.push_back({&type, day, start, end, place, attendance});
    };
    if (season && week_of(day) % 2 == 0 && weekday == (week_of(day) % 4 == 0 ? 6 : 5)) {
        add(match, 21 * 60, 22 * 60 + 50, venues.stadium, about(52'000, random));
    }
    if ((weekday == 4 || weekday == 5) && month != 8 && random.uniform() < 0.2) {
        add(concert, 20 * 60, 23 * 60, venues.hall, about(6500, random));
    }
    for (std::size_t i = 0; i < venues.markets.size(); ++i) {
        const bool open = weekday == 5 || weekday == static_cast<int>(i % 4);
        if (open) {
            add(market_day, 8 * 60, 13 * 60, venues.markets[i], about(1800, random));
        }
    }
    if (month == 7 && day_of_month >= 18 && day_of_month <= 20) {
        add(festival, 18 * 60, 25 * 60, venues.waterfront, about(12'000, random));
    }
    if ((month == 7 && day_of_month == 14) || (month == 12 && day_of_month == 31)) {
        add(show, 22 * 60, 25 * 60, venues.waterfront, about(30'000, random));
    }
}

}  // namespace

std::vector<PlannedEvent> plan_events(const Ground& ground, LocalDay first_day, int days,
                                      std::uint64_t seed) {
    Random random(seed);
    const Venues venues = choose_venues(ground);
    std::vector<PlannedEvent> events;
    for (int i = 0; i < days; ++i) {
        plan_day(LocalDay{first_day.raw() + i}, venues, random, events);
    }
    std::stable_sort(
        events.begin(), events.end(), [](const PlannedEvent& a, const PlannedEvent& b) {
            return std::tuple(a.day, a.start_minute) < std::tuple(b.day, b.start_minute);
        });
    return events;
}

}  // namespace vigie::simulator
