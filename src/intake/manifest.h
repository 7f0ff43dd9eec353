// What a source says about its files: which column is the time, the place, the category, how the fact was
// known, and under which licence. One TOML file a source (docs/formats/manifest.md, config/sources/).
//
// A manifest names the columns it reads; every other column of the file is read past and never kept. A manifest that
// names a column speaking of a person is refused as a whole (governance/person_words.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "city/event/event.h"
#include "intake/contract/contract.h"
#include "intake/sources/record_reader.h"
#include "intake/time_format.h"

namespace vigie::intake {

enum class SourceZone : std::uint8_t { city, utc, named };

struct TimeRule {
    std::string column;            ///< date and hour in one column, or the date alone when hour_column is set
    std::string hour_column;       ///< empty: the time is in `column`
    TimeFormat format;             ///< of `column`
    TimeFormat hour_format;        ///< of `hour_column`
    SourceZone zone = SourceZone::city;
    std::string zone_name;         ///< IANA, when zone is named
    TimePrecision precision = TimePrecision::minute;
};

struct PlaceRule {
    std::string x_column;          ///< longitude, or x when epsg != 0; empty: no coordinates
    std::string y_column;
    int epsg = 0;                  ///< 0: degrees WGS 84
    char decimal = 0;              ///< '.' or ','; 0: either
    std::string code_column;       ///< code of a district or commune; used when there are no coordinates
    bool keep_unknown_code = false;  ///< a code the city lacks: keep as « commune connue, non placée », else quarantine
    bool keep_unplaced = false;      ///< nothing says where: keep without a place, else quarantine
};

/// Their words to ours. Values are texts (taxonomy keys, origins) or numbers written as text (severity).
struct ValueMap {
    std::vector<std::pair<std::string, std::string>> exact;
    std::vector<std::pair<std::string, std::string>> prefixes;  ///< longest first; the key without its final star
};

struct CategoryRule {
    std::vector<std::string> columns;  ///< several are joined by " | "
    std::string fixed;                 ///< taxonomy key; then there are no columns
    ValueMap map;
    std::string empty;                 ///< taxonomy key of an empty value; "" = like an unknown one
    std::string fallback;              ///< taxonomy key of an unknown value; "" = unmapped, flagged and listed
};

struct SeverityRule {
    std::string column;
    ValueMap map;
    std::optional<std::uint8_t> fixed;  ///< none and no column: the category's usual severity
};

struct OriginRule {
    std::string column;
    ValueMap map;
    Origin fixed = Origin::unknown;     ///< when there is no column, or its value is not in the map
};

struct IdRule {
    std::string column;                    ///< empty: identity by content
    bool repeats_are_duplicates = false;   ///< a second record of the same id in one file: duplicate, else quarantine
};

struct Manifest {
    std::string key;
    std::string label;
    std::string attribution;
    std::string licence;
    std::string owner;
    std::vector<std::string> purposes;
    bool synthetic = false;
    ReaderOptions file;
    TimeRule time;
    PlaceRule place;
    CategoryRule category;
    SeverityRule severity;
    OriginRule origin;
    IdRule id;
    ContractTables terms;  ///< of a source under contract; all empty for a plain description of a file
    std::string toml;  ///< as read
    std::string name;  ///< file name, for messages

    /// Every column that the manifest reads, once each.
    [[nodiscard]] std::vector<std::string> columns() const;
};

/// Errors: invalid_input with line: not TOML, unknown key, missing key, bad value, a column that speaks of a person.
[[nodiscard]] Result<Manifest> parse_manifest(const std::string& toml, const std::string& name);
/// Reads the file. Errors: not_found, and those of parse_manifest.
[[nodiscard]] Result<Manifest> load_manifest(const std::string& path);

[[nodiscard]] std::optional<Origin> origin_from_name(std::string_view name);

}  // namespace vigie::intake
