// The part of a manifest that makes it a contract (docs/formats/contract.md): tables [contract], [fields], [live], [value],
// [pass_over] and [text]. A manifest without them is a plain description of a file, good for studying open data, and no feed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "governance/contract.h"
#include "intake/config_document.h"
#include "intake/contract/field_schema.h"

namespace vigie::intake {

enum class LiveFormat : std::uint8_t { json, csv, geojson };

/// Who is shed first when the inbox fills (store/spool).
enum class FeedClass : std::uint8_t { bulk, ordinary, urgent };

struct LiveRule {
    LiveFormat format = LiveFormat::json;  ///< json: an object, an array of them, or one a line
    FeedClass feed_class = FeedClass::ordinary;
    std::vector<std::string> topics;       ///< MQTT filters
    std::string folder;                    ///< sub-folder of the watched folder; empty: none
    std::uint32_t every_minutes = 0;       ///< expected rhythm; a silence of three times as long is shown. 0: none
    std::uint64_t per_day_min = 0;         ///< expected volume, in records
    std::uint64_t per_day_max = 0;         ///< 0: not said
};

/// A measure: a record is a fact only from a level on; below, it is read and passed over.
struct ValueRule {
    std::string column;
    std::string unit;
    double fact_from = 0.0;
};

/// Records that are measures and no facts: those whose field has one of the values.
struct PassRule {
    std::string column;
    std::vector<std::string> values;
};

/// Free text that says the category when no other field does. Looked at, then dropped.
struct TextRule {
    std::string column;
    std::string model;       ///< file name under config/models
    double certainty = 0.8;  ///< below: « à classer »
};

struct ContractTables {
    std::optional<governance::Contract> contract;
    FieldSchema fields;
    std::optional<LiveRule> live;
    std::optional<ValueRule> value;
    std::vector<PassRule> passes;
    std::optional<TextRule> text;
};

/// Reads the tables from the manifest's root. file: for messages. Errors: invalid_input with line: unknown key, bad value, a field
/// that speaks of a person, [live] without [contract], [fields] or an id.
[[nodiscard]] Result<ContractTables> read_contract_tables(TableReader& root, const std::string& file);

/// A day written YYYY-MM-DD.
[[nodiscard]] std::optional<LocalDay> day_from_text(std::string_view text);

[[nodiscard]] std::string_view name_of(LiveFormat format);
[[nodiscard]] std::string_view name_of(FeedClass feed_class);

}  // namespace vigie::intake
