#include "simulator/live/live_stream.h"

#include <algorithm>

#include "base/assert.h"
#include "simulator/live/step_maker.h"

namespace vigie::simulator {
namespace {

constexpr std::uint64_t overtaken_by_max = 10;  // steps that a delivery in disorder waits
constexpr std::uint64_t repeated_after_max = 20;
constexpr std::string_view other_key = "-bis";

}  // namespace

struct LiveStream::State {
    LiveOptions options;
    std::unique_ptr<StepMaker> maker;
    std::array<std::uint64_t, live_source_count> next{};  // step, by source
    std::uint64_t skipped = 0;
    bool fault_is_due = false;

    [[nodiscard]] Instant end_of(LiveSource source, std::uint64_t step) const {
        return options.begin + static_cast<std::int64_t>(step + 1) * maker->period_of(source);
    }
    [[nodiscard]] LiveSource first_to_end() const;
    void skip_long_pause(Instant now);
    [[nodiscard]] std::uint64_t delay_of(LiveSource source, std::uint64_t step) const;
    [[nodiscard]] std::uint64_t repeat_of(LiveSource source, std::uint64_t step) const;
    void deliver(LiveSource source, std::uint64_t step, std::vector<LiveMessage>& out);
    void repeat(LiveSource source, std::uint64_t step, std::vector<LiveMessage>& out);
};

LiveSource LiveStream::State::first_to_end() const {
    LiveSource first = LiveSource::logbook;
    Instant earliest = Instant::max();
    for (const LiveSourceFacts& facts : live_sources()) {
        const auto index = static_cast<std::size_t>(facts.source);
        if (options.wanted[index] && end_of(facts.source, next[index]) < earliest) {
            first = facts.source;
            earliest = end_of(facts.source, next[index]);
        }
    }
    return first;
}

void LiveStream::State::skip_long_pause(Instant now) {
    for (const LiveSourceFacts& facts : live_sources()) {
        std::uint64_t& step = next[static_cast<std::size_t>(facts.source)];
        const auto behind = now - end_of(facts.source, step);
        if (options.wanted[static_cast<std::size_t>(facts.source)] && behind > catch_up_max) {
            const auto period = maker->period_of(facts.source);
            const auto left_out = static_cast<std::uint64_t>((behind - catch_up_max) / period) + 1;
            step += left_out;
            skipped += left_out;
        }
    }
}

/// Steps that the deliveries of `step` wait while later ones go; 0 for most.
std::uint64_t LiveStream::State::delay_of(LiveSource source, std::uint64_t step) const {
    Random random = maker->choices_of(source, step);
    const bool waits = random.uniform() < options.disorder_share;
    return waits ? 1 + random.below(overtaken_by_max) : 0;
}

/// The earlier step whose deliveries come again with `step`, or `step` itself for none.
std::uint64_t LiveStream::State::repeat_of(LiveSource source, std::uint64_t step) const {
    Random random(mix64(maker->choices_of(source, step).next()));
    const bool repeats = random.uniform() < options.repeated_share;
    const std::uint64_t back = overtaken_by_max + 1 + random.below(repeated_after_max);
    return repeats && back <= step ? step - back : step;
}

void LiveStream::State::deliver(LiveSource source, std::uint64_t step,
                                std::vector<LiveMessage>& out) {
    for (LiveMessage& message : maker->make(source, step)) {
        out.push_back(std::move(message));
    }
}

void LiveStream::State::repeat(LiveSource source, std::uint64_t step,
                               std::vector<LiveMessage>& out) {
    Random random(mix64(maker->choices_of(source, step).next() + 1));
    for (LiveMessage& message : maker->make(source, step)) {
        message.is_repeat = true;
        if (random.uniform() < 0.5) {
            message.key += other_key;
            if (source == LiveSource::tickets) {
                message.name = message.key + ".csv";
            }
        }
        out.push_back(std::move(message));
    }
}

LiveStream::LiveStream(std::unique_ptr<State> state) : state_(std::move(state)) {}
LiveStream::LiveStream(LiveStream&&) noexcept = default;
LiveStream& LiveStream::operator=(LiveStream&&) noexcept = default;
LiveStream::~LiveStream() = default;

Result<LiveStream> LiveStream::create(const LiveOptions& options) {
    if (std::none_of(options.wanted.begin(), options.wanted.end(),
                     [](bool wanted) { return wanted; })) {
        return fail(ErrorCode::invalid_input, "flux : au moins une source est attendue");
    }
    auto state = std::make_unique<State>();
    state->options = options;
    state->maker = TRY(StepMaker::create(options));
    state->fault_is_due = options.fault != DeliveryFault::none;
    return LiveStream(std::move(state));
}

Instant LiveStream::next_due() const {
    const LiveSource source = state_->first_to_end();
    return state_->fault_is_due
               ? state_->options.begin
               : state_->end_of(source, state_->next[static_cast<std::size_t>(source)]);
}

std::uint64_t LiveStream::skipped_steps() const {
    return state_->skipped;
}

std::vector<LiveMessage> LiveStream::due(Instant now, std::size_t messages_max) {
    State& state = *state_;
    std::vector<LiveMessage> out;
    now = std::min<Instant>(now, state.options.begin + std::chrono::days(live_days_max));
    state.skip_long_pause(now);
    if (state.fault_is_due && now >= state.options.begin) {
        state.fault_is_due = false;
        out.push_back(state.maker->make_fault(state.options.fault));
    }
    while (out.size() < messages_max) {
        const LiveSource source = state.first_to_end();
        std::uint64_t& next = state.next[static_cast<std::size_t>(source)];
        if (state.end_of(source, next) > now) {
            break;
        }
        const std::uint64_t step = next++;
        // Deliveries that waited for this one come after it.
        if (state.delay_of(source, step) == 0) {
            state.deliver(source, step, out);
        }
        for (std::uint64_t back = 1; back <= std::min(step, overtaken_by_max); ++back) {
            if (state.delay_of(source, step - back) == back) {
                state.deliver(source, step - back, out);
            }
        }
        if (const std::uint64_t earlier = state.repeat_of(source, step); earlier != step) {
            state.repeat(source, earlier, out);
        }
    }
    return out;
}

}  // namespace vigie::simulator
