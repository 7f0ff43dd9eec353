#include "intake/contract/record_guard.h"

#include <fmt/format.h>

#include <algorithm>

#include "governance/person_words.h"
#include "intake/number.h"

namespace vigie::intake {

namespace {

constexpr std::size_t names_shown_max = 5;
constexpr std::size_t name_length_max = 40;
constexpr int digits_max = 2;  // "zone12" is a column; a plate or a number is not

bool implied(std::string_view name) { return name == "geometry.lon" || name == "geometry.lat"; }

bool is_shown(std::string_view name) {
    const auto is_part = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.'; };
    return !name.empty() && name.size() <= name_length_max && std::all_of(name.begin(), name.end(), is_part) &&
           std::count_if(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; }) <= digits_max;
}

std::string list_of(const std::vector<std::string>& names) {
    std::string list;
    std::size_t hidden = 0;
    for (const std::string& name : names) {
        if (!is_shown(name) || list.size() > names_shown_max * name_length_max) {
            ++hidden;
            continue;
        }
        list += fmt::format("{}« {} »", list.empty() ? "" : ", ", name);
    }
    if (hidden > 0) {
        list += fmt::format("{}{} autre(s) au nom non montré", list.empty() ? "" : " et ", hidden);
    }
    return list;
}

}  // namespace

std::optional<ShapeFault> check_shape(const FieldSchema& schema, const std::vector<std::string>& columns) {
    ShapeFault person{ShapeFault::Kind::person, {}};
    ShapeFault strange{ShapeFault::Kind::strange, {}};
    ShapeFault missing{ShapeFault::Kind::missing, {}};
    for (const std::string& column : columns) {
        if (schema.find(column) || implied(column)) {
            continue;
        }
        (governance::person_word_in(column) ? person : strange).names.push_back(column);
    }
    for (const FieldRule& rule : schema.rules()) {
        if (rule.required && std::find(columns.begin(), columns.end(), rule.name) == columns.end()) {
            missing.names.push_back(rule.name);
        }
    }
    for (ShapeFault* fault : {&person, &strange, &missing}) {
        if (!fault->names.empty()) {
            return std::move(*fault);
        }
    }
    return std::nullopt;
}

std::string describe(const ShapeFault& fault) {
    switch (fault.kind) {
        case ShapeFault::Kind::person: return fmt::format("champ qui parle d'une personne : {}", list_of(fault.names));
        case ShapeFault::Kind::strange: return fmt::format("champ que le contrat n'a pas : {}", list_of(fault.names));
        case ShapeFault::Kind::missing: return fmt::format("champ du contrat qui manque : {}", list_of(fault.names));
    }
    return {};
}

Result<RecordGuard> RecordGuard::open(const ContractTables& terms, const std::vector<std::string>& columns) {
    RecordGuard guard;
    if (!terms.fields.empty()) {
        if (const auto fault = check_shape(terms.fields, columns)) {
            const std::string clause = terms.contract ? fmt::format(" ({})", terms.contract->clause) : std::string();
            return fail(ErrorCode::denied, fmt::format("{} : rien n'a été lu{}", describe(*fault), clause));
        }
    }
    const auto column_of = [&](const std::string& name) -> std::optional<std::size_t> {
        const auto found = std::find(columns.begin(), columns.end(), name);
        return found == columns.end() ? std::nullopt : std::optional{static_cast<std::size_t>(found - columns.begin())};
    };
    for (const FieldRule& rule : terms.fields.rules()) {
        if (const auto column = column_of(rule.name)) {
            guard.guarded_.push_back({&rule, *column});
        }
    }
    for (const PassRule& rule : terms.passes) {
        const auto column = column_of(rule.column);
        if (!column) {
            return fail(ErrorCode::invalid_input, fmt::format("la colonne « {} » ([pass_over]) est introuvable", rule.column));
        }
        guard.passes_.push_back({&rule, *column});
    }
    if (terms.value) {
        guard.value_ = column_of(terms.value->column);
        guard.fact_from_ = terms.value->fact_from;
        if (!guard.value_) {
            return fail(ErrorCode::invalid_input, fmt::format("la colonne « {} » (mesure, en {}) est introuvable", terms.value->column, terms.value->unit));
        }
    }
    return guard;
}

std::optional<FieldFault> RecordGuard::check(const RecordBatch& batch, std::size_t record, char decimal) const {
    for (const Guarded& guarded : guarded_) {
        if (auto fault = check_field(*guarded.rule, trimmed(batch.value(record, guarded.column)), decimal)) {
            return fault;
        }
    }
    if (value_ && !parse_number(trimmed(batch.value(record, *value_)), decimal)) {
        return FieldFault{"bad_field", "mesure : attendu un nombre"};
    }
    return std::nullopt;
}

bool RecordGuard::is_passed_over(const RecordBatch& batch, std::size_t record, char decimal) const {
    for (const Pass& pass : passes_) {
        const std::string_view value = trimmed(batch.value(record, pass.column));
        if (std::find(pass.rule->values.begin(), pass.rule->values.end(), value) != pass.rule->values.end()) {
            return true;
        }
    }
    if (!value_) {
        return false;
    }
    const auto number = parse_number(trimmed(batch.value(record, *value_)), decimal);
    return number && *number < fact_from_;
}

}  // namespace vigie::intake
