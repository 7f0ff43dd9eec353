// A table that leaves the house: columns, cells and the stamp that says where it comes from. How it
// is written (CSV, XLSX) is another file's business.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "analysis/past/yesterday.h"
#include "api/asked_question.h"
#include "api/http_message.h"
#include "api/shown_places.h"

namespace vigie::api {

/// Most rows of an export: a spreadsheet takes a million, a person far fewer.
inline constexpr std::size_t export_rows_max = 200'000;

/// « effectif trop faible », said instead of a number.
struct TooFew {
    friend bool operator==(TooFew, TooFew) = default;
};
using ExportCell = std::variant<std::monostate, std::string, std::int64_t, double, TooFew>;

struct ExportTable {
    std::string title;
    std::vector<std::string> columns;
    std::vector<ExportCell> cells;  ///< rows x columns, row-major
    [[nodiscard]] std::size_t rows() const { return cells.size() / columns.size(); }
};

/// Lines of name and value: what was asked, of what data, by which program, under which licence.
using Stamp = std::vector<std::pair<std::string, std::string>>;

enum class ExportSubject : std::uint8_t { places, series, hours, categories };

/// Everything an export is made of.
struct ExportContent {
    const AskedQuestion& question;
    const past::Yesterday& yesterday;
    const std::vector<ShownPlace>& places;  ///< of yesterday, after disclosure control
    Language language = Language::fr;
};

[[nodiscard]] ExportTable export_table(ExportSubject subject, const ExportContent& content);

/// exported_at: as clock_text gives it.
[[nodiscard]] Stamp export_stamp(const ExportContent& content, const std::string& exported_at);

/// The words for TooFew.
[[nodiscard]] std::string_view too_few_words(Language language);

/// `text` with an apostrophe before it when a spreadsheet would run it as a formula (= + - @, tab,
/// CR, LF first). Source: OWASP, CSV injection.
[[nodiscard]] std::string neutralised(std::string_view text);

}  // namespace vigie::api
