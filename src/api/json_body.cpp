#include "api/json_body.h"

#include <boost/json.hpp>

namespace vigie::api {

namespace {
/// Deepest nesting read. What we take is flat; a little more tells "wrong shape" from "too deep" in
/// no way that matters.
constexpr std::size_t depth_max = 4;
}  // namespace

std::optional<std::vector<std::string>> parse_text_fields(
    std::string_view body, std::initializer_list<std::string_view> names) {
    boost::json::error_code error;
    boost::json::parse_options options;
    options.max_depth = depth_max;
    const auto document = boost::json::parse({body.data(), body.size()}, error, {}, options);
    const auto* object = error ? nullptr : document.if_object();
    if (object == nullptr || object->size() != names.size()) {
        return std::nullopt;
    }
    std::vector<std::string> fields;
    for (const auto name : names) {
        const auto* value = object->if_contains({name.data(), name.size()});
        const auto* text = value == nullptr ? nullptr : value->if_string();
        if (text == nullptr) {
            return std::nullopt;
        }
        fields.emplace_back(text->data(), text->size());
    }
    return fields;
}

}  // namespace vigie::api
