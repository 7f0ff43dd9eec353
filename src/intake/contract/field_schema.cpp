#include "intake/contract/field_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "intake/number.h"

namespace vigie::intake {

namespace {

FieldFault fault(const char* reason, const FieldRule& rule, std::string_view expected) {
    return {reason, fmt::format("champ « {} » : attendu {}", rule.name, expected)};
}

std::string bounds_of(const FieldRule& rule) {
    const std::string_view kind = rule.type == FieldType::integer ? "un nombre entier" : "un nombre";
    if (rule.min && rule.max) {
        return fmt::format("{} de {} à {}", kind, *rule.min, *rule.max);
    }
    if (rule.min) {
        return fmt::format("{} d'au moins {}", kind, *rule.min);
    }
    return rule.max ? fmt::format("{} d'au plus {}", kind, *rule.max) : std::string(kind);
}

std::optional<FieldFault> check_number(const FieldRule& rule, std::string_view value, char decimal) {
    const std::optional<double> number = parse_number(value, decimal);
    if (!number || (rule.type == FieldType::integer && std::floor(*number) != *number)) {
        return fault("bad_field", rule, bounds_of(rule));
    }
    if ((rule.min && *number < *rule.min) || (rule.max && *number > *rule.max)) {
        return fault("out_of_bounds", rule, bounds_of(rule));
    }
    return std::nullopt;
}

bool says_nothing(std::string_view value) { return value.empty() || value == "false" || value == "[]" || value == "{}"; }

}  // namespace

FieldSchema::FieldSchema(std::vector<FieldRule> rules) : rules_(std::move(rules)), by_name_(rules_.size()) {
    std::iota(by_name_.begin(), by_name_.end(), 0U);
    std::sort(by_name_.begin(), by_name_.end(), [&](auto a, auto b) { return rules_[a].name < rules_[b].name; });
}

std::optional<std::size_t> FieldSchema::find(std::string_view name) const {
    const auto exact = [&](std::string_view wanted) -> std::optional<std::size_t> {
        const auto at = std::lower_bound(by_name_.begin(), by_name_.end(), wanted,
                                         [&](std::uint32_t index, std::string_view text) { return rules_[index].name < text; });
        return at != by_name_.end() && rules_[*at].name == wanted ? std::optional<std::size_t>{*at} : std::nullopt;
    };
    if (const auto found = exact(name)) {
        return found;
    }
    for (auto dot = name.rfind('.'); dot != std::string_view::npos && dot > 0; dot = name.rfind('.', dot - 1)) {
        if (const auto above = exact(name.substr(0, dot))) {
            return rules_[*above].use == FieldUse::drop ? above : std::nullopt;
        }
    }
    return std::nullopt;
}

std::optional<FieldFault> check_field(const FieldRule& rule, std::string_view value, char decimal) {
    if (rule.use == FieldUse::empty) {
        return says_nothing(value) ? std::nullopt : std::optional{fault("identity_field", rule, "un champ vide")};
    }
    if (value.empty()) {
        return rule.required ? std::optional{fault("missing_field", rule, "une valeur")} : std::nullopt;
    }
    if (rule.use == FieldUse::drop) {
        return std::nullopt;
    }
    if (rule.type == FieldType::number || rule.type == FieldType::integer) {
        return check_number(rule, value, decimal);
    }
    if (rule.type == FieldType::boolean && value != "true" && value != "false") {
        return fault("bad_field", rule, "true ou false");
    }
    const std::uint32_t usual = rule.use == FieldUse::classify ? free_text_length_max : field_length_max;
    const std::uint32_t longest = rule.length_max != 0 ? rule.length_max : usual;
    if (value.size() > longest) {
        return fault("too_long_field", rule, fmt::format("un texte d'au plus {} octets", longest));
    }
    if (!rule.values.empty() && std::find(rule.values.begin(), rule.values.end(), value) == rule.values.end()) {
        return fault("not_in_list", rule, fmt::format("l'une des {} valeurs du contrat", rule.values.size()));
    }
    return std::nullopt;
}

}  // namespace vigie::intake
