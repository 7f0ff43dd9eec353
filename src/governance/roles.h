// Who may do what: pure decisions, no storage. Purposes and the full matrix come later; the shape is here
// so that every read already passes through it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace vigie::governance {

enum class Role : std::uint8_t { administrator, analyst, operations, planner, dpo };
enum class Action : std::uint8_t { read_aggregates, export_aggregates, read_quarantine, read_journal, manage_accounts };

/// Why somebody looks. Chosen at sign-in, written with every read.
enum class Purpose : std::uint8_t { analysis, preparation, control, administration };

[[nodiscard]] bool may(Role role, Action action);
[[nodiscard]] std::string_view name_of(Role role);
[[nodiscard]] std::string_view name_of(Purpose purpose);
[[nodiscard]] std::optional<Role> role_from(std::string_view name);
[[nodiscard]] std::optional<Purpose> purpose_from(std::string_view name);

}  // namespace vigie::governance
