// Reading a question. Writing one is in question_text_write.cpp; the two share question_words.h.
#include "analysis/past/question_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "analysis/past/question_words.h"
#include "analysis/past/series.h"

namespace vigie::past {
namespace {

using words::Word;

/// What the asker wrote, short and printable, between French quotation marks.
std::string quoted(std::string_view found) {
    constexpr std::size_t shown_max = 40;
    std::string out = "« ";
    for (const char c : found.substr(0, shown_max)) {
        const auto byte = static_cast<unsigned char>(c);
        out += (byte < 0x20 || byte >= 0x7f) ? '?' : c;
    }
    out += found.size() > shown_max ? "… »" : " »";
    return out;
}

tl::unexpected<Error> wrong(std::string_view parameter, std::string_view found,
                            std::string_view expected) {
    return fail(ErrorCode::invalid_input,
                "Paramètre « " + std::string(parameter) +
                    " » : " + (found.empty() ? std::string("valeur vide") : quoted(found)) +
                    " ; attendu : " + std::string(expected) + ".");
}

std::vector<std::string_view> split(std::string_view text, char mark) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t at = text.find(mark);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(at + 1);
    }
}

/// Digits only: no sign, no space, and no more than fit.
std::optional<int> parse_number(std::string_view text) {
    int value = 0;
    if (text.empty() || text.size() > 6 || text.front() == '-') {
        return std::nullopt;
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

std::optional<LocalHour> parse_local_hour(std::string_view text) {
    const bool has_hour = text.size() == 13 && text[10] == 'T';
    if (!(has_hour || text.size() == 10) || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    const auto year = parse_number(text.substr(0, 4));
    const auto month = parse_number(text.substr(5, 2));
    const auto day = parse_number(text.substr(8, 2));
    const auto hour = has_hour ? parse_number(text.substr(11, 2)) : std::optional<int>(0);
    if (!year || !month || !day || !hour || *hour > 23) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) {
        return std::nullopt;
    }
    const LocalHour at{day_from_civil(date).raw() * 24 + *hour};
    return at < first_local_hour || at > last_local_hour ? std::nullopt : std::optional(at);
}

/// The 12 months before `end`, cut where the data starts, so that months without data are not taken
/// for quiet ones.
LocalHour default_begin(LocalHour end, HourRange span) {
    const LocalHour wanted = std::max(year_before(end), first_local_hour);
    const LocalHour first = first_hour_of(day_of(span.begin));
    return first > wanted && first < end ? first : wanted;
}

Result<void> parse_period(EventFilter& filter, std::string_view name, std::string_view value) {
    const auto at = parse_local_hour(value);
    if (!at) {
        return wrong(name, value,
                     "une date AAAA-MM-JJ ou une heure AAAA-MM-JJTHH, de 1950-01-01 à 2069-01-01");
    }
    (name == "from" ? filter.hours.begin : filter.hours.end) = *at;
    return {};
}

/// One list: every element must be known to `find`, which gives an id or nothing.
template <class Id, class Find>
Result<std::vector<Id>> parse_list(const Parameter& parameter, std::string_view expected,
                                   const Find& find) {
    std::vector<Id> ids;
    for (const std::string_view part : split(parameter.second, ',')) {
        const std::optional<Id> id = find(part);
        if (part.empty() || !id) {
            return wrong(parameter.first, part, expected);
        }
        ids.push_back(*id);
    }
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

std::optional<CategoryId> find_category(const Taxonomy& taxonomy, std::string_view key) {
    const auto it = std::ranges::find(taxonomy.categories, key, &Category::key);
    return it == taxonomy.categories.end() ? std::nullopt : std::optional(it->id);
}

std::optional<SourceId> find_source(const Names& names, std::string_view key) {
    const auto it = std::ranges::find(
        names.sources, key, [](const auto& pair) -> const std::string& { return pair.first; });
    return it == names.sources.end() ? std::nullopt : std::optional(it->second);
}

std::optional<DistrictId> find_district(const City& city, std::string_view code) {
    const auto it = std::ranges::find(city.districts, code, &District::code);
    if (it != city.districts.end()) {
        return it->id;
    }
    return code == no_district_word ? std::optional(no_district) : std::nullopt;
}

Status parse_lists(EventFilter& filter, const Parameter& parameter, const Names& names) {
    const std::string& name = parameter.first;
    if (name == "cat") {
        filter.categories = TRY(parse_list<CategoryId>(
            parameter, "des clés de catégories de la ville, séparées par des virgules",
            [&](std::string_view part) { return find_category(names.taxonomy, part); }));
    } else if (name == "src") {
        filter.sources = TRY(parse_list<SourceId>(
            parameter, "des clés de sources de l'observatoire, séparées par des virgules",
            [&](std::string_view part) { return find_source(names, part); }));
    } else if (name == "origin") {
        filter.origins = TRY(parse_list<Origin>(
            parameter, "unknown, resident, patrol ou sensor, séparés par des virgules",
            [](std::string_view part) { return words::find(words::origins, part); }));
    } else {
        filter.districts = TRY(parse_list<DistrictId>(
            parameter,
            "des codes de quartiers de la ville, séparés par des virgules (none : hors de tout "
            "quartier)",
            [&](std::string_view part) { return find_district(names.city, part); }));
    }
    return {};
}

Status parse_weekdays(EventFilter& filter, std::string_view value) {
    std::uint8_t mask = 0;
    for (const std::string_view part : split(value, ',')) {
        const auto ends = split(part, '-');
        const auto first = parse_number(ends.front());
        const auto last = parse_number(ends.back());
        const bool ok = ends.size() <= 2 && first && last && *first >= 1 && *first <= 7 &&
                        *last >= 1 && *last <= 7;
        if (!ok) {
            return wrong("wd", part,
                         "des jours de 1 (lundi) à 7 (dimanche), par exemple 1-5 ou 1,3,6-7");
        }
        for (int day = *first - 1;; day = (day + 1) % 7) {  // 6-1 is Saturday to Monday
            mask = static_cast<std::uint8_t>(mask | (1U << day));
            if (day == *last - 1) {
                break;
            }
        }
    }
    filter.weekdays = mask;
    return {};
}

Status parse_hours(EventFilter& filter, std::string_view value) {
    std::uint32_t mask = 0;
    for (const std::string_view part : split(value, ',')) {
        const auto ends = split(part, '-');
        const auto first = parse_number(ends.front());
        const auto end = parse_number(ends.back());
        const bool ok =
            ends.size() == 2 && first && end && *first <= 23 && *end <= 24 && *first != *end;
        if (!ok) {
            return wrong(
                "hours", part,
                "des tranches d'heures entières début-fin, fin non comprise, par exemple 22-6 ou "
                "8-12,14-18");
        }
        const int count = *end > *first ? *end - *first : *end - *first + 24;
        for (int hour = *first; hour < *first + count; ++hour) {
            mask |= 1U << (hour % 24);
        }
    }
    filter.hours_of_day = mask;
    return {};
}

template <class Value, std::size_t count>
Status parse_word(Value& into, const Parameter& parameter,
                  const std::array<Word<Value>, count>& list) {
    const auto value = words::find(list, parameter.second);
    if (!value) {
        std::string expected;
        for (const auto& word : list) {
            expected += (expected.empty() ? "" : ", ") + std::string(word.text);
        }
        return wrong(parameter.first, parameter.second, expected);
    }
    into = *value;
    return {};
}

Status parse_cell(Question& question, std::string_view value) {
    const auto cell = parse_number(value);
    if (!cell || *cell < finest_cell_m || *cell > coarsest_cell_m || *cell % finest_cell_m != 0) {
        return wrong("cell", value, "un côté en mètres, multiple de 100, de 100 à 10000");
    }
    question.cell_m = *cell;
    return {};
}

Status parse_one(Asked& asked, const Parameter& parameter, const Names& names) {
    const auto& [name, value] = parameter;
    Question& question = asked.question;
    if (name == "from" || name == "to") {
        return parse_period(question.filter, name, value);
    }
    if (name == "cat" || name == "src" || name == "origin" || name == "district") {
        return parse_lists(question.filter, parameter, names);
    }
    if (name == "wd") {
        return parse_weekdays(question.filter, value);
    }
    if (name == "hours") {
        return parse_hours(question.filter, value);
    }
    if (name == "cell") {
        return parse_cell(question, value);
    }
    if (name == "sun") {
        return parse_word(question.filter.daylight, parameter, words::daylights);
    }
    if (name == "unit") {
        return parse_word(question.unit, parameter, words::units);
    }
    if (name == "measure") {
        return parse_word(question.measure, parameter, words::measures);
    }
    if (name == "compare") {
        return parse_word(question.comparison, parameter, words::comparisons);
    }
    if (name == "bin") {
        return parse_word(question.bin, parameter, words::bins);
    }
    return parse_word(asked.step, parameter, words::steps);
}

std::string list_of_names() {
    std::string out;
    for (const std::string_view name : words::parameter_names) {
        out += (out.empty() ? "" : ", ") + std::string(name);
    }
    return out;
}

/// Every name known and there once, every value of a sane length.
Status check_names(std::span<const Parameter> parameters) {
    if (parameters.size() > parameters_max) {
        return fail(ErrorCode::invalid_input, "La question a " + std::to_string(parameters.size()) +
                                                  " paramètres ; attendu : au plus " +
                                                  std::to_string(parameters_max) + ".");
    }
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const auto& [name, value] = parameters[i];
        if (!is_question_parameter(name)) {
            return fail(ErrorCode::invalid_input, "Paramètre inconnu : " + quoted(name) +
                                                      " ; attendu : " + list_of_names() + ".");
        }
        const auto same = [&](const Parameter& other) {
            return other.first == parameters[i].first;
        };
        if (std::ranges::any_of(parameters.first(i), same)) {
            return fail(ErrorCode::invalid_input,
                        "Paramètre « " + name + " » donné deux fois ; attendu : une seule fois.");
        }
        if (value.size() > parameter_length_max) {
            return wrong(name, value,
                         "au plus " + std::to_string(parameter_length_max) + " caractères");
        }
    }
    return {};
}

}  // namespace

bool is_question_parameter(std::string_view name) {
    return std::ranges::find(words::parameter_names, name) != words::parameter_names.end();
}

HourRange default_period(HourRange span) {
    const LocalHour end{-local_time::floor_div(-span.end.raw(), 24) * 24};
    return HourRange{default_begin(end, span), end};
}

Result<Asked> parse_question(std::span<const Parameter> parameters, const Names& names,
                             HourRange span) {
    TRY(check_names(parameters));
    Asked asked;
    HourRange& period = asked.question.filter.hours;
    bool begin_given = false;
    period = default_period(span);
    for (const Parameter& parameter : parameters) {
        TRY(parse_one(asked, parameter, names));
        begin_given = begin_given || parameter.first == "from";
    }
    if (!begin_given) {
        period.begin = default_begin(period.end, span);
    }
    if (period.begin >= period.end) {
        return fail(ErrorCode::invalid_input,
                    "Période vide : de " + write_local_hour(period.begin) +
                        " (« from », comprise) à " + write_local_hour(period.end) +
                        " (« to », non comprise) ; attendu : « from » avant « to ».");
    }
    return asked;
}

}  // namespace vigie::past
