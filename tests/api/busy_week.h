// A small observatory with one week of facts: 12 in one cell, 3 in its neighbour, 7 in a third.
#pragma once

#include <string>

#include <doctest/doctest.h>

#include "small_observatory.h"

namespace vigie::api::testing {

struct BusyWeek {
    BusyWeek() {
        add(12, {0, 0});
        add(3, {1, 0});
        add(7, {5, 2});
        small.sign_in("analyst");
    }
    /// Facts at 22 h on Wednesday 2016-03-02.
    void add(int count, Cell cell) {
        const LocalDay day = day_from_civil(std::chrono::year_month_day{
            std::chrono::year{2016}, std::chrono::month{3}, std::chrono::day{2}});
        std::vector<Event> block;
        for (int i = 0; i < count; ++i) {
            block.push_back(fact(LocalHour{first_hour_of(day).raw() + 22}, cell,
                                 static_cast<std::uint16_t>(1 + i % 2)));
        }
        REQUIRE(small.events.append(block, {}));
    }
    [[nodiscard]] std::string view() const {
        return "/api/v1/past/view?from=2016-02-29&to=2016-03-07&cell=100";
    }
    [[nodiscard]] std::string view_in_other_words() const {
        return "/api/v1/past/view?to=2016-03-07T00&cell=100&unit=cells&from=2016-02-29";
    }
    [[nodiscard]] std::string frames() const {
        return "/api/v1/past/frames?from=2016-02-29&to=2016-03-07&cell=100&step=day";
    }
    [[nodiscard]] std::string export_of(const std::string& what, const std::string& format,
                                        const std::string& more = "") const {
        return "/api/v1/past/export?from=2016-02-29&to=2016-03-07&cell=100&what=" + what +
               "&format=" + format + more;
    }

    SmallObservatory small;
};

}  // namespace vigie::api::testing
