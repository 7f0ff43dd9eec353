#include "api/yesterday_json.h"

#include <span>

#include "analysis/past/classes.h"
#include "analysis/past/question_words.h"
#include "api/json_writer.h"
#include "api/reference.h"
#include "api/shown_places.h"

namespace vigie::api {

namespace {

std::string_view word_of(past::TrendWord word) {
    switch (word) {
        case past::TrendWord::insufficient:
            return "insufficient";
        case past::TrendWord::stable:
            return "stable";
        case past::TrendWord::rising:
            return "rising";
        case past::TrendWord::falling:
            return "falling";
    }
    return "insufficient";
}

void write_number_or_null(JsonWriter& json, const std::optional<std::uint64_t>& number) {
    if (number) {
        json.number(*number);
    } else {
        json.null();
    }
}

void write_period(JsonWriter& json, const HourRange& period) {
    json.open_object();
    json.key("from").text(local_hour_text(period.begin));
    json.key("to").text(local_hour_text(period.end));
    json.close_object();
}

void write_series(JsonWriter& json, const past::Series& series) {
    json.open_object();
    json.key("bin").text(past::words::text_of(past::words::bins, series.bin));
    json.key("start").text(local_day_text(series.start));
    json.key("counts").open_array();
    for (const std::uint64_t count : series.counts) {
        json.number(count);
    }
    json.close_array().close_object();
}

void write_breakdowns(JsonWriter& json, const std::vector<past::Breakdown>& breakdowns) {
    json.open_array();
    for (const auto& breakdown : breakdowns) {
        json.open_object();
        json.key("id").number(breakdown.key);
        json.key("n").number(breakdown.count);
        json.key("compared");
        write_number_or_null(json, breakdown.compared);
        json.close_object();
    }
    json.close_array();
}

void write_trend(JsonWriter& json, const past::Trend& trend) {
    json.open_object();
    json.key("word").text(word_of(trend.word));
    json.key("change").number(trend.change);
    json.key("low").number(trend.low);
    json.key("high").number(trend.high);
    json.key("days").number(std::uint64_t{trend.days});
    json.key("mean_per_day").number(trend.mean_per_day);
    json.key("method").text(past::trend_method_fr(trend));
    json.close_object();
}

/// One column of the places: `write` is called for each place.
template <class Places, class Write>
void write_column(JsonWriter& json, std::string_view name, const Places& places, Write write) {
    json.key(name).open_array();
    for (const auto& place : places) {
        write(place);
    }
    json.close_array();
}

/// column, row and district of places given by key; the arrays of the other unit stay empty.
template <class Places, class KeyOf>
void write_keys(JsonWriter& json, past::Unit unit, const Places& places, KeyOf key_of) {
    const bool cells = unit == past::Unit::cells;
    const Places none{};
    write_column(json, "column", cells ? places : none,
                 [&](const auto& place) { json.number(unpack_cell(key_of(place)).column); });
    write_column(json, "row", cells ? places : none,
                 [&](const auto& place) { json.number(unpack_cell(key_of(place)).row); });
    write_column(json, "district", cells ? none : places,
                 [&](const auto& place) { json.number(key_of(place)); });
}

std::vector<double> breaks_of(const std::vector<ShownPlace>& places, past::Measure measure) {
    std::vector<double> values;
    for (const auto& place : places) {
        if (place.value) {
            values.push_back(*place.value);
        }
    }
    return measure == past::Measure::change
               ? past::change_class_breaks(values, past::classes_max_of_map)
               : past::class_breaks(values, past::classes_max_of_map);
}

void write_places(JsonWriter& json, const std::vector<ShownPlace>& places,
                  const past::Question& question) {
    namespace words = past::words;
    const auto number_if = [&](bool there, double number) {
        if (there) {
            json.number(number);
        } else {
            json.null();
        }
    };
    json.open_object();
    json.key("unit").text(words::text_of(words::units, question.unit));
    json.key("cell_m").number(question.cell_m);
    json.key("measure").text(words::text_of(words::measures, question.measure));
    write_keys(json, question.unit, places, [](const ShownPlace& place) { return place.key; });
    write_column(json, "n", places,
                 [&](const ShownPlace& place) { write_number_or_null(json, place.count); });
    write_column(json, "compared", places,
                 [&](const ShownPlace& place) { write_number_or_null(json, place.compared); });
    write_column(json, "value", places, [&](const ShownPlace& place) {
        number_if(place.value.has_value(), place.value.value_or(0.0));
    });
    write_column(json, "low", places,
                 [&](const ShownPlace& place) { number_if(place.value.has_value(), place.low); });
    write_column(json, "high", places,
                 [&](const ShownPlace& place) { number_if(place.value.has_value(), place.high); });
    write_column(json, "few", places, [&](const ShownPlace& place) { json.boolean(place.few); });
    write_column(json, "breaks", breaks_of(places, question.measure),
                 [&](double limit) { json.number(limit); });
    json.close_object();
}

}  // namespace

std::string view_json(const past::Yesterday& yesterday, const past::Question& question,
                      const AnswerMarks& marks) {
    JsonWriter json;
    json.open_object();
    json.key("data_version").text(std::to_string(marks.data_version));
    json.key("generated_at").text(marks.generated_at);
    json.key("filters").text(marks.filters);
    json.key("period");
    write_period(json, yesterday.period);
    json.key("compared_period");
    if (yesterday.compared_period) {
        write_period(json, *yesterday.compared_period);
    } else {
        json.null();
    }
    json.key("total").number(yesterday.total);
    json.key("compared_total");
    write_number_or_null(json, yesterday.compared_total);
    json.key("not_placed").number(yesterday.not_placed);
    json.key("known_by_day").number(yesterday.known_by_day);
    json.key("trend");
    write_trend(json, yesterday.trend);
    json.key("ribbon");
    write_series(json, yesterday.ribbon);
    json.key("series");
    write_series(json, yesterday.series);
    json.key("compared_series");
    if (yesterday.compared_series) {
        write_series(json, *yesterday.compared_series);
    } else {
        json.null();
    }
    write_column(json, "hour_of_week", yesterday.hour_of_week,
                 [&](std::uint64_t count) { json.number(count); });
    json.key("categories");
    write_breakdowns(json, yesterday.categories);
    json.key("sources");
    write_breakdowns(json, yesterday.sources);
    json.key("origins");
    write_breakdowns(json, yesterday.origins);
    json.key("places");
    write_places(json, shown_places(yesterday.places, question.measure, marks.role), question);
    write_column(json, "attributions", marks.attributions,
                 [&](const std::string& line) { json.text(line); });
    json.close_object();
    return json.take();
}

std::string frames_json(const past::Frames& frames, const past::Asked& asked,
                        governance::Role role) {
    namespace words = past::words;
    JsonWriter json;
    json.open_object();
    json.key("unit").text(words::text_of(words::units, asked.question.unit));
    json.key("cell_m").number(asked.question.cell_m);
    write_column(json, "steps", frames.steps,
                 [&](const HourRange& step) { json.text(local_hour_text(step.begin)); });
    json.key("step").text(words::text_of(words::steps, asked.step));
    write_keys(json, asked.question.unit, frames.places, [](std::int64_t key) { return key; });
    write_column(json, "step_of", frames.step_of, [&](std::uint32_t step) { json.number(step); });
    write_column(json, "place_of", frames.place_of,
                 [&](std::uint32_t place) { json.number(place); });
    write_column(json, "count_of", frames.count_of, [&](std::uint32_t count) {
        write_number_or_null(json, shown_count(count, role));
    });
    json.close_object();
    return json.take();
}

}  // namespace vigie::api
