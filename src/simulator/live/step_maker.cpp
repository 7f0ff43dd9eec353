#include "simulator/live/step_maker.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "simulator/live/logbook_text.h"

namespace vigie::simulator {
namespace {

using namespace std::chrono_literals;

constexpr int days_before = 4;  // late records fall before the beginning
constexpr double text_only_share = 0.35;
/// Sensors publish at this period when the stream is not accelerated, and no faster than the second
/// one.
constexpr double reading_period_s = 900.0;
constexpr double reading_period_s_min = 60.0;

/// How long a step lasts: short when much is asked for, else what such a software does.
struct Period {
    std::chrono::milliseconds usual;
    std::chrono::milliseconds steady;
};
// In the order of LiveSource.
constexpr std::array<Period, live_source_count> periods{
    {{5s, 100ms}, {60s, 1s}, {5s, 100ms}, {30s, 250ms}, {5s, 100ms}, {5s, 100ms}}};

constexpr std::array<SourceFile, 4> files{SourceFile::logbook, SourceFile::tickets,
                                          SourceFile::tows, SourceFile::fire};
constexpr std::array<std::string_view, live_source_count> id_prefixes{"MC",  "PV",   "FOUR",
                                                                      "CRO", "LAEQ", "VID"};

std::size_t index_of(LiveSource source) {
    return static_cast<std::size_t>(source);
}

bool is_share(double value) {
    return value >= 0.0 && value <= 1.0;
}

Status check(const LiveOptions& options) {
    if (options.city == nullptr) {
        return fail(ErrorCode::invalid_input, "flux : une ville est attendue");
    }
    if (!is_share(options.repeated_share) || !is_share(options.late_share) ||
        !is_share(options.disorder_share)) {
        return fail(ErrorCode::invalid_input, "flux : une part va de 0 à 1");
    }
    if (!(options.facts_per_hour > 0.0) || options.facts_per_hour > facts_per_hour_max) {
        return fail(
            ErrorCode::invalid_input,
            fmt::format("flux : de 0 à {:.0f} faits par heure sont attendus", facts_per_hour_max));
    }
    if (!(options.steady_per_s >= 0.0) || options.steady_per_s > steady_per_s_max) {
        return fail(
            ErrorCode::invalid_input,
            fmt::format("flux : au plus {:.0f} enregistrements par seconde", steady_per_s_max));
    }
    if (options.batch_rows < 1 || options.batch_rows > batch_rows_max) {
        return fail(
            ErrorCode::invalid_input,
            fmt::format("flux : de 1 à {} lignes par envoi sont attendues", batch_rows_max));
    }
    return {};
}

}  // namespace

Result<std::unique_ptr<StepMaker>> StepMaker::create(const LiveOptions& options) {
    TRY(check(options));
    const LocalCalendar calendar = TRY(LocalCalendar::open(options.city->zone));
    const LocalDay last{calendar.to_civil(options.begin).day.raw() + live_days_max + 2};
    if (last >= day_of(last_local_hour)) {
        return fail(ErrorCode::invalid_input, "flux : début hors des années acceptées");
    }
    World made =
        TRY(make_world(*options.city, last, live_days_max + 2 + days_before, options.seed));
    auto world = std::make_unique<const World>(std::move(made));
    RecordWriters writers = TRY(RecordWriters::create(*world));
    return std::unique_ptr<StepMaker>(new StepMaker(options, std::move(world), std::move(writers)));
}

StepMaker::StepMaker(const LiveOptions& options, std::unique_ptr<const World> world,
                     RecordWriters writers)
    : options_(options),
      world_(std::move(world)),
      writers_(std::move(writers)),
      sensors_(*world_),
      draws_{FactDraw(*world_, files[0]), FactDraw(*world_, files[1]), FactDraw(*world_, files[2]),
             FactDraw(*world_, files[3])} {
    const double at_one = std::accumulate(
        draws_.begin(), draws_.end(), 0.0,
        [](double sum, const FactDraw& draw) { return sum + draw.usual_per_hour(); });
    intensity_ = options.facts_per_hour / at_one;
    const auto began = static_cast<std::uint64_t>(options.begin.time_since_epoch().count());
    tag_ = fmt::format("{:08X}", mix64(options.seed ^ mix64(began)) >> 32U);
}

std::chrono::milliseconds StepMaker::period_of(LiveSource source) const {
    const Period& period = periods[index_of(source)];
    return options_.steady_per_s > 0.0 ? period.steady : period.usual;
}

Random StepMaker::choices_of(LiveSource source, std::uint64_t step) const {
    return Random(mix64(mix64(options_.seed ^ 0x6c697665) ^ mix64(index_of(source) + 101) ^ step));
}

std::vector<LiveMessage> StepMaker::make(LiveSource source, std::uint64_t step_number) {
    const auto began = static_cast<std::uint64_t>(options_.begin.time_since_epoch().count());
    Random random(
        mix64(mix64(options_.seed ^ mix64(began)) ^ mix64(index_of(source) + 1) ^ step_number));
    const Step step{source, step_number,
                    options_.begin + static_cast<std::int64_t>(step_number) * period_of(source)};
    if (source == LiveSource::noise || source == LiveSource::camera) {
        return readings(step, random);
    }
    return deliveries(step, draw_rows(step, rows_of(step, random), random));
}

/// Records a second of a source that goes at one pace.
double StepMaker::per_second(LiveSource source) const {
    if (options_.steady_per_s > 0.0) {
        double wanted = 0.0;
        for (const LiveSourceFacts& facts : live_sources()) {
            wanted += options_.wanted[index_of(facts.source)] ? facts.steady_share : 0.0;
        }
        return options_.steady_per_s * facts_of(source).steady_share / wanted;
    }
    const std::size_t sensors =
        source == LiveSource::noise ? sensors_.meter_count() : sensors_.camera_count();
    const double speed = options_.facts_per_hour / usual_facts_per_hour;
    const double period_s =
        std::clamp(reading_period_s / speed, reading_period_s_min, reading_period_s);
    return static_cast<double>(sensors) / period_s;
}

std::size_t StepMaker::rows_of(const Step& step, Random& random) {
    const double seconds = std::chrono::duration<double>(period_of(step.source)).count();
    const bool is_paced = options_.steady_per_s > 0.0 || index_of(step.source) >= files.size();
    std::uint64_t count = 0;
    if (is_paced) {
        const double a_step = per_second(step.source) * seconds;
        const auto number = static_cast<double>(step.number);
        count = static_cast<std::uint64_t>(std::floor((number + 1.0) * a_step) -
                                           std::floor(number * a_step));
    } else {
        const double an_hour = draws_[index_of(step.source)].mean_per_hour(step.begin) * intensity_;
        count = random.poisson(an_hour * seconds / 3600.0);
    }
    return std::min<std::size_t>(count, step_rows_max);
}

std::string StepMaker::id_of(const Step& step, std::size_t row) const {
    return fmt::format("{}-{}-{}-{:04}", id_prefixes[index_of(step.source)], tag_, step.number,
                       row);
}

std::string StepMaker::key_of(const Step& step, std::size_t batch) const {
    return fmt::format("{}-{}-{}-{}", facts_of(step.source).short_name, tag_, step.number, batch);
}

std::vector<LiveRow> StepMaker::draw_rows(const Step& step, std::size_t count, Random& random) {
    const auto length = static_cast<std::uint64_t>(period_of(step.source).count());
    std::vector<Instant> moments;
    for (std::size_t i = 0; i < count; ++i) {
        moments.push_back(step.begin + std::chrono::milliseconds(random.below(length)));
    }
    std::sort(moments.begin(), moments.end());
    std::vector<LiveRow> rows;
    for (std::size_t i = 0; i < count; ++i) {
        LiveRow row;
        Instant at = moments[i];
        if (options_.late_share > 0.0 && random.uniform() < options_.late_share) {
            row.truth.is_late = true;
            at -= std::chrono::milliseconds(random.below(
                static_cast<std::uint64_t>(std::chrono::milliseconds(late_max).count())));
        }
        row.record = draws_[index_of(step.source)].draw(at, random);
        row.truth.id = id_of(step, i);
        row.truth.at = row.record.at;
        row.truth.position = row.record.position;
        row.truth.category = kinds()[row.record.category].key;
        row.truth.fault = row.record.fault;
        if (step.source == LiveSource::logbook) {
            fill_logbook(row, random);
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

void StepMaker::fill_logbook(LiveRow& row, Random& random) const {
    constexpr std::array<std::string_view, 4> services{"Brigade de jour", "Brigade de nuit",
                                                       "Groupe d'intervention",
                                                       "Centre de supervision urbain"};
    const Record& record = row.record;
    LogbookScene scene;
    scene.code = record.route->codes[record.code];
    scene.local = world_->calendar.to_civil(record.at);
    if (record.district != no_district.raw()) {
        scene.district = world_->ground.city().districts[record.district].name;
    }
    LogbookText text = write_logbook_text(scene, random);
    row.text = std::move(text.text);
    row.truth.planted = std::move(text.planted);
    row.truth.category_in_text_only =
        record.fault == Fault::none && random.uniform() < text_only_share;
    row.service = services[random.below(services.size())];
}

std::vector<LiveMessage> StepMaker::deliveries(const Step& step, std::vector<LiveRow> rows) const {
    const std::size_t batch_rows = step.source == LiveSource::tows ? 1 : options_.batch_rows;
    std::vector<LiveMessage> made;
    for (std::size_t from = 0; from < rows.size(); from += batch_rows) {
        const std::span<LiveRow> batch =
            std::span(rows).subspan(from, std::min(batch_rows, rows.size() - from));
        LiveMessage message;
        message.source = step.source;
        message.key = key_of(step, made.size());
        switch (step.source) {
            case LiveSource::tickets:
                message.name = message.key + ".csv";
                message.bytes = writers_.tickets(batch, {});
                break;
            case LiveSource::tows:
                message.content_type = "application/json";
                message.bytes = writers_.tow(batch.front());
                break;
            case LiveSource::fire:
                // The service changes its software: every other batch comes from the new one.
                message.content_type =
                    step.number % 2 == 0 ? "text/csv; charset=utf-8" : "application/geo+json";
                message.bytes =
                    step.number % 2 == 0 ? writers_.fire_csv(batch) : writers_.fire_geojson(batch);
                break;
            default:
                message.content_type = "application/x-ndjson";
                message.bytes = writers_.logbook(batch);
                break;
        }
        for (LiveRow& row : batch) {
            message.records.push_back(std::move(row.truth));
        }
        made.push_back(std::move(message));
    }
    return made;
}

std::vector<LiveMessage> StepMaker::readings(const Step& step, Random& random) const {
    const std::size_t sensors =
        step.source == LiveSource::noise ? sensors_.meter_count() : sensors_.camera_count();
    std::vector<LiveMessage> made;
    if (sensors == 0) {
        return made;
    }
    const double rate = per_second(step.source);
    const double begin_s = std::chrono::duration<double>(step.begin - options_.begin).count();
    const double length_s = std::chrono::duration<double>(period_of(step.source)).count();
    // Reading n is published n / rate seconds after the beginning.
    const auto first = static_cast<std::uint64_t>(std::ceil(begin_s * rate));
    const auto last = static_cast<std::uint64_t>(std::ceil((begin_s + length_s) * rate));
    for (std::uint64_t n = first; n < std::min<std::uint64_t>(last, first + step_rows_max); ++n) {
        const auto after =
            std::chrono::milliseconds(std::llround(static_cast<double>(n) / rate * 1000.0));
        ReadingRequest request{n, options_.begin + after, id_of(step, made.size())};
        if (options_.late_share > 0.0 && random.uniform() < options_.late_share) {
            request.at -= std::chrono::milliseconds(random.below(
                static_cast<std::uint64_t>(std::chrono::milliseconds(late_max).count())));
        }
        LiveMessage message = step.source == LiveSource::noise
                                  ? sensors_.level(request, random)
                                  : sensors_.camera_event(request, random);
        message.key = key_of(step, made.size());
        message.records.front().is_late = request.at < options_.begin + after;
        made.push_back(std::move(message));
    }
    return made;
}

LiveMessage StepMaker::make_fault(DeliveryFault fault) {
    Random random(mix64(options_.seed ^ 0x6661756c74 ^
                        static_cast<std::uint64_t>(options_.begin.time_since_epoch().count())));
    constexpr std::uint64_t step_of_faults = UINT32_MAX;  // no stream of a year comes so far
    if (fault == DeliveryFault::face_id) {
        const Step step{LiveSource::camera, step_of_faults, options_.begin};
        LiveMessage message = sensors_.camera_event({0, options_.begin, id_of(step, 0)}, random);
        message.key = key_of(step, 0);
        add_face_id(message, random);
        return message;
    }
    const Step step{LiveSource::tickets, step_of_faults, options_.begin};
    std::vector<LiveRow> rows = draw_rows(step, 3, random);
    std::vector<std::string> names;
    for (LiveRow& row : rows) {
        row.truth.planted.push_back(
            invent_identifier(IdentifierKind::full_name, {WritingStyle::formal}, random));
        names.push_back(row.truth.planted.back().text);
    }
    LiveMessage message;
    message.source = step.source;
    message.key = key_of(step, 0);
    message.name = message.key + ".csv";
    message.bytes = writers_.tickets(rows, names);
    for (LiveRow& row : rows) {
        message.records.push_back(std::move(row.truth));
    }
    message.fault = fault;
    return message;
}

}  // namespace vigie::simulator
