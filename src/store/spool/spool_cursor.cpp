#include "store/spool/spool_cursor.h"

#include <fmt/format.h>

#include <charconv>
#include <string_view>

#include "store/data_folder_files.h"

namespace vigie::spool {

namespace {

/// Takes "word number\n" off the front of `text`.
bool take_number(std::string_view& text, std::string_view word, int base, std::uint64_t& number) {
    if (!text.starts_with(word)) {
        return false;
    }
    const char* const begin = text.data() + word.size();
    const char* const end = text.data() + text.size();
    const auto parsed = std::from_chars(begin, end, number, base);
    if (parsed.ec != std::errc() || parsed.ptr == end || *parsed.ptr != '\n') {
        return false;
    }
    text.remove_prefix(static_cast<std::size_t>(parsed.ptr + 1 - text.data()));
    return true;
}

std::uint64_t number_of(const std::array<std::uint8_t, 8>& id) {
    std::uint64_t number = 0;
    for (const std::uint8_t byte : id) {
        number = number << 8 | byte;
    }
    return number;
}

}  // namespace

std::string cursor_text(const Cursor& cursor) {
    std::string text =
        fmt::format("vigie-spool-cursor 1\nkey {:016x}\nreleased {}\ndurable {}\n", number_of(cursor.key_id), cursor.released, cursor.durable);
    text += fmt::format("end {}\n", files::blake2b_of(text));
    return text;
}

Result<Cursor> parse_cursor(const std::string& text) {
    std::string_view rest = text;
    constexpr std::string_view first_line = "vigie-spool-cursor 1\n";
    std::uint64_t key = 0;
    Cursor cursor;
    const bool shaped = rest.starts_with(first_line) && (rest.remove_prefix(first_line.size()), take_number(rest, "key ", 16, key)) &&
                        take_number(rest, "released ", 10, cursor.released) && take_number(rest, "durable ", 10, cursor.durable);
    for (std::size_t i = 0; i < cursor.key_id.size(); ++i) {
        cursor.key_id[i] = static_cast<std::uint8_t>(key >> (56 - 8 * i));
    }
    // Written again, it must be the same to the byte: the hash, and no other way to write the numbers.
    if (!shaped || cursor_text(cursor) != text || cursor.released > cursor.durable) {
        return fail(ErrorCode::corrupt, "curseur de la boîte de réception abîmé");
    }
    return cursor;
}

}  // namespace vigie::spool
