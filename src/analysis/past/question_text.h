// A question as text: the parameters of an address (/past/view?cat=...), the options of the command
// line and the filter text of the journal are one language, read and written here only.
//
//     cat=noise,theft&from=2016-01-01&hours=22-6&to=2017-01-01&wd=5-7
//
// The canonical form names its parameters in alphabetical order and leaves defaults out, so that
// equal questions give equal texts. The period is always written: its default moves with the data.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analysis/past/yesterday.h"
#include "base/result.h"
#include "city/city.h"
#include "city/event/taxonomy.h"

namespace vigie::past {

/// What the words of a question text stand for. A view: lives no longer than what it looks at.
/// Keys and codes hold no comma, since a comma parts the elements of a list.
struct Names {
    const Taxonomy& taxonomy;
    std::span<const std::pair<std::string, SourceId>> sources;
    const City& city;
};

/// A name and its value, percent-decoded.
using Parameter = std::pair<std::string, std::string>;

/// A question, and the step of its playback (used by play_yesterday only).
struct Asked {
    Question question;
    Step step = Step::day;
    friend bool operator==(const Asked&, const Asked&) = default;
};

/// Longest value of one parameter, and most parameters: bounds the work of a hostile address.
inline constexpr std::size_t parameter_length_max = 8192;
inline constexpr std::size_t parameters_max = 32;

/// The word for facts in no known district, in the parameter `district`.
inline constexpr std::string_view no_district_word = "none";

/// True for the names `parse_question` understands; a route that has parameters of its own parts
/// them by this.
[[nodiscard]] bool is_question_parameter(std::string_view name);

/// The period looked at when none is asked: the 12 months before the end of the data, in whole
/// days, and not before its start.
[[nodiscard]] HourRange default_period(HourRange span);

/// Reads a question. `span` is the store's, for the default period; any order of the parameters.
/// Lists come back sorted, without repeats. Without `from`, the period is the 12 months before
/// `to`. Errors: invalid_input, in French, naming the parameter, what was found and what was
/// expected; also for an unknown or repeated parameter and for an empty period.
[[nodiscard]] Result<Asked> parse_question(std::span<const Parameter> parameters,
                                           const Names& names, HourRange span);

/// The canonical text, percent-encoded: parse_question(split_question_text(write_question(q)))
/// gives q back for every q that parse_question can give. The filter's box and placed_only have no
/// text: they are for code, not for questions.
[[nodiscard]] std::string write_question(const Asked& asked, const Names& names);

/// Cuts `a=1&b=2` into parameters and decodes %41 and +. Empty text: no parameter. Errors:
/// invalid_input.
[[nodiscard]] Result<std::vector<Parameter>> split_question_text(std::string_view text);

/// "2016-05-21", or "2016-05-21T14" when not midnight: the form in which a question states its
/// period.
[[nodiscard]] std::string write_local_hour(LocalHour hour);

}  // namespace vigie::past
