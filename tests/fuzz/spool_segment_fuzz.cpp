// The files of the inbox. Bytes as they are, through every reader; and a whole segment, changed as the bytes say: what is served was sealed
// there, in order, and nothing is served twice.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "store/spool/spool_cursor.h"
#include "store/spool/spool_frame.h"
#include "store/spool/spool_walk.h"

namespace {

using namespace vigie;
using namespace vigie::spool;

class MemorySegment final : public SegmentBytes {
  public:
    explicit MemorySegment(Bytes bytes) : bytes_(bytes) {}
    [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }
    [[nodiscard]] Result<Bytes> at(std::uint64_t offset, std::size_t bytes) override {
        return offset >= bytes_.size() ? Bytes() : bytes_.subspan(offset, std::min<std::size_t>(bytes, bytes_.size() - offset));
    }

  private:
    Bytes bytes_;
};

void expect(bool held) {
    if (!held) {
        std::abort();
    }
}

/// The key and the id never change: a finding can be run again.
const SegmentCipher& cipher() {
    static const SegmentCipher fixed = [] {
        std::array<std::uint8_t, SpoolKey::size> bytes{};
        bytes.fill(3);
        return SegmentCipher{{1, 2, 3}, SpoolKey(bytes)};
    }();
    return fixed;
}

constexpr std::uint64_t first_number = 100;

std::string body_of(std::uint64_t number) { return std::string(number % 50, 'b') + std::to_string(number); }

/// Six frames of one to four messages.
const std::string& whole_segment() {
    static const std::string whole = [] {
        std::string bytes(segment_header_bytes, 'h');
        std::uint64_t number = first_number;
        for (std::uint32_t frame = 1; frame <= 6; ++frame) {
            FrameHeader header{0, number, 1 + frame % 4, frame, bytes.size()};
            std::string plain;
            for (std::uint32_t i = 0; i < header.messages; ++i, ++number) {
                append_message(plain, {"source", "mqtt", {}, "json", "", body_of(number)}, SpoolClass::ordinary);
            }
            seal_frame(bytes, cipher(), header, bytes.size(), plain);
        }
        return bytes;
    }();
    return whole;
}

/// Changes four bytes at a time say: what, where, how.
std::string changed(Bytes orders) {
    std::string bytes = whole_segment();
    for (; orders.size() >= 4 && !bytes.empty(); orders = orders.subspan(4)) {
        const std::size_t at = (orders[1] | std::size_t{orders[2]} << 8U) % bytes.size();
        const std::size_t count = std::min<std::size_t>(orders[3], bytes.size() - at);
        switch (orders[0] % 5) {
            case 0: bytes[at] = static_cast<char>(bytes[at] ^ (1 << orders[3] % 8)); break;
            case 1: bytes.erase(at, count); break;
            case 2: bytes.insert(at, bytes.substr(at, count)); break;
            case 3: bytes.resize(at); break;
            default: std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), count, '\0'); break;
        }
    }
    return bytes;
}

Bytes bytes_of(const std::string& text) {
    const void* const untyped = text.data();
    return {static_cast<const std::uint8_t*>(untyped), text.size()};
}

void walk(Bytes bytes, bool is_ours) {
    for (const bool with_key : {true, false}) {
        MemorySegment segment(bytes);
        FrameWalk frames(segment, with_key ? &cipher() : nullptr, segment_header_bytes, first_number);
        WalkedFrame frame;
        std::uint64_t expected = first_number;
        std::uint64_t offset = segment_header_bytes;
        for (;;) {
            const auto found = frames.next(frame);
            expect(found.has_value());
            if (!*found) {
                break;
            }
            expect(frame.header.first >= expected && frame.offset >= offset && frames.offset() <= bytes.size());
            expected = frames.expected();
            offset = frames.offset();
            std::vector<SpooledMessage> messages;
            if (!with_key) {
                continue;
            }
            expect(is_ours && read_messages(frame.plain, frame.header, messages));
            for (const SpooledMessage& message : messages) {
                expect(message.message.body == body_of(message.number) && message.message.channel == "mqtt");
            }
        }
        expect(frames.bad_from() <= bytes.size());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Bytes bytes(data, size);
    static_cast<void>(open_segment_header(bytes, first_number, cipher().key).has_value());
    std::string text;
    if (size > 0) {
        text.assign(static_cast<const char*>(static_cast<const void*>(data)), size);
    }
    if (const auto cursor = parse_cursor(text)) {
        expect(cursor_text(*cursor) == text);
    }
    std::vector<SpooledMessage> messages;
    if (size > 4) {
        std::uint32_t count = 0;
        std::memcpy(&count, data, 4);
        static_cast<void>(read_messages(text.substr(4), {0, 1, count % 64, 1, 0}, messages));
    }
    walk(bytes, size == whole_segment().size() && text == whole_segment());
    walk(bytes_of(changed(bytes)), true);
    return 0;
}
