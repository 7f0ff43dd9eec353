#include "intake/sources/csv_splitter.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "intake/sources/byte_scan.h"
#include "intake/sources/text_stream.h"

namespace vigie::intake {

namespace {

constexpr char quote = '"';

/// First of `wanted` in [p, end), else end.
template <std::size_t n>
const char* find_any(const char* p, const char* end, const std::array<char, n>& wanted) {
    while (p < end) {
        const std::uint64_t mask =
            mask_of(p, wanted) & bits_below(static_cast<std::size_t>(end - p));
        if (mask != 0) {
            return p + std::countr_zero(mask);
        }
        p += 64;
    }
    return end;
}

const char* find_line_end(const char* p, const char* end) {
    return find_any(p, end, std::array{'\n', '\r'});
}

/// Just after the line end at p; null if it is a CR at the end of a text that goes on (an LF may
/// follow).
const char* after_line_end(const char* p, const CsvText& text) {
    if (*p == '\r') {
        if (p + 1 == text.end) {
            return text.is_last ? text.end : nullptr;
        }
        return p[1] == '\n' ? p + 2 : p + 1;
    }
    return p + 1;
}

/// Follows one record through its quotes.
class RecordWalk {
  public:
    RecordWalk(const CsvText& text, char separator, CsvRecord& record)
        : text_(text), separator_(separator), record_(record) {
        const std::size_t size = static_cast<std::size_t>(text.end - text.begin);
        is_cut_ = size > text.record_max;
        // One byte more than a record may have: the line end of the longest one.
        limit_ = is_cut_ ? text.begin + text.record_max + 1 : text.end;
    }

    void run() {
        const char* p = text_.begin;
        while (p != nullptr) {
            field_ = p;
            p = p < limit_ && *p == quote ? quoted_field() : plain_field();
        }
    }

  private:
    /// Both return the beginning of the next field, or null when the record is over (complete,
    /// failed or incomplete).
    const char* plain_field() {
        const char* end = find_any(field_, limit_, std::array{separator_, '\n', '\r', quote});
        if (end == limit_) {
            ran_out();
            return nullptr;
        }
        if (*end == quote) {
            fail_field(Defect::stray_quote);
            return nullptr;
        }
        return end_field(end, end);
    }

    const char* quoted_field() {
        bool doubled = false;
        const char* p = field_ + 1;
        for (;;) {
            const std::size_t left = static_cast<std::size_t>(limit_ - p);
            p = left == 0 ? nullptr : static_cast<const char*>(std::memchr(p, quote, left));
            if (p == nullptr || p + 1 == limit_) {
                ran_out();
                return nullptr;
            }
            if (p[1] != quote) {
                break;
            }
            doubled = true;
            p += 2;
        }
        const char* after = p + 1;
        if (*after != separator_ && *after != '\n' && *after != '\r') {
            fail_field(Defect::stray_quote);
            return nullptr;
        }
        if (doubled) {
            record_.doubled.push_back(record_.fields.size());
        }
        ++field_;
        return end_field(p, after);
    }

    const char* end_field(const char* end, const char* after) {
        if (record_.fields.size() <= columns_max) {
            record_.fields.emplace_back(field_, static_cast<std::size_t>(end - field_));
        }
        if (*after == separator_) {
            return after + 1;
        }
        record_.next = after_line_end(after, text_);
        record_.is_complete = record_.next != nullptr;
        return nullptr;
    }

    /// No end of the field before the limit: the text is short, the record too long, or its quote
    /// never closed.
    void ran_out() {
        if (is_cut_) {
            fail_field(Defect::too_long);
        } else if (text_.is_last) {
            fail_field(Defect::unclosed_quote);
        }
    }

    void fail_field(Defect defect) {
        record_.fields.clear();
        record_.doubled.clear();
        record_.defect = defect;
        const bool is_quoted = *field_ == quote;
        const char* line_end = find_line_end(field_, text_.end);
        if (is_quoted && line_end < fail_position(defect)) {
            record_.defect = Defect::unclosed_quote;
        }
        if (line_end == text_.end) {
            record_.is_complete = is_cut_;
            record_.goes_on = is_cut_;
            record_.next = text_.end;
            return;
        }
        record_.next = after_line_end(line_end, text_);
        record_.is_complete = record_.next != nullptr;
        if (record_.next == nullptr && is_cut_) {
            record_.is_complete = true;
            record_.goes_on = true;
            record_.next = line_end;
        }
    }

    /// Where the field was seen to fail: a stray quote, or the limit.
    const char* fail_position(Defect defect) const {
        if (defect != Defect::stray_quote) {
            return limit_;
        }
        const char* p = field_ + 1;
        for (;;) {
            p = static_cast<const char*>(
                std::memchr(p, quote, static_cast<std::size_t>(limit_ - p)));
            if (p == nullptr || p[1] != quote) {
                return p == nullptr ? limit_ : p;
            }
            p += 2;
        }
    }

