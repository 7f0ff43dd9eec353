#include "intake/contract/contract.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <set>

#include "governance/person_words.h"

namespace vigie::intake {

namespace {

using Kind = ConfigNode::Kind;

constexpr std::int64_t retention_months_max = 120;
constexpr std::size_t clause_length_max = 400;
constexpr std::size_t topics_max = 16;
constexpr std::size_t values_max = 1'000;
constexpr std::int64_t minutes_max = 7 * 24 * 60;
constexpr std::int64_t per_day_most = 1'000'000'000;

/// One method a table. The first fault is kept.
class ContractReader {
  public:
    ContractReader(TableReader& root, const std::string& file) : root_(root), file_(file) {}

    Result<ContractTables> read() {
        read_contract();
        read_fields();
        read_live();
        read_value();
        read_passes();
        read_text();
        if (fault_) {
            return tl::unexpected<Error>(*fault_);
        }
        return std::move(tables_);
    }

  private:
    void note(const Status& status) {
        if (!status && !fault_) {
            fault_ = status.error();
        }
    }

    TableReader table(const char* key) { return {root_.child(key, Kind::table), file_, key}; }

    static LocalDay read_day(TableReader& from, std::string_view key) {
        const std::string text = from.required_text(key);
        const std::optional<LocalDay> day = day_from_text(text);
        if (!day && !text.empty()) {
            from.refuse(key, fmt::format("vaut « {} » : attendu un jour, comme \"2027-12-31\"", text));
        }
        return day.value_or(LocalDay{0});
    }

    void read_contract() {
        TableReader from = table("contract");
        if (!from.present()) {
            return;
        }
        governance::Contract contract;
        contract.clause = from.required_text("clause");
        if (contract.clause.size() > clause_length_max) {
            from.refuse("clause", fmt::format("a plus de {} octets", clause_length_max));
        }
        contract.legal_basis = from.required_text("legal_basis");
        contract.starts = read_day(from, "starts");
        contract.ends = read_day(from, "ends");
        if (contract.ends < contract.starts) {
            from.refuse("ends", "précède « starts »");
        }
        const auto months = from.integer("retention_months", 1, retention_months_max);
        if (!months) {
            from.refuse("retention_months", "manque : attendu la durée de conservation, en mois");
        }
        contract.retention_months = static_cast<std::int32_t>(months.value_or(0));
        for (const std::string& name : from.texts("uses")) {
            const auto purpose = governance::purpose_from(name);
            if (!purpose) {
                from.refuse("uses", fmt::format("nomme « {} » : attendu analysis, preparation, control ou administration", name));
                break;
            }
            contract.purposes.push_back(*purpose);
        }
        if (contract.purposes.empty()) {
            from.refuse("uses", "manque : au moins un usage est attendu, comme [\"analysis\"]");
        }
        read_access(from, contract);
        note(from.finish());
        tables_.contract = std::move(contract);
    }

    void read_access(TableReader& from, governance::Contract& contract) {
        const ConfigNode* node = from.child("access", Kind::table);
        if (node == nullptr || node->members.empty()) {
            from.refuse("access", "manque : attendu un rôle et sa finesse, comme analyst = \"cells\"");
            return;
        }
        for (const auto& [name, value] : node->members) {
            const auto role = governance::role_from(name);
            const auto detail = value.kind == Kind::text ? governance::detail_from(value.text) : std::nullopt;
            if (!role || !detail) {
                from.refuse("access", fmt::format("(ligne {}) : attendu administrator, analyst, operations, planner ou dpo, et nothing, totals, "
                                                  "districts ou cells", value.line));
                return;
            }
            contract.access.push_back({*role, *detail});
        }
    }

    void read_fields() {
        const ConfigNode* node = root_.child("fields", Kind::table);
        if (node == nullptr) {
            return;
        }
        if (node->members.size() > fields_max) {
            root_.refuse("fields", fmt::format("a plus de {} champs", fields_max));
            return;
        }
        std::vector<FieldRule> rules;
        for (const auto& [name, value] : node->members) {
            if (value.kind != Kind::table) {
                root_.refuse("fields", fmt::format("(ligne {}, « {} ») : attendu une table, comme {{ type = \"text\" }}", value.line, name));
                return;
            }
            TableReader from(&value, file_, "fields." + name);
            rules.push_back(read_field(from, name));
            note(from.finish());
        }
        tables_.fields = FieldSchema(std::move(rules));
    }

    static FieldRule read_field(TableReader& from, const std::string& name) {
        FieldRule rule;
        rule.name = name;
        const std::string type = from.one_of("type", {"text", "number", "integer", "boolean"}, "text");
        rule.type = type == "number"    ? FieldType::number
                    : type == "integer" ? FieldType::integer
                    : type == "boolean" ? FieldType::boolean
                                        : FieldType::text;
        const std::string use = from.one_of("use", {"read", "drop", "empty", "classify"}, "read");
        rule.use = use == "drop"       ? FieldUse::drop
                   : use == "empty"    ? FieldUse::empty
                   : use == "classify" ? FieldUse::classify
                                       : FieldUse::read;
        rule.required = from.boolean("required", false);
        rule.min = from.number("min");
        rule.max = from.number("max");
        rule.length_max = static_cast<std::uint32_t>(from.integer("length", 1, free_text_length_max).value_or(0));
        rule.values = from.texts("values");
        check_field_rule(from, rule);
        return rule;
    }

