#include "intake/sources/text_stream.h"

#include <doctest/doctest.h>

#include <string>

using namespace vigie;
using namespace vigie::intake;

namespace {

struct Decoded {
    std::string text;
    std::string encoding;
};

Decoded decode(const std::string& bytes, std::size_t block,
               TextEncoding declared = TextEncoding::detect) {
    auto stream = memory_byte_stream(bytes, block);
    REQUIRE(stream);
    auto text = TextStream::open(std::move(*stream), declared);
    REQUIRE(text);
    Decoded decoded;
    for (;;) {
        const auto more = text->append_to(decoded.text);
        REQUIRE(more);
        if (!*more) {
            break;
        }
    }
    decoded.encoding = text->encoding_name();
    return decoded;
}

}  // namespace

TEST_CASE("cp1252 has 27 characters of its own between 0x80 and 0x9f") {
    std::string bytes;
    for (int byte = 0x80; byte < 0xa0; ++byte) {
        if (byte != 0x81 && byte != 0x8d && byte != 0x8f && byte != 0x90 && byte != 0x9d) {
            bytes += static_cast<char>(byte);
        }
    }
    std::string text;
    append_cp1252(bytes, text);
    CHECK(text == "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ");
    CHECK(is_clean_text(text));
    text.clear();
    append_cp1252("\xa0\xe9\xff", text);
    CHECK(text == "\u00a0éÿ");
    text.clear();
    append_cp1252("a\x81z", text);
    CHECK(text == "a\x81z");
    CHECK_FALSE(is_clean_text(text));
}

TEST_CASE("the encoding is decided on the first text that is not ASCII, however it is cut") {
    const std::string ascii(200'000, 'a');
    for (const std::size_t block : {1000U, 4096U, 300'000U}) {
        CHECK(decode(ascii, block).encoding == "ASCII");
        CHECK(decode(ascii + "\xe9t", block).encoding == "cp1252");
        CHECK(decode(ascii + "\xe9t", block).text == ascii + "ét");
        CHECK(decode(ascii + "é\xe9", block).encoding == "UTF-8");
        CHECK(decode(ascii + "é\xe9", block).text == ascii + "é\xe9");
    }
    // A file is cp1252 although UTF-8 appears after the window.
    const std::string late = "\xe9" + std::string(encoding_window_bytes, 'a') + "éééé";
    CHECK(decode(late, 100).encoding == "cp1252");
}

TEST_CASE("a sequence cut by the end of the window decides nothing") {
    CHECK(guess_encoding("é\xe2\x82", false) == TextEncoding::utf8);
    CHECK(guess_encoding("\xe2\x82", false) == TextEncoding::utf8);
    CHECK(guess_encoding("\xe2\x82", true) == TextEncoding::cp1252);
    CHECK(guess_encoding("\xe9t\xe9", false) == TextEncoding::cp1252);
    CHECK(guess_encoding("", true) == TextEncoding::utf8);
}

TEST_CASE("a declared encoding is not guessed again") {
    CHECK(decode("\xe9", 10, TextEncoding::utf8).text == "\xe9");
    CHECK(decode("é", 10, TextEncoding::cp1252).text == "Ã©");
}