    const CsvText& text_;
    char separator_;
    CsvRecord& record_;
    const char* limit_ = nullptr;
    const char* field_ = nullptr;
    bool is_cut_ = false;  ///< the text holds more than the longest record
};

}  // namespace

void read_record(const CsvText& text, char separator, CsvRecord& record) {
    record.is_complete = false;
    record.goes_on = false;
    record.defect = Defect::none;
    record.next = nullptr;
    record.line_ends = 0;
    record.fields.clear();
    record.doubled.clear();
    RecordWalk(text, separator, record).run();
    if (record.is_complete) {
        record.line_ends = count_line_ends(
            std::string_view(text.begin, static_cast<std::size_t>(record.next - text.begin)));
    }
}

std::size_t undouble_quotes(char* text, std::size_t size) {
    std::size_t out = 0;
    for (std::size_t i = 0; i < size; ++i) {
        text[out++] = text[i];
        i += text[i] == quote ? 1 : 0;
    }
    return out;
}

std::uint64_t count_line_ends(std::string_view text) {
    std::uint64_t count = 0;
    bool after_cr = false;
    for (std::size_t i = 0; i < text.size(); i += 64) {
        const std::uint64_t valid = bits_below(text.size() - i);
        const std::uint64_t lf = mask_of(text.data() + i, std::array{'\n'}) & valid;
        const std::uint64_t cr = mask_of(text.data() + i, std::array{'\r'}) & valid;
        const std::uint64_t lf_of_crlf = lf & ((cr << 1) | (after_cr ? 1U : 0U));
        count += static_cast<std::uint64_t>(std::popcount(cr) + std::popcount(lf & ~lf_of_crlf));
        after_cr = (cr >> 63) != 0;
    }
    return count;
}

const char* CsvSplitter::split(const CsvText& text, std::size_t records_max, RecordBatch& batch) {
    batch.columns = columns_;
    CsvText rest = text;
    if (skipping_) {
        rest.begin = skip_line(rest);
    }
    while (!skipping_ && batch.size() < records_max && rest.begin < rest.end) {
        rest.begin = split_plain(rest, records_max, batch);
        if (batch.size() >= records_max || rest.begin == rest.end) {
            break;
        }
        // What split_plain could not take begins with a record that holds a quote, or is cut by the
        // end of the text.
        const char* at = rest.begin;
        rest.begin = split_quoted(rest, batch);
        if (rest.begin == at) {
            break;
        }
    }
    return rest.begin;
}

const char* CsvSplitter::skip_line(const CsvText& text) {
    const char* line_end = find_line_end(text.begin, text.end);
    if (line_end == text.end) {
        return text.end;
    }
    const char* next = after_line_end(line_end, text);
    if (next == nullptr) {
        return line_end;
    }
    skipping_ = false;
    ++line_;
    return next;
}

const char* CsvSplitter::split_plain(const CsvText& text, std::size_t records_max,
                                     RecordBatch& batch) {
    const std::array wanted{separator_, '\n', '\r', quote};
    const char* record = text.begin;
    const char* field = record;
    std::size_t fields = 0;
    for (const char* base = record; base < text.end; base += 64) {
        std::uint64_t mask =
            mask_of(base, wanted) & bits_below(static_cast<std::size_t>(text.end - base));
        for (; mask != 0; mask &= mask - 1) {
            const char* p = base + std::countr_zero(mask);
            if (p < field) {
                continue;  // the LF of a CRLF
            }
            if (*p == quote) {
                return record;
            }
            row_[std::min(fields, columns_)] =
                std::string_view(field, static_cast<std::size_t>(p - field));
            ++fields;
            if (*p == separator_) {
                field = p + 1;
                continue;
            }
            const char* next = after_line_end(p, text);
            if (next == nullptr || static_cast<std::size_t>(p - record) > text.record_max) {
                return record;
            }
            if (p != record) {
                add(defect_of(fields), batch);
            }
            ++line_;
            record = next;
            field = next;
            fields = 0;
            if (batch.size() >= records_max) {
                return record;
            }
        }
    }
    return record;
}

Defect CsvSplitter::defect_of(std::size_t fields) const {
    if (fields == columns_) {
        return Defect::none;
    }
    return fields < columns_ ? Defect::too_few_fields : Defect::too_many_fields;
}

const char* CsvSplitter::split_quoted(const CsvText& text, RecordBatch& batch) {
    read_record(text, separator_, record_);
    if (!record_.is_complete) {
        return text.begin;
    }
    const std::vector<std::string_view>& fields = record_.fields;
    Defect defect = record_.defect;
    if (defect == Defect::none) {
        defect = defect_of(fields.size());
    }
    if (defect == Defect::none) {
        std::copy(fields.begin(), fields.end(), row_.begin());
        for (const std::size_t index : record_.doubled) {
            doubled_.push_back(batch.values.size() + index);
        }
    }
    add(defect, batch);
    line_ += record_.line_ends;
    skipping_ = record_.goes_on;
    return record_.next;
}

void CsvSplitter::add(Defect defect, RecordBatch& batch) {
    batch.lines.push_back(line_);
    batch.defects.push_back(defect);
    if (defect == Defect::none) {
        batch.values.insert(batch.values.end(), row_.begin(),
                            row_.begin() + static_cast<std::ptrdiff_t>(columns_));
    } else {
        batch.values.resize(batch.values.size() + columns_);
    }
}

void CsvSplitter::finish(std::span<char> taken, RecordBatch& batch) {
    if (!is_clean_text(std::string_view(taken.data(), taken.size()))) {
        for (std::size_t record = 0; record < batch.size(); ++record) {
            const auto row = batch.values.begin() + static_cast<std::ptrdiff_t>(record * columns_);
            const auto row_end = row + static_cast<std::ptrdiff_t>(columns_);
            if (batch.defects[record] == Defect::none &&
                !std::all_of(row, row_end, is_clean_text)) {
                batch.defects[record] = Defect::bad_encoding;
                std::fill(row, row_end, std::string_view());
            }
        }
    }
    for (const std::size_t index : doubled_) {
        std::string_view& value = batch.values[index];
        if (!value.empty()) {
            char* raw = taken.data() + (value.data() - taken.data());
            value = std::string_view(raw, undouble_quotes(raw, value.size()));
        }
    }
    doubled_.clear();
}

}  // namespace vigie::intake
