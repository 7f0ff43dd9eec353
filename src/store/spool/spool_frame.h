// The bytes of a segment: a header that seals the segment's own key, then frames, each the messages of a group or a part of it
// (docs/formats/spool.md). Pure: bytes in, bytes out. Private to store/spool.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/spool/spool.h"
#include "store/spool/spool_key.h"

namespace vigie::spool {

using Bytes = std::span<const std::uint8_t>;

inline constexpr std::size_t segment_header_bytes = 128;
inline constexpr std::size_t frame_header_bytes = 40;
inline constexpr std::size_t frame_tag_bytes = 16;
/// Every frame begins with it.
inline constexpr std::array<std::uint8_t, 4> frame_mark{'V', 'F', 'R', 'M'};
/// What a frame adds to its messages.
inline constexpr std::size_t frame_overhead_bytes = frame_header_bytes + frame_tag_bytes;
/// Messages are gathered in a frame up to there: long enough that the header and the tag cost nothing, short enough that damage takes
/// few messages with it. A longer message has a frame of its own.
inline constexpr std::size_t frame_bytes = 256U << 10;
/// What a message adds to its texts.
inline constexpr std::size_t message_overhead_bytes = 18;
/// The longest body that the format takes.
inline constexpr std::size_t body_bytes_max = 1U << 30;
/// No frame is longer.
inline constexpr std::size_t frame_plain_bytes_max = body_bytes_max + message_overhead_bytes + 4 * spool_word_bytes_max;

using SegmentId = std::array<std::uint8_t, 16>;

/// What opens a segment's frames.
struct SegmentCipher {
    SegmentId id{};
    SpoolKey key;
};

using SegmentHeaderBytes = std::array<std::uint8_t, segment_header_bytes>;
/// A fresh cipher, and the header that seals its key with `master`. first: number of the segment's first message.
[[nodiscard]] SegmentHeaderBytes make_segment_header(std::uint64_t first, const SegmentCipher& cipher, const SpoolKey& master);
[[nodiscard]] SegmentCipher make_segment_cipher();
/// Errors: corrupt if the bytes are not those that were written for `first`; denied if they are, and another key sealed them.
[[nodiscard]] Result<SegmentCipher> open_segment_header(Bytes bytes, std::uint64_t first, const SpoolKey& master);

/// The part of a frame that can be read without the key.
struct FrameHeader {
    std::uint32_t sealed_bytes = 0;    ///< that follow the header: ciphertext and tag
    std::uint64_t first = 0;           ///< number of the first message
    std::uint32_t messages = 0;
    std::uint32_t seal = 0;            ///< counts the seals made with the segment's key: the nonce, never used twice
    std::uint64_t durable_before = 0;  ///< bytes of the segment that were on disk when this frame was written
};
/// Seals `plain` as the frame at `offset` of its segment and appends it to `out`. `header.sealed_bytes` is set here.
void seal_frame(std::string& out, const SegmentCipher& cipher, FrameHeader header, std::uint64_t offset, std::string_view plain);
/// Nothing if the 40 bytes are not the header of a frame at that very offset.
[[nodiscard]] std::optional<FrameHeader> read_frame_header(Bytes bytes, std::uint64_t offset);
/// Opens the bytes after the header into `plain`. False if they are not what was sealed, or not at that place of that segment.
[[nodiscard]] bool open_frame(const SegmentCipher& cipher, const FrameHeader& header, std::uint64_t offset, Bytes sealed, std::string& plain);

/// Bytes of the message in a frame.
[[nodiscard]] std::size_t encoded_bytes(const SpoolMessage& message);
void append_message(std::string& plain, const SpoolMessage& message, SpoolClass spool_class);
/// Messages of an opened frame, numbered from header.first. False if the bytes are not exactly header.messages messages.
[[nodiscard]] bool read_messages(std::string_view plain, const FrameHeader& header, std::vector<SpooledMessage>& out);

}  // namespace vigie::spool
