#include "intake/sources/xml_scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace vigie::intake {

namespace {

constexpr std::string_view spaces = " \t\r\n";

std::string_view without_prefix(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

void append_code_point(std::uint32_t code, std::string& out) {
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xc0 | (code >> 6));
        out += static_cast<char>(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        out += static_cast<char>(0xe0 | (code >> 12));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
        out += static_cast<char>(0x80 | (code & 0x3f));
    } else {
        out += static_cast<char>(0xf0 | (code >> 18));
        out += static_cast<char>(0x80 | ((code >> 12) & 0x3f));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
        out += static_cast<char>(0x80 | (code & 0x3f));
    }
}

/// A character reference without & and ;, as "#233" or "#xE9"; false if it names no character.
bool append_reference(std::string_view name, std::string& out) {
    const bool is_hex = name.size() > 2 && (name[1] == 'x' || name[1] == 'X');
    const std::string_view digits = name.substr(is_hex ? 2 : 1);
    std::uint32_t code = 0;
    const auto parsed =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, is_hex ? 16 : 10);
    const bool is_surrogate = code >= 0xd800 && code < 0xe000;
    if (parsed.ec != std::errc() || parsed.ptr != digits.data() + digits.size() || code == 0 ||
        code > 0x10ffff || is_surrogate) {
        return false;
    }
    append_code_point(code, out);
    return true;
}

bool append_entity(std::string_view name, std::string& out) {
    constexpr std::array<std::pair<std::string_view, char>, 5> known = {
        {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};
    for (const auto& [entity, character] : known) {
        if (name == entity) {
            out += character;
            return true;
        }
    }
    return name.starts_with('#') && append_reference(name, out);
}

}  // namespace

void append_unescaped(std::string_view raw, std::string& out) {
    constexpr std::size_t entity_bytes_max = 12;
    for (;;) {
        const std::size_t ampersand = raw.find('&');
        out.append(raw.substr(0, ampersand));
        if (ampersand == std::string_view::npos) {
            return;
        }
        raw.remove_prefix(ampersand);
        const std::size_t semicolon = raw.substr(0, entity_bytes_max).find(';');
        if (semicolon != std::string_view::npos &&
            append_entity(raw.substr(1, semicolon - 1), out)) {
            raw.remove_prefix(semicolon + 1);
        } else {
            out += '&';
            raw.remove_prefix(1);
        }
    }
}

XmlScanner::XmlScanner(Refill refill, std::string name)
    : refill_(std::move(refill)), part_(std::move(name)) {}

Result<bool> XmlScanner::fill() {
    if (ended_) {
        return false;
    }
    // What was taken is dropped once it weighs as much as what is left: each byte moves about once.
    if (at_ > 0 && at_ >= text_.size() - at_) {
        text_.erase(0, at_);
        at_ = 0;
    }
    ended_ = !TRY(refill_(text_));
    return !ended_;
}

/// Offset from at_ of the first `what` at or after offset `from`.
Result<std::size_t> XmlScanner::find(std::string_view what, std::size_t from) {
    for (std::size_t scanned = from;;) {
        const std::size_t found = std::string_view(text_).substr(at_).find(what, scanned);
        if (found != std::string_view::npos) {
            return found;
        }
        const std::size_t left = text_.size() - at_;
        if (left > xml_token_bytes_max) {
            return wrong("un élément dépasse 1 Mio");
        }
        // `what` may begin in the last bytes.
        scanned = std::max(from, left < what.size() ? 0 : left - what.size() + 1);
        if (!TRY(fill())) {
            return wrong("la partie finit trop tôt");
        }
    }
}

Result<XmlToken> XmlScanner::next() {
    if (end_pending_) {
        end_pending_ = false;
        return XmlToken::end_element;
    }
    for (;;) {
        if (at_ == text_.size() && !TRY(fill())) {
            return XmlToken::end;
        }
        if (at_ == text_.size()) {
            continue;
        }
        if (text_[at_] == '<') {
            const XmlToken token = TRY(markup());
            if (token == XmlToken::end) {
                continue;  // a comment or an instruction
            }
            return token;
        }
        // Text up to the next mark; at the very end of the part, what is left.
        std::size_t end = text_.find('<', at_);
        while (end == std::string::npos && text_.size() - at_ <= xml_token_bytes_max &&
               TRY(fill())) {
            end = text_.find('<', at_);
        }
        if (end == std::string::npos && !ended_) {
            return wrong("un texte dépasse 1 Mio");
        }
        end = end == std::string::npos ? text_.size() : end;
        content_ = std::string_view(text_).substr(at_, end - at_);
        is_literal_ = false;
        at_ = end;
        return XmlToken::text;
    }
}

