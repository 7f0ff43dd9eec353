// The small texts of HTTP that come from outside: query strings, cookies, hosts, language and
// encoding wishes. Every function here takes any bytes whatever (tests/fuzz/http_target_fuzz.cpp).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/http_message.h"
#include "base/result.h"

namespace vigie::api {

/// Most parameters of a query string: three times what the longest question needs.
inline constexpr std::size_t parameters_max = 64;

struct Parameter {
    std::string name;
    std::string value;
};
using Parameters = std::vector<Parameter>;

/// Decodes %XX (and + as a space where asked). None for a broken escape, bytes that are not UTF-8,
/// or a control character.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);

/// The decoded parameters, in order. Errors: invalid_input for a broken escape, a name given twice,
/// or too many; the message is the name of the parameter when it is known, or empty.
[[nodiscard]] Result<Parameters> parse_query(std::string_view query);

/// The value of a parameter; none when it was not given.
[[nodiscard]] std::optional<std::string_view> find_parameter(const Parameters& parameters,
                                                             std::string_view name);

/// The value of cookie `name` in a Cookie header; none when absent. The first one wins.
[[nodiscard]] std::optional<std::string_view> find_cookie(std::string_view header,
                                                          std::string_view name);

/// The host of a Host header in lower case without its port: "[::1]:8080" gives "[::1]". None when
/// it is not one.
[[nodiscard]] std::optional<std::string> host_name_of(std::string_view host_header);

/// English only when it is preferred to French; French otherwise.
[[nodiscard]] Language preferred_language(std::string_view accept_language);

/// True when the header takes gzip (named with a weight above 0).
[[nodiscard]] bool accepts_gzip(std::string_view accept_encoding);

/// Weak comparison of an If-None-Match list with an ETag. Source: RFC 9110, 13.1.2.
[[nodiscard]] bool matches_etag(std::string_view if_none_match, std::string_view etag);

/// True when `text` is valid UTF-8 (no overlong forms, no surrogates).
[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace vigie::api
