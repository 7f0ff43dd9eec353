// Holds the columns and the records of one source to its contract.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "intake/contract/contract.h"
#include "intake/sources/record_reader.h"

namespace vigie::intake {

/// What is wrong with the columns of a message or file as a whole: nothing of it may then be stored.
struct ShapeFault {
    enum class Kind : std::uint8_t {
        person,   ///< a column that speaks of a person, and that the contract does not have
        strange,  ///< a column that the contract does not have
        missing,  ///< a column that the contract requires
    };
    Kind kind = Kind::strange;
    std::vector<std::string> names;
};

/// columns: of the message. GeoJSON's "geometry.lon" and "geometry.lat" go without saying. The gravest fault comes first.
[[nodiscard]] std::optional<ShapeFault> check_shape(const FieldSchema& schema, const std::vector<std::string>& columns);
/// What to say of it, in French. Names that a sender chose may themselves name somebody: only those that look like
/// names of columns are repeated.
[[nodiscard]] std::string describe(const ShapeFault& fault);

class RecordGuard {
  public:
    /// For a source without [fields]: lets everything pass.
    RecordGuard() = default;
    /// terms outlives the guard. Errors: denied, with the clause, for a fault of shape; invalid_input for a column of [value] or
    /// [pass_over] that the file lacks.
    [[nodiscard]] static Result<RecordGuard> open(const ContractTables& terms, const std::vector<std::string>& columns);

    /// The first fault of a record that could be split into fields.
    [[nodiscard]] std::optional<FieldFault> check(const RecordBatch& batch, std::size_t record, char decimal) const;
    /// Whether it is a measure and no fact: below the level that makes one, or of a kind that never does. Only after check().
    [[nodiscard]] bool is_passed_over(const RecordBatch& batch, std::size_t record, char decimal) const;

  private:
    struct Guarded {
        const FieldRule* rule = nullptr;
        std::size_t column = 0;
    };
    std::vector<Guarded> guarded_;
    struct Pass {
        const PassRule* rule = nullptr;
        std::size_t column = 0;
    };
    std::vector<Pass> passes_;
    std::optional<std::size_t> value_;
    double fact_from_ = 0.0;
};

}  // namespace vigie::intake
