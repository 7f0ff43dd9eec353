// The little of XML that workbooks are written in, pulled token by token from a stream of any
// length: elements, their attributes, text, CDATA. Document types are refused, so that no entity
// can expand. Names lose their prefix.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vigie::intake {

/// Longest tag, and longest piece of text kept of one element.
inline constexpr std::size_t xml_token_bytes_max = 1 << 20;

enum class XmlToken : std::uint8_t { element, end_element, text, end };

class XmlScanner {
  public:
    /// Appends some bytes to its argument; false at the end.
    using Refill = std::function<Result<bool>(std::string&)>;
    /// name: of the part, for messages.
    XmlScanner(Refill refill, std::string name);

    /// The next token. An empty element (<a/>) gives `element` then `end_element`. Text of blanks
    /// only is given too. Errors: those of the refill; invalid_input where the text is not well
    /// formed or a token is too long.
    [[nodiscard]] Result<XmlToken> next();

    /// Of an element or end_element: its name without prefix, valid until the next call.
    [[nodiscard]] std::string_view name() const { return name_; }
    /// Of an element: the raw value of an attribute (name without prefix), empty if it has none;
    /// valid until the next call.
    [[nodiscard]] std::string_view attribute(std::string_view attribute_name) const;
    /// Of text: raw unless is_literal(); entities are undone by append_text.
    void append_text(std::string& out) const;

  private:
    [[nodiscard]] Result<bool> fill();
    [[nodiscard]] Result<std::size_t> find(std::string_view what, std::size_t from);
    [[nodiscard]] Result<XmlToken> markup();
    [[nodiscard]] Result<XmlToken> tag();
    [[nodiscard]] Result<std::size_t> end_of_tag();
    [[nodiscard]] tl::unexpected<Error> wrong(std::string_view what) const;

    Refill refill_;
    std::string part_;
    std::string text_;
    std::size_t at_ = 0;           ///< first byte not taken
    std::string_view name_;        ///< into text_
    std::string_view attributes_;  ///< into text_
    std::string_view content_;     ///< into text_
    bool is_literal_ = false;      ///< CDATA
    bool end_pending_ = false;     ///< the end of an empty element comes next
    bool ended_ = false;
};

/// Appends `raw` with the five entities and character references undone; an unknown entity is kept
/// as it is.
void append_unescaped(std::string_view raw, std::string& out);

}  // namespace vigie::intake
