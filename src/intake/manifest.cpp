#include "intake/manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "governance/person_words.h"
#include "intake/config_document.h"

namespace vigie::intake {
namespace {

using Kind = ConfigNode::Kind;

// Bounds of one manifest: a nomenclature has hundreds of codes, not tens of thousands.
constexpr std::size_t map_entries_max = 20'000;
constexpr std::size_t category_columns_max = 4;
constexpr std::int64_t header_row_max = 1'000;
constexpr std::size_t key_length_max = 64;

bool is_key(std::string_view key) {
    return !key.empty() && key.size() <= key_length_max && key[0] >= 'a' && key[0] <= 'z' &&
           std::all_of(key.begin(), key.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

/// Reads a table "their word" -> text or whole number.
ValueMap read_map(TableReader& table, Kind value_kind) {
    ValueMap map;
    const ConfigNode* node = table.child("map", Kind::table);
    if (node == nullptr) {
        return map;
    }
    if (node->members.size() > map_entries_max) {
        table.refuse("map", fmt::format("a plus de {} lignes", map_entries_max));
        return map;
    }
    for (const auto& [theirs, ours] : node->members) {
        if (ours.kind != value_kind) {
            table.refuse("map", fmt::format("(ligne {}, « {} ») : la valeur doit être {}", ours.line, theirs,
                                            value_kind == Kind::text ? "un texte" : "un nombre entier"));
            return map;
        }
        std::string value = value_kind == Kind::text ? ours.text : std::to_string(ours.integer);
        if (theirs.ends_with('*')) {
            map.prefixes.emplace_back(theirs.substr(0, theirs.size() - 1), std::move(value));
        } else {
            map.exact.emplace_back(theirs, std::move(value));
        }
    }
    std::stable_sort(map.prefixes.begin(), map.prefixes.end(),
                     [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
    return map;
}

/// The manifest while it is being read: one method a table.
class ManifestReader {
  public:
    ManifestReader(const ConfigNode& root, const std::string& name) : name_(name), root_(&root, name, "") {}

    Result<Manifest> read() {
        read_root();
        read_file();
        read_time();
        read_place();
        read_category();
        read_severity();
        read_origin();
        read_id();
        read_terms();
        note(root_.finish());
        if (fault_) {
            return tl::unexpected<Error>(*fault_);
        }
        return std::move(manifest_);
    }

  private:
    void note(const Status& status) {
        if (!status && !fault_) {
            fault_ = status.error();
        }
    }

    TableReader table(const char* key) { return {root_.child(key, Kind::table), name_, key}; }

    /// A column name: refused when it speaks of a person.
    std::string column(TableReader& from, std::string_view key) {
        std::string value = from.text(key);
        check_person(from, key, value);
        return value;
    }

    static void check_person(TableReader& from, std::string_view key, const std::string& value) {
        if (const auto word = governance::person_word_in(value)) {
            from.refuse(key, fmt::format("désigne la colonne « {} », qui parle d'une personne (« {} ») : Vigie n'enregistre que des faits et "
                                         "des lieux ; retirez cette colonne du manifeste, elle sera lue sans être gardée",
                                         value, *word));
        }
    }

    void read_root() {
        manifest_.key = root_.required_text("key");
        if (!manifest_.key.empty() && !is_key(manifest_.key)) {
            root_.refuse("key", "doit être en minuscules sans accent, chiffres et _, et commencer par une lettre");
        }
        manifest_.label = root_.required_text("label");
        manifest_.attribution = root_.required_text("attribution");
        manifest_.licence = root_.required_text("licence");
        manifest_.owner = root_.required_text("owner");
        manifest_.purposes = root_.texts("purposes");
        if (manifest_.purposes.empty()) {
            root_.refuse("purposes", "manque : au moins une finalité est attendue, comme [\"tranquillite_publique\"]");
        }
        manifest_.synthetic = root_.boolean("synthetic", false);
    }

    void read_file() {
        TableReader from = table("file");
        const std::string format = from.one_of("format", {"csv", "geojson", "geojson_sequence", "xlsx"}, "");
        if (!format.empty()) {
            manifest_.file.format = format == "csv"       ? FileFormat::csv
                                    : format == "geojson" ? FileFormat::geojson
                                    : format == "xlsx"    ? FileFormat::xlsx
                                                          : FileFormat::geojson_sequence;
        }
        const std::string encoding = from.one_of("encoding", {"detect", "utf-8", "cp1252"}, "detect");
        manifest_.file.encoding = encoding == "utf-8"    ? TextEncoding::utf8
                                  : encoding == "cp1252" ? TextEncoding::cp1252
                                                         : TextEncoding::detect;
        const std::string separator = from.one_of("separator", {",", ";", "\t", "|"}, "");
        manifest_.file.separator = separator.empty() ? '\0' : separator[0];
        manifest_.file.sheet = from.text("sheet");
        manifest_.file.header_row = static_cast<std::uint32_t>(from.integer("header_row", 1, header_row_max).value_or(1));
        note(from.finish());
    }

    void read_time() {
        TableReader from = table("time");
        TimeRule& rule = manifest_.time;
        const std::string whole = column(from, "column");
        const std::string date = column(from, "date");
        rule.hour_column = column(from, "hour");
        rule.column = whole.empty() ? date : whole;
        if (whole.empty() == date.empty()) {
            from.refuse("column", "manque : attendu « column » (date et heure ensemble) ou « date » avec « hour »");
        }
        if (!whole.empty() && !rule.hour_column.empty()) {
            from.refuse("hour", "ne va qu'avec « date »");
        }
        const char* format_key = whole.empty() ? "date_format" : "format";
        compile(from, format_key, rule.format, &TimeFormat::compile);
        if (!rule.hour_column.empty()) {
            compile(from, "hour_format", rule.hour_format, &TimeFormat::compile_hour);
            if (rule.format.has_hour()) {
                from.refuse("date_format", "ne doit pas dire l'heure, que « hour » donne déjà");
            }
        }
        const std::string zone = from.text("zone", "city");
        rule.zone = zone == "city" ? SourceZone::city : zone == "utc" ? SourceZone::utc : SourceZone::named;
        rule.zone_name = zone;
        if (rule.zone == SourceZone::named && zone.find('/') == std::string::npos) {
            from.refuse("zone", "doit être city, utc ou un nom IANA comme \"Europe/Paris\"");
        }
        const std::string precision = from.one_of("precision", {"minute", "hour", "day"}, "minute");
        rule.precision = precision == "day"    ? TimePrecision::day
                         : precision == "hour" ? TimePrecision::hour
                                               : TimePrecision::minute;
        if (rule.precision != TimePrecision::day && !rule.format.has_hour() && rule.hour_column.empty()) {
            from.refuse("precision", fmt::format("vaut « {} », mais le format ne dit pas l'heure : attendu \"day\"", precision));
        }
        note(from.finish());
    }

    static void compile(TableReader& from, const char* key, TimeFormat& into, Result<TimeFormat> (*compiler)(std::string_view)) {
        const std::string text = from.required_text(key);
        if (text.empty()) {
            return;
        }
        Result<TimeFormat> compiled = compiler(text);
        if (!compiled) {
            from.refuse(key, fmt::format("vaut « {} » : {}", text, compiled.error().message));
            return;
        }
        into = *std::move(compiled);
    }

    void read_place() {
        TableReader from = table("place");
        PlaceRule& rule = manifest_.place;
        const std::string lon = column(from, "lon");
        const std::string lat = column(from, "lat");
        const std::string x = column(from, "x");
        const std::string y = column(from, "y");
        rule.code_column = column(from, "code");
        rule.epsg = static_cast<int>(from.integer("epsg", 1'024, 998'999).value_or(0));
        const std::string decimal = from.one_of("decimal", {".", ","}, "");
        rule.decimal = decimal.empty() ? '\0' : decimal[0];
        rule.keep_unknown_code = from.one_of("unknown_code", {"quarantine", "keep"}, "quarantine") == "keep";
        rule.keep_unplaced = from.one_of("missing", {"quarantine", "keep"}, "quarantine") == "keep";
        if (lon.empty() != lat.empty()) {
            from.refuse(lon.empty() ? "lon" : "lat", "manque : « lon » et « lat » vont ensemble");
        }
        if (x.empty() != y.empty() || x.empty() != (rule.epsg == 0)) {
            from.refuse("epsg", "« x », « y » et « epsg » vont ensemble");
        }
        if (!lon.empty() && !x.empty()) {
            from.refuse("x", "ne va pas avec « lon » : attendu l'un ou l'autre");
        }
        rule.x_column = lon.empty() ? x : lon;
        rule.y_column = lat.empty() ? y : lat;
        if (rule.x_column.empty() && rule.code_column.empty() && !rule.keep_unplaced) {
            from.refuse("lon", "manque : attendu « lon » et « lat », ou « x », « y » et « epsg », ou « code », ou missing = \"keep\"");
        }
        note(from.finish());
    }

    void read_category() {
        TableReader from = table("category");
        CategoryRule& rule = manifest_.category;
        rule.fixed = from.text("fixed");
        rule.columns = from.texts("columns");
        const std::string one = from.text("column");
        if (!one.empty()) {
            rule.columns.insert(rule.columns.begin(), one);
        }
        for (const std::string& name : rule.columns) {
            check_person(from, one.empty() ? "columns" : "column", name);
        }
        if (rule.columns.empty() == rule.fixed.empty()) {
            from.refuse("column", "manque : attendu « column » (ou « columns ») avec sa table de correspondance, ou « fixed », pas les deux");
        }
        if (rule.columns.size() > category_columns_max) {
            from.refuse("columns", fmt::format("nomme plus de {} colonnes", category_columns_max));
        }
        rule.map = read_map(from, Kind::text);
        rule.empty = from.text("empty");
        rule.fallback = from.text("default");
        note(from.finish());
    }

    void read_severity() {
        TableReader from = table("severity");
        SeverityRule& rule = manifest_.severity;
        rule.column = column(from, "column");
        if (const auto fixed = from.integer("fixed", 0, 4)) {
            rule.fixed = static_cast<std::uint8_t>(*fixed);
        }
        rule.map = read_map(from, Kind::integer);
        const auto check = [&](const auto& entries) {
            for (const auto& [theirs, ours] : entries) {
                if (ours.size() != 1 || ours[0] < '0' || ours[0] > '4') {
                    from.refuse("map", fmt::format("« {} » vaut {} : attendu 0 (non dit) à 4 (très grave)", theirs, ours));
                }
            }
        };
        check(rule.map.exact);
        check(rule.map.prefixes);
        note(from.finish());
    }

    void read_origin() {
        TableReader from = table("origin");
        OriginRule& rule = manifest_.origin;
        rule.column = column(from, "column");
        rule.map = read_map(from, Kind::text);
        const std::vector<std::string> names{"unknown", "resident", "patrol", "sensor"};
        const std::string fixed = from.one_of("fixed", names, "");
        const std::string fallback = from.one_of("default", names, "");
        if (!fixed.empty() && !rule.column.empty()) {
            from.refuse("fixed", "ne va pas avec « column » : attendu « default » pour les valeurs inconnues");
        }
        if (fixed.empty() && rule.column.empty()) {
            from.refuse("fixed", "manque : attendu resident, patrol, sensor ou unknown, ou une colonne avec sa table de correspondance");
        }
        rule.fixed = origin_from_name(fixed.empty() ? fallback : fixed).value_or(Origin::unknown);
        const auto check = [&](const auto& entries) {
            for (const auto& [theirs, ours] : entries) {
                if (!origin_from_name(ours)) {
                    from.refuse("map", fmt::format("« {} » vaut « {} » : attendu resident, patrol, sensor ou unknown{}", theirs, ours,
                                                   nearest_hint(ours, names)));
                }
            }
        };
        check(rule.map.exact);
        check(rule.map.prefixes);
        note(from.finish());
    }

    void read_id() {
        TableReader from = table("id");
        manifest_.id.column = column(from, "column");
        if (from.present() && manifest_.id.column.empty()) {
            from.refuse("column", "manque");
        }
        manifest_.id.repeats_are_duplicates = from.one_of("repeats", {"quarantine", "duplicate"}, "quarantine") == "duplicate";
        note(from.finish());
    }

    void read_terms() {
        Result<ContractTables> terms = read_contract_tables(root_, name_);
        if (!terms) {
            note(tl::unexpected<Error>(terms.error()));
            return;
        }
        manifest_.terms = *std::move(terms);
        const FieldSchema& fields = manifest_.terms.fields;
        if (fields.empty()) {
            return;
        }
        for (const std::string& column : manifest_.columns()) {
            if (!fields.find(column) && !column.starts_with("geometry.")) {
                root_.refuse("fields", fmt::format("ne dit rien de « {} », que le manifeste lit : attendu [fields.\"{}\"]", column, column));
            }
        }
        if (manifest_.terms.live && manifest_.id.column.empty()) {
            root_.refuse("id", "manque : une source en direct est répétée par ses émetteurs, attendu [id] avec son numéro d'enregistrement");
        }
    }

    const std::string& name_;
    TableReader root_;
    Manifest manifest_;
    std::optional<Error> fault_;
};

}  // namespace

std::vector<std::string> Manifest::columns() const {
    std::vector<std::string> all{time.column, time.hour_column, place.x_column, place.y_column, place.code_column};
    all.insert(all.end(), category.columns.begin(), category.columns.end());
    all.insert(all.end(), {severity.column, origin.column, id.column});
    if (terms.value) {
        all.push_back(terms.value->column);
    }
    for (const PassRule& rule : terms.passes) {
        all.push_back(rule.column);
    }
    if (terms.text) {
        all.push_back(terms.text->column);
    }
    std::vector<std::string> once;
    std::set<std::string_view> seen;
    for (const std::string& column : all) {
        if (!column.empty() && seen.insert(column).second) {
            once.push_back(column);
        }
    }
    return once;
}

Result<Manifest> parse_manifest(const std::string& toml, const std::string& name) {
    const ConfigNode root = TRY(parse_config(toml, name));
    Manifest manifest = TRY(ManifestReader(root, name).read());
    manifest.toml = toml;
    manifest.name = name;
    return manifest;
}

Result<Manifest> load_manifest(const std::string& path) {
    const std::string toml = TRY(read_small_file(path, config_bytes_max));
    return parse_manifest(toml, file_name_of(path));
}

std::optional<Origin> origin_from_name(std::string_view name) {
    static constexpr std::pair<std::string_view, Origin> names[] = {
        {"unknown", Origin::unknown}, {"resident", Origin::resident}, {"patrol", Origin::patrol}, {"sensor", Origin::sensor}};
    for (const auto& [text, origin] : names) {
        if (name == text) {
            return origin;
        }
    }
    return std::nullopt;
}

}  // namespace vigie::intake
