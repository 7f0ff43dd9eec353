// What one source delivers in one step of time: a pure function of the seed, the beginning and the
// number of the step.
#pragma once

#include <memory>
#include <optional>

#include "simulator/live/fact_draw.h"
#include "simulator/live/live_stream.h"
#include "simulator/live/record_writers.h"
#include "simulator/live/sensor_readings.h"

namespace vigie::simulator {

class StepMaker {
  public:
    /// Errors: those of LiveStream::create.
    [[nodiscard]] static Result<std::unique_ptr<StepMaker>> create(const LiveOptions& options);

    /// The deliveries of step number `step` of the source, which lasts period_of(source).
    [[nodiscard]] std::vector<LiveMessage> make(LiveSource source, std::uint64_t step);
    [[nodiscard]] std::chrono::milliseconds period_of(LiveSource source) const;
    /// One refused delivery of its kind, with records of its own.
    [[nodiscard]] LiveMessage make_fault(DeliveryFault fault);
    /// A generator for choices about a step that are not its content.
    [[nodiscard]] Random choices_of(LiveSource source, std::uint64_t step) const;

  private:
    StepMaker(const LiveOptions& options, std::unique_ptr<const World> world,
              RecordWriters writers);
    struct Step {
        LiveSource source = LiveSource::logbook;
        std::uint64_t number = 0;
        Instant begin;
    };
    [[nodiscard]] std::size_t rows_of(const Step& step, Random& random);
    [[nodiscard]] double per_second(LiveSource source) const;
    [[nodiscard]] std::vector<LiveRow> draw_rows(const Step& step, std::size_t count,
                                                 Random& random);
    void fill_logbook(LiveRow& row, Random& random) const;
    [[nodiscard]] std::vector<LiveMessage> deliveries(const Step& step,
                                                      std::vector<LiveRow> rows) const;
    [[nodiscard]] std::vector<LiveMessage> readings(const Step& step, Random& random) const;
    [[nodiscard]] std::string id_of(const Step& step, std::size_t row) const;
    [[nodiscard]] std::string key_of(const Step& step, std::size_t batch) const;

    LiveOptions options_;
    std::unique_ptr<const World> world_;
    RecordWriters writers_;
    SensorReadings sensors_;
    std::array<FactDraw, 4> draws_;  // logbook, tickets, tows, fire
    double intensity_ = 1.0;
    std::string tag_;  // tells streams apart in ids and keys
};

}  // namespace vigie::simulator
