// CSV text cut into records and fields, in place: RFC 4180 with any separator and any line end
// (CRLF, LF, CR).
//
// Plain records (no quote) go through one pass over 64-byte masks of separators and line ends. The
// first quote in a record sends that record, alone, to `read_record`, which follows the quotes.
//
// Recovery, so that one wrong quote costs one record and not the rest of the file: a record that
// can not be split ends at the first line end after the beginning of the field that failed, and
// reading goes on at the next line. A quoted field that was never closed properly is therefore
// given back to the file from its second line on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "intake/sources/record_reader.h"

namespace vigie::intake {

/// Fields that a table may have.
inline constexpr std::size_t columns_max = 4096;

/// Text to be cut: readable for scan_padding_bytes beyond its end, and ending in a line end if
/// `is_last`.
struct CsvText {
    const char* begin = nullptr;
    const char* end = nullptr;
    bool is_last = false;                       ///< nothing follows `end` in the file
    std::size_t record_max = record_bytes_max;  ///< longest record, without its line end
};

/// One record, as `read_record` finds it.
struct CsvRecord {
    bool is_complete = false;  ///< false: more text is needed, nothing else is set
    bool goes_on =
        false;  ///< too long: the rest of its line lies beyond the text and is to be skipped
    Defect defect = Defect::none;
    const char* next = nullptr;   ///< where the next record begins
    std::uint64_t line_ends = 0;  ///< between its first byte and `next`
    std::vector<std::string_view>
        fields;  ///< raw: without the outer quotes, doubled quotes not yet undone
    std::vector<std::size_t> doubled;  ///< fields that hold doubled quotes
};

/// Reads the record at text.begin into `record` (cleared). At most columns_max + 1 fields are kept.
void read_record(const CsvText& text, char separator, CsvRecord& record);

/// Undoes doubled quotes in place; returns the shorter length.
[[nodiscard]] std::size_t undouble_quotes(char* text, std::size_t size);

/// Line ends in `text` (CRLF counts once; a CR that ends the text counts). The text must be padded
/// as CsvText's.
[[nodiscard]] std::uint64_t count_line_ends(std::string_view text);

class CsvSplitter {
  public:
    CsvSplitter(char separator, std::size_t columns, std::uint64_t first_line)
        : separator_(separator), columns_(columns), line_(first_line), row_(columns + 1) {}

    /// Appends records to `batch` until it holds `records_max` or the text has no complete record
    /// left. Values look into the text, raw; returns where the first record not taken begins.
    const char* split(const CsvText& text, std::size_t records_max, RecordBatch& batch);

    /// To be called once a batch is full, with the text that `split` took: blanks records whose
    /// bytes are not text, and undoes doubled quotes in place.
    void finish(std::span<char> taken, RecordBatch& batch);

  private:
    const char* skip_line(const CsvText& text);
    const char* split_plain(const CsvText& text, std::size_t records_max, RecordBatch& batch);
    const char* split_quoted(const CsvText& text, RecordBatch& batch);
    [[nodiscard]] Defect defect_of(std::size_t fields) const;
    void add(Defect defect, RecordBatch& batch);

    char separator_;
    std::size_t columns_;
    std::uint64_t line_;
    bool skipping_ = false;  ///< within the rest of a line that was too long
    std::vector<std::string_view>
        row_;  ///< the record at hand: columns_ fields and one for those in excess
    CsvRecord record_;
    std::vector<std::size_t> doubled_;  ///< indices into the batch's values
};

}  // namespace vigie::intake
