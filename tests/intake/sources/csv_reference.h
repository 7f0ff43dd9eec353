// A slow reader of CSV, byte by byte over the whole text: what the fast one must agree with,
// recovery included.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "intake/sources/record_reader.h"

namespace vigie::intake {

struct ReferenceRecord {
    std::uint64_t line = 0;
    Defect defect = Defect::none;
    std::vector<std::string> fields;
    bool operator==(const ReferenceRecord&) const = default;
};

class CsvReference {
  public:
    CsvReference(std::string_view text, char separator, std::size_t record_max)
        : text_(text), separator_(separator), record_max_(record_max) {
        if (!text_.empty() && text_.back() != '\n' && text_.back() != '\r') {
            text_ += '\n';
        }
    }

    /// Every record, the first included; `columns` 0: of any width.
    std::vector<ReferenceRecord> records(std::size_t columns = 0) {
        std::vector<ReferenceRecord> all;
        std::size_t width = columns;
        while (at_ < text_.size()) {
            if (is_line_end(at_)) {
                next_line();
                continue;
            }
            ReferenceRecord record{line_, Defect::none, {}};
            read(record);
            if (width == 0) {
                width = record.fields.size();
            }
            if (record.defect == Defect::none && record.fields.size() != width) {
                record.defect =
                    record.fields.size() < width ? Defect::too_few_fields : Defect::too_many_fields;
            }
            if (record.defect != Defect::none) {
                record.fields.clear();
            }
            all.push_back(record);
        }
        return all;
    }

  private:
    bool is_line_end(std::size_t i) const { return text_[i] == '\n' || text_[i] == '\r'; }

    /// at_ is on a line end: goes past it.
    void next_line() {
        at_ += text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n' ? 2U : 1U;
        ++line_;
    }

    void give_up(ReferenceRecord& record, std::size_t field, Defect defect) {
        record.defect = defect;
        at_ = field;
        line_ = field_line_;
        while (!is_line_end(at_)) {
            ++at_;
        }
        next_line();
    }

    void read(ReferenceRecord& record) {
        const std::size_t begin = at_;
        for (;;) {
            const std::size_t field = at_;
            field_line_ = line_;
            std::string value;
            const bool quoted = at_ < text_.size() && text_[at_] == '"';
            bool open = quoted;
            at_ += quoted ? 1U : 0U;
            for (;;) {
                const bool too_long = at_ - begin > record_max_;
                if (too_long || at_ >= text_.size()) {
                    const bool unclosed = quoted && (!too_long || line_ > field_line_);
                    return give_up(record, field,
                                   unclosed ? Defect::unclosed_quote : Defect::too_long);
                }
                const char c = text_[at_];
                if (open) {
                    if (c != '"') {
                        value += c;
                        if (is_line_end(at_) && !(c == '\n' && text_[at_ - 1] == '\r')) {
                            ++line_;
                        }
                        ++at_;
                    } else if (at_ + 1 - begin <= record_max_ && at_ + 1 < text_.size() &&
                               text_[at_ + 1] == '"') {
                        value += c;
                        at_ += 2;
                    } else {
                        open = false;
                        ++at_;
                    }
                    continue;
                }
                if (c == separator_ || is_line_end(at_)) {
                    break;
                }
                if (quoted || c == '"') {
                    return give_up(record, field,
                                   quoted && line_ > field_line_ ? Defect::unclosed_quote
                                                                 : Defect::stray_quote);
                }
                value += c;
                ++at_;
            }
            record.fields.push_back(value);
            if (is_line_end(at_)) {
                return next_line();
            }
            ++at_;
        }
    }

    std::string text_;
    char separator_;
    std::size_t record_max_;
    std::size_t at_ = 0;
    std::uint64_t line_ = 1;
    std::uint64_t field_line_ = 1;
};

}  // namespace vigie::intake