/// At '<': an element, the end of one, CDATA; XmlToken::end for what is passed over.
Result<XmlToken> XmlScanner::markup() {
    constexpr std::size_t longest_opening = 9;
    while (text_.size() - at_ < longest_opening && TRY(fill())) {
    }
    const std::string_view rest = std::string_view(text_).substr(at_);
    if (rest.starts_with("<!--")) {
        at_ += TRY(find("-->", 4)) + 3;
        return XmlToken::end;
    }
    if (rest.starts_with("<?")) {
        at_ += TRY(find("?>", 2)) + 2;
        return XmlToken::end;
    }
    if (rest.starts_with("<![CDATA[")) {
        const std::size_t end = TRY(find("]]>", longest_opening));
        content_ = std::string_view(text_).substr(at_ + longest_opening, end - longest_opening);
        is_literal_ = true;
        at_ += end + 3;
        return XmlToken::text;
    }
    if (rest.starts_with("<!")) {
        return wrong("une déclaration de type de document est refusée");
    }
    return tag();
}

/// Offset from at_ of the '>' that ends the tag: one within an attribute's value does not.
Result<std::size_t> XmlScanner::end_of_tag() {
    std::size_t from = 1;
    for (;;) {
        const std::size_t end = TRY(find(">", from));
        const std::string_view inside = std::string_view(text_).substr(at_, end);
        char open = '\0';
        for (std::size_t i = 1; i < inside.size(); ++i) {
            const char c = inside[i];
            if (open != '\0') {
                open = c == open ? '\0' : open;
            } else if (c == '"' || c == '\'') {
                open = c;
            }
        }
        if (open == '\0') {
            return end;
        }
        from = end + 1;
        if (from > xml_token_bytes_max) {
            return wrong("un élément dépasse 1 Mio");
        }
    }
}

Result<XmlToken> XmlScanner::tag() {
    const std::size_t end = TRY(end_of_tag());
    std::string_view inside = std::string_view(text_).substr(at_ + 1, end - 1);
    at_ += end + 1;
    const bool is_end = inside.starts_with('/');
    inside.remove_prefix(is_end ? 1 : 0);
    end_pending_ = !is_end && inside.ends_with('/');
    inside.remove_suffix(end_pending_ ? 1 : 0);
    const std::size_t name_end = std::min(inside.find_first_of(spaces), inside.size());
    if (name_end == 0) {
        return wrong("un élément n'a pas de nom");
    }
    name_ = without_prefix(inside.substr(0, name_end));
    attributes_ = inside.substr(name_end);
    return is_end ? XmlToken::end_element : XmlToken::element;
}

std::string_view XmlScanner::attribute(std::string_view attribute_name) const {
    std::string_view rest = attributes_;
    for (;;) {
        const std::size_t begin = rest.find_first_not_of(spaces);
        const std::size_t equals = rest.find('=');
        if (begin == std::string_view::npos || equals == std::string_view::npos ||
            begin >= equals) {
            return {};
        }
        std::string_view name = rest.substr(begin, equals - begin);
        name = name.substr(0, name.find_last_not_of(spaces) + 1);
        rest.remove_prefix(equals + 1);
        const std::size_t open = rest.find_first_not_of(spaces);
        if (open == std::string_view::npos || (rest[open] != '"' && rest[open] != '\'')) {
            return {};
        }
        const std::size_t close = rest.find(rest[open], open + 1);
        if (close == std::string_view::npos) {
            return {};
        }
        if (without_prefix(name) == attribute_name) {
            return rest.substr(open + 1, close - open - 1);
        }
        rest.remove_prefix(close + 1);
    }
}

void XmlScanner::append_text(std::string& out) const {
    if (is_literal_) {
        out.append(content_);
    } else {
        append_unescaped(content_, out);
    }
}

tl::unexpected<Error> XmlScanner::wrong(std::string_view what) const {
    return fail(ErrorCode::invalid_input, fmt::format("{} : XML incorrect : {}", part_, what));
}

}  // namespace vigie::intake
