#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "api/export_files.h"

namespace vigie::api {

namespace {

/// Longest text a spreadsheet cell holds, in bytes here (characters there).
constexpr std::size_t cell_bytes_max = 32'000;

/// A file that lies in memory only: an export leaves no copy on the disk of the server.
class MemoryFile {
  public:
    MemoryFile() : descriptor_(memfd_create("export", MFD_CLOEXEC)) {}
    ~MemoryFile() {
        if (descriptor_ >= 0) {
            close(descriptor_);
        }
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
    [[nodiscard]] std::string path() const {
        return "/proc/self/fd/" + std::to_string(descriptor_);
    }
    [[nodiscard]] std::string bytes() const {
        std::string content(static_cast<std::size_t>(lseek(descriptor_, 0, SEEK_END)), '\0');
        std::size_t done = 0;
        while (done < content.size()) {
            const auto count = pread(descriptor_, content.data() + done, content.size() - done,
                                     static_cast<off_t>(done));
            if (count <= 0) {
                return {};
            }
            done += static_cast<std::size_t>(count);
        }
        return content;
    }

  private:
    int descriptor_;
};

struct Place {
    lxw_row_t row;
    lxw_col_t column;
};

void write_text(lxw_worksheet* sheet, Place place, std::string_view text, lxw_format* format) {
    const auto safe = neutralised(text.substr(0, cell_bytes_max));
    worksheet_write_string(sheet, place.row, place.column, safe.c_str(), format);
}

void write_cell(lxw_worksheet* sheet, Place place, const ExportCell& cell, Language language) {
    if (const auto* text = std::get_if<std::string>(&cell)) {
        write_text(sheet, place, *text, nullptr);
    } else if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
        worksheet_write_number(sheet, place.row, place.column, static_cast<double>(*whole),
                               nullptr);
    } else if (const auto* real = std::get_if<double>(&cell)) {
        worksheet_write_number(sheet, place.row, place.column, *real, nullptr);
    } else if (std::holds_alternative<TooFew>(cell)) {
        write_text(sheet, place, too_few_words(language), nullptr);
    }
}

void write_table(lxw_worksheet* sheet, const ExportTable& table, lxw_format* bold,
                 Language language) {
    const std::size_t columns = table.columns.size();
    for (std::size_t column = 0; column < columns; ++column) {
        write_text(sheet, {0, static_cast<lxw_col_t>(column)}, table.columns[column], bold);
    }
    Place place{1, 0};
    for (const auto& cell : table.cells) {
        write_cell(sheet, place, cell, language);
        if (++place.column == columns) {
            place = {place.row + 1, 0};
        }
    }
}

}  // namespace

Result<std::string> xlsx_of(const ExportTable& table, const Stamp& stamp, Language language) {
    const MemoryFile file;
    // Rows leave memory as they are written, so that 200,000 of them cost no more than a few.
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    lxw_workbook* book = file.is_open() ? workbook_new_opt(file.path().c_str(), &options) : nullptr;
    if (book == nullptr) {
        return fail(ErrorCode::unavailable, "Le classeur n'a pas pu être préparé ; réessayez.");
    }
    lxw_format* bold = workbook_add_format(book);
    format_set_bold(bold);
    lxw_worksheet* sheet = workbook_add_worksheet(book, table.title.c_str());
    lxw_worksheet* about =
        workbook_add_worksheet(book, language == Language::en ? "about" : "a propos");
    if (sheet == nullptr || about == nullptr) {
        workbook_close(book);
        return fail(ErrorCode::internal, "nom de feuille refusé");
    }
    worksheet_set_column(sheet, 0, static_cast<lxw_col_t>(table.columns.size() - 1), 18, nullptr);
    worksheet_freeze_panes(sheet, 1, 0);
    write_table(sheet, table, bold, language);
    worksheet_set_column(about, 0, 0, 24, nullptr);
    worksheet_set_column(about, 1, 1, 100, nullptr);
    lxw_row_t row = 0;
    for (const auto& [name, value] : stamp) {
        write_text(about, {row, 0}, name, bold);
        write_text(about, {row, 1}, value, nullptr);
        ++row;
    }
    if (workbook_close(book) != LXW_NO_ERROR) {
        return fail(ErrorCode::unavailable, "Le classeur n'a pas pu être écrit ; réessayez.");
    }
    return file.bytes();
}

}  // namespace vigie::api
