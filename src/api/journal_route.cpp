#include "api/journal_route.h"

#include <limits>
#include <utility>

#include "api/application.h"
#include "api/json_writer.h"
#include "api/page_parameters.h"

namespace vigie::api {

namespace {

std::string journal_json(const std::vector<governance::NumberedEntry>& entries, std::uint64_t limit,
                         const LocalCalendar& calendar) {
    JsonWriter json;
    json.open_object();
    json.key("entries").open_array();
    for (const auto& [number, entry] : entries) {
        json.open_object();
        json.key("number").number(number);
        json.key("at").text(clock_text(entry.at, calendar));
        json.key("account").text(entry.account);
        json.key("role").text(governance::name_of(entry.role));
        json.key("purpose").text(governance::name_of(entry.purpose));
        json.key("action").text(entry.action);
        json.key("filters").text(entry.filters);
        json.key("rows").number(entry.rows);
        json.close_object();
    }
    json.close_array();
    json.key("next_before");
    const bool more = entries.size() == limit && entries.back().number > 1;
    if (more) {
        json.number(entries.back().number);
    } else {
        json.null();
    }
    json.close_object();
    return json.take();
}

}  // namespace

Reply show_journal(Application& application, const Call& call) {
    constexpr std::uint64_t number_max = std::numeric_limits<std::int64_t>::max();
    const auto before = number_parameter(call.parameters, "before", 0, {1, number_max});
    const auto limit =
        number_parameter(call.parameters, "limit", page_lines_default, {1, page_lines_max});
    if (!before || !limit) {
        return refuse(!before ? before.error() : limit.error());
    }
    const auto entries = application.observatory().journal->read(*before, *limit);
    if (!entries) {
        return refuse(application.problem_of_failure(entries.error(), call.route->name));
    }
    const auto filters = "before=" + std::to_string(*before) + "&limit=" + std::to_string(*limit);
    if (auto written = application.write_look(call, filters, entries->size()); !written) {
        return refuse(std::move(written.error()));
    }
    return json_response(journal_json(*entries, *limit, application.reference()->calendar));
}

}  // namespace vigie::api
