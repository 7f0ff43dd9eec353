#include "store/spool/spool_frame.h"

#include <sodium.h>
#include <xxhash.h>

#include <bit>
#include <cstring>
#include <utility>

#include "base/assert.h"
#include "store/spool/number_bytes.h"

namespace vigie::spool {

namespace {

static_assert(std::endian::native == std::endian::little, "segments are little-endian");

constexpr std::string_view magic = "VIGSPOOL";
constexpr std::uint32_t format_version = 1;

// Where the fields of a segment's header lie.
constexpr std::size_t first_at = 16;
constexpr std::size_t id_at = 24;
constexpr std::size_t key_id_at = 40;
constexpr std::size_t nonce_at = 48;
constexpr std::size_t sealed_at = 72;
constexpr std::size_t check_at = 120;
constexpr std::size_t sealed_key_bytes = SpoolKey::size + crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(sealed_at - nonce_at == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES && check_at - sealed_at == sealed_key_bytes);

// Where the fields of a frame's header lie.
constexpr std::size_t frame_check_at = 32;
static_assert(frame_tag_bytes == crypto_aead_chacha20poly1305_ietf_ABYTES && SpoolKey::size == crypto_aead_chacha20poly1305_ietf_KEYBYTES);
using FrameHeaderBytes = std::array<std::uint8_t, frame_header_bytes>;

std::uint8_t* bytes_of(std::string& text) {
    void* const untyped = text.data();
    return static_cast<std::uint8_t*>(untyped);
}

const std::uint8_t* bytes_of(std::string_view text) {
    const void* const untyped = text.data();
    return static_cast<const std::uint8_t*>(untyped);
}

FrameHeaderBytes frame_header_of(const FrameHeader& header, std::uint64_t offset) {
    FrameHeaderBytes bytes{};
    std::memcpy(bytes.data(), frame_mark.data(), frame_mark.size());
    put(bytes.data() + 4, header.sealed_bytes);
    put(bytes.data() + 8, header.first);
    put(bytes.data() + 16, header.messages);
    put(bytes.data() + 20, header.seal);
    put(bytes.data() + 24, header.durable_before);
    // Seeded with its place, so that a header that was moved is seen without the key.
    put(bytes.data() + frame_check_at, std::uint64_t{XXH3_64bits_withSeed(bytes.data(), frame_check_at, offset)});
    return bytes;
}

/// What the seal covers besides the messages: the segment, the place, and the header.
struct FrameSeal {
    std::array<std::uint8_t, 16 + 8 + frame_header_bytes> data{};
    std::array<std::uint8_t, crypto_aead_chacha20poly1305_ietf_NPUBBYTES> nonce{};
    FrameSeal(const SegmentId& id, std::uint64_t offset, const FrameHeaderBytes& header, std::uint32_t seal) {
        std::memcpy(data.data(), id.data(), id.size());
        put(data.data() + 16, offset);
        std::memcpy(data.data() + 24, header.data(), header.size());
        put(nonce.data(), seal);
    }
};

}  // namespace

SegmentCipher make_segment_cipher() {
    SegmentCipher cipher{{}, SpoolKey::random()};
    randombytes_buf(cipher.id.data(), cipher.id.size());
    return cipher;
}

SegmentHeaderBytes make_segment_header(std::uint64_t first, const SegmentCipher& cipher, const SpoolKey& master) {
    SegmentHeaderBytes bytes{};
    std::memcpy(bytes.data(), magic.data(), magic.size());
    put(bytes.data() + 8, format_version);
    put(bytes.data() + 12, std::uint32_t{segment_header_bytes});
    put(bytes.data() + first_at, first);
    std::memcpy(bytes.data() + id_at, cipher.id.data(), cipher.id.size());
    const auto key_id = master.id();
    std::memcpy(bytes.data() + key_id_at, key_id.data(), key_id.size());
    randombytes_buf(bytes.data() + nonce_at, sealed_at - nonce_at);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes.data() + sealed_at, nullptr, cipher.key.bytes().data(), SpoolKey::size, bytes.data(), nonce_at,
                                               nullptr, bytes.data() + nonce_at, master.bytes().data());
    put(bytes.data() + check_at, std::uint64_t{XXH3_64bits(bytes.data(), check_at)});
    return bytes;
}

Result<SegmentCipher> open_segment_header(Bytes bytes, std::uint64_t first, const SpoolKey& master) {
    if (bytes.size() < segment_header_bytes || std::memcmp(bytes.data(), magic.data(), magic.size()) != 0 ||
        get<std::uint64_t>(bytes.data() + check_at) != XXH3_64bits(bytes.data(), check_at)) {
        return fail(ErrorCode::corrupt, "en-tête de segment abîmé");
    }
    if (get<std::uint32_t>(bytes.data() + 8) != format_version) {
        return fail(ErrorCode::conflict, "segment écrit par une version plus récente du programme");
    }
    if (get<std::uint32_t>(bytes.data() + 12) != segment_header_bytes || get<std::uint64_t>(bytes.data() + first_at) != first) {
        return fail(ErrorCode::corrupt, "en-tête de segment d'un autre fichier");
    }
    const auto key_id = master.id();
    if (std::memcmp(bytes.data() + key_id_at, key_id.data(), key_id.size()) != 0) {
        return fail(ErrorCode::denied, "scellé par une autre clé que celle qui est donnée");
    }
    std::array<std::uint8_t, SpoolKey::size> key{};
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(key.data(), nullptr, nullptr, bytes.data() + sealed_at, sealed_key_bytes, bytes.data(), nonce_at,
                                                   bytes.data() + nonce_at, master.bytes().data()) != 0) {
        return fail(ErrorCode::corrupt, "clé de segment abîmée");
    }
    SegmentCipher cipher{{}, SpoolKey(key)};
    sodium_memzero(key.data(), key.size());
    std::memcpy(cipher.id.data(), bytes.data() + id_at, cipher.id.size());
    return cipher;
}

