#include "store/spool/spool_frame.h"

#include <doctest/doctest.h>
#include <sodium.h>

#include <cstring>

#include "base/random.h"
#include "store/spool/spool_cursor.h"
#include "store/spool/spool_samples.h"

using namespace vigie;
using namespace vigie::spool;

namespace {

SegmentCipher fixed_cipher() {
    SegmentCipher cipher{{}, test::fixed_key(9)};
    for (std::size_t i = 0; i < cipher.id.size(); ++i) {
        cipher.id[i] = static_cast<std::uint8_t>(i);
    }
    return cipher;
}

Bytes bytes_of(const std::string& text) {
    const void* const untyped = text.data();
    return {static_cast<const std::uint8_t*>(untyped), text.size()};
}

std::string hex(const std::string& text) {
    std::string digits(text.size() * 2 + 1, '\0');
    sodium_bin2hex(digits.data(), digits.size(), bytes_of(text).data(), text.size());
    digits.pop_back();
    return digits;
}

}  // namespace

TEST_CASE("a message is written byte for byte as the format says") {
    std::string plain;
    append_message(plain, {"ab", "mqtt", Instant(std::chrono::milliseconds(0x0102030405)), "csv", "k", "body"}, SpoolClass::urgent);
    CHECK(hex(plain) == "02020403" "0100" "04000000" "0504030201000000" "6162" "6d717474" "637376" "6b" "626f6479");
    CHECK(plain.size() == encoded_bytes({"ab", "mqtt", {}, "csv", "k", "body"}));
}

TEST_CASE("a frame has its header in clear, and is what libsodium's ChaCha20-Poly1305 makes of the rest") {
    const auto cipher = fixed_cipher();
    std::string plain;
    append_message(plain, test::message_of("body"), SpoolClass::bulk);
    std::string out = "before";
    FrameHeader header{0, 42, 1, 7, 128};
    seal_frame(out, cipher, header, 500, plain);
    REQUIRE(out.size() == 6 + 40 + plain.size() + 16);
    CHECK(hex(out.substr(6, 32)) == "5646524d" "35000000" "2a00000000000000" "01000000" "07000000" "8000000000000000");
    // The same by hand: nonce = counter of the seal, associated data = segment, place, header.
    std::string associated;
    associated.append(out, 6, 40);
    std::string place("\xf4\x01\0\0\0\0\0\0", 8);
    associated = std::string("\0\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17", 16) + place + associated;
    const std::string nonce("\7\0\0\0\0\0\0\0\0\0\0\0", 12);
    std::string expected(plain.size() + 16, '\0');
    void* const to = expected.data();
    crypto_aead_chacha20poly1305_ietf_encrypt(static_cast<std::uint8_t*>(to), nullptr, bytes_of(plain).data(), plain.size(), bytes_of(associated).data(),
                                              associated.size(), nullptr, bytes_of(nonce).data(), cipher.key.bytes().data());
    CHECK(out.substr(46) == expected);
}

TEST_CASE("a frame opens at its own place of its own segment, and nowhere else, nor with any bit changed") {
    const auto cipher = fixed_cipher();
    std::string plain;
    append_message(plain, test::message_of("one"), SpoolClass::bulk);
    append_message(plain, test::message_of("two", "mark"), SpoolClass::urgent);
    std::string frame;
    seal_frame(frame, cipher, {0, 10, 2, 1, 128}, 200, plain);
    const auto opens = [&](const SegmentCipher& with, std::uint64_t offset, const std::string& bytes) {
        const auto header = read_frame_header(bytes_of(bytes), offset);
        std::string opened;
        return header && bytes.size() >= 40 && open_frame(with, *header, offset, bytes_of(bytes).subspan(40), opened) && opened == plain;
    };
    CHECK(opens(cipher, 200, frame));
    CHECK_FALSE(opens(cipher, 201, frame));
    auto other = fixed_cipher();
    other.id[3] ^= 1U;
    CHECK_FALSE(opens(other, 200, frame));
    CHECK_FALSE(opens(SegmentCipher{cipher.id, test::fixed_key(8)}, 200, frame));
    for (std::size_t bit = 0; bit < frame.size() * 8; ++bit) {
        std::string changed = frame;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
        REQUIRE_FALSE(opens(cipher, 200, changed));
    }
    for (std::size_t size = 0; size < frame.size(); ++size) {
        REQUIRE_FALSE(opens(cipher, 200, frame.substr(0, size)));
    }
}

TEST_CASE("messages that do not fill their frame exactly are refused") {
    std::string plain;
    append_message(plain, test::message_of("one"), SpoolClass::bulk);
    append_message(plain, test::message_of("two"), SpoolClass::urgent);
    std::vector<SpooledMessage> out;
    CHECK(read_messages(plain, {0, 5, 2, 1, 0}, out));
    REQUIRE(out.size() == 2);
    CHECK(out[1].number == 6);
    CHECK_FALSE(read_messages(plain, {0, 5, 1, 1, 0}, out));
    CHECK_FALSE(read_messages(plain, {0, 5, 3, 1, 0}, out));
    for (std::size_t size = 0; size < plain.size(); ++size) {
        CHECK_FALSE(read_messages(plain.substr(0, size), {0, 5, 2, 1, 0}, out));
    }
    plain[0] = 3;
    CHECK_FALSE(read_messages(plain, {0, 5, 2, 1, 0}, out));
}

TEST_CASE("a segment's header gives its key back to its master key alone, and notices every changed bit") {
    const auto cipher = fixed_cipher();
    const SpoolKey master = test::fixed_key(1);
    const auto header = make_segment_header(77, cipher, master);
    const auto opened = open_segment_header(header, 77, master);
    REQUIRE(opened.has_value());
    CHECK(opened->id == cipher.id);
    CHECK(std::equal(opened->key.bytes().begin(), opened->key.bytes().end(), cipher.key.bytes().begin()));
    CHECK(open_segment_header(header, 77, test::fixed_key(2)).error().code == ErrorCode::denied);
    CHECK(open_segment_header(header, 78, master).error().code == ErrorCode::corrupt);
    for (std::size_t bit = 0; bit < header.size() * 8; ++bit) {
        auto changed = header;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1U << (bit % 8)));
        REQUIRE(open_segment_header(changed, 77, master).error().code == ErrorCode::corrupt);
    }
    CHECK(std::search(header.begin(), header.end(), cipher.key.bytes().begin(), cipher.key.bytes().end()) == header.end());
}

TEST_CASE("a cursor is read back, and no other text is one") {
    const Cursor cursor{12, 34, {1, 2, 3, 4, 5, 6, 7, 0xf8}};
    const std::string text = cursor_text(cursor);
    CHECK(text.starts_with("vigie-spool-cursor 1\nkey 01020304050607f8\nreleased 12\ndurable 34\nend "));
    REQUIRE(parse_cursor(text).has_value());
    CHECK(*parse_cursor(text) == cursor);
    for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
        std::string changed = text;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
        REQUIRE_FALSE(parse_cursor(changed).has_value());
    }
    for (std::size_t size = 0; size < text.size(); ++size) {
        REQUIRE_FALSE(parse_cursor(text.substr(0, size)).has_value());
    }
    CHECK_FALSE(parse_cursor(text + "\n").has_value());
    CHECK_FALSE(parse_cursor(cursor_text({35, 34, {}})).has_value());
}
