// What must be known of a workbook before a sheet's rows mean anything: where its sheets are, which
// cell styles are dates, which epoch its dates count from, and the strings that cells share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "intake/sources/workbook_dates.h"
#include "intake/sources/workbook_package.h"

namespace vigie::intake {

/// Text of the strings that cells share: what a workbook of 100 MB holds.
inline constexpr std::size_t shared_text_bytes_max = 128 << 20;
inline constexpr std::size_t shared_strings_max = 1 << 23;
/// Sheets, styles, formats and relations: lists that Excel itself keeps below 65,536.
inline constexpr std::size_t workbook_list_max = 1 << 16;

class SharedStrings {
  public:
    [[nodiscard]] std::size_t size() const { return ends_.size(); }
    /// index < size().
    [[nodiscard]] std::string_view at(std::size_t index) const;
    /// Reads the whole part. Errors: those of the scanner; invalid_input above the bounds.
    [[nodiscard]] Status read(XmlScanner& part, const std::string& workbook_name);

  private:
    std::string text_;
    std::vector<std::uint32_t> ends_;
};

struct Workbook {
    struct Sheet {
        std::string name;
        std::string part;
    };
    std::vector<Sheet> sheets;
    std::vector<DateStyle> styles;  ///< of each cell format
    SharedStrings strings;
    bool from_1904 = false;
};

/// Errors: invalid_input for an archive that is no workbook, or a broken one.
[[nodiscard]] Result<Workbook> read_workbook(WorkbookPackage& package);

/// Appends the text of a string item (shared or inline) whose element was just given: plain or in
/// rich runs, without phonetic readings. Takes tokens up to its end.
[[nodiscard]] Status append_string_item(XmlScanner& part, std::string& out);

/// Passes over the element that was just given, up to its end.
[[nodiscard]] Status skip_element(XmlScanner& part);

}  // namespace vigie::intake
