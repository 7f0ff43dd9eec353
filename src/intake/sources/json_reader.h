// A message of JSON as records: one object, an array of objects, or one object after the other (NDJSON). An object is laid
// flat: its fields are named by their path, "place.lat". Only fields that are expected are given; of the others the names are.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "intake/contract/field_schema.h"
#include "intake/sources/record_reader.h"

namespace vigie::intake {

/// Objects within objects; a message that needs more is no message of ours.
inline constexpr int json_depth_max = 8;
/// Distinct names that no field has, kept of one message.
inline constexpr std::size_t strange_names_max = 64;

/// One message, laid flat. Views are valid until the reader's next message.
struct JsonRecords {
    RecordBatch batch;                       ///< a column a rule of the schema, in its order; lines are record numbers from 1
    std::vector<std::string> strange_names;  ///< paths of fields that the schema does not have, once each
    std::vector<std::string> person_names;   ///< paths that speak of a person, with something in them, once each
};

/// Used by one thread at a time; keeps its buffers from message to message.
class JsonReader {
  public:
    /// The schema outlives the reader.
    explicit JsonReader(const FieldSchema& schema);
    JsonReader(JsonReader&&) noexcept;
    ~JsonReader();

    /// Errors: invalid_input for what is not JSON, is not UTF-8, is no object, or holds more than `records_max` records;
    /// the message says where, never what.
    [[nodiscard]] Status read(std::string_view body, std::size_t records_max, JsonRecords& records);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace vigie::intake
