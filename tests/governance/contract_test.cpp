#include "governance/contract.h"

#include <doctest/doctest.h>

using namespace vigie;
using namespace vigie::governance;

namespace {

Contract agreed() {
    Contract contract;
    contract.clause = "Convention 2026-14, article 3";
    contract.starts = LocalDay{20'000};
    contract.ends = LocalDay{20'010};
    contract.purposes = {Purpose::analysis, Purpose::control};
    contract.access = {{Role::analyst, Detail::cells}, {Role::planner, Detail::districts}, {Role::operations, Detail::nothing}};
    return contract;
}

}  // namespace

TEST_CASE("data may enter from the first day of a contract to its last") {
    CHECK_FALSE(may_enter(agreed(), LocalDay{19'999}));
    CHECK(may_enter(agreed(), LocalDay{20'000}));
    CHECK(may_enter(agreed(), LocalDay{20'010}));
    const Status late = may_enter(agreed(), LocalDay{20'011});
    REQUIRE_FALSE(late);
    CHECK(late.error().code == ErrorCode::denied);
    CHECK(late.error().message.find("14/10/2024") != std::string::npos);
    CHECK(late.error().message.find("Convention 2026-14, article 3") != std::string::npos);
}

TEST_CASE("a look outside the purpose is refused with the clause") {
    CHECK(may_look(agreed(), "Tickets", Role::analyst, Purpose::analysis));
    const Status refused = may_look(agreed(), "Tickets", Role::analyst, Purpose::preparation);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::denied);
    CHECK(refused.error().message.find("article 3") != std::string::npos);
    CHECK(refused.error().message.find("étude, contrôle") != std::string::npos);
}

TEST_CASE("a role that the contract does not name sees nothing") {
    CHECK(detail_for(agreed(), Role::planner) == Detail::districts);
    CHECK(detail_for(agreed(), Role::dpo) == Detail::nothing);
    CHECK_FALSE(may_look(agreed(), "Tickets", Role::dpo, Purpose::analysis));
    CHECK_FALSE(may_look(agreed(), "Tickets", Role::operations, Purpose::analysis));
}

TEST_CASE("details have names that manifests use") {
    for (const Detail detail : {Detail::nothing, Detail::totals, Detail::districts, Detail::cells}) {
        CHECK(detail_from(name_of(detail)) == detail);
    }
    CHECK_FALSE(detail_from("points"));
}
