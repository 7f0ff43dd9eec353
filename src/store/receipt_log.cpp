#include "store/receipt_log.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <xxhash.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <map>
#include <mutex>
#include <vector>

#include "base/errno_text.h"
#include "store/data_folder_files.h"

namespace vigie {

namespace {

constexpr std::size_t slot_bytes = 32;
constexpr std::string_view suffix = ".receipts";
using Slot = std::array<std::uint8_t, slot_bytes>;

void put(Slot& slot, std::size_t at, std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) {
        slot[at + i] = static_cast<std::uint8_t>(value >> (8 * i));
    }
}

std::uint64_t get(const Slot& slot, std::size_t at, std::size_t bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i) {
        value |= std::uint64_t{slot[at + i]} << (8 * i);
    }
    return value;
}

/// Of the slot's first 24 bytes and its number: a slot that was moved is noticed too.
std::uint64_t checksum(const Slot& slot, std::uint64_t number) { return XXH3_64bits_withSeed(slot.data(), 24, number); }

// DO NOT CHANGE this layout (docs/formats/receipts.md): u8 verdict, u8 zero, u16 source, five u32, u64 checksum.
Slot encode(const NumberedReceipt& numbered) {
    const MessageReceipt& receipt = numbered.receipt;
    Slot slot{};
    slot[0] = static_cast<std::uint8_t>(receipt.verdict);
    put(slot, 2, receipt.source.raw(), 2);
    put(slot, 4, receipt.read, 4);
    put(slot, 8, receipt.stored, 4);
    put(slot, 12, receipt.duplicates, 4);
    put(slot, 16, receipt.passed_over, 4);
    put(slot, 20, receipt.quarantined, 4);
    put(slot, 24, checksum(slot, numbered.number), 8);
    return slot;
}

MessageReceipt decode(const Slot& slot) {
    const auto count = [&](std::size_t at) { return static_cast<std::uint32_t>(get(slot, at, 4)); };
    MessageReceipt receipt;
    receipt.verdict = static_cast<Verdict>(slot[0]);
    receipt.source = SourceId{static_cast<std::uint16_t>(get(slot, 2, 2))};
    receipt.read = count(4);
    receipt.stored = count(8);
    receipt.duplicates = count(12);
    receipt.passed_over = count(16);
    receipt.quarantined = count(20);
    return receipt;
}

struct Descriptor {
    explicit Descriptor(int given) : number(given) {}
    Descriptor(Descriptor&& other) noexcept : number(std::exchange(other.number, -1)) {}
    Descriptor& operator=(Descriptor&&) = delete;
    ~Descriptor() {
        if (number >= 0) {
            ::close(number);
        }
    }
    int number;
};

tl::unexpected<Error> io_error(std::string_view what) {
    return fail(ErrorCode::unavailable, fmt::format("journal des reçus : {} ({})", what, errno_text(errno)));
}

}  // namespace

struct ReceiptLog::Files {
    std::string directory;
    mutable std::mutex mutex;
    std::map<std::uint64_t, Descriptor> open;  // by number / receipts_per_file

    [[nodiscard]] std::string path_of(std::uint64_t file) const { return files::join(directory, fmt::format("{:013}{}", file, suffix)); }

    Result<int> descriptor_of(std::uint64_t file) {
        if (const auto found = open.find(file); found != open.end()) {
            return found->second.number;
        }
        Descriptor made(::open(path_of(file).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
        if (made.number < 0) {
            return io_error("fichier impossible à ouvrir");
        }
        const int number = made.number;
        open.emplace(file, std::move(made));
        drop_old();
        return number;
    }

    /// What can not be removed stays: it costs room, nothing else.
    void drop_old() {
        while (open.size() > receipt_files_max) {
            ::unlink(path_of(open.begin()->first).c_str());
            open.erase(open.begin());
        }
    }
};

ReceiptLog::ReceiptLog(std::unique_ptr<Files> files) : files_(std::move(files)) {}
ReceiptLog::~ReceiptLog() = default;

Result<std::unique_ptr<ReceiptLog>> ReceiptLog::open(const std::string& directory) {
    if (!files::exists(directory)) {
        TRY(files::make_directory(directory));
    }
    auto files = std::make_unique<Files>();
    files->directory = directory;
    const std::vector<std::string> names = TRY(files::file_names(directory));
    for (const std::string& name : names) {
        std::uint64_t file = 0;
        const auto read = std::from_chars(name.data(), name.data() + name.size(), file);
        if (read.ec == std::errc() && std::string_view(read.ptr, name.data() + name.size()) == suffix) {
            const int ignored = TRY(files->descriptor_of(file));
            static_cast<void>(ignored);
        }
    }
    return std::unique_ptr<ReceiptLog>(new ReceiptLog(std::move(files)));
}

Status ReceiptLog::write(std::span<const NumberedReceipt> receipts) {
    const std::scoped_lock lock(files_->mutex);
    std::vector<Slot> run;
    for (std::size_t i = 0; i < receipts.size();) {
        const std::uint64_t first = receipts[i].number;
        const std::uint64_t file = first / receipts_per_file;
        run.clear();
        for (; i < receipts.size() && receipts[i].number == first + run.size() && receipts[i].number / receipts_per_file == file; ++i) {
            run.push_back(encode(receipts[i]));
        }
        const int descriptor = TRY(files_->descriptor_of(file));
        const auto* bytes = run.data()->data();
        const std::size_t size = run.size() * slot_bytes;
        const auto at = static_cast<off_t>(first % receipts_per_file * slot_bytes);
        for (std::size_t done = 0; done < size;) {
            const ssize_t n = ::pwrite(descriptor, bytes + done, size - done, at + static_cast<off_t>(done));
            if (n <= 0) {
                return io_error("écriture impossible");
            }
            done += static_cast<std::size_t>(n);
        }
        if (::fdatasync(descriptor) != 0) {
            return io_error("écriture non confirmée par le disque");
        }
    }
    return {};
}

Result<std::optional<MessageReceipt>> ReceiptLog::find(std::uint64_t number) const {
    const std::scoped_lock lock(files_->mutex);
    const auto found = files_->open.find(number / receipts_per_file);
    if (found == files_->open.end()) {
        return std::optional<MessageReceipt>{};
    }
    Slot slot{};
    const ssize_t n = ::pread(found->second.number, slot.data(), slot.size(), static_cast<off_t>(number % receipts_per_file * slot_bytes));
    if (n < 0) {
        return io_error("lecture impossible");
    }
    if (n < static_cast<ssize_t>(slot_bytes) || slot == Slot{}) {
        return std::optional<MessageReceipt>{};
    }
    if (get(slot, 24, 8) != checksum(slot, number) || slot[0] > static_cast<std::uint8_t>(Verdict::unknown)) {
        return fail(ErrorCode::corrupt, fmt::format("journal des reçus : le reçu {} n'est pas ce qui a été écrit", number));
    }
    return std::optional{decode(slot)};
}

}  // namespace vigie
