#include "intake/record_pipeline.h"

#include <thread>

#include "intake/bounded_queue.h"
#include "intake/stopwatch.h"

namespace vigie::intake {
namespace {

constexpr std::size_t raw_batches_max = 4;
// 100,000 to 400,000 facts of 56 bytes with their lines, as the reader cuts them: what is parsed while one block is being appended.
constexpr std::size_t parsed_batches_max = 12;

struct RawBatch {
    RecordBatch records;
    std::uint64_t bytes_read = 0;
};

}  // namespace

struct RecordPipeline::Parts {
    Parts(RecordReader& record_reader, RecordParser record_parser) : reader(record_reader), parser(std::move(record_parser)) {
        for (std::size_t i = 0; i < raw_batches_max; ++i) {
            empty_raw.push(std::make_unique<RawBatch>());
        }
        for (std::size_t i = 0; i < parsed_batches_max; ++i) {
            empty_parsed.push(std::make_unique<ParsedBatch>());
        }
    }

    void read() {
        while (std::optional<std::unique_ptr<RawBatch>> taken = empty_raw.pop()) {
            RawBatch& batch = **taken;
            const Stopwatch watch;
            read_status = reader.next(batch.records);
            decode_seconds += watch.seconds();
            batch.bytes_read = reader.bytes_read();
            if (!read_status || batch.records.size() == 0 || !raw.push(std::move(*taken))) {
                break;
            }
        }
        raw.close();
    }

    void parse() {
        while (std::optional<std::unique_ptr<RawBatch>> taken = raw.pop()) {
            std::optional<std::unique_ptr<ParsedBatch>> into = empty_parsed.pop();
            if (!into) {
                break;
            }
            const Stopwatch watch;
            parser.parse((*taken)->records, **into);
            (*into)->bytes_read = (*taken)->bytes_read;
            parse_seconds += watch.seconds();
            if (!parsed.push(std::move(*into))) {
                break;
            }
            empty_raw.push(std::move(*taken));
        }
        parsed.close();
    }

    RecordReader& reader;
    RecordParser parser;
    BoundedQueue<std::unique_ptr<RawBatch>> empty_raw{raw_batches_max};
    BoundedQueue<std::unique_ptr<RawBatch>> raw{raw_batches_max};
    BoundedQueue<std::unique_ptr<ParsedBatch>> empty_parsed{parsed_batches_max};
    BoundedQueue<std::unique_ptr<ParsedBatch>> parsed{parsed_batches_max};
    // Each is written by one thread, and read by others once that thread has closed its queue (the queue's mutex orders them).
    Status read_status;
    double decode_seconds = 0.0;
    double parse_seconds = 0.0;
    std::thread reader_thread;
    std::thread parser_thread;
};

RecordPipeline::RecordPipeline(RecordReader& reader, RecordParser parser)
    : parts_(std::make_unique<Parts>(reader, std::move(parser))) {
    parts_->reader_thread = std::thread([parts = parts_.get()] { parts->read(); });
    parts_->parser_thread = std::thread([parts = parts_.get()] { parts->parse(); });
}

RecordPipeline::~RecordPipeline() {
    parts_->empty_raw.abandon();
    parts_->raw.abandon();
    parts_->empty_parsed.abandon();
    parts_->parsed.abandon();
    parts_->reader_thread.join();
    parts_->parser_thread.join();
}

std::unique_ptr<ParsedBatch> RecordPipeline::next() {
    std::optional<std::unique_ptr<ParsedBatch>> batch = parts_->parsed.pop();
    return batch ? std::move(*batch) : nullptr;
}

void RecordPipeline::recycle(std::unique_ptr<ParsedBatch> batch) { parts_->empty_parsed.push(std::move(batch)); }

Status RecordPipeline::status() const { return parts_->read_status; }
double RecordPipeline::decode_seconds() const { return parts_->decode_seconds; }
double RecordPipeline::parse_seconds() const { return parts_->parse_seconds; }
std::vector<std::string> RecordPipeline::warnings() const { return parts_->parser.warnings(); }

}  // namespace vigie::intake
