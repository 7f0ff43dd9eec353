// What the tests of readers share: bytes in, records out.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "intake/sources/byte_stream.h"
#include "intake/sources/record_reader.h"

namespace vigie::intake {

struct ReadRecord {
    std::uint64_t line = 0;
    Defect defect = Defect::none;
    std::vector<std::string> values;
    bool operator==(const ReadRecord&) const = default;
};

struct ReadTable {
    std::vector<std::string> columns;
    std::vector<ReadRecord> records;
    std::string description;
    std::string hash;
    std::string error;  ///< of opening or of reading; what was read before stays
    std::vector<std::string> values(std::size_t column) const {
        std::vector<std::string> all;
        for (const ReadRecord& record : records) {
            all.push_back(record.values.at(column));
        }
        return all;
    }
};

inline ReadTable read_table(Result<std::unique_ptr<RecordReader>> opened) {
    ReadTable table;
    if (!opened) {
        table.error = opened.error().message;
        return table;
    }
    RecordReader& reader = **opened;
    table.columns = reader.columns();
    RecordBatch batch;
    for (;;) {
        const Status status = reader.next(batch);
        if (!status) {
            table.error = status.error().message;
            break;
        }
        if (batch.size() == 0) {
            break;
        }
        for (std::size_t i = 0; i < batch.size(); ++i) {
            ReadRecord record{batch.lines[i], batch.defects[i], {}};
            for (std::size_t column = 0; column < batch.columns; ++column) {
                record.values.emplace_back(batch.value(i, column));
            }
            table.records.push_back(std::move(record));
        }
    }
    table.description = reader.description();
    table.hash = reader.file_hash();
    return table;
}

}  // namespace vigie::intake
