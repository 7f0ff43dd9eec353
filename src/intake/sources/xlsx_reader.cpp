#include "intake/sources/xlsx_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "intake/sources/byte_stream.h"
#include "intake/sources/csv_splitter.h"
#include "intake/sources/sheet_rows.h"
#include "intake/sources/text_stream.h"
#include "intake/sources/workbook_package.h"
#include "intake/sources/workbook_parts.h"

namespace vigie::intake {

namespace {

/// Longest workbook inflated in memory (one within .gz or .xz).
constexpr std::size_t memory_workbook_bytes_max = 128 << 20;
/// A batch of long rows ends here.
constexpr std::size_t batch_text_bytes_max = 4 << 20;

tl::unexpected<Error> bad_workbook(const std::string& name, std::string_view what) {
    return fail(ErrorCode::invalid_input, fmt::format("« {} » : {}", name, what));
}

/// The file as it lies on disk, known before its archive is opened.
struct Disk {
    std::uint64_t bytes = 0;
    std::string hash;
    Compression compression = Compression::none;
};

/// A package with the workbook read from it, and the sheet at hand: one object, since each looks
/// into the one before.
class OpenSheet {
  public:
    static Result<std::unique_ptr<OpenSheet>> open(std::unique_ptr<WorkbookPackage> package,
                                                   const ReaderOptions& options) {
        Workbook workbook = TRY(read_workbook(*package));
        std::unique_ptr<OpenSheet> opened(new OpenSheet(std::move(package), std::move(workbook)));
        const auto& sheets = opened->workbook_.sheets;
        const auto found =
            std::find_if(sheets.begin(), sheets.end(), [&](const Workbook::Sheet& sheet) {
                return options.sheet.empty() || sheet.name == options.sheet;
            });
        if (found == sheets.end()) {
            std::string names;
            for (const Workbook::Sheet& sheet : sheets) {
                names += (names.empty() ? "« " : ", « ") + sheet.name + " »";
            }
            return bad_workbook(
                opened->package_->name(),
                fmt::format("pas de feuille « {} » (il y a {})", options.sheet, names));
        }
        opened->name_ = found->name;
        XmlScanner part = TRY(opened->package_->scan(found->part));
        opened->rows_.emplace(
            std::move(part), opened->workbook_,
            fmt::format("« {} », feuille « {} »", opened->package_->name(), found->name));
        return opened;
    }

    [[nodiscard]] SheetRows& rows() { return *rows_; }
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const WorkbookPackage& package() const { return *package_; }

  private:
    OpenSheet(std::unique_ptr<WorkbookPackage> package, Workbook workbook)
        : package_(std::move(package)), workbook_(std::move(workbook)) {}

    std::unique_ptr<WorkbookPackage> package_;
    Workbook workbook_;
    std::string name_;
    std::optional<SheetRows> rows_;
};

class XlsxReader final : public RecordReader {
  public:
    XlsxReader(std::unique_ptr<OpenSheet> sheet, std::vector<std::string> columns, Disk disk)
        : sheet_(std::move(sheet)), columns_(std::move(columns)), disk_(std::move(disk)) {}

    [[nodiscard]] const std::vector<std::string>& columns() const override { return columns_; }

    [[nodiscard]] Status next(RecordBatch& batch) override {
        batch.columns = columns_.size();
        batch.values.clear();
        batch.lines.clear();
        batch.defects.clear();
        batch.storage.resize(1);
        batch.storage[0].clear();
        spans_.clear();
        while (!ended_ && !fault_ && batch.size() < batch_records_target &&
               batch.storage[0].size() < batch_text_bytes_max) {
            auto more = sheet_->rows().next(row_);
            if (!more) {
                fault_ = std::move(more).error();
            } else if (*more) {
                add(batch);
            } else {
                ended_ = true;
            }
        }
        for (const Span& span : spans_) {
            batch.values.emplace_back(batch.storage[0].data() + span.begin, span.size);
        }
        if (batch.size() == 0 && fault_) {
            return tl::unexpected<Error>(*fault_);
        }
        return {};
    }

    [[nodiscard]] std::uint64_t bytes_read() const override {
        const std::uint64_t whole = sheet_->package().part_bytes();
        if (ended_ || whole == 0) {
            return ended_ ? disk_.bytes : 0;
        }
        // The sheet inflates evenly enough for a progress bar.
        const double share =
            static_cast<double>(sheet_->package().part_bytes_read()) / static_cast<double>(whole);
        return static_cast<std::uint64_t>(static_cast<double>(disk_.bytes) * std::min(share, 1.0));
    }
    [[nodiscard]] std::uint64_t bytes_total() const override { return disk_.bytes; }
    [[nodiscard]] std::string file_hash() const override { return disk_.hash; }
    [[nodiscard]] std::string description() const override {
        const char* wrapping = disk_.compression == Compression::gzip ? ", .gz"
                               : disk_.compression == Compression::xz ? ", .xz"
                                                                      : "";
        return fmt::format("XLSX, feuille « {} »{}", sheet_->name(), wrapping);
    }

