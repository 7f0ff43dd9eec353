// From bytes to a request: HTTP/1.1 as Boost.Beast reads it, with our bounds. Knows no socket.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "api/http_message.h"

namespace vigie::api {

// The longest question is under 4 KiB and browsers add a few KiB of cookies and wishes; a body is a
// few fields of text.
inline constexpr std::uint32_t request_head_bytes_max = 16 * 1024;
inline constexpr std::uint64_t request_body_bytes_max = 64 * 1024;
/// A message of a feed, when whoever answers lets it in: some ten thousand records.
inline constexpr std::uint64_t message_body_bytes_max = 4 * 1024 * 1024;

/// Reads the requests of one connection, one after the other.
class RequestReader {
  public:
    enum class State : std::uint8_t {
        needs_more,
        wants_room,  ///< the head is read, and announces a body above request_body_bytes_max: allow_body() or refuse
        done,
        malformed,
        head_too_large,
        body_too_large,
        length_unsaid,  ///< a body in chunks: every client of ours knows its length (RFC 9112, 6.3)
    };

    RequestReader();
    ~RequestReader();
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;

    /// Forgets the last request and starts on the next, with the bytes that already came after it.
    [[nodiscard]] State begin();
    /// Where the next bytes are to be laid; valid until take().
    [[nodiscard]] std::span<char> room();
    /// `count` bytes were laid in room(). After anything but needs_more, only begin() may follow
    /// (done), or nothing.
    [[nodiscard]] State take(std::size_t count);

    /// After wants_room: reads on.
    [[nodiscard]] State allow_body();
    /// Bytes of the body that the head announces; 0 before it is read.
    [[nodiscard]] std::uint64_t body_bytes() const;

    /// Some bytes of a request have come.
    [[nodiscard]] bool has_begun() const;
    /// The peer waits for "100 Continue" before it sends the body; true once.
    [[nodiscard]] bool wants_continue();
    /// What was read, when done, or the head alone after wants_room; views live until the next call.
    [[nodiscard]] Request request() const;
    [[nodiscard]] bool keep_alive() const;

  private:
    struct Reading;
    std::unique_ptr<Reading> reading_;
};

}  // namespace vigie::api
