#include "intake/sources/byte_stream.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "intake/sources/decompress.h"

namespace vigie::intake {

namespace {

/// Blocks that the reading thread may be ahead of the parser: 1 MiB in all.
constexpr std::size_t blocks_ahead_max = 4;
constexpr std::size_t hash_bytes = 32;

std::string system_text(int error_number) {
    return std::generic_category().message(error_number);
}

/// Passes bytes on and keeps what must be known of the file on disk. Counters may be read from
/// another thread.
class CountedSource final : public ByteSource {
  public:
    CountedSource(std::unique_ptr<ByteSource> inner, std::uint64_t total)
        : inner_(std::move(inner)), total_(total) {
        crypto_generichash_init(&state_, nullptr, 0, hash_bytes);
    }
    [[nodiscard]] Result<std::size_t> read(std::span<char> out) override {
        const std::size_t got = TRY(inner_->read(out));
        if (got > 0) {
            crypto_generichash_update(&state_, reinterpret_cast<const unsigned char*>(out.data()),
                                      got);
            count_ += got;
        } else if (hash_.empty()) {
            std::array<unsigned char, hash_bytes> digest{};
            crypto_generichash_final(&state_, digest.data(), digest.size());
            for (const unsigned char byte : digest) {
                hash_ += fmt::format("{:02x}", byte);
            }
        }
        return got;
    }
    [[nodiscard]] std::uint64_t count() const { return count_; }
    [[nodiscard]] std::uint64_t total() const { return total_; }
    /// Only once the reading thread has handed over the end.
    [[nodiscard]] const std::string& hash() const { return hash_; }

  private:
    std::unique_ptr<ByteSource> inner_;
    std::uint64_t total_;
    std::atomic<std::uint64_t> count_ = 0;
    crypto_generichash_state state_{};
    std::string hash_;
};

class FileSource final : public ByteSource {
  public:
    FileSource(int descriptor, std::string name)
        : descriptor_(descriptor), name_(std::move(name)) {}
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;
    ~FileSource() override { close(descriptor_); }
    [[nodiscard]] Result<std::size_t> read(std::span<char> out) override {
        for (;;) {
            const ssize_t got = ::read(descriptor_, out.data(), out.size());
            if (got >= 0) {
                offset_ += static_cast<std::uint64_t>(got);
                return static_cast<std::size_t>(got);
            }
            if (errno != EINTR) {
                return fail(ErrorCode::unavailable,
                            fmt::format("« {} » : lecture impossible à l'octet {} : {}", name_,
                                        offset_, system_text(errno)));
            }
        }
    }

  private:
    int descriptor_;
    std::string name_;
    std::uint64_t offset_ = 0;
};

class MemorySource final : public ByteSource {
  public:
    MemorySource(std::string_view bytes, std::size_t step_bytes)
        : bytes_(bytes), step_bytes_(step_bytes) {}
    [[nodiscard]] Result<std::size_t> read(std::span<char> out) override {
        const std::size_t got = std::min({out.size(), bytes_.size(), step_bytes_});
        std::copy_n(bytes_.data(), got, out.data());
        bytes_.remove_prefix(got);
        return got;
    }

  private:
    std::string_view bytes_;
    std::size_t step_bytes_;
};

/// The counted bytes and what decompresses them: everything but how blocks are handed over.
struct Chain {
    std::string name;
    Compression compression = Compression::none;
    std::unique_ptr<CountedSource> disk;
    std::unique_ptr<ByteSource> decompressor;

    Chain(std::string name_, Compression compression_, std::unique_ptr<CountedSource> disk_)
        : name(std::move(name_)), compression(compression_), disk(std::move(disk_)) {
        decompressor = make_decompressor(compression, *disk, name);
    }

