// Writing a question in its canonical form, and cutting such a text into parameters again.
#include <algorithm>
#include <cstdio>

#include "analysis/past/question_text.h"
#include "analysis/past/question_words.h"

namespace vigie::past {
namespace {

/// RFC 3986 unreserved, and the comma that parts our lists.
bool stays(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~' || c == ',';
}

std::string encode(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (stays(byte)) {
            out += c;
        } else {
            out += '%';
            out += digits[byte >> 4];
            out += digits[byte & 15];
        }
    }
    return out;
}

std::string joined(std::vector<std::string> parts) {
    std::ranges::sort(parts);
    parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
    std::string out;
    for (const std::string& part : parts) {
        out += (out.empty() ? "" : ",") + part;
    }
    return out;
}

/// An id without a name is written so that the text shows it and the reader refuses it.
std::string nameless(std::uint16_t raw) {
    return "?" + std::to_string(raw);
}

std::string category_keys(const EventFilter& filter, const Taxonomy& taxonomy) {
    std::vector<std::string> keys;
    for (const CategoryId id : filter.categories) {
        const bool known = id.raw() < taxonomy.categories.size();
        keys.push_back(known ? taxonomy.categories[id.raw()].key : nameless(id.raw()));
    }
    return joined(std::move(keys));
}

std::string source_keys(const EventFilter& filter, const Names& names) {
    std::vector<std::string> keys;
    for (const SourceId id : filter.sources) {
        const auto it =
            std::ranges::find(names.sources, id, [](const auto& pair) { return pair.second; });
        keys.push_back(it != names.sources.end() ? it->first : nameless(id.raw()));
    }
    return joined(std::move(keys));
}

std::string district_codes(const EventFilter& filter, const City& city) {
    std::vector<std::string> codes;
    for (const DistrictId id : filter.districts) {
        if (id == no_district) {
            codes.emplace_back(no_district_word);
        } else {
            const bool known = id.raw() < city.districts.size();
            codes.push_back(known ? city.districts[id.raw()].code : nameless(id.raw()));
        }
    }
    return joined(std::move(codes));
}

std::string origin_words(const EventFilter& filter) {
    std::vector<std::string> out;
    for (const Origin origin : filter.origins) {
        out.emplace_back(words::text_of(words::origins, origin));
    }
    return joined(std::move(out));
}

/// Days as runs: 1-3,7. Empty for the whole week.
std::string weekday_runs(std::uint8_t mask) {
    std::string out;
    for (int day = 0; day < 7 && mask != 0x7f; ++day) {
        if ((mask >> day & 1) == 0) {
            continue;
        }
        const int first = day;
        while (day < 6 && (mask >> (day + 1) & 1) != 0) {
            ++day;
        }
        out += (out.empty() ? "" : ",") + std::to_string(first + 1);
        out += day > first ? "-" + std::to_string(day + 1) : "";
    }
    return out;
}

/// Hours as runs round the clock, by first hour: 8-12,22-6. Empty for the whole day.
std::string hour_runs(std::uint32_t mask) {
    const auto has = [mask](int hour) { return (mask >> (hour % 24) & 1) != 0; };
    std::string out;
    for (int hour = 0; hour < 24 && mask != 0xffffff; ++hour) {
        if (!has(hour) || has(hour + 23)) {
            continue;
        }
        int end = hour + 1;
        while (has(end)) {
            ++end;
        }
        out += (out.empty() ? "" : ",") + std::to_string(hour) + "-" +
               std::to_string(end > 24 ? end - 24 : end);
    }
    return out;
}

template <class Value, std::size_t count>
std::string unless_default(const std::array<words::Word<Value>, count>& list, Value value,
                           Value usual) {
    return value == usual ? std::string() : std::string(words::text_of(list, value));
}

/// One value, empty when it is the default.
std::string value_of(std::string_view name, const Asked& asked, const Names& names) {
    const Question& question = asked.question;
    const EventFilter& filter = question.filter;
    const Question usual;
    if (name == "bin") {
        return unless_default(words::bins, question.bin, usual.bin);
    }
    if (name == "cat") {
        return category_keys(filter, names.taxonomy);
    }
    if (name == "cell") {
        return question.cell_m == usual.cell_m ? "" : std::to_string(question.cell_m);
    }
    if (name == "compare") {
        return unless_default(words::comparisons, question.comparison, usual.comparison);
    }
    if (name == "district") {
        return district_codes(filter, names.city);
    }
    if (name == "from" || name == "to") {
        return write_local_hour(name == "from" ? filter.hours.begin : filter.hours.end);
    }
    if (name == "hours") {
        return hour_runs(filter.hours_of_day);
    }
    if (name == "measure") {
        return unless_default(words::measures, question.measure, usual.measure);
    }
    if (name == "origin") {
        return origin_words(filter);
    }
    if (name == "src") {
        return source_keys(filter, names);
    }
    if (name == "step") {
        return unless_default(words::steps, asked.step, Step::day);
    }
    if (name == "sun") {
        return std::string(words::text_of(words::daylights, filter.daylight));
    }
    if (name == "unit") {
        return unless_default(words::units, question.unit, usual.unit);
    }
    return weekday_runs(filter.weekdays);
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

Result<std::string> decode(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i] == '+' ? ' ' : text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
        if (high < 0 || low < 0) {
            return fail(
                ErrorCode::invalid_input,
                "Adresse mal codée : un « % » n'y est pas suivi de deux chiffres hexadécimaux.");
        }
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

}  // namespace

std::string write_local_hour(LocalHour hour) {
    const auto date = civil_from_day(day_of(hour));
    char text[48];
    const int length = std::snprintf(
        text, sizeof text, "%04d-%02u-%02uT%02d", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), hour_of_day(hour));
    std::string out(text, static_cast<std::size_t>(length));
    if (hour_of_day(hour) == 0) {
        out.resize(out.size() - 3);
    }
    return out;
}

std::string write_question(const Asked& asked, const Names& names) {
    std::string out;
    for (const std::string_view name : words::parameter_names) {
        const std::string value = value_of(name, asked, names);
        if (!value.empty()) {
            out += (out.empty() ? "" : "&") + std::string(name) + "=" + encode(value);
        }
    }
    return out;
}

Result<std::vector<Parameter>> split_question_text(std::string_view text) {
    std::vector<Parameter> parameters;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('&'), text.size());
        const std::string_view pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos || equals == 0) {
            return fail(ErrorCode::invalid_input,
                        "Question mal écrite ; attendu : nom=valeur, séparés par « & ».");
        }
        if (parameters.size() == parameters_max) {
            return fail(ErrorCode::invalid_input,
                        "La question a trop de paramètres ; attendu : au plus " +
                            std::to_string(parameters_max) + ".");
        }
        std::string name = TRY(decode(pair.substr(0, equals)));
        std::string value = TRY(decode(pair.substr(equals + 1)));
        parameters.emplace_back(std::move(name), std::move(value));
    }
    return parameters;
}

}  // namespace vigie::past
