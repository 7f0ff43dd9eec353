#include "api/asked_question.h"

#include <algorithm>
#include <utility>

namespace vigie::api {

namespace {

/// What is looked at while there are no facts: the day that is.
HourRange today(const Application& application, const LocalCalendar& calendar) {
    const LocalDay day = day_of(calendar.local_hour_of(application.now()));
    return {first_hour_of(day), first_hour_of(LocalDay{day.raw() + 1})};
}

void add_once(std::vector<std::string>& lines, const std::string& line) {
    if (!line.empty() && std::find(lines.begin(), lines.end(), line) == lines.end()) {
        lines.push_back(line);
    }
}

}  // namespace

tl::expected<AskedQuestion, Problem> read_question(Application& application, const Call& call) {
    AskedQuestion question;
    question.context.reference = application.reference();
    auto data = application.data_state();
    if (!data) {
        return refuse(application.problem_of_failure(data.error(), call.route->name));
    }
    question.context.data = std::move(*data);
    const auto& reference = *question.context.reference;
    const auto& state = *question.context.data;
    question.span = state.stats.span ? *state.stats.span : today(application, reference.calendar);

    std::vector<past::Parameter> parameters;
    for (const auto& parameter : call.parameters) {
        if (past::is_question_parameter(parameter.name)) {
            parameters.emplace_back(parameter.name, parameter.value);
        }
    }
    const past::Names names{reference.taxonomy, state.source_names, reference.city};
    auto asked = past::parse_question(parameters, names, question.span);
    if (!asked) {
        return refuse(problem_of_question(application, call, asked.error()));
    }
    question.asked = std::move(*asked);
    question.filters = past::write_question(question.asked, names);
    return question;
}

Problem problem_of_question(Application& application, const Call& call, const Error& error) {
    auto problem = application.problem_of_failure(error, call.route->name);
    if (error.code != ErrorCode::invalid_input) {
        return problem;
    }
    for (const auto name : call.route->parameters) {
        // The form in which analysis/past names a parameter in its messages.
        if (error.message.starts_with("Paramètre « " + std::string(name) + " »")) {
            problem.parameter = name;
            problem.detail.en =
                "Parameter “" + problem.parameter + "” can not be read; see /api/v1/openapi.json.";
        }
    }
    return problem;
}

std::vector<std::string> attributions_of(const AnswerContext& context,
                                         const std::vector<past::Breakdown>& sources) {
    std::vector<std::string> lines;
    for (const auto& line : context.reference->city.attributions) {
        add_once(lines, line);
    }
    for (const auto& source : context.data->sources) {
        const bool is_shown =
            std::any_of(sources.begin(), sources.end(), [&](const past::Breakdown& breakdown) {
                return breakdown.key == source.id.raw() && breakdown.count > 0;
            });
        if (is_shown) {
            add_once(lines, source.attribution);
        }
    }
    return lines;
}

}  // namespace vigie::api
