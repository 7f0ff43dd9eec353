#include "intake/record_pipeline.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <thread>

#include "example_city.h"
#include "intake/bounded_queue.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

/// Gives `batches` batches of ten records each, numbered by line, then its last status.
class CountingReader final : public RecordReader {
  public:
    CountingReader(std::uint64_t batches, Status last) : batches_(batches), last_(std::move(last)) {}
    const std::vector<std::string>& columns() const override { return columns_; }
    Status next(RecordBatch& batch) override {
        batch = RecordBatch{};
        batch.columns = columns_.size();
        if (given_ == batches_) {
            return last_;
        }
        for (std::uint64_t i = 0; i < 10; ++i) {
            batch.lines.push_back(given_ * 10 + i + 2);
            batch.defects.push_back(Defect::none);
            batch.values.insert(batch.values.end(), {"2025-07-14T10:00", "5.371", "43.291", "VOL"});
        }
        ++given_;
        return {};
    }
    std::uint64_t bytes_read() const override { return given_ * 100; }
    std::uint64_t bytes_total() const override { return batches_ * 100; }
    std::string file_hash() const override { return {}; }
    std::string description() const override { return "essai"; }

  private:
    std::vector<std::string> columns_{"t", "lon", "lat", "type"};
    std::uint64_t batches_;
    std::uint64_t given_ = 0;
    Status last_;
};

struct Bench {
    City city = example_city();
    Taxonomy taxonomy = example_taxonomy();
    Manifest manifest = *parse_manifest(example_manifest(), "essai.toml");

    RecordParser parser(const RecordReader& reader) const {
        return std::move(*RecordParser::open(ParserContext{manifest, city, taxonomy, SourceId{0}, std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}},
                                             reader.columns(), reader.description()));
    }
};

}  // namespace

TEST_CASE("batches arrive in the order of the file, all of them") {
    const Bench bench;
    CountingReader reader(500, {});
    RecordPipeline pipeline(reader, bench.parser(reader));
    std::uint64_t line = 2;
    std::uint64_t bytes = 0;
    while (auto batch = pipeline.next()) {
        for (const std::uint64_t at : batch->lines) {
            REQUIRE(at == line++);
        }
        REQUIRE(batch->bytes_read > bytes);
        bytes = batch->bytes_read;
        pipeline.recycle(std::move(batch));
    }
    CHECK(line == 5'002);
    CHECK(pipeline.status().has_value());
    CHECK(pipeline.warnings().empty());
}

TEST_CASE("what was read before a fault arrives, then the fault") {
    const Bench bench;
    CountingReader reader(7, fail(ErrorCode::invalid_input, "fin inattendue"));
    RecordPipeline pipeline(reader, bench.parser(reader));
    int batches = 0;
    while (auto batch = pipeline.next()) {
        ++batches;
        pipeline.recycle(std::move(batch));
    }
    CHECK(batches == 7);
    REQUIRE_FALSE(pipeline.status().has_value());
    CHECK(pipeline.status().error().message == "fin inattendue");
}

TEST_CASE("a pipeline that nobody reads on stops where it is") {
    const Bench bench;
    for (int taken = 0; taken < 4; ++taken) {
        CountingReader reader(100'000'000, {});  // it would never end by itself
        RecordPipeline pipeline(reader, bench.parser(reader));
        for (int i = 0; i < taken; ++i) {
            CHECK(pipeline.next() != nullptr);  // and not given back
        }
    }
}

TEST_CASE("a bounded queue waits for room, keeps its order, and closes") {
    BoundedQueue<int> queue(3);
    std::thread producer([&] {
        for (int i = 0; i < 1'000; ++i) {
            queue.push(i);
        }
        queue.close();
    });
    int expected = 0;
    while (const std::optional<int> item = queue.pop()) {
        REQUIRE(*item == expected++);
    }
    producer.join();
    CHECK(expected == 1'000);
    CHECK_FALSE(queue.push(1));
    BoundedQueue<int> dropped(3);
    CHECK(dropped.push(1));
    dropped.abandon();
    CHECK_FALSE(dropped.pop().has_value());
}
