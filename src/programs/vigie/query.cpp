#include "programs/vigie/query.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "analysis/past/question_text.h"
#include "analysis/past/yesterday.h"
#include "programs/vigie/command_line.h"

namespace vigie::programs {

namespace json = boost::json;

namespace {

/// Everything a question needs to be read and its answer to be worded.
struct Context {
    City city;
    Taxonomy taxonomy;
    std::vector<SourceRecord> sources;
    HourRange span;

    [[nodiscard]] std::vector<std::pair<std::string, SourceId>> source_names() const {
        std::vector<std::pair<std::string, SourceId>> names;
        for (const auto& source : sources) {
            names.emplace_back(source.key, source.id);
        }
        return names;
    }
};

Result<Context> read_context(DataFolder& folder) {
    auto city = TRY(folder.metadata().city());
    auto taxonomy = TRY(folder.metadata().taxonomy());
    if (!city || !taxonomy) {
        return fail(ErrorCode::not_found, "ce dossier n'a ni ville ni nomenclature ; créez-le avec vigie init");
    }
    const auto stats = TRY(folder.events().stats());
    auto sources = TRY(folder.metadata().sources());
    return Context{std::move(*city), std::move(*taxonomy), std::move(sources), stats.span.value_or(HourRange{})};
}

struct NamedDimension {
    std::string_view name;
    Dimension dimension;
};
constexpr std::array dimensions{
    NamedDimension{"cell", Dimension::cell},         NamedDimension{"district", Dimension::district},
    NamedDimension{"source", Dimension::source},     NamedDimension{"category", Dimension::category},
    NamedDimension{"origin", Dimension::origin},     NamedDimension{"hour", Dimension::hour},
    NamedDimension{"day", Dimension::day},           NamedDimension{"week", Dimension::week},
    NamedDimension{"month", Dimension::month},       NamedDimension{"hour_of_week", Dimension::hour_of_week},
    NamedDimension{"time_precision", Dimension::time_precision}, NamedDimension{"place_precision", Dimension::place_precision}};

Result<std::vector<NamedDimension>> read_dimensions(const json::object& request) {
    std::vector<NamedDimension> chosen;
    const auto* by = request.if_contains("by");
    if (by == nullptr || !by->is_array()) {
        return chosen;
    }
    for (const auto& value : by->get_array()) {
        const std::string_view name = value.is_string() ? std::string_view(value.get_string()) : std::string_view();
        const auto* found = std::find_if(dimensions.begin(), dimensions.end(), [&](const auto& d) { return d.name == name; });
        if (found == dimensions.end()) {
            return fail(ErrorCode::invalid_input,
                        fmt::format("--by {} : attendu cell, district, source, category, origin, hour, day, week, month, "
                                    "hour_of_week, time_precision ou place_precision", name));
        }
        chosen.push_back(*found);
    }
    return chosen;
}

std::string day_text(LocalDay day) {
    const auto date = civil_from_day(day);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

json::value place_word(const Context& context, std::int64_t key) {
    const auto index = static_cast<std::size_t>(key);
    return index < context.city.districts.size() ? json::value(context.city.districts[index].code) : json::value("none");
}

/// A key as the parameters of a question would write it.
json::value key_text(const Context& context, Dimension dimension, std::int64_t key) {
    constexpr std::array origins{"unknown", "resident", "patrol", "sensor"};
    constexpr std::array times{"minute", "hour", "day"};
    constexpr std::array places{"point", "area_centroid", "area_only", "none"};
    const auto index = static_cast<std::size_t>(key);
    switch (dimension) {
        case Dimension::cell: {
            if (key == no_cell_key) {
                return "none";
            }
            const Cell cell = unpack_cell(key);
            return json::value(fmt::format("{}:{}", cell.column, cell.row));
        }
        case Dimension::district: return place_word(context, key);
        case Dimension::source: {
            const auto found = std::find_if(context.sources.begin(), context.sources.end(), [&](const auto& s) { return s.id.raw() == key; });
            return found == context.sources.end() ? json::value(key) : json::value(found->key);
        }
        case Dimension::category:
            return index < context.taxonomy.categories.size() ? json::value(context.taxonomy.categories[index].key) : json::value(key);
        case Dimension::origin: return origins.at(index);
        case Dimension::hour: return json::value(past::write_local_hour(LocalHour{static_cast<std::int32_t>(key)}));
        case Dimension::day: return json::value(day_text(LocalDay{static_cast<std::int32_t>(key)}));
        case Dimension::week: return json::value(day_text(LocalDay{static_cast<std::int32_t>(key * 7 - 3)}));
        case Dimension::month: return json::value(fmt::format("{:04}-{:02}", 1970 + key / 12, key % 12 + 1));
        case Dimension::hour_of_week: return json::value(fmt::format("{} {:02}h", key / 24 + 1, key % 24));
        case Dimension::time_precision: return times.at(index);
        case Dimension::place_precision: return places.at(index);
    }
    return key;
}

Result<std::vector<past::Parameter>> read_parameters(const json::object& request) {
    std::vector<past::Parameter> parameters;
    if (const auto* given = request.if_contains("parameters"); given != nullptr && given->is_object()) {
        for (const auto& [name, value] : given->get_object()) {
            if (!value.is_string()) {
                return fail(ErrorCode::invalid_input, fmt::format("paramètre {} : un texte est attendu", std::string_view(name)));
            }
            parameters.emplace_back(std::string(name), std::string(value.get_string()));
        }
    }
    return parameters;
}

/// The whole span unless the question names a period: on the command line "all" is the least surprise.
Result<past::Asked> read_question(const Context& context, const json::object& request) {
    auto parameters = TRY(read_parameters(request));
    const auto names_from = [](const past::Parameter& p) { return p.first == "from"; };
    const auto names_to = [](const past::Parameter& p) { return p.first == "to"; };
    if (std::none_of(parameters.begin(), parameters.end(), names_from)) {
        parameters.emplace_back("from", past::write_local_hour(context.span.begin));
    }
    if (std::none_of(parameters.begin(), parameters.end(), names_to)) {
        parameters.emplace_back("to", past::write_local_hour(context.span.end));
    }
    const auto sources = context.source_names();
    return past::parse_question(parameters, past::Names{context.taxonomy, sources, context.city}, context.span);
}

Result<json::object> counts(DataFolder& folder, const Context& context, const past::Question& question, const json::object& request) {
    const auto chosen = TRY(read_dimensions(request));
    GroupBy group{.dimensions = {}, .cell_m = question.cell_m};
    json::array columns;
    for (const auto& dimension : chosen) {
        group.dimensions.push_back(dimension.dimension);
        columns.emplace_back(dimension.name);
    }
    columns.emplace_back("n");
    const Table table = TRY(folder.events().aggregate(question.filter, group));
    json::array rows;
    std::uint64_t total = 0;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        json::array line;
        for (std::size_t d = 0; d < chosen.size(); ++d) {
            line.push_back(key_text(context, chosen[d].dimension, table.key(row, d)));
        }
        line.emplace_back(table.counts[row]);
        total += table.counts[row];
        rows.push_back(std::move(line));
    }
    return json::object{{"columns", columns}, {"rows", rows}, {"total", total}};
}

Result<json::object> hotspots(DataFolder& folder, const past::Question& question, const json::object& request) {
    const auto* limit = request.if_contains("limit");
    const std::size_t k = limit != nullptr && limit->is_int64() ? static_cast<std::size_t>(std::max<std::int64_t>(1, limit->get_int64())) : 20;
    const auto cells = TRY(folder.events().top_cells(question.filter, question.cell_m, k));
    json::array rows;
    for (const auto& found : cells) {
        rows.push_back(json::array{std::int64_t{found.cell.column} * question.cell_m, std::int64_t{found.cell.row} * question.cell_m,
                                   question.cell_m, found.count});
    }
    return json::object{{"columns", json::array{"x_m", "y_m", "cell_m", "n"}}, {"rows", rows}};
}

Result<json::object> series(DataFolder& folder, const Context& context, const past::Question& question) {
    const auto yesterday = TRY(past::look_at_yesterday(folder.events(), context.city, context.span, question));
    constexpr std::array words{"insufficient", "stable", "rising", "falling"};
    json::array rows;
    constexpr std::array bins{Dimension::day, Dimension::week, Dimension::month};
    const auto dimension = bins.at(static_cast<std::size_t>(yesterday.series.bin));
    const LocalDay start = yesterday.series.start;
    for (std::size_t i = 0; i < yesterday.series.counts.size(); ++i) {
        const auto step = static_cast<std::int32_t>(i);
        const std::int64_t key = dimension == Dimension::day    ? start.raw() + step
                                 : dimension == Dimension::week ? week_of(start) + step
                                                                : month_of(start) + step;
        rows.push_back(json::array{key_text(context, dimension, key), yesterday.series.counts[i]});
    }
    const auto& trend = yesterday.trend;
    return json::object{{"columns", json::array{"start", "n"}},
                        {"rows", rows},
                        {"total", yesterday.total},
                        {"not_placed", yesterday.not_placed},
                        {"known_by_day", yesterday.known_by_day},
                        {"trend", json::object{{"word", words.at(static_cast<std::size_t>(trend.word))}, {"change", trend.change},
                                               {"low", trend.low}, {"high", trend.high}, {"days", trend.days}}}};
}

Result<json::object> stats(DataFolder& folder) {
    const auto found = TRY(folder.events().stats());
    json::object answer{{"events", found.events}, {"bytes", found.bytes}, {"version", found.version}};
    if (found.span) {
        answer["from"] = past::write_local_hour(found.span->begin);
        answer["to"] = past::write_local_hour(found.span->end);
    }
    json::array imports;
    for (const auto& run : TRY(folder.metadata().imports(1000))) {
        imports.push_back(json::object{{"file", run.file_name}, {"state", run.state}, {"read", run.read}, {"stored", run.stored},
                                       {"duplicates", run.duplicates}, {"quarantined", run.quarantined}});
    }
    answer["imports"] = std::move(imports);
    return answer;
}

Result<json::object> quarantine(DataFolder& folder) {
    constexpr std::size_t page = 10'000;
    json::array rows;
    for (std::size_t offset = 0;; offset += page) {
        const auto records = TRY(folder.metadata().quarantine(std::nullopt, offset, page));
        for (const auto& record : records) {
            rows.push_back(json::array{record.file_name, record.line, record.reason, record.detail});
        }
        if (records.size() < page) {
            break;
        }
    }
    json::array reasons;
    for (const auto& count : TRY(folder.metadata().quarantine_counts())) {
        reasons.push_back(json::object{{"source", count.source.raw()}, {"reason", count.reason}, {"count", count.count}});
    }
    return json::object{{"columns", json::array{"file", "line", "reason", "detail"}}, {"rows", rows}, {"reasons", reasons}};
}

Status journal(DataFolder& folder, std::string_view what, const std::string& filters, std::uint64_t rows) {
    return folder.metadata().record({.at = now(), .account = "local", .role = governance::Role::administrator,
                                     .purpose = governance::Purpose::administration, .action = fmt::format("query.{}", what),
                                     .filters = filters, .rows = rows});
}

std::uint64_t facts_behind(const json::object& answer) {
    const auto* total = answer.if_contains("total");
    return total == nullptr ? 0 : total->to_number<std::uint64_t>();
}

}  // namespace

Result<json::object> perform_query(DataFolder& folder, const json::object& request) {
    const auto* asked_for = request.if_contains("what");
    const std::string what = asked_for != nullptr && asked_for->is_string() ? std::string(asked_for->get_string()) : std::string();
    if (what == "stats") {
        TRY(journal(folder, what, "", 0));
        return stats(folder);
    }
    if (what == "quarantine") {
        TRY(journal(folder, what, "", 0));
        return quarantine(folder);
    }
    const Context context = TRY(read_context(folder));
    const auto asked = TRY(read_question(context, request));
    Result<json::object> answer = what == "counts"     ? counts(folder, context, asked.question, request)
                                  : what == "series"   ? series(folder, context, asked.question)
                                  : what == "hotspots" ? hotspots(folder, asked.question, request)
                                                       : fail(ErrorCode::invalid_input, fmt::format("question inconnue « {} » ; attendu : "
                                                              "counts, series, hotspots, stats ou quarantine", what));
    if (answer) {
        const auto sources = context.source_names();
        const auto filters = past::write_question(asked, past::Names{context.taxonomy, sources, context.city});
        TRY(journal(folder, what, filters, facts_behind(*answer)));
        (*answer)["filters"] = filters;
    }
    return answer;
}

}  // namespace vigie::programs
