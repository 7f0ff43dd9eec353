// The rows of one sheet, read as its XML inflates, with the cells' values as text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "intake/sources/workbook_parts.h"

namespace vigie::intake {

/// Columns that a sheet can have (A to XFD).
inline constexpr std::size_t sheet_columns_max = 16'384;

struct SheetRow {
    struct Cell {
        std::size_t column = 0;  ///< from 0
        std::size_t begin = 0;
        std::size_t size = 0;  ///< in `text`; never 0
    };
    std::uint64_t number = 0;  ///< from 1, as the workbook shows it
    std::string text;
    std::vector<Cell> cells;   ///< those that hold something, in the file's order
    bool is_too_long = false;  ///< above record_bytes_max: cells is cut short
    [[nodiscard]] std::string_view value(const Cell& cell) const {
        return std::string_view(text).substr(cell.begin, cell.size);
    }
};

class SheetRows {
  public:
    /// workbook must outlive it.
    SheetRows(XmlScanner part, const Workbook& workbook, std::string where)
        : part_(std::move(part)), workbook_(workbook), where_(std::move(where)) {}

    /// The next row that holds something; false at the end, when the part was read whole.
    /// Errors: those of the scanner; invalid_input for a cell that makes no sense, with its row.
    [[nodiscard]] Result<bool> next(SheetRow& row);

  private:
    /// What a cell element says, before its value is known.
    struct Cell {
        std::size_t column = 0;
        std::size_t style = 0;
        char type = 'n';  ///< n number, s shared, t text of a formula or inline, b, e, d ISO date
    };
    [[nodiscard]] Result<Cell> open_cell(const SheetRow& row);
    [[nodiscard]] Status read_row(SheetRow& row);
    [[nodiscard]] Status read_cell(SheetRow& row);
    [[nodiscard]] Status append_value(const Cell& cell, const SheetRow& row, std::string& out);
    void append_number(std::size_t style, std::string& out) const;
    [[nodiscard]] tl::unexpected<Error> wrong(const SheetRow& row, std::string_view what) const;

    XmlScanner part_;
    const Workbook& workbook_;
    std::string where_;
    std::string raw_;         ///< of the cell at hand
    std::uint64_t row_ = 0;   ///< number of the row before
    std::size_t column_ = 0;  ///< where a cell without a reference stands
};

/// Column (from 0) of a reference such as "AB12"; nothing if it is none.
[[nodiscard]] std::optional<std::size_t> column_of_reference(std::string_view reference);

/// A number as people write it: the shortest text that means the same, since workbooks store 17
/// digits.
void append_shortest_number(std::string_view raw, std::string& out);

}  // namespace vigie::intake
