#include "intake/sources/csv_reader.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "intake/sources/byte_scan.h"
#include "intake/sources/csv_dialect.h"
#include "intake/sources/csv_splitter.h"
#include "intake/sources/text_stream.h"

namespace vigie::intake {

namespace {

/// A batch of very short records ends here, so that views do not outweigh the text.
constexpr std::size_t batch_records_max = 4 * batch_records_target;

/// Text waiting to be cut, refilled from the stream; the end of the file always ends a line.
class CsvInput {
  public:
    CsvInput(TextStream stream, CsvBounds bounds) : stream_(std::move(stream)), bounds_(bounds) {}

    /// Appends to `text` until it has `bytes`, the file ends, or a fault: kept until `fault` is
    /// asked for.
    void fill(std::string& text, std::size_t bytes) {
        while (!ended_ && !fault_ && text.size() < bytes) {
            auto more = stream_.append_to(text);
            if (!more) {
                fault_ = std::move(more).error();
            } else if (!*more) {
                ended_ = true;
                if (!text.empty() && text.back() != '\n' && text.back() != '\r') {
                    text += '\n';
                }
            }
        }
    }
    /// Makes `text` readable beyond its end, as the splitter needs it. To be undone by `unpad`.
    [[nodiscard]] CsvText pad(std::string& text) const {
        const std::size_t size = text.size();
        text.append(scan_padding_bytes, '\0');
        return CsvText{text.data(), text.data() + size, ended_, bounds_.record_bytes};
    }
    static void unpad(std::string& text) { text.resize(text.size() - scan_padding_bytes); }

    [[nodiscard]] bool can_fill() const { return !ended_ && !fault_; }
    [[nodiscard]] bool ended() const { return ended_; }
    [[nodiscard]] Status fault() const {
        if (fault_) {
            return tl::unexpected<Error>(*fault_);
        }
        return {};
    }
    [[nodiscard]] const CsvBounds& bounds() const { return bounds_; }
    [[nodiscard]] const TextStream& stream() const { return stream_; }
    [[nodiscard]] const std::string& name() const { return stream_.bytes().name(); }

