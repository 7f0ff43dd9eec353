// The synthetic city as it happens: the next deliveries of six sources, in the very bytes that the
// services would send, with the truth beside them. docs/formats/live_sources.md.
//
// Time is cut into steps, and what a source delivers in a step depends on nothing but the seed, the
// moment the stream began and the number of the step. So memory does not grow, a pause is caught
// up, and an earlier delivery can be repeated byte for byte without having been kept.
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "city/city.h"
#include "simulator/live/live_message.h"

namespace vigie::simulator {

/// About what the demonstration's two years hold: 300,000 records in 730 days, of which two thirds
/// are of the four services that go on live.
inline constexpr double usual_facts_per_hour = 11.6;
/// Bounds of what may be asked for: a laptop writes so much, and a year is longer than any run.
inline constexpr double facts_per_hour_max = 3'600'000.0;
inline constexpr double steady_per_s_max = 20'000.0;
inline constexpr int live_days_max = 366;
/// After a longer pause the steps before it are left out: nobody wants last night's readings at
/// once.
inline constexpr std::chrono::minutes catch_up_max{10};
/// Late records are at most so old.
inline constexpr std::chrono::hours late_max{48};
/// Rows of one step of one source; more are left out (a step holds 20,000 a second for a tenth of
/// one).
inline constexpr std::size_t step_rows_max = 5'000;
inline constexpr std::size_t batch_rows_max = 1'000;

struct LiveOptions {
    const City* city = nullptr;  ///< must have outlines; must outlive the stream
    std::uint64_t seed = 1;
    Instant begin;  ///< nothing is delivered for before it
    /// Records of the four services that write facts, on average over a year; sensors publish more
    /// often in proportion, at most once a minute.
    double facts_per_hour = usual_facts_per_hour;
    /// Above 0: so many records a second over the sources wanted, at all hours.
    double steady_per_s = 0.0;
    std::array<bool, live_source_count> wanted{true, true, true, true, true, true};
    std::size_t batch_rows = 100;  ///< rows of one delivery, at most
    double repeated_share =
        0.0;  ///< deliveries sent again later: half as they were, half under another key
    double late_share = 0.0;                    ///< records written up to late_max after the fact
    double disorder_share = 0.0;                ///< deliveries that others overtake
    DeliveryFault fault = DeliveryFault::none;  ///< one delivery of it, before any other
};

class LiveStream {
  public:
    /// Errors: invalid_input for shares or rates out of bounds, or a city without outlines;
    /// not_found for its time zone or projection.
    [[nodiscard]] static Result<LiveStream> create(const LiveOptions& options);
    LiveStream(LiveStream&&) noexcept;
    LiveStream& operator=(LiveStream&&) noexcept;
    ~LiveStream();

    /// The next deliveries of steps that ended at or before `now`, in the order of the ends of
    /// their steps. Stops after the first step that brings the count to `messages_max` or more:
    /// call again while it does not come back empty. Nothing after live_days_max days.
    [[nodiscard]] std::vector<LiveMessage> due(Instant now, std::size_t messages_max);
    /// When the next step ends: until then nothing is due.
    [[nodiscard]] Instant next_due() const;
    /// Steps left out by pauses longer than catch_up_max.
    [[nodiscard]] std::uint64_t skipped_steps() const;

  private:
    struct State;
    explicit LiveStream(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace vigie::simulator
