#include "governance/roles.h"

#include <doctest/doctest.h>

#include <array>
#include <string>

using vigie::governance::Action;
using vigie::governance::may;
using vigie::governance::name_of;
using vigie::governance::Purpose;
using vigie::governance::Role;

TEST_CASE("the matrix of roles and actions is this one") {
    struct Row {
        Role role;
        const char* allowed;  // aggregates, export, quarantine, journal, accounts
    };
    constexpr std::array<Row, 5> matrix{{{Role::administrator, "y-yyy"},
                                         {Role::analyst, "yyy--"},
                                         {Role::operations, "y----"},
                                         {Role::planner, "yy---"},
                                         {Role::dpo, "yyyy-"}}};
    for (const Row& row : matrix) {
        for (int action = 0; action < 5; ++action) {
            CAPTURE(std::string(name_of(row.role)));
            CAPTURE(action);
            CHECK(may(row.role, static_cast<Action>(action)) == (row.allowed[action] == 'y'));
        }
    }
}

TEST_CASE("what is not known is allowed nothing") {
    CHECK_FALSE(may(static_cast<Role>(9), Action::read_aggregates));
    CHECK_FALSE(may(Role::administrator, static_cast<Action>(31)));
    CHECK_FALSE(may(Role::administrator, static_cast<Action>(32)));
}

TEST_CASE("every role and purpose has a name that leads back to it") {
    for (int i = 0; i < 5; ++i) {
        const auto role = static_cast<Role>(i);
        CHECK_FALSE(name_of(role).empty());
        CHECK(vigie::governance::role_from(name_of(role)) == role);
    }
    for (int i = 0; i < 4; ++i) {
        const auto purpose = static_cast<Purpose>(i);
        CHECK_FALSE(name_of(purpose).empty());
        CHECK(vigie::governance::purpose_from(name_of(purpose)) == purpose);
    }
    CHECK(name_of(Role::dpo) == "dpo");
    CHECK(name_of(Purpose::control) == "control");
    CHECK_FALSE(vigie::governance::role_from("Administrator").has_value());
    CHECK_FALSE(vigie::governance::role_from("").has_value());
    CHECK_FALSE(vigie::governance::purpose_from("dpo").has_value());
}
