#include "intake/sources/decompress.h"

#include <fmt/format.h>
#include <lzma.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace vigie::intake {

namespace {

/// Compressed bytes taken at a time.
constexpr std::size_t input_block_bytes = 64 * 1024;
/// What an xz file may ask for its dictionary: twice what `xz -9` needs (65 MiB).
constexpr std::uint64_t xz_memory_bytes_max = 128ULL << 20;

/// The compressed side, shared by both formats: one block of input and how far into the file it
/// lies.
class CompressedInput {
  public:
    explicit CompressedInput(ByteSource& input) : input_(input) {}

    [[nodiscard]] Status refill() {
        size_ = TRY(input_.read(block_));
        taken_ += size_;
        ended_ = size_ == 0;
        return {};
    }
    [[nodiscard]] std::uint8_t* data() { return reinterpret_cast<std::uint8_t*>(block_.data()); }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool ended() const { return ended_; }
    /// Offset in the file of the first of the last `left` bytes of the block.
    [[nodiscard]] std::uint64_t offset(std::size_t left) const { return taken_ - left; }

  private:
    ByteSource& input_;
    std::array<char, input_block_bytes> block_{};
    std::size_t size_ = 0;
    std::uint64_t taken_ = 0;
    bool ended_ = false;
};

struct Fault {
    const char* kind;  ///< "gzip", "xz"
    const char* what;
};

tl::unexpected<Error> broken(const std::string& name, Fault fault, std::uint64_t offset) {
    return fail(ErrorCode::invalid_input,
                fmt::format("« {} » : données {} {} (octet {} du fichier compressé)", name,
                            fault.kind, fault.what, offset));
}

tl::unexpected<Error> out_of_memory(const std::string& name) {
    return fail(ErrorCode::unavailable,
                fmt::format("« {} » : pas assez de mémoire pour décompresser", name));
}

/// What a call gives: bytes written before a fault come first, the fault with the next call.
Result<std::size_t> given_or_fault(std::size_t filled, const std::optional<Error>& fault) {
    if (filled == 0 && fault) {
        return tl::unexpected<Error>(*fault);
    }
    return filled;
}

class GzipSource final : public ByteSource {
  public:
    GzipSource(ByteSource& input, std::string name) : input_(input), name_(std::move(name)) {
        // 15 + 16: the largest window, gzip wrapping only.
        ready_ = inflateInit2(&stream_, 15 + 16) == Z_OK;
    }
    GzipSource(const GzipSource&) = delete;
    GzipSource& operator=(const GzipSource&) = delete;
    ~GzipSource() override {
        if (ready_) {
            inflateEnd(&stream_);
        }
    }

    [[nodiscard]] Result<std::size_t> read(std::span<char> out) override {
        if (!ready_) {
            return out_of_memory(name_);
        }
        const auto room = static_cast<uInt>(std::min<std::size_t>(out.size(), 1U << 30));
        stream_.next_out = reinterpret_cast<Bytef*>(out.data());
        stream_.avail_out = room;
        while (!finished_ && !fault_ && stream_.avail_out == room) {
            if (Status done = step(); !done) {
                fault_ = std::move(done).error();
            }
        }
        const std::size_t filled = std::size_t{room} - stream_.avail_out;
        return given_or_fault(filled, fault_);
    }

  private:
    [[nodiscard]] Status step() {
        if (stream_.avail_in == 0) {
            TRY(input_.refill());
            stream_.next_in = input_.data();
            stream_.avail_in = static_cast<uInt>(input_.size());
        }
        if (input_.ended()) {
            if (!between_members_ || members_ == 0) {
                return broken(name_, {"gzip", "tronquées"}, offset());
            }
            finished_ = true;
            return {};
        }
        if (between_members_) {
            TRY(begin_member());
            if (between_members_) {
                return {};
            }
        }
        const int code = inflate(&stream_, Z_NO_FLUSH);
        if (code == Z_MEM_ERROR) {
            return out_of_memory(name_);
        }
        if (code == Z_STREAM_END) {
            between_members_ = true;
        } else if (code != Z_OK && code != Z_BUF_ERROR) {
            return broken(name_, {"gzip", "illisibles"}, offset());
        }
        return {};
    }

