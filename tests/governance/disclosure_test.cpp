#include "governance/disclosure.h"

#include <doctest/doctest.h>

using vigie::governance::Role;
using vigie::governance::Shown;
using vigie::governance::shown_at_place;

TEST_CASE("one to four facts at a place are not shown, none and five are") {
    for (int i = 0; i < 5; ++i) {
        const auto role = static_cast<Role>(i);
        CHECK(shown_at_place(role, 0) == Shown::exact);
        for (std::uint64_t count = 1; count < 5; ++count) {
            CHECK(shown_at_place(role, count) == Shown::too_few);
        }
        CHECK(shown_at_place(role, 5) == Shown::exact);
        CHECK(shown_at_place(role, 1'000'000) == Shown::exact);
    }
}