void seal_frame(std::string& out, const SegmentCipher& cipher, FrameHeader header, std::uint64_t offset, std::string_view plain) {
    VIGIE_ASSERT(plain.size() <= frame_plain_bytes_max);
    header.sealed_bytes = static_cast<std::uint32_t>(plain.size() + frame_tag_bytes);
    const auto bytes = frame_header_of(header, offset);
    const FrameSeal seal(cipher.id, offset, bytes, header.seal);
    const std::size_t at = out.size();
    out.resize(at + frame_overhead_bytes + plain.size());
    std::memcpy(out.data() + at, bytes.data(), bytes.size());
    crypto_aead_chacha20poly1305_ietf_encrypt(bytes_of(out) + at + frame_header_bytes, nullptr, bytes_of(plain), plain.size(), seal.data.data(),
                                              seal.data.size(), nullptr, seal.nonce.data(), cipher.key.bytes().data());
}

std::optional<FrameHeader> read_frame_header(Bytes bytes, std::uint64_t offset) {
    if (bytes.size() < frame_header_bytes || std::memcmp(bytes.data(), frame_mark.data(), frame_mark.size()) != 0 ||
        get<std::uint64_t>(bytes.data() + frame_check_at) != XXH3_64bits_withSeed(bytes.data(), frame_check_at, offset)) {
        return std::nullopt;
    }
    FrameHeader header;
    header.sealed_bytes = get<std::uint32_t>(bytes.data() + 4);
    header.first = get<std::uint64_t>(bytes.data() + 8);
    header.messages = get<std::uint32_t>(bytes.data() + 16);
    header.seal = get<std::uint32_t>(bytes.data() + 20);
    header.durable_before = get<std::uint64_t>(bytes.data() + 24);
    const bool plausible = header.messages > 0 && header.sealed_bytes >= frame_tag_bytes + message_overhead_bytes * std::uint64_t{header.messages} &&
                           header.sealed_bytes <= frame_plain_bytes_max + frame_tag_bytes && header.first > 0 &&
                           header.first <= UINT64_MAX - header.messages && header.durable_before <= offset;
    return plausible ? std::optional(header) : std::nullopt;
}

bool open_frame(const SegmentCipher& cipher, const FrameHeader& header, std::uint64_t offset, Bytes sealed, std::string& plain) {
    if (sealed.size() != header.sealed_bytes || sealed.size() < frame_tag_bytes) {
        return false;
    }
    const FrameSeal seal(cipher.id, offset, frame_header_of(header, offset), header.seal);
    plain.resize(sealed.size() - frame_tag_bytes);
    return crypto_aead_chacha20poly1305_ietf_decrypt(bytes_of(plain), nullptr, nullptr, sealed.data(), sealed.size(), seal.data.data(),
                                                     seal.data.size(), seal.nonce.data(), cipher.key.bytes().data()) == 0;
}

std::size_t encoded_bytes(const SpoolMessage& message) {
    return message_overhead_bytes + message.source.size() + message.channel.size() + message.format.size() + message.mark.size() + message.body.size();
}

void append_message(std::string& plain, const SpoolMessage& message, SpoolClass spool_class) {
    std::array<std::uint8_t, message_overhead_bytes> head{};
    head[0] = static_cast<std::uint8_t>(spool_class);
    head[1] = static_cast<std::uint8_t>(message.source.size());
    head[2] = static_cast<std::uint8_t>(message.channel.size());
    head[3] = static_cast<std::uint8_t>(message.format.size());
    put(head.data() + 4, static_cast<std::uint16_t>(message.mark.size()));
    put(head.data() + 6, static_cast<std::uint32_t>(message.body.size()));
    put(head.data() + 10, std::int64_t{message.received.time_since_epoch().count()});
    const void* const untyped = head.data();
    plain.append(static_cast<const char*>(untyped), head.size());
    plain += message.source;
    plain += message.channel;
    plain += message.format;
    plain += message.mark;
    plain += message.body;
}

bool read_messages(std::string_view plain, const FrameHeader& header, std::vector<SpooledMessage>& out) {
    for (std::uint32_t i = 0; i < header.messages; ++i) {
        if (plain.size() < message_overhead_bytes) {
            return false;
        }
        const std::uint8_t* const head = bytes_of(plain);
        const std::array<std::size_t, 5> sizes{head[1], head[2], head[3], get<std::uint16_t>(head + 4), get<std::uint32_t>(head + 6)};
        const std::size_t total = sizes[0] + sizes[1] + sizes[2] + sizes[3] + sizes[4];
        if (head[0] >= spool_class_count || total > plain.size() - message_overhead_bytes) {
            return false;
        }
        SpooledMessage read{header.first + i, static_cast<SpoolClass>(head[0]), {}};
        read.message.received = Instant(std::chrono::milliseconds(get<std::int64_t>(head + 10)));
        plain.remove_prefix(message_overhead_bytes);
        std::size_t field = 0;
        for (std::string* text : {&read.message.source, &read.message.channel, &read.message.format, &read.message.mark, &read.message.body}) {
            text->assign(plain.substr(0, sizes[field]));
            plain.remove_prefix(sizes[field]);
            ++field;
        }
        out.push_back(std::move(read));
    }
    return plain.empty();
}

}  // namespace vigie::spool
