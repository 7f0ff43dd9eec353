// Small JSON bodies of requests: flat objects of texts, which is all this interface takes.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::api {

/// The fields `names` of a JSON object, in that order. None unless the body is an object that holds
/// exactly these fields, each a text. Takes any bytes.
[[nodiscard]] std::optional<std::vector<std::string>> parse_text_fields(
    std::string_view body, std::initializer_list<std::string_view> names);

}  // namespace vigie::api