    /// After a member: zeros are padding (tapes, block devices), another member follows, or the
    /// file is broken.
    [[nodiscard]] Status begin_member() {
        while (members_ > 0 && stream_.avail_in > 0 && *stream_.next_in == 0) {
            ++stream_.next_in;
            --stream_.avail_in;
        }
        if (stream_.avail_in == 0) {
            return {};
        }
        if (members_ > 0) {
            if (*stream_.next_in != 0x1f) {
                return broken(name_, {"gzip", "suivies d'octets étrangers"}, offset());
            }
            inflateReset(&stream_);
        }
        ++members_;
        between_members_ = false;
        return {};
    }

    [[nodiscard]] std::uint64_t offset() const { return input_.offset(stream_.avail_in); }

    CompressedInput input_;
    std::string name_;
    z_stream stream_{};
    std::optional<Error> fault_;
    bool ready_ = false;
    bool between_members_ = true;
    bool finished_ = false;
    std::uint64_t members_ = 0;
};

class XzSource final : public ByteSource {
  public:
    XzSource(ByteSource& input, std::string name) : input_(input), name_(std::move(name)) {
        ready_ = lzma_stream_decoder(&stream_, xz_memory_bytes_max, LZMA_CONCATENATED) == LZMA_OK;
    }
    XzSource(const XzSource&) = delete;
    XzSource& operator=(const XzSource&) = delete;
    ~XzSource() override { lzma_end(&stream_); }

    [[nodiscard]] Result<std::size_t> read(std::span<char> out) override {
        if (!ready_) {
            return out_of_memory(name_);
        }
        stream_.next_out = reinterpret_cast<std::uint8_t*>(out.data());
        stream_.avail_out = out.size();
        while (!finished_ && !fault_ && stream_.avail_out == out.size()) {
            if (Status done = step(); !done) {
                fault_ = std::move(done).error();
            }
        }
        return given_or_fault(out.size() - stream_.avail_out, fault_);
    }

  private:
    [[nodiscard]] Status step() {
        if (stream_.avail_in == 0 && !input_.ended()) {
            TRY(input_.refill());
            stream_.next_in = input_.data();
            stream_.avail_in = input_.size();
        }
        const auto action = input_.ended() ? LZMA_FINISH : LZMA_RUN;
        const lzma_ret code = lzma_code(&stream_, action);
        const std::uint64_t offset = input_.offset(stream_.avail_in);
        switch (code) {
            case LZMA_OK:
                return {};
            case LZMA_STREAM_END:
                finished_ = true;
                return {};
            case LZMA_BUF_ERROR:
                // No progress: at the end of the file it is cut short; before it, the decoder only
                // asks for more.
                if (input_.ended()) {
                    return broken(name_, {"xz", "tronquées"}, offset);
                }
                return {};
            case LZMA_MEMLIMIT_ERROR:
                return broken(name_, {"xz", "compressées avec un dictionnaire de plus de 128 Mio"},
                              offset);
            case LZMA_MEM_ERROR:
                return out_of_memory(name_);
            default:
                return broken(name_, {"xz", "illisibles"}, offset);
        }
    }

    CompressedInput input_;
    std::string name_;
    lzma_stream stream_ = LZMA_STREAM_INIT;
    std::optional<Error> fault_;
    bool ready_ = false;
    bool finished_ = false;
};

}  // namespace

Compression compression_of_magic(std::string_view first_bytes) {
    using std::string_view_literals::operator""sv;
    if (first_bytes.starts_with("\x1f\x8b"sv)) {
        return Compression::gzip;
    }
    if (first_bytes.starts_with("\xfd\x37zXZ\x00"sv)) {
        return Compression::xz;
    }
    return Compression::none;
}

std::unique_ptr<ByteSource> make_decompressor(Compression compression, ByteSource& input,
                                              std::string name) {
    switch (compression) {
        case Compression::none:
            return nullptr;
        case Compression::gzip:
            return std::make_unique<GzipSource>(input, std::move(name));
        case Compression::xz:
            return std::make_unique<XzSource>(input, std::move(name));
    }
    return nullptr;
}

}  // namespace vigie::intake
