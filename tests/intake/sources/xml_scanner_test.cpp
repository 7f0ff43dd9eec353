#include "intake/sources/xml_scanner.h"

#include <doctest/doctest.h>

#include <string>

using namespace vigie;
using namespace vigie::intake;

namespace {

/// "<a x=1>" "text" "</a>" in one line, with the value of attribute x.
std::string outline(const std::string& xml, std::size_t step) {
    std::size_t at = 0;
    XmlScanner scanner(
        [&](std::string& out) -> Result<bool> {
            const std::string piece = xml.substr(at, step);
            out += piece;
            at += piece.size();
            return !piece.empty();
        },
        "essai");
    std::string all;
    for (;;) {
        const auto token = scanner.next();
        if (!token) {
            return all + "!" + token.error().message;
        }
        switch (*token) {
            case XmlToken::end:
                return all;
            case XmlToken::element:
                all += "<" + std::string(scanner.name()) + " " +
                       std::string(scanner.attribute("x")) + ">";
                break;
            case XmlToken::end_element:
                all += "</" + std::string(scanner.name()) + ">";
                break;
            case XmlToken::text:
                scanner.append_text(all);
                break;
        }
    }
}

}  // namespace

TEST_CASE("tokens are the same however the text is cut") {
    const std::string xml =
        "<?xml version='1.0'?><p:a y = '2' n:x=\"a>b\"><!-- <no> -->t&amp;&#x20AC;&nope;&<b "
        "x='1'/><![CDATA[<raw>&amp;]]></p:a>";
    for (std::size_t step = 1; step <= xml.size(); ++step) {
        CAPTURE(step);
        CHECK(outline(xml, step) == "<a a>b>t&€&nope;&<b 1></b><raw>&amp;</a>");
    }
}

TEST_CASE("what is not well formed is an error") {
    for (const char* xml :
         {"<a", "<a x='>", "<!-- x", "<![CDATA[x", "<?x", "<!DOCTYPE a>", "<>", "< a>"}) {
        CAPTURE(xml);
        CHECK(outline(xml, 3).find("!essai : XML incorrect") != std::string::npos);
    }
    CHECK(outline("<" + std::string(2 * xml_token_bytes_max, 'a') + ">", 1 << 16).find("1 Mio") !=
          std::string::npos);
    CHECK(outline(std::string(2 * xml_token_bytes_max, 'a'), 1 << 16).find("1 Mio") !=
          std::string::npos);
}

TEST_CASE("references that name no character are kept as they are") {
    std::string text;
    append_unescaped("&#0;&#xD800;&#x110000;&#;&;&#233;&lt", text);
    CHECK(text == "&#0;&#xD800;&#x110000;&#;&;é&lt");
}
