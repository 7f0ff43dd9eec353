#include "api/export_table.h"

#include <algorithm>
#include <optional>

#include "api/reference.h"

namespace vigie::api {

namespace {

/// One of two words, by the language of the export.
struct Words {
    Language language;
    std::string operator()(std::string_view fr, std::string_view en) const {
        return std::string(language == Language::en ? en : fr);
    }
};

ExportCell number(std::uint64_t count) {
    return static_cast<std::int64_t>(count);
}

ExportCell number_or_nothing(const std::optional<std::uint64_t>& count) {
    return count ? number(*count) : ExportCell{};
}

std::string measure_words(past::Measure measure, const Words& words) {
    switch (measure) {
        case past::Measure::count:
            return words("nombre", "count");
        case past::Measure::rate_per_km2:
            return words("nombre par km²", "count per km²");
        case past::Measure::rate_per_1000_residents:
            return words("nombre pour 1 000 habitants", "count per 1,000 residents");
        case past::Measure::change:
            return words("évolution (0,1 = +10 %)", "change (0.1 = +10 %)");
    }
    return "";
}

/// The figures of a place: count, compared, value, low, high.
void add_figures(ExportTable& table, const ShownPlace& place, bool is_compared) {
    const auto shown = [](bool there, double value) {
        return there ? ExportCell(value) : ExportCell{};
    };
    table.cells.push_back(place.few ? ExportCell(TooFew{}) : number_or_nothing(place.count));
    if (is_compared) {
        table.cells.push_back(place.compared ? number(*place.compared) : ExportCell(TooFew{}));
    }
    table.cells.push_back(place.few ? ExportCell(TooFew{})
                                    : shown(place.value.has_value(), place.value.value_or(0.0)));
    table.cells.push_back(shown(place.value.has_value(), place.low));
    table.cells.push_back(shown(place.value.has_value(), place.high));
}

void add_figure_columns(ExportTable& table, const ExportContent& content, const Words& words) {
    const auto value = measure_words(content.question.asked.question.measure, words);
    table.columns.push_back(words("faits", "facts"));
    if (content.yesterday.compared_total) {
        table.columns.push_back(words("faits, période comparée", "facts, compared period"));
    }
    table.columns.push_back(value);
    table.columns.push_back(words("borne basse à 95 %", "95 % lower bound"));
    table.columns.push_back(words("borne haute à 95 %", "95 % upper bound"));
}

ExportTable places_table(const ExportContent& content, const Words& words) {
    const auto& question = content.question.asked.question;
    const auto& districts = content.question.context.reference->city.districts;
    const bool is_compared = content.yesterday.compared_total.has_value();
    const bool cells = question.unit == past::Unit::cells;
    ExportTable table;
    table.title = cells ? words("mailles", "cells") : words("quartiers", "districts");
    table.columns = cells ? std::vector<std::string>{"x_m", "y_m", words("cote_m", "side_m")}
                          : std::vector<std::string>{words("code", "code"), words("nom", "name"),
                                                     words("secteur", "area")};
    add_figure_columns(table, content, words);
    for (const auto& place : content.places) {
        if (cells) {
            const Cell cell = unpack_cell(place.key);
            table.cells.emplace_back(std::int64_t{cell.column} * question.cell_m);
            table.cells.emplace_back(std::int64_t{cell.row} * question.cell_m);
            table.cells.emplace_back(std::int64_t{question.cell_m});
        } else {
            const auto at = static_cast<std::size_t>(place.key);
            const bool known = place.key >= 0 && at < districts.size();
            table.cells.emplace_back(known ? districts[at].code : std::string{});
            table.cells.emplace_back(known ? districts[at].name
                                           : words("hors quartier", "in no district"));
            table.cells.emplace_back(known ? districts[at].parent : std::string{});
        }
        add_figures(table, place, is_compared);
    }
    return table;
}

/// First day of bin `i`.
LocalDay start_of_bin(const past::Series& series, std::size_t i) {
    const auto step = static_cast<std::int32_t>(i);
    if (series.bin != past::Bin::month) {
        return LocalDay{series.start.raw() + step * (series.bin == past::Bin::week ? 7 : 1)};
    }
    return day_from_civil(civil_from_day(series.start) + std::chrono::months{step});
}

ExportTable series_table(const ExportContent& content, const Words& words) {
    const auto& series = content.yesterday.series;
    const auto& compared = content.yesterday.compared_series;
    ExportTable table;
    table.title = words("serie", "series");
    table.columns = {words("début", "start"), words("faits", "facts")};
    if (compared) {
        table.columns.push_back(words("début, période comparée", "start, compared period"));
        table.columns.push_back(words("faits, période comparée", "facts, compared period"));
    }
    for (std::size_t i = 0; i < series.counts.size(); ++i) {
        table.cells.emplace_back(local_day_text(start_of_bin(series, i)));
        table.cells.push_back(number(series.counts[i]));
        if (compared) {
            const bool there = i < compared->counts.size();
            table.cells.push_back(there ? ExportCell(local_day_text(start_of_bin(*compared, i)))
                                        : ExportCell{});
            table.cells.push_back(there ? number(compared->counts[i]) : ExportCell{});
        }
    }
    return table;
}

ExportTable hours_table(const ExportContent& content, const Words& words) {
    constexpr std::string_view days_fr[] = {"lundi",    "mardi",  "mercredi", "jeudi",
                                            "vendredi", "samedi", "dimanche"};
    constexpr std::string_view days_en[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                            "Friday", "Saturday", "Sunday"};
    ExportTable table;
    table.title = words("heures", "hours");
    table.columns = {words("jour", "day"), words("heure", "hour"), words("faits", "facts")};
    const auto& counts = content.yesterday.hour_of_week;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        table.cells.emplace_back(words(days_fr[i / 24 % 7], days_en[i / 24 % 7]));
        table.cells.push_back(number(i % 24));
        table.cells.push_back(number(counts[i]));
    }
    return table;
}

ExportTable categories_table(const ExportContent& content, const Words& words) {
    const auto& taxonomy = content.question.context.reference->taxonomy;
    const bool is_compared = content.yesterday.compared_total.has_value();
    ExportTable table;
    table.title = words("categories", "categories");
    table.columns = {words("clé", "key"), words("catégorie", "category"), words("thème", "theme"),
                     words("faits", "facts")};
    if (is_compared) {
        table.columns.push_back(words("faits, période comparée", "facts, compared period"));
    }
    for (const auto& breakdown : content.yesterday.categories) {
        const auto at = static_cast<std::size_t>(breakdown.key);
        const bool known = breakdown.key >= 0 && at < taxonomy.categories.size();
        const Category category = known ? taxonomy.categories[at] : Category{};
        const auto theme =
            std::find_if(taxonomy.themes.begin(), taxonomy.themes.end(),
                         [&](const Theme& one) { return one.key == category.theme; });
        table.cells.emplace_back(category.key);
        table.cells.emplace_back(words(category.label_fr, category.label_en));
        table.cells.emplace_back(theme == taxonomy.themes.end()
                                     ? std::string{}
                                     : words(theme->label_fr, theme->label_en));
        table.cells.push_back(number(breakdown.count));
        if (is_compared) {
            table.cells.push_back(number_or_nothing(breakdown.compared));
        }
    }
    return table;
}

}  // namespace

ExportTable export_table(ExportSubject subject, const ExportContent& content) {
    const Words words{content.language};
    switch (subject) {
        case ExportSubject::places:
            return places_table(content, words);
        case ExportSubject::series:
            return series_table(content, words);
        case ExportSubject::hours:
            return hours_table(content, words);
        case ExportSubject::categories:
            return categories_table(content, words);
    }
    return {};
}

std::string_view too_few_words(Language language) {
    return language == Language::en ? "too few to show" : "effectif trop faible";
}

std::string neutralised(std::string_view text) {
    constexpr std::string_view runs = "=+-@\t\r\n";
    const bool risky = !text.empty() && runs.find(text.front()) != std::string_view::npos;
    return risky ? "'" + std::string(text) : std::string(text);
}

}  // namespace vigie::api
