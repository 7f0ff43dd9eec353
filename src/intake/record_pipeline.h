// Reading and parsing of one file on two threads, so that the third, which deduplicates and appends, always has work:
//
//   [reader] -> RecordBatch x 4 -> [parser] -> ParsedBatch x 12 -> next()
//
// Batches are recycled; nothing grows with the file.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "intake/record_parser.h"
#include "intake/sources/record_reader.h"

namespace vigie::intake {

class RecordPipeline {
  public:
    /// Starts the threads. The reader and what the parser looks at outlive the pipeline.
    RecordPipeline(RecordReader& reader, RecordParser parser);
    /// Stops the threads wherever they are, and waits for them.
    ~RecordPipeline();
    RecordPipeline(const RecordPipeline&) = delete;
    RecordPipeline& operator=(const RecordPipeline&) = delete;

    /// The next batch in file order, or null at the end or after a fault (see status()).
    [[nodiscard]] std::unique_ptr<ParsedBatch> next();
    /// Gives a batch back for reuse.
    void recycle(std::unique_ptr<ParsedBatch> batch);

    /// After next() gave null: whether the file was read to its end. Errors: those of RecordReader::next.
    [[nodiscard]] Status status() const;
    /// After next() gave null.
    [[nodiscard]] double decode_seconds() const;
    [[nodiscard]] double parse_seconds() const;
    [[nodiscard]] std::vector<std::string> warnings() const;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace vigie::intake
