// A town drawn in letters, one letter a place, one character a cell of 100 m, north at the top:
//
//     LetterCity town({"A..",
//                      "..B"});
//     town.happened('A', "2016-05-06T23", 6);   // six facts at A, that Friday at 23 h
//     town.happened('B', "2016-05-07");          // one at B, known by day only
//     town.happened('-', "2016-05-07T10");       // one without a place
//
// Answers are drawn the same way, so that a story shows its map before and after.
#pragma once

#include <cctype>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/past/yesterday.h"

namespace vigie::stories {

/// "2016-05-06T23" or "2016-05-06".
inline LocalHour hour_of(std::string_view text) {
    const auto number = [text](std::size_t at, std::size_t length) {
        return std::stoi(std::string(text.substr(at, length)));
    };
    const std::chrono::year_month_day date{std::chrono::year{number(0, 4)},
                                           std::chrono::month{static_cast<unsigned>(number(5, 2))},
                                           std::chrono::day{static_cast<unsigned>(number(8, 2))}};
    return LocalHour{day_from_civil(date).raw() * 24 + (text.size() > 10 ? number(11, 2) : 0)};
}

inline HourRange period(std::string_view from, std::string_view to) {
    return HourRange{hour_of(from), hour_of(to)};
}

class LetterCity {
  public:
    explicit LetterCity(std::vector<std::string> map) : map_(std::move(map)) {}

    /// What the facts that follow are; set it between calls of `happened`.
    Event kind;
    std::vector<Event> events;

    void happened(char place, std::string_view when, int times = 1) {
        Event event = kind;
        event.local_hour = hour_of(when);
        event.time_precision = when.size() > 10 ? TimePrecision::minute : TimePrecision::day;
        event.place_precision = PlacePrecision::none;
        for (std::size_t row = 0; row < map_.size(); ++row) {
            const std::size_t column = map_[row].find(place);
            if (column != std::string::npos) {
                event.place_precision = PlacePrecision::point;
                event.point = {static_cast<std::int32_t>(column) * 100 + 50,
                               static_cast<std::int32_t>(map_.size() - 1 - row) * 100 + 50};
            }
        }
        events.insert(events.end(), static_cast<std::size_t>(times), event);
    }

    /// The value of every cell of 100 m, right-aligned in three columns: . = no fact, ? = too few
    /// to say. As it is, or in per cent.
    [[nodiscard]] std::string draw(const std::vector<past::Place>& places,
                                   double scale = 1.0) const {
        std::string picture;
        for (std::size_t row = 0; row < map_.size(); ++row) {
            for (std::size_t column = 0; column < map_[row].size(); ++column) {
                const Cell cell{static_cast<std::int32_t>(column),
                                static_cast<std::int32_t>(map_.size() - 1 - row)};
                picture += right_aligned(text_at(places, pack(cell), scale));
            }
            picture += '\n';
        }
        return picture;
    }

  private:
    static std::string text_at(const std::vector<past::Place>& places, std::int64_t key,
                               double scale) {
        for (const past::Place& place : places) {
            if (place.key == key) {
                return place.value ? std::to_string(std::lround(*place.value * scale)) : "?";
            }
        }
        return ".";
    }
    static std::string right_aligned(const std::string& text) {
        return std::string(text.size() < 4 ? 4 - text.size() : 0, ' ') + text;
    }

    std::vector<std::string> map_;
};

}  // namespace vigie::stories
