// The identity of a record (docs/formats/identity.md): 64 bits of XXH3 over length-prefixed fields.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "city/event/event.h"
#include "intake/time_format.h"

namespace vigie::intake {

/// Writes the fields of one record after the other and hashes them. Reused from record to record.
class IdentityHasher {
  public:
    explicit IdentityHasher(std::string_view source_key);

    /// Of a record that carries its source's own id.
    [[nodiscard]] EventId external(std::string_view id);

    /// Of a record known by its content: start, then the fields in this order, then finish.
    void start_content(const TimeReading& time);
    void add_position(double x, double y, bool degrees);  ///< to 1e-7 degree or 1 mm: how it was written does not matter
    void add_code(std::string_view code);
    void add_no_place();
    void add_category(std::string_view word);
    [[nodiscard]] EventId finish() const;

    /// The n-th record of the same content in one file; n = 0 is `content` itself.
    [[nodiscard]] static EventId ranked(EventId content, std::uint32_t n);

  private:
    void add_number(std::uint64_t value);
    void add_text(std::string_view text);
    std::string bytes_;
    std::size_t prefix_size_;
};

}  // namespace vigie::intake
