#include "governance/roles.h"

#include <array>
#include <cstddef>

namespace vigie::governance {

namespace {

// Names are stored in accounts and in the journal and travel over the interface: DO NOT CHANGE.
constexpr std::array<std::string_view, 5> role_names{"administrator", "analyst", "operations",
                                                     "planner", "dpo"};
constexpr std::array<std::string_view, 4> purpose_names{"analysis", "preparation", "control",
                                                        "administration"};

constexpr unsigned bit(Action action) { return 1U << static_cast<unsigned>(action); }

// Who runs the machine does not take data away from it (no export), and who studies the facts does
// not read who looked at them: the two powers stay apart.
constexpr std::array<unsigned, 5> allowed{
    bit(Action::read_aggregates) | bit(Action::read_quarantine) | bit(Action::read_journal) |
        bit(Action::manage_accounts),
    bit(Action::read_aggregates) | bit(Action::export_aggregates) | bit(Action::read_quarantine),
    bit(Action::read_aggregates),
    bit(Action::read_aggregates) | bit(Action::export_aggregates),
    bit(Action::read_aggregates) | bit(Action::export_aggregates) | bit(Action::read_quarantine) |
        bit(Action::read_journal),
};

template <class Enum, std::size_t N>
std::optional<Enum> value_of(const std::array<std::string_view, N>& names, std::string_view name) {
    for (std::size_t i = 0; i < N; ++i) {
        if (names[i] == name) {
            return static_cast<Enum>(i);
        }
    }
    return std::nullopt;
}

}  // namespace

bool may(Role role, Action action) {
    const auto row = static_cast<std::size_t>(role);
    // A role or an action that this program does not know is allowed nothing.
    return row < allowed.size() && action <= Action::manage_accounts &&
           (allowed[row] & bit(action)) != 0;
}

std::string_view name_of(Role role) {
    const auto row = static_cast<std::size_t>(role);
    return row < role_names.size() ? role_names[row] : std::string_view{};
}

std::string_view name_of(Purpose purpose) {
    const auto row = static_cast<std::size_t>(purpose);
    return row < purpose_names.size() ? purpose_names[row] : std::string_view{};
}

std::optional<Role> role_from(std::string_view name) { return value_of<Role>(role_names, name); }

std::optional<Purpose> purpose_from(std::string_view name) {
    return value_of<Purpose>(purpose_names, name);
}

}  // namespace vigie::governance
