#include "api/export_route.h"

#include <algorithm>
#include <array>
#include <utility>

#include "api/asked_question.h"
#include "api/export_files.h"
#include "api/gzip.h"

namespace vigie::api {

namespace {

enum class FileFormat : std::uint8_t { csv, xlsx, geojson };

template <class Value>
struct Choice {
    std::string_view name;
    Value value;
};

constexpr std::array<Choice<ExportSubject>, 4> subjects{
    {{"places", ExportSubject::places},
     {"series", ExportSubject::series},
     {"hours", ExportSubject::hours},
     {"categories", ExportSubject::categories}}};
constexpr std::array<Choice<FileFormat>, 3> formats{
    {{"csv", FileFormat::csv}, {"xlsx", FileFormat::xlsx}, {"geojson", FileFormat::geojson}}};
constexpr std::array<Choice<Language>, 2> languages{{{"fr", Language::fr}, {"en", Language::en}}};

/// The chosen value; the first one when the parameter was not given.
template <class Value, std::size_t count>
tl::expected<Value, Problem> chosen(const Call& call, std::string_view name,
                                    const std::array<Choice<Value>, count>& choices) {
    const auto text = find_parameter(call.parameters, name);
    if (!text) {
        return choices.front().value;
    }
    std::string expected;
    for (const auto& choice : choices) {
        if (choice.name == *text) {
            return choice.value;
        }
        expected += expected.empty() ? "" : ", ";
        expected += choice.name;
    }
    return refuse(
        bad_parameter(std::string(name), {"Une de ces valeurs est attendue : " + expected + ".",
                                          "One of these is expected: " + expected + "."}));
}

struct Wanted {
    ExportSubject subject = ExportSubject::places;
    FileFormat format = FileFormat::csv;
    Language language = Language::fr;
};

tl::expected<Wanted, Problem> read_wanted(const Call& call) {
    const auto subject = chosen(call, "what", subjects);
    const auto format = chosen(call, "format", formats);
    const auto language = chosen(call, "lang", languages);
    if (!subject) {
        return refuse(subject.error());
    }
    if (!format || !language) {
        return refuse(!format ? format.error() : language.error());
    }
    if (*format == FileFormat::geojson && *subject != ExportSubject::places) {
        return refuse(
            bad_parameter("format", {"Le GeoJSON n'existe que pour les lieux (what=places).",
                                     "GeoJSON exists for places only (what=places)."}));
    }
    return Wanted{*subject, *format, *language};
}

std::string_view name_of(FileFormat format) {
    return formats[static_cast<std::size_t>(format)].name;
}

std::string_view type_of(FileFormat format) {
    switch (format) {
        case FileFormat::csv:
            return "text/csv; charset=utf-8";
        case FileFormat::xlsx:
            return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        case FileFormat::geojson:
            return "application/geo+json";
    }
    return "text/plain";
}

/// ASCII only, so that no header needs escaping.
std::string file_name(const AskedQuestion& question, const Wanted& wanted) {
    std::string name = "vigie-";
    for (const char c : question.context.reference->city.key) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        name += plain ? c : '-';
    }
    const auto& hours = question.asked.question.filter.hours;
    name += '-';
    name += subjects[static_cast<std::size_t>(wanted.subject)].name;
    name += '-' + local_day_text(day_of(hours.begin)) + '-' + local_day_text(day_of(hours.end));
    name += '.';
    name += name_of(wanted.format);
    return name;
}

Result<std::string> make_file(const ExportContent& content, const Wanted& wanted,
                              const std::string& exported_at) {
    const auto stamp = export_stamp(content, exported_at);
    if (wanted.format == FileFormat::geojson) {
        return geojson_of(content, stamp);
    }
    const auto table = export_table(wanted.subject, content);
    if (wanted.format == FileFormat::xlsx) {
        return xlsx_of(table, stamp, wanted.language);
    }
    return csv_of(table, stamp, wanted.language);
}

Result<std::pair<std::string, std::uint64_t>> make_export(Application& application,
                                                          const Call& call,
                                                          const AskedQuestion& question,
                                                          const Wanted& wanted) {
    const auto& reference = *question.context.reference;
    const auto yesterday = TRY(past::look_at_yesterday(
        *application.observatory().events, reference.city, question.span, question.asked.question));
    const auto places =
        shown_places(yesterday.places, question.asked.question.measure, call.who->role);
    if (wanted.subject == ExportSubject::places && places.size() > export_rows_max) {
        return fail(ErrorCode::invalid_input,
                    "Cet export aurait " + std::to_string(places.size()) + " lignes, plus de " +
                        std::to_string(export_rows_max) + " : demandez de plus grandes mailles.");
    }
    const ExportContent content{question, yesterday, places, wanted.language};
    auto file = TRY(make_file(content, wanted, clock_text(application.now(), reference.calendar)));
    return std::pair(std::move(file), yesterday.total);
}

}  // namespace

Reply export_past(Application& application, const Call& call) {
    const auto wanted = read_wanted(call);
    if (!wanted) {
        return refuse(wanted.error());
    }
    const auto question = read_question(application, call);
    if (!question) {
        return refuse(question.error());
    }
    auto made = make_export(application, call, *question, *wanted);
    if (!made) {
        return refuse(problem_of_question(application, call, made.error()));
    }
    auto& [file, rows] = *made;
    const auto filters =
        question->filters + "&format=" + std::string(name_of(wanted->format)) +
        "&what=" + std::string(subjects[static_cast<std::size_t>(wanted->subject)].name);
    if (auto written = application.write_look(call, filters, rows); !written) {
        return refuse(std::move(written.error()));
    }
    Response response;
    response.content_type = type_of(wanted->format);
    response.headers.emplace_back("Content-Disposition",
                                  "attachment; filename=\"" + file_name(*question, *wanted) + "\"");
    response.gzip = wanted->format != FileFormat::xlsx && file.size() >= gzip_bytes_min &&
                    accepts_gzip(call.request.accept_encoding);
    response.body = Body(response.gzip ? gzip_of(file, gzip_level_fast) : std::move(file));
    return response;
}

}  // namespace vigie::api
