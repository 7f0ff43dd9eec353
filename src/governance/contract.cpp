#include "governance/contract.h"

#include <algorithm>
#include <array>

namespace vigie::governance {

namespace {

// Written in manifests: DO NOT CHANGE.
constexpr std::array<std::string_view, 4> detail_names{"nothing", "totals", "districts", "cells"};

std::string digits(unsigned value, std::size_t width) {
    std::string text = std::to_string(value);
    return text.size() < width ? std::string(width - text.size(), '0').append(text) : text;
}

std::string written(LocalDay day) {
    const auto date = civil_from_day(day);
    return digits(static_cast<unsigned>(date.day()), 2)
        .append("/")
        .append(digits(static_cast<unsigned>(date.month()), 2))
        .append("/")
        .append(std::to_string(static_cast<int>(date.year())));
}

std::string_view french_name(Purpose purpose) {
    switch (purpose) {
        case Purpose::analysis: return "étude";
        case Purpose::preparation: return "préparation";
        case Purpose::control: return "contrôle";
        case Purpose::administration: return "administration";
    }
    return "?";
}

std::string list_of(const std::vector<Purpose>& purposes) {
    std::string list;
    for (const Purpose purpose : purposes) {
        list.append(list.empty() ? "" : ", ").append(french_name(purpose));
    }
    return list;
}

}  // namespace

Status may_enter(const Contract& contract, LocalDay today) {
    if (today < contract.starts) {
        return fail(ErrorCode::denied, std::string("contrat pas encore en vigueur : il commence le ")
                                           .append(written(contract.starts)).append(" (").append(contract.clause).append(")"));
    }
    if (today > contract.ends) {
        return fail(ErrorCode::denied, std::string("contrat arrivé à son terme le ").append(written(contract.ends))
                                           .append(" : la source est fermée (").append(contract.clause).append(")"));
    }
    return {};
}

Status may_look(const Contract& contract, const std::string& source, Role role, Purpose purpose) {
    if (std::find(contract.purposes.begin(), contract.purposes.end(), purpose) == contract.purposes.end()) {
        return fail(ErrorCode::denied, std::string("« ").append(source).append(" » ne peut servir que pour : ").append(list_of(contract.purposes))
                                           .append(" ; vous êtes connecté pour : ").append(french_name(purpose))
                                           .append(" (").append(contract.clause).append(")"));
    }
    if (detail_for(contract, role) == Detail::nothing) {
        return fail(ErrorCode::denied, std::string("« ").append(source).append(" » n'est pas ouverte à votre fonction (").append(contract.clause).append(")"));
    }
    return {};
}

Detail detail_for(const Contract& contract, Role role) {
    const auto found = std::find_if(contract.access.begin(), contract.access.end(), [&](const auto& access) { return access.role == role; });
    return found == contract.access.end() ? Detail::nothing : found->detail;
}

std::string_view name_of(Detail detail) {
    const auto row = static_cast<std::size_t>(detail);
    return row < detail_names.size() ? detail_names[row] : std::string_view{};
}

std::optional<Detail> detail_from(std::string_view name) {
    const auto found = std::find(detail_names.begin(), detail_names.end(), name);
    return found == detail_names.end() ? std::nullopt : std::optional<Detail>{static_cast<Detail>(found - detail_names.begin())};
}

}  // namespace vigie::governance