    static void check_field_rule(TableReader& from, const FieldRule& rule) {
        const bool is_number = rule.type == FieldType::number || rule.type == FieldType::integer;
        if ((rule.min || rule.max) && !is_number) {
            from.refuse("min", "ne va qu'avec type = \"number\" ou \"integer\"");
        }
        if (rule.min && rule.max && *rule.max < *rule.min) {
            from.refuse("max", "est plus petit que « min »");
        }
        if (rule.values.size() > values_max) {
            from.refuse("values", fmt::format("a plus de {} valeurs", values_max));
        }
        if (rule.use == FieldUse::classify && rule.type != FieldType::text) {
            from.refuse("use", "classify ne va qu'avec type = \"text\"");
        }
        const auto word = governance::person_word_in(rule.name);
        if (word && rule.use != FieldUse::empty && rule.use != FieldUse::classify) {
            from.refuse("use", fmt::format("laisse passer un champ qui parle d'une personne (« {} ») : attendu \"empty\" (le champ doit être vide), "
                                           "ou \"classify\" pour un texte lu puis oublié", *word));
        }
    }

    void read_live() {
        TableReader from = table("live");
        if (!from.present()) {
            return;
        }
        LiveRule live;
        const std::string format = from.one_of("format", {"json", "csv", "geojson"}, "json");
        live.format = format == "csv" ? LiveFormat::csv : format == "geojson" ? LiveFormat::geojson : LiveFormat::json;
        const std::string feed_class = from.one_of("class", {"bulk", "ordinary", "urgent"}, "ordinary");
        live.feed_class = feed_class == "bulk" ? FeedClass::bulk : feed_class == "urgent" ? FeedClass::urgent : FeedClass::ordinary;
        live.topics = from.texts("topics");
        if (live.topics.size() > topics_max) {
            from.refuse("topics", fmt::format("nomme plus de {} filtres", topics_max));
        }
        live.folder = from.text("folder");
        if (live.folder.find('/') != std::string::npos || live.folder.starts_with('.')) {
            from.refuse("folder", "doit être un simple nom de dossier, sans / ni point au début");
        }
        live.every_minutes = static_cast<std::uint32_t>(from.integer("every_minutes", 1, minutes_max).value_or(0));
        live.per_day_min = static_cast<std::uint64_t>(from.integer("per_day_min", 0, per_day_most).value_or(0));
        live.per_day_max = static_cast<std::uint64_t>(from.integer("per_day_max", 1, per_day_most).value_or(0));
        if (live.per_day_max != 0 && live.per_day_max < live.per_day_min) {
            from.refuse("per_day_max", "est plus petit que « per_day_min »");
        }
        if (!tables_.contract || tables_.fields.empty()) {
            from.refuse("format", "une source en direct a un contrat : attendu aussi les tables [contract] et [fields]");
        }
        note(from.finish());
        tables_.live = std::move(live);
    }

    void read_value() {
        TableReader from = table("value");
        if (!from.present()) {
            return;
        }
        ValueRule value;
        value.column = from.required_text("column");
        value.unit = from.required_text("unit");
        const std::optional<double> level = from.number("fact_from");
        if (!level) {
            from.refuse("fact_from", "manque : attendu le niveau à partir duquel une mesure est un fait");
        }
        value.fact_from = level.value_or(0.0);
        note(from.finish());
        tables_.value = std::move(value);
    }

    void read_passes() {
        const ConfigNode* node = root_.child("pass_over", Kind::table);
        if (node == nullptr) {
            return;
        }
        for (const auto& [column, values] : node->members) {
            TableReader from(node, file_, "pass_over");
            PassRule rule{column, from.texts(column)};
            if (rule.values.empty() || rule.values.size() > values_max) {
                root_.refuse("pass_over", fmt::format("(ligne {}, « {} ») : attendu une liste de textes", values.line, column));
            }
            tables_.passes.push_back(std::move(rule));
        }
    }

    void read_text() {
        TableReader from = table("text");
        if (!from.present()) {
            return;
        }
        TextRule text;
        text.column = from.required_text("column");
        text.model = from.required_text("model");
        if (text.model.find('/') != std::string::npos) {
            from.refuse("model", "doit être un nom de fichier de config/models");
        }
        text.certainty = from.number("certainty").value_or(text.certainty);
        if (text.certainty < 0.5 || text.certainty > 1.0) {
            from.refuse("certainty", "doit être entre 0.5 et 1");
        }
        const auto field = tables_.fields.find(text.column);
        if (!text.column.empty() && (!field || tables_.fields.rules()[*field].use != FieldUse::classify)) {
            from.refuse("column", "doit nommer un champ de [fields] avec use = \"classify\"");
        }
        note(from.finish());
        tables_.text = std::move(text);
    }

    TableReader& root_;
    const std::string& file_;
    ContractTables tables_;
    std::optional<Error> fault_;
};

}  // namespace

Result<ContractTables> read_contract_tables(TableReader& root, const std::string& file) { return ContractReader(root, file).read(); }

std::optional<LocalDay> day_from_text(std::string_view text) {
    const auto part = [&](std::size_t at, std::size_t size) {
        int value = -1;
        const char* end = text.data() + at + size;
        const auto read = std::from_chars(text.data() + at, end, value);
        return read.ec == std::errc() && read.ptr == end ? value : -1;
    };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    const int month = part(5, 2);
    const int day = part(8, 2);
    if (part(0, 4) < 0 || month < 0 || day < 0) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year{part(0, 4)}, std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    return date.ok() ? std::optional{day_from_civil(date)} : std::nullopt;
}

std::string_view name_of(LiveFormat format) {
    return format == LiveFormat::csv ? "csv" : format == LiveFormat::geojson ? "geojson" : "json";
}

std::string_view name_of(FeedClass feed_class) {
    return feed_class == FeedClass::bulk ? "bulk" : feed_class == FeedClass::urgent ? "urgent" : "ordinary";
}

}  // namespace vigie::intake
