#include <fmt/format.h>

#include <charconv>

#include "api/export_files.h"

namespace vigie::api {

namespace {

/// Significant digits of a measure: more would claim a precision that no count has.
constexpr int measure_digits = 8;

void append_field(std::string& out, std::string_view text) {
    if (text.find_first_of(",;\"\r\n\t") == std::string_view::npos) {
        out += text;
        return;
    }
    out += '"';
    for (const char c : text) {
        if (c == '"') {
            out += '"';
        }
        out += c;
    }
    out += '"';
}

void append_cell(std::string& out, const ExportCell& cell, Language language) {
    char digits[32];
    if (const auto* text = std::get_if<std::string>(&cell)) {
        append_field(out, neutralised(*text));
    } else if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
        out.append(digits, std::to_chars(digits, digits + sizeof digits, *whole).ptr);
    } else if (const auto* real = std::get_if<double>(&cell)) {
        const auto end = std::to_chars(digits, digits + sizeof digits, *real,
                                       std::chars_format::general, measure_digits);
        for (const char* c = digits; c != end.ptr; ++c) {
            out += *c == '.' && language == Language::fr ? ',' : *c;
        }
    } else if (std::holds_alternative<TooFew>(cell)) {
        out += too_few_words(language);
    }
}

}  // namespace

std::string csv_of(const ExportTable& table, const Stamp& stamp, Language language) {
    const char separator = language == Language::fr ? ';' : ',';
    std::string out = language == Language::fr ? "\xef\xbb\xbf" : "";
    for (const auto& [name, value] : stamp) {
        append_field(out, fmt::format("# {}{}{}", name, language == Language::fr ? " : " : ": ", value));
        out += "\r\n";
    }
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
        if (column > 0) {
            out += separator;
        }
        append_field(out, neutralised(table.columns[column]));
    }
    out += "\r\n";
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
        append_cell(out, table.cells[i], language);
        if ((i + 1) % table.columns.size() == 0) {
            out += "\r\n";
        } else {
            out += separator;
        }
    }
    return out;
}

}  // namespace vigie::api
