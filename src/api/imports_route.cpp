#include "api/imports_route.h"

#include "api/application.h"
#include "api/json_writer.h"

namespace vigie::api {

namespace {

void write_import(JsonWriter& json, const ImportRecord& import, const LocalCalendar& calendar) {
    json.open_object();
    json.key("id").number(import.id);
    json.key("source").number(std::int64_t{import.source.raw()});
    json.key("file").text(import.file_name);
    json.key("started").text(clock_text(import.started, calendar));
    json.key("ended").text_or_null(import.ended ? std::optional(clock_text(*import.ended, calendar))
                                                : std::nullopt);
    json.key("read").number(import.read);
    json.key("stored").number(import.stored);
    json.key("duplicates").number(import.duplicates);
    json.key("quarantined").number(import.quarantined);
    json.key("passed_over").number(import.passed_over);
    json.key("live_day").text_or_null(import.live_day ? std::optional(local_day_text(*import.live_day)) : std::nullopt);
    json.key("state").text(import.state);
    json.key("error").text(import.error);
    json.close_object();
}

}  // namespace

Reply show_imports(Application& application, const Call& call) {
    const auto imports = application.observatory().reference->imports(imports_shown_max);
    if (!imports) {
        return refuse(application.problem_of_failure(imports.error(), call.route->name));
    }
    if (auto written = application.write_look(call, "", imports->size()); !written) {
        return refuse(std::move(written.error()));
    }
    const auto reference = application.reference();
    JsonWriter json;
    json.open_array();
    for (const auto& import : *imports) {
        write_import(json, import, reference->calendar);
    }
    json.close_array();
    return json_response(json.take());
}

}  // namespace vigie::api