    /// Fills `out` as far as the bytes go: less than its size only at the end, or before a fault
    /// (kept in `fault`).
    [[nodiscard]] std::size_t fill(std::span<char> out, std::optional<Error>& fault) {
        ByteSource& source = decompressor ? *decompressor : *disk;
        std::size_t filled = 0;
        while (filled < out.size()) {
            auto got = source.read(out.subspan(filled));
            if (!got) {
                fault = std::move(got).error();
                break;
            }
            if (*got == 0) {
                break;
            }
            filled += *got;
        }
        return filled;
    }
};

class ChainStream : public ByteStream {
  public:
    explicit ChainStream(Chain chain) : chain_(std::move(chain)) {}
    [[nodiscard]] const std::string& name() const override { return chain_.name; }
    [[nodiscard]] Compression compression() const override { return chain_.compression; }
    [[nodiscard]] std::uint64_t bytes_read() const override { return chain_.disk->count(); }
    [[nodiscard]] std::uint64_t bytes_total() const override { return chain_.disk->total(); }
    [[nodiscard]] std::string hash() const override {
        return ended_ ? chain_.disk->hash() : std::string();
    }

  protected:
    Chain chain_;
    bool ended_ = false;
};

/// Reads in the caller's thread.
class DirectStream final : public ChainStream {
  public:
    DirectStream(Chain chain, std::size_t block_bytes)
        : ChainStream(std::move(chain)), block_(std::max<std::size_t>(block_bytes, 1)) {}
    [[nodiscard]] Result<std::string_view> next() override {
        if (fault_) {
            return tl::unexpected<Error>(*fault_);
        }
        const std::size_t filled = chain_.fill(block_, fault_);
        if (filled == 0 && fault_) {
            return tl::unexpected<Error>(*fault_);
        }
        ended_ = filled == 0;
        return std::string_view(block_.data(), filled);
    }

  private:
    std::vector<char> block_;
    std::optional<Error> fault_;
};

/// Reads ahead in its own thread, through a ring of `blocks_ahead_max` blocks that are filled and
/// emptied in turn.
class AheadStream final : public ChainStream {
  public:
    explicit AheadStream(Chain chain) : ChainStream(std::move(chain)) {
        for (Block& block : ring_) {
            block.bytes.resize(stream_block_bytes);
        }
        thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
    }
    // The base and the ring must outlive the thread, whose stop is asked for while it may sleep.
    ~AheadStream() override {
        thread_.request_stop();
        thread_.join();
    }
    AheadStream(const AheadStream&) = delete;
    AheadStream& operator=(const AheadStream&) = delete;

    [[nodiscard]] Result<std::string_view> next() override {
        std::unique_lock lock(mutex_);
        if (holding_) {
            holding_ = false;
            ++taken_;
            changed_.notify_all();
        }
        changed_.wait(lock, [this] { return filled_ > taken_ || finished_; });
        if (filled_ > taken_) {
            holding_ = true;
            const Block& block = ring_[taken_ % ring_.size()];
            return std::string_view(block.bytes.data(), block.size);
        }
        if (fault_) {
            return tl::unexpected<Error>(*fault_);
        }
        ended_ = true;
        return std::string_view();
    }

  private:
    struct Block {
        std::vector<char> bytes;
        std::size_t size = 0;
    };

    void run(const std::stop_token& stop) {
        std::optional<Error> fault;
        for (;;) {
            std::unique_lock lock(mutex_);
            if (!changed_.wait(lock, stop, [this] { return filled_ - taken_ < ring_.size(); })) {
                return;
            }
            Block& block = ring_[filled_ % ring_.size()];
            lock.unlock();
            // The block is this thread's alone until it is counted in filled_.
            block.size = chain_.fill(block.bytes, fault);
            const bool last = block.size < block.bytes.size();
            lock.lock();
            filled_ += block.size > 0 ? 1 : 0;
            if (last) {
                fault_ = std::move(fault);
                finished_ = true;
            }
            changed_.notify_all();
            if (last || stop.stop_requested()) {
                return;
            }
        }
    }

