#include "intake/sources/json_reader.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <unordered_map>
#include <tuple>
#include <utility>

#include "governance/person_words.h"

namespace vigie::intake {

namespace {

namespace dom = simdjson::dom;

// A document may have a megabyte of names: what is learnt of a name is kept for so many of them.
constexpr std::size_t known_names_max = 4'096;
constexpr std::size_t path_length_max = 512;

/// What a path is to the schema.
struct Known {
    std::optional<std::size_t> field;
    bool is_dropped = false;
    bool speaks_of_person = false;
};

/// The element as what its type says it is.
template <class Value>
Value as(const dom::element& element) {
    Value value{};
    std::ignore = element.get(value);
    return value;
}

bool says_nothing(const dom::element& value) {
    switch (value.type()) {
        case dom::element_type::NULL_VALUE: return true;
        case dom::element_type::BOOL: return !as<bool>(value);
        case dom::element_type::STRING: return as<std::string_view>(value).empty();
        case dom::element_type::ARRAY: return as<dom::array>(value).size() == 0;
        case dom::element_type::OBJECT: return as<dom::object>(value).size() == 0;
        default: return false;
    }
}

void add_once(std::vector<std::string>& names, std::string_view name) {
    if (names.size() < strange_names_max && std::find(names.begin(), names.end(), name) == names.end()) {
        names.emplace_back(name);
    }
}

}  // namespace

struct JsonReader::State {
    explicit State(const FieldSchema& given) : schema(given) {}

    Status read(std::string_view body, std::size_t records_max, JsonRecords& out) {
        records = &out;
        most = records_max;
        out.batch.columns = schema.rules().size();
        out.batch.values.clear();
        out.batch.lines.clear();
        out.batch.defects.clear();
        out.strange_names.clear();
        out.person_names.clear();
        texts.clear();
        TRY(is_one_a_line(body) ? take_lines(body) : take_whole(body));
        if (out.batch.lines.empty()) {
            return fail(ErrorCode::invalid_input, "message vide : attendu un objet JSON, un tableau d'objets, ou un objet par ligne");
        }
        lay_values();
        return {};
    }

    /// Two lines that are each an object, as in NDJSON: a document that goes over several lines ends none of them so.
    static bool is_one_a_line(std::string_view body) {
        const auto end = body.find('\n');
        const auto next = body.find_first_not_of(" \t\r\n", end);
        return end != std::string_view::npos && next != std::string_view::npos && body[next] == '{' &&
               body.substr(0, end).find_last_not_of(" \t\r") != std::string_view::npos &&
               body[body.substr(0, end).find_last_not_of(" \t\r")] == '}';
    }

    Status take_whole(std::string_view text) {
        dom::element element;
        if (parse(text).get(element) != simdjson::SUCCESS) {
            return not_json();
        }
        if (element.type() != dom::element_type::ARRAY) {
            return take_record(element);
        }
        const auto items = as<dom::array>(element);
        for (const dom::element item : items) {
            TRY(take_record(item));
        }
        return {};
    }

    /// One broken line costs one record, not the message.
    Status take_lines(std::string_view body) {
        while (!body.empty()) {
            const auto end = body.find('\n');
            const std::string_view line = body.substr(0, end);
            body.remove_prefix(end == std::string_view::npos ? body.size() : end + 1);
            if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
                continue;
            }
            dom::element element;
            if (parse(line).get(element) == simdjson::SUCCESS && element.type() == dom::element_type::OBJECT) {
                TRY(take_record(element));
            } else {
                TRY(begin_record());
                records->batch.defects.back() = Defect::not_an_object;
                extents.insert(extents.end(), schema.rules().size(), Extent{});
            }
        }
        return {};
    }

    simdjson::simdjson_result<dom::element> parse(std::string_view text) {
        if (padded.size() < text.size()) {
            padded = simdjson::padded_string(std::max(text.size(), 2 * padded.size()));
        }
        std::copy(text.begin(), text.end(), padded.data());
        return parser.parse(padded.data(), text.size(), false);
    }

    Status begin_record() {
        if (records->batch.lines.size() == most) {
            return fail(ErrorCode::invalid_input, fmt::format("plus de {} enregistrements dans un message", most));
        }
        records->batch.lines.push_back(records->batch.lines.size() + 1);
        records->batch.defects.push_back(Defect::none);
        return {};
    }

    Status take_record(const dom::element& element) {
        TRY(begin_record());
        if (element.type() != dom::element_type::OBJECT) {
            return fail(ErrorCode::invalid_input, fmt::format("enregistrement {} : attendu un objet JSON", records->batch.lines.size()));
        }
        row.assign(schema.rules().size(), Extent{});
        path.clear();
        TRY(take_object(as<dom::object>(element), 1, false));
        extents.insert(extents.end(), row.begin(), row.end());
        return {};
    }

