#include "api/quarantine_route.h"

#include <algorithm>
#include <utility>

#include "api/application.h"
#include "api/json_writer.h"
#include "api/page_parameters.h"

namespace vigie::api {

namespace {

/// No list of ours is longer: quarantine_rows_max for each of some thousands of imports.
constexpr std::uint64_t offset_max = 1'000'000'000;

struct Page {
    std::optional<SourceId> source;
    std::uint64_t offset = 0;
    std::uint64_t limit = 0;
    std::string filters;
};

tl::expected<Page, Problem> read_page(const Call& call, const DataState& data) {
    Page page;
    const auto offset = number_parameter(call.parameters, "offset", 0, {0, offset_max});
    const auto limit =
        number_parameter(call.parameters, "limit", page_lines_default, {1, page_lines_max});
    if (!offset || !limit) {
        return refuse(!offset ? offset.error() : limit.error());
    }
    page.offset = *offset;
    page.limit = *limit;
    page.filters = "limit=" + std::to_string(page.limit) + "&offset=" + std::to_string(page.offset);
    if (const auto key = find_parameter(call.parameters, "src")) {
        const auto& names = data.source_names;
        const auto found = std::find_if(names.begin(), names.end(),
                                        [&](const auto& name) { return name.first == *key; });
        if (found == names.end()) {
            return refuse(bad_parameter(
                "src", {"Source inconnue ; voyez /catalogue.", "Unknown source; see /catalogue."}));
        }
        page.source = found->second;
        page.filters += "&src=" + found->first;
    }
    return page;
}

std::string page_json(const Page& page, const std::vector<QuarantineCount>& counts,
                      const std::vector<QuarantineRecord>& records) {
    std::uint64_t total = 0;
    JsonWriter json;
    json.open_object();
    json.key("reasons").open_array();
    for (const auto& count : counts) {
        if (page.source && count.source != *page.source) {
            continue;
        }
        total += count.count;
        json.open_object();
        json.key("source").number(std::int64_t{count.source.raw()});
        json.key("reason").text(count.reason);
        json.key("count").number(count.count);
        json.close_object();
    }
    json.close_array();
    json.key("total").number(total);
    json.key("records").open_array();
    for (const auto& record : records) {
        json.open_object();
        json.key("file").text(record.file_name);
        json.key("line").number(record.line);
        json.key("source").number(std::int64_t{record.source.raw()});
        json.key("reason").text(record.reason);
        json.key("detail").text(record.detail);
        json.close_object();
    }
    json.close_array().close_object();
    return json.take();
}

}  // namespace

Reply show_quarantine(Application& application, const Call& call) {
    const auto data = application.data_state();
    if (!data) {
        return refuse(application.problem_of_failure(data.error(), call.route->name));
    }
    const auto page = read_page(call, **data);
    if (!page) {
        return refuse(page.error());
    }
    auto& reference = *application.observatory().reference;
    const auto counts = reference.quarantine_counts();
    const auto records =
        counts ? reference.quarantine(page->source, page->offset, page->limit)
               : Result<std::vector<QuarantineRecord>>(tl::unexpected(counts.error()));
    if (!records) {
        return refuse(application.problem_of_failure(records.error(), call.route->name));
    }
    if (auto written = application.write_look(call, page->filters, records->size()); !written) {
        return refuse(std::move(written.error()));
    }
    return json_response(page_json(*page, *counts, *records));
}

}  // namespace vigie::api