  private:
    struct Span {
        std::size_t begin = 0;
        std::size_t size = 0;
    };

    void add(RecordBatch& batch) {
        Defect defect = row_.is_too_long ? Defect::too_long : Defect::none;
        if (defect == Defect::none && !is_clean_text(row_.text)) {
            defect = Defect::bad_encoding;
        }
        const std::size_t begin = spans_.size();
        spans_.resize(begin + columns_.size());
        bool holds_something = defect != Defect::none;
        if (defect == Defect::none) {
            const std::size_t base = batch.storage[0].size();
            for (const SheetRow::Cell& cell : row_.cells) {
                if (cell.column < columns_.size()) {
                    spans_[begin + cell.column] = {base + cell.begin, cell.size};
                    holds_something = true;
                }
            }
            batch.storage[0].append(row_.text);
        }
        if (!holds_something) {
            spans_.resize(begin);
            return;
        }
        batch.lines.push_back(row_.number);
        batch.defects.push_back(defect);
    }

    std::unique_ptr<OpenSheet> sheet_;
    std::vector<std::string> columns_;
    Disk disk_;
    SheetRow row_;
    std::vector<Span> spans_;  ///< the batch's values, while its text may still move
    std::optional<Error> fault_;
    bool ended_ = false;
};

Result<std::vector<std::string>> read_names(OpenSheet& sheet, std::uint32_t header_row) {
    SheetRow row;
    while (TRY(sheet.rows().next(row))) {
        if (row.number < header_row) {
            continue;
        }
        std::vector<std::string> names;
        for (const SheetRow::Cell& cell : row.cells) {
            if (cell.column >= columns_max || row.is_too_long || !is_clean_text(row.value(cell))) {
                return bad_workbook(
                    sheet.package().name(),
                    fmt::format(
                        "ligne {} : les noms de colonnes sont illisibles ou dépassent {} colonnes",
                        row.number, columns_max));
            }
            names.resize(std::max(names.size(), cell.column + 1));
            const std::string_view name = row.value(cell);
            const std::size_t first = std::min(name.find_first_not_of(" \t\r\n"), name.size());
            names[cell.column] = name.substr(first, name.find_last_not_of(" \t\r\n") - first + 1);
        }
        return names;
    }
    return bad_workbook(sheet.package().name(),
                        fmt::format("la feuille « {} » est vide à partir de la ligne {}",
                                    sheet.name(), header_row));
}

Result<std::unique_ptr<RecordReader>> make_reader(std::unique_ptr<WorkbookPackage> package,
                                                  const ReaderOptions& options, Disk disk) {
    auto sheet = TRY(OpenSheet::open(std::move(package), options));
    auto names = TRY(read_names(*sheet, options.header_row));
    return std::make_unique<XlsxReader>(std::move(sheet), std::move(names), std::move(disk));
}

/// Why bytes that are no ZIP archive are no workbook either.
const char* foreign_workbook(std::string_view bytes) {
    if (bytes.starts_with("PK")) {
        return nullptr;
    }
    if (bytes.starts_with("\xd0\xcf\x11\xe0")) {
        return "classeur protégé par un mot de passe, ou ancien format .xls : enregistrez-le en "
               ".xlsx sans mot de passe";
    }
    return "ce n'est pas un classeur .xlsx (archive ZIP attendue à l'octet 0)";
}

}  // namespace

Result<std::unique_ptr<RecordReader>> make_xlsx_reader(const std::string& path,
                                                       const ReaderOptions& options) {
    const auto stream = TRY(open_byte_stream(path));
    const bool is_wrapped = stream->compression() != Compression::none;
    std::string bytes;
    if (is_wrapped) {
        bytes = TRY(read_whole(*stream, memory_workbook_bytes_max));
    } else {
        bytes = TRY(stream->next()).substr(0, 4);
        while (!TRY(stream->next()).empty()) {
        }
    }
    if (const char* wrong = foreign_workbook(bytes)) {
        return bad_workbook(path, wrong);
    }
    Disk disk{stream->bytes_total(), stream->hash(), stream->compression()};
    auto package = TRY(is_wrapped ? WorkbookPackage::open_bytes(std::move(bytes), path)
                                  : WorkbookPackage::open_file(path));
    return make_reader(std::move(package), options, std::move(disk));
}

Result<std::unique_ptr<RecordReader>> make_xlsx_reader_of_bytes(std::string bytes,
                                                                const ReaderOptions& options) {
    const std::string name = "mémoire";
    if (const char* wrong = foreign_workbook(bytes)) {
        return bad_workbook(name, wrong);
    }
    Disk disk{bytes.size(), "", Compression::none};
    auto package = TRY(WorkbookPackage::open_bytes(std::move(bytes), name));
    return make_reader(std::move(package), options, std::move(disk));
}

}  // namespace vigie::intake