  private:
    TextStream stream_;
    CsvBounds bounds_;
    std::optional<Error> fault_;
    bool ended_ = false;
};

/// What stands above the first record.
struct Header {
    char separator = ',';
    std::vector<std::string> columns;
    std::uint64_t next_line = 1;
    std::string rest;  ///< text already read, from the first record on
};

tl::unexpected<Error> bad_header(const CsvInput& input, std::uint64_t line, std::string_view what) {
    return fail(ErrorCode::invalid_input,
                fmt::format("« {} », ligne {} : {}", input.name(), line, what));
}

/// Takes lines off `header.rest`: those above `row`, then blank ones. Leaves at least the dialect's
/// window of text after them.
Status skip_to_header(CsvInput& input, std::uint32_t row, Header& header) {
    for (;;) {
        input.fill(header.rest, dialect_window_bytes);
        TRY(header.rest.empty() ? input.fault() : Status());
        const std::size_t line_end = header.rest.find_first_of("\r\n");
        if (header.next_line >= row && line_end != 0) {
            return {};
        }
        if (line_end == std::string::npos) {
            if (input.ended() || header.rest.empty()) {
                return bad_header(
                    input, header.next_line,
                    fmt::format("le fichier finit avant la ligne {} des noms de colonnes", row));
            }
            // Still within a line that is not wanted: only its end matters.
            header.rest.clear();
            continue;
        }
        const bool is_crlf = header.rest.compare(line_end, 2, "\r\n") == 0;
        if (!is_crlf && line_end + 1 == header.rest.size() && header.rest[line_end] == '\r' &&
            input.can_fill()) {
            header.rest.erase(0, line_end);
            input.fill(header.rest, 2);
            continue;
        }
        header.rest.erase(0, line_end + (is_crlf ? 2 : 1));
        ++header.next_line;
    }
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

const char* header_defect_text(Defect defect) {
    switch (defect) {
        case Defect::unclosed_quote:
            return "un guillemet n'est pas fermé dans la ligne des noms de colonnes";
        case Defect::stray_quote:
            return "un guillemet est mal placé dans la ligne des noms de colonnes";
        default:
            return "la ligne des noms de colonnes est trop longue (1 Mio au plus)";
    }
}

/// The record of names, which may be longer than the text read so far.
Status read_names(CsvInput& input, char separator, Header& header) {
    CsvRecord record;
    for (;;) {
        read_record(input.pad(header.rest), separator, record);
        if (record.is_complete || !input.can_fill()) {
            break;
        }
        CsvInput::unpad(header.rest);
        input.fill(header.rest, header.rest.size() + dialect_window_bytes);
    }
    if (!record.is_complete) {
        TRY(input.fault());
        return bad_header(input, header.next_line, "aucun nom de colonne");
    }
    if (record.defect != Defect::none) {
        return bad_header(input, header.next_line, header_defect_text(record.defect));
    }
    if (record.fields.size() > columns_max) {
        return bad_header(input, header.next_line, fmt::format("plus de {} colonnes", columns_max));
    }
    for (const std::string_view field : record.fields) {
        if (!is_clean_text(field)) {
            return bad_header(
                input, header.next_line,
                fmt::format("le nom de la colonne {} n'est pas du texte {}",
                            header.columns.size() + 1, input.stream().encoding_name()));
        }
        header.columns.emplace_back(field);
    }
    for (const std::size_t index : record.doubled) {
        std::string& name = header.columns[index];
        name.resize(undouble_quotes(name.data(), name.size()));
    }
    for (std::string& name : header.columns) {
        name = std::string(trimmed(name));
    }
    header.next_line += record.line_ends;
    const auto taken = static_cast<std::size_t>(record.next - header.rest.data());
    CsvInput::unpad(header.rest);
    header.rest.erase(0, taken);
    return {};
}

Result<Header> read_header(CsvInput& input, const ReaderOptions& options) {
    Header header;
    TRY(skip_to_header(input, options.header_row, header));
    header.separator = options.separator;
    if (header.separator == 0) {
        header.separator = detect_separator(input.pad(header.rest));
        CsvInput::unpad(header.rest);
    }
    TRY(read_names(input, header.separator, header));
    return header;
}

class CsvReader final : public RecordReader {
  public:
    CsvReader(CsvInput input, Header header)
        : input_(std::move(input)),
          separator_(header.separator),
          columns_(std::move(header.columns)),
          carry_(std::move(header.rest)),
          splitter_(separator_, columns_.size(), header.next_line) {}

    [[nodiscard]] const std::vector<std::string>& columns() const override { return columns_; }

    [[nodiscard]] Status next(RecordBatch& batch) override {
        batch.columns = columns_.size();
        batch.values.clear();
        batch.lines.clear();
        batch.defects.clear();
        batch.storage.resize(1);
        std::string& text = batch.storage[0];
        text.assign(carry_);
        carry_.clear();
        const std::size_t step = input_.bounds().text_bytes;
        for (std::size_t target = step;; target = text.size() + step) {
            input_.fill(text, target);
            const CsvText cut = input_.pad(text);
            const char* rest = splitter_.split(cut, batch_records_max, batch);
            const auto taken = static_cast<std::size_t>(rest - cut.begin);
            CsvInput::unpad(text);
            if (batch.size() > 0 || !input_.can_fill()) {
                splitter_.finish(std::span(text).first(taken), batch);
                carry_.assign(text, taken);
                return batch.size() > 0 ? Status() : input_.fault();
            }
            text.erase(0, taken);
        }
    }

    [[nodiscard]] std::uint64_t bytes_read() const override {
        return input_.stream().bytes().bytes_read();
    }
    [[nodiscard]] std::uint64_t bytes_total() const override {
        return input_.stream().bytes().bytes_total();
    }
    [[nodiscard]] std::string file_hash() const override { return input_.stream().bytes().hash(); }
    [[nodiscard]] std::string description() const override {
        return fmt::format("CSV, {}{}", separator_name(separator_),
                           input_.stream().description_tail());
    }

  private:
    CsvInput input_;
    char separator_;
    std::vector<std::string> columns_;
    std::string carry_;  ///< text read and not yet given as records
    CsvSplitter splitter_;
};

}  // namespace

Result<std::unique_ptr<RecordReader>> make_csv_reader(std::unique_ptr<ByteStream> bytes,
                                                      const ReaderOptions& options,
                                                      CsvBounds bounds) {
    const char c = options.separator;
    if (c == '"' || c == '\n' || c == '\r' || static_cast<unsigned char>(c) >= 0x80) {
        return fail(
            ErrorCode::invalid_input,
            fmt::format("« {} » : le séparateur déclaré n'en est pas un (un caractère ASCII, "
                        "ni guillemet ni fin de ligne, est attendu)",
                        bytes->name()));
    }
    CsvInput input(TRY(TextStream::open(std::move(bytes), options.encoding)), bounds);
    Header header = TRY(read_header(input, options));
    return std::make_unique<CsvReader>(std::move(input), std::move(header));
}

}  // namespace vigie::intake
