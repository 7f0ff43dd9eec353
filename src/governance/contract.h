// What a city and the service that gives its data agreed upon, as a machine can hold both to it: the clause, the purposes,
// the dates, who may see it and how finely. A use outside it is refused, and the refusal cites the clause.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "city/time/instant.h"
#include "governance/roles.h"

namespace vigie::governance {

/// How finely a role may see a source, from nothing to the city's finest cells.
enum class Detail : std::uint8_t { nothing, totals, districts, cells };

struct Contract {
    std::string clause;             ///< cited in refusals: "Convention 2026-14, article 3"
    std::string legal_basis;        ///< "RGPD, article 6(1)(e)"
    LocalDay starts;                ///< first day that data may enter
    LocalDay ends;                  ///< last day, included: a contract without an end does not exist
    std::int32_t retention_months = 0;
    std::vector<Purpose> purposes;  ///< why its data may be looked at
    struct Access {
        Role role = Role::analyst;
        Detail detail = Detail::nothing;
    };
    std::vector<Access> access;     ///< roles that are not named see nothing
};

/// Whether data may enter on that day of the city's calendar. Errors: denied, with the clause and the dates, in French.
[[nodiscard]] Status may_enter(const Contract& contract, LocalDay today);
/// Whether somebody may look for that purpose. source: its label, for the message. Errors: denied, with the clause.
[[nodiscard]] Status may_look(const Contract& contract, const std::string& source, Role role, Purpose purpose);
[[nodiscard]] Detail detail_for(const Contract& contract, Role role);

[[nodiscard]] std::string_view name_of(Detail detail);
[[nodiscard]] std::optional<Detail> detail_from(std::string_view name);

}  // namespace vigie::governance
