#include "intake/sources/sheet_rows.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "intake/sources/record_reader.h"

namespace vigie::intake {

namespace {

template <class Number>
std::optional<Number> parsed(std::string_view text) {
    Number value{};
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (result.ec != std::errc() || result.ptr != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

char type_of(std::string_view attribute) {
    if (attribute == "str" || attribute == "inlineStr") {
        return 't';
    }
    return attribute.size() == 1 &&
                   std::string_view("sbed").find(attribute[0]) != std::string_view::npos
               ? attribute[0]
               : 'n';
}

}  // namespace

std::optional<std::size_t> column_of_reference(std::string_view reference) {
    std::size_t column = 0;
    std::size_t i = 0;
    for (; i < reference.size() && reference[i] >= 'A' && reference[i] <= 'Z' &&
           column <= sheet_columns_max;
         ++i) {
        column = column * 26 + static_cast<std::size_t>(reference[i] - 'A' + 1);
    }
    const bool has_row = i < reference.size() && reference[i] >= '0' && reference[i] <= '9';
    if (column == 0 || column > sheet_columns_max || !has_row) {
        return std::nullopt;
    }
    return column - 1;
}

void append_shortest_number(std::string_view raw, std::string& out) {
    const auto value =
        raw.find_first_of(".eE") == std::string_view::npos ? std::nullopt : parsed<double>(raw);
    // Beyond these an exponent is shorter than the zeros.
    constexpr double plain_min = 1e-7;
    constexpr double plain_max = 1e21;
    if (!value || !std::isfinite(*value)) {
        out.append(raw);
        return;
    }
    const double size = std::fabs(*value);
    const bool is_plain = size == 0.0 || (size >= plain_min && size < plain_max);
    std::array<char, 64> digits{};
    const auto written = is_plain
                             ? std::to_chars(digits.data(), digits.data() + digits.size(), *value,
                                             std::chars_format::fixed)
                             : std::to_chars(digits.data(), digits.data() + digits.size(), *value);
    out.append(digits.data(), written.ptr);
}

Result<bool> SheetRows::next(SheetRow& row) {
    for (;;) {
        const XmlToken token = TRY(part_.next());
        if (token == XmlToken::end) {
            return false;
        }
        if (token != XmlToken::element || part_.name() != "row") {
            continue;
        }
        row.text.clear();
        row.cells.clear();
        row.is_too_long = false;
        row.number = parsed<std::uint64_t>(part_.attribute("r")).value_or(row_ + 1);
        row_ = row.number;
        TRY(read_row(row));
        if (!row.cells.empty() || row.is_too_long) {
            return true;
        }
    }
}

Status SheetRows::read_row(SheetRow& row) {
    column_ = 0;
    for (;;) {
        const XmlToken token = TRY(part_.next());
        if (token == XmlToken::end) {
            return wrong(row, "la feuille finit au milieu d'une ligne");
        }
        if (token == XmlToken::end_element) {
            return {};
        }
        if (token == XmlToken::element) {
            TRY(part_.name() == "c" ? read_cell(row) : skip_element(part_));
        }
    }
}

Result<SheetRows::Cell> SheetRows::open_cell(const SheetRow& row) {
    Cell cell;
    const std::string_view reference = part_.attribute("r");
    const auto column = reference.empty() ? std::optional(column_) : column_of_reference(reference);
    if (!column || *column >= sheet_columns_max) {
        return wrong(row, "une cellule a une référence impossible");
    }
    cell.column = *column;
    column_ = *column + 1;
    cell.style = parsed<std::size_t>(part_.attribute("s")).value_or(0);
    cell.type = type_of(part_.attribute("t"));
    return cell;
}

/// From the cell's element to its end: the value is in <v>, or the text in <is>.
Status SheetRows::read_cell(SheetRow& row) {
    const Cell cell = TRY(open_cell(row));
    raw_.clear();
    bool in_value = false;
    for (unsigned depth = 1; depth > 0;) {
        const XmlToken token = TRY(part_.next());
        if (token == XmlToken::end) {
            return wrong(row, "la feuille finit au milieu d'une cellule");
        }
        if (token == XmlToken::element && part_.name() == "is") {
            TRY(append_string_item(part_, raw_));
        } else if (token == XmlToken::element && part_.name() == "v") {
            in_value = true;
            ++depth;
        } else if (token == XmlToken::element) {
            TRY(skip_element(part_));
        } else if (token == XmlToken::end_element) {
            in_value = false;
            --depth;
        } else if (in_value) {
            part_.append_text(raw_);
        }
    }
    if (raw_.empty() || row.is_too_long) {
        return {};
    }
    const std::size_t begin = row.text.size();
    TRY(append_value(cell, row, row.text));
    const std::size_t size = row.text.size() - begin;
    if (size > 0) {
        row.cells.push_back({cell.column, begin, size});
    }
    row.is_too_long = row.text.size() > record_bytes_max;
    return {};
}

Status SheetRows::append_value(const Cell& cell, const SheetRow& row, std::string& out) {
    switch (cell.type) {
        case 'e':
            return {};
        case 'b':
            out += raw_ == "1" || raw_ == "true" ? "true" : "false";
            return {};
        case 's': {
            const auto index = parsed<std::size_t>(raw_);
            if (!index || *index >= workbook_.strings.size()) {
                return wrong(row, "une cellule renvoie à un texte que le classeur n'a pas");
            }
            out.append(workbook_.strings.at(*index));
            return {};
        }
        case 'n':
            append_number(cell.style, out);
            return {};
        default:
            out.append(raw_);
            return {};
    }
}

void SheetRows::append_number(std::size_t style, std::string& out) const {
    const DateStyle date =
        style < workbook_.styles.size() ? workbook_.styles[style] : DateStyle::none;
    if (date != DateStyle::none) {
        const auto serial = parsed<double>(raw_);
        const auto iso = serial ? iso_of_serial(*serial, date, workbook_.from_1904) : std::nullopt;
        if (iso) {
            out.append(*iso);
            return;
        }
    }
    append_shortest_number(raw_, out);
}

tl::unexpected<Error> SheetRows::wrong(const SheetRow& row, std::string_view what) const {
    return fail(ErrorCode::invalid_input,
                fmt::format("{}, ligne {} : {}", where_, row.number, what));
}

}  // namespace vigie::intake
