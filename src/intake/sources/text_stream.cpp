#include "intake/sources/text_stream.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <array>
#include <cstring>
#include <utility>

namespace vigie::intake {

namespace {

using namespace std::string_view_literals;

/// Code points of cp1252's bytes 0x80 to 0x9f; 0 where it defines none.
constexpr std::array<char16_t, 32> cp1252_high = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

std::size_t first_not_ascii(std::string_view text) {
    std::size_t i = 0;
    for (; i + 64 <= text.size(); i += 64) {
        std::uint64_t any = 0;
        for (std::size_t k = 0; k < 64; k += 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, text.data() + i + k, sizeof word);
            any |= word;
        }
        if ((any & 0x8080808080808080ULL) != 0) {
            break;
        }
    }
    while (i < text.size() && static_cast<unsigned char>(text[i]) < 0x80) {
        ++i;
    }
    return i;
}

constexpr bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

/// Length announced by a UTF-8 lead byte; 0 if it is none.
constexpr std::size_t sequence_length(char lead) {
    const auto byte = static_cast<unsigned char>(lead);
    if (byte >= 0xc2 && byte <= 0xdf) {
        return 2;
    }
    if (byte >= 0xe0 && byte <= 0xef) {
        return 3;
    }
    return byte >= 0xf0 && byte <= 0xf4 ? 4 : 0;
}

/// What a file begins with when it is none of our text, in words; null if it may be.
const char* foreign_text(std::string_view text) {
    if (text.starts_with("\xff\xfe\x00\x00"sv) || text.starts_with("\x00\x00\xfe\xff"sv)) {
        return "le texte est en UTF-32 ; enregistrez le fichier en UTF-8";
    }
    if (text.starts_with("\xff\xfe"sv) || text.starts_with("\xfe\xff"sv)) {
        return "le texte est en UTF-16 ; enregistrez le fichier en UTF-8";
    }
    if (text.size() >= 4 && ((text[0] != 0 && text[1] == 0 && text[2] != 0 && text[3] == 0) ||
                             (text[0] == 0 && text[1] != 0 && text[2] == 0 && text[3] != 0))) {
        return "le texte semble en UTF-16 sans marque ; enregistrez le fichier en UTF-8";
    }
    if (text.starts_with("PK\x03\x04"sv)) {
        return "c'est une archive ZIP (un classeur .xlsx ?), un texte est attendu";
    }
    if (text.starts_with("\xd0\xcf\x11\xe0"sv)) {
        return "c'est un document Office ancien (.xls ?), un texte est attendu";
    }
    return nullptr;
}

}  // namespace

Result<TextStream> TextStream::open(std::unique_ptr<ByteStream> bytes, TextEncoding declared) {
    TextStream stream(std::move(bytes), declared);
    TRY(stream.read_mark());
    return stream;
}

Status TextStream::read_mark() {
    while (held_.size() < 4) {
        const std::string_view block = TRY(bytes_->next());
        if (block.empty()) {
            break;
        }
        held_.append(block);
    }
    if (const char* foreign = foreign_text(held_)) {
        return fail(ErrorCode::invalid_input,
                    fmt::format("« {} » : {} (octet 0)", bytes_->name(), foreign));
    }
    if (held_.starts_with("\xef\xbb\xbf"sv)) {
        if (encoding_ == TextEncoding::cp1252) {
            return fail(ErrorCode::invalid_input,
                        fmt::format("« {} » : déclaré en cp1252, mais le fichier porte la marque "
                                    "de l'UTF-8 (octet 0)",
                                    bytes_->name()));
        }
        encoding_ = TextEncoding::utf8;
        held_.erase(0, 3);
    }
    return {};
}

Result<bool> TextStream::append_to(std::string& out) {
    std::string_view block = held_;
    if (block.empty()) {
        block = TRY(bytes_->next());
        if (block.empty()) {
            return false;
        }
    }
    if (encoding_ == TextEncoding::detect && first_not_ascii(block) < block.size()) {
        TRY(decide(block));
        block = held_;
    }
    append_text(block, out);
    held_.clear();
    return true;
}

Status TextStream::decide(std::string_view block) {
    if (held_.empty()) {
        held_ = block;
    }
    const std::size_t begin = first_not_ascii(held_);
    // The window is the same however the bytes are cut into blocks.
    while (held_.size() - begin < encoding_window_bytes) {
        const std::string_view more = TRY(bytes_->next());
        if (more.empty()) {
            break;
        }
        held_.append(more);
    }
    const std::string_view window = std::string_view(held_).substr(begin);
    encoding_ = guess_encoding(window.substr(0, encoding_window_bytes),
                               window.size() < encoding_window_bytes);
    return {};
}

void TextStream::append_text(std::string_view block, std::string& out) const {
    if (encoding_ == TextEncoding::cp1252) {
        append_cp1252(block, out);
    } else {
        out.append(block);
    }
}

const char* TextStream::encoding_name() const {
    switch (encoding_) {
        case TextEncoding::utf8:
            return "UTF-8";
        case TextEncoding::cp1252:
            return "cp1252";
        case TextEncoding::detect:
            return "ASCII";
    }
    return "ASCII";
}

std::string TextStream::description_tail() const {
    std::string tail = fmt::format(", {}", encoding_name());
    if (bytes_->compression() != Compression::none) {
        tail += bytes_->compression() == Compression::gzip ? ", .gz" : ", .xz";
    }
    return tail;
}

bool is_clean_text(std::string_view text) {
    return simdjson::validate_utf8(text.data(), text.size()) &&
           (text.empty() || std::memchr(text.data(), 0, text.size()) == nullptr);
}

void append_cp1252(std::string_view text, std::string& out) {
    while (!text.empty()) {
        const std::size_t plain = first_not_ascii(text);
        out.append(text.substr(0, plain));
        text.remove_prefix(plain);
        for (; !text.empty() && static_cast<unsigned char>(text[0]) >= 0x80;
             text.remove_prefix(1)) {
            const auto byte = static_cast<unsigned char>(text[0]);
            const char16_t code = byte < 0xa0 ? cp1252_high[byte - 0x80U] : char16_t{byte};
            if (code == 0) {
                out += text[0];
            } else if (code < 0x800) {
                out += static_cast<char>(0xc0 | (code >> 6));
                out += static_cast<char>(0x80 | (code & 0x3f));
            } else {
                out += static_cast<char>(0xe0 | (code >> 12));
                out += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
                out += static_cast<char>(0x80 | (code & 0x3f));
            }
        }
    }
}

TextEncoding guess_encoding(std::string_view text, bool is_last) {
    std::size_t valid = 0;
    std::size_t invalid = 0;
    for (std::size_t i = first_not_ascii(text); i < text.size();) {
        const std::size_t length = sequence_length(text[i]);
        std::size_t seen = 1;
        while (seen < length && i + seen < text.size() && is_continuation(text[i + seen])) {
            ++seen;
        }
        if (length > 0 && seen == length) {
            ++valid;
        } else if (length == 0 || is_last || i + seen < text.size()) {
            ++invalid;
        }
        i += seen;
        i += first_not_ascii(text.substr(i));
    }
    return invalid > valid ? TextEncoding::cp1252 : TextEncoding::utf8;
}

}  // namespace vigie::intake