    Status take_object(const dom::object& object, int depth, bool is_dropped) {
        if (depth > json_depth_max) {
            return fail(ErrorCode::invalid_input, fmt::format("enregistrement {} : plus de {} niveaux d'objets", records->batch.lines.size(), json_depth_max));
        }
        for (const auto [key, value] : object) {
            const std::size_t before = path.size();
            if (before + key.size() + 1 > path_length_max) {
                return fail(ErrorCode::invalid_input, fmt::format("enregistrement {} : nom de champ de plus de {} octets", records->batch.lines.size(),
                                                                  path_length_max));
            }
            if (!path.empty()) {
                path += '.';
            }
            path += key;
            TRY(take_value(value, depth, is_dropped));
            path.resize(before);
        }
        return {};
    }

    Status take_value(const dom::element& value, int depth, bool is_dropped) {
        const Known known = look_up(path);
        if (known.speaks_of_person && !says_nothing(value)) {
            add_once(records->person_names, path);
            return {};
        }
        const bool drops = is_dropped || known.is_dropped;
        if (value.type() == dom::element_type::OBJECT && !known.speaks_of_person) {
            return take_object(as<dom::object>(value), depth + 1, drops);
        }
        if (value.type() == dom::element_type::ARRAY) {
            // Only what it says of persons matters: no field of ours is a list.
            const auto items = as<dom::array>(value);
            for (const dom::element item : items) {
                if (item.type() == dom::element_type::OBJECT) {
                    TRY(take_object(as<dom::object>(item), depth + 1, true));
                }
            }
        }
        if (!known.field) {
            if (!drops) {
                add_once(records->strange_names, path);
            }
            return {};
        }
        if (!known.is_dropped) {
            Extent& extent = row[*known.field];
            if (extent.size != 0) {
                records->batch.defects.back() = Defect::too_many_fields;  // a field said twice: which one would be true?
            }
            extent = keep(value);
        }
        return {};
    }

    [[nodiscard]] Known look_up(const std::string& name) {
        const auto found = names.find(name);
        if (found != names.end()) {
            return found->second;
        }
        Known known;
        known.field = schema.find(name);
        known.is_dropped = known.field && schema.rules()[*known.field].use == FieldUse::drop;
        const bool is_agreed = known.field && schema.rules()[*known.field].use != FieldUse::drop;
        const std::string_view last = std::string_view(name).substr(name.rfind('.') + 1);
        // What the contract names was checked when it was read; anything else must not speak of a person.
        known.speaks_of_person = !is_agreed && (governance::person_word_in(last) || governance::person_word_in(name)) &&
                                 !(known.field && schema.rules()[*known.field].name == name);
        if (names.size() < known_names_max) {
            names.emplace(name, known);
        }
        return known;
    }

    struct Extent {
        std::size_t at = 0;
        std::size_t size = 0;
    };

    /// The value as text, at the end of `texts`.
    Extent keep(const dom::element& value) {
        const std::size_t at = texts.size();
        switch (value.type()) {
            case dom::element_type::STRING: texts += as<std::string_view>(value); break;
            case dom::element_type::INT64: fmt::format_to(std::back_inserter(texts), "{}", as<std::int64_t>(value)); break;
            case dom::element_type::UINT64: fmt::format_to(std::back_inserter(texts), "{}", as<std::uint64_t>(value)); break;
            case dom::element_type::DOUBLE: fmt::format_to(std::back_inserter(texts), "{}", as<double>(value)); break;
            case dom::element_type::BOOL: texts += as<bool>(value) ? "true" : "false"; break;
            case dom::element_type::NULL_VALUE: break;
            case dom::element_type::ARRAY: texts += as<dom::array>(value).size() == 0 ? "[]" : "[…]"; break;
            case dom::element_type::OBJECT: texts += "{}"; break;
        }
        return {at, texts.size() - at};
    }

    /// Once all texts are there, and will not move any more.
    void lay_values() {
        for (const Extent& extent : extents) {
            records->batch.values.push_back(std::string_view(texts).substr(extent.at, extent.size));
        }
        extents.clear();
    }

    Status not_json() {
        extents.clear();
        return fail(ErrorCode::invalid_input, fmt::format("après l'enregistrement {} : ce n'est pas du JSON en UTF-8", records->batch.lines.size()));
    }

    const FieldSchema& schema;
    dom::parser parser;
    simdjson::padded_string padded;
    std::unordered_map<std::string, Known> names;
    std::string path;
    std::string texts;
    std::vector<Extent> row;
    std::vector<Extent> extents;
    JsonRecords* records = nullptr;
    std::size_t most = 0;
};

JsonReader::JsonReader(const FieldSchema& schema) : state_(std::make_unique<State>(schema)) {}
JsonReader::JsonReader(JsonReader&&) noexcept = default;
JsonReader::~JsonReader() = default;

Status JsonReader::read(std::string_view body, std::size_t records_max, JsonRecords& records) {
    Status status = state_->read(body, records_max, records);
    if (!status) {
        state_->extents.clear();
    }
    return status;
}

}  // namespace vigie::intake
