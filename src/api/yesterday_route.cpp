#include "api/yesterday_route.h"

#include <numeric>
#include <utility>

#include "api/asked_question.h"
#include "api/yesterday_json.h"

namespace vigie::api {

namespace {

Result<MadeAnswer> make_view(Application& application, const Call& call,
                             const AskedQuestion& question) {
    const auto& reference = *question.context.reference;
    const auto yesterday = TRY(past::look_at_yesterday(
        *application.observatory().events, reference.city, question.span, question.asked.question));
    AnswerMarks marks;
    marks.data_version = question.context.data->stats.version;
    marks.generated_at = clock_text(application.now(), reference.calendar);
    marks.filters = question.filters;
    marks.attributions = attributions_of(question.context, yesterday.sources);
    marks.role = call.who->role;
    return MadeAnswer{view_json(yesterday, question.asked.question, marks), yesterday.total};
}

Result<MadeAnswer> make_frames(Application& application, const Call& call,
                               const AskedQuestion& question) {
    const auto frames = TRY(past::play_yesterday(*application.observatory().events,
                                                 question.asked.question, question.asked.step));
    if (frames.count_of.size() > frame_entries_max) {
        return fail(ErrorCode::invalid_input,
                    "Cette animation aurait " + std::to_string(frames.count_of.size()) +
                        " valeurs, plus de " + std::to_string(frame_entries_max) +
                        " : demandez de plus grandes mailles, un pas plus long ou une période "
                        "plus courte.");
    }
    const auto rows =
        std::accumulate(frames.count_of.begin(), frames.count_of.end(), std::uint64_t{0});
    return MadeAnswer{frames_json(frames, question.asked, call.who->role), rows};
}

using Make = Result<MadeAnswer> (*)(Application&, const Call&, const AskedQuestion&);

Reply answer_question(Application& application, const Call& call, Make make) {
    auto question = read_question(application, call);
    if (!question) {
        return refuse(std::move(question.error()));
    }
    const KeptQuestion kept{question->filters, [&] { return make(application, call, *question); }};
    return answer_and_keep(application, call, question->context, kept);
}

}  // namespace

Reply show_view(Application& application, const Call& call) {
    return answer_question(application, call, make_view);
}

Reply show_frames(Application& application, const Call& call) {
    return answer_question(application, call, make_frames);
}

}  // namespace vigie::api