    std::array<Block, blocks_ahead_max> ring_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::uint64_t filled_ = 0;  ///< blocks given by the thread
    std::uint64_t taken_ = 0;   ///< blocks given back by the parser
    bool holding_ = false;      ///< the parser looks at block taken_
    bool finished_ = false;
    std::optional<Error> fault_;
    std::jthread thread_;
};

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

tl::unexpected<Error> bad_file(const std::string& path, std::string_view what) {
    return fail(ErrorCode::invalid_input, fmt::format("« {} » : {}", path, what));
}

/// The file's descriptor, once it is known to be a regular file with something in it.
Result<int> open_regular(const std::string& path, std::uint64_t& size) {
    // O_NONBLOCK: a named pipe without a writer must not hang the program before it is refused.
    const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        const int reason = errno;
        const bool missing = reason == ENOENT || reason == ENOTDIR;
        return fail(missing ? ErrorCode::not_found : ErrorCode::invalid_input,
                    fmt::format("« {} » : {}", path,
                                missing ? "fichier introuvable"
                                        : "ouverture impossible : " + system_text(reason)));
    }
    struct stat status {};
    const bool known = fstat(descriptor, &status) == 0;
    const char* wrong = nullptr;
    if (!known || (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))) {
        wrong = "n'est pas un fichier ordinaire";
    } else if (S_ISDIR(status.st_mode)) {
        wrong = "est un dossier, un fichier est attendu";
    } else if (status.st_size == 0) {
        wrong = "fichier vide";
    }
    if (wrong != nullptr) {
        close(descriptor);
        return bad_file(path, wrong);
    }
    size = static_cast<std::uint64_t>(status.st_size);
    return descriptor;
}

}  // namespace

Result<std::unique_ptr<ByteStream>> open_byte_stream(const std::string& path) {
    std::uint64_t size = 0;
    const int descriptor = TRY(open_regular(path, size));
    auto file = std::make_unique<FileSource>(descriptor, path);
    std::array<char, 8> first{};
    const ssize_t got = pread(descriptor, first.data(), first.size(), 0);
    const Compression magic = compression_of_magic(
        std::string_view(first.data(), got > 0 ? static_cast<std::size_t>(got) : 0));
    const std::string lower_path = lower(path);
    if (lower_path.ends_with(".gz") && magic != Compression::gzip) {
        return bad_file(path, "le nom finit par .gz mais le contenu n'est pas du gzip (octet 0)");
    }
    if (lower_path.ends_with(".xz") && magic != Compression::xz) {
        return bad_file(path, "le nom finit par .xz mais le contenu n'est pas du xz (octet 0)");
    }
    Chain chain(path, magic, std::make_unique<CountedSource>(std::move(file), size));
    return std::make_unique<AheadStream>(std::move(chain));
}

Result<std::unique_ptr<ByteStream>> memory_byte_stream(std::string_view bytes,
                                                       std::size_t block_bytes, std::string name) {
    if (bytes.empty()) {
        return bad_file(name, "fichier vide");
    }
    auto memory = std::make_unique<MemorySource>(bytes, block_bytes);
    Chain chain(std::move(name), compression_of_magic(bytes),
                std::make_unique<CountedSource>(std::move(memory), bytes.size()));
    return std::make_unique<DirectStream>(std::move(chain), block_bytes);
}

Result<std::string> read_whole(ByteStream& stream, std::size_t bytes_max) {
    std::string whole;
    for (;;) {
        const std::string_view block = TRY(stream.next());
        if (block.empty()) {
            return whole;
        }
        if (block.size() > bytes_max - whole.size()) {
            return bad_file(
                stream.name(),
                fmt::format("plus de {} Mio, la limite pour ce genre de fichier", bytes_max >> 20));
        }
        whole.append(block);
    }
}

std::string name_without_compression(std::string_view path) {
    std::string name = lower(path.substr(path.find_last_of('/') + 1));
    if (name.ends_with(".gz") || name.ends_with(".xz")) {
        name.resize(name.size() - 3);
    }
    return name;
}

}  // namespace vigie::intake
