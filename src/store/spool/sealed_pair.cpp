#include "store/spool/sealed_pair.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <string_view>

#include "store/data_folder_files.h"
#include "store/spool/disk_file.h"
#include "store/spool/number_bytes.h"

namespace vigie::spool {

namespace {

// A slot: nonce, sealed (key, offset, length), hash of what precedes. Destroyed: zeros.
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t slot_plain_bytes = SpoolKey::size + 8 + 8;
constexpr std::size_t slot_check_at = nonce_bytes + slot_plain_bytes + crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(slot_check_at + 8 == key_slot_bytes);
using Slot = std::array<std::uint8_t, key_slot_bytes>;
constexpr std::size_t record_head_bytes = 10;
constexpr std::size_t record_overhead_bytes = record_head_bytes + crypto_aead_chacha20poly1305_ietf_ABYTES;
/// A record's key seals one text: its nonce is always the same.
constexpr std::array<std::uint8_t, crypto_aead_chacha20poly1305_ietf_NPUBBYTES> single_use{};

/// What both seals of a record cover besides: which record it is.
std::array<std::uint8_t, 16> place_of(SealedPairName name, std::uint32_t index) {
    std::array<std::uint8_t, 16> place{};
    put(place.data(), name.number());
    put(place.data() + 8, std::uint64_t{index});
    return place;
}

struct RecordKey {
    std::array<std::uint8_t, SpoolKey::size> key{};
    std::uint64_t offset = 0;
    std::uint64_t bytes = 0;  ///< sealed
    RecordKey() = default;
    RecordKey(const RecordKey&) = delete;
    RecordKey& operator=(const RecordKey&) = delete;
    ~RecordKey() { sodium_memzero(key.data(), key.size()); }
};

Slot sealed_slot(const RecordKey& record, SealedPairName name, std::uint32_t index, const SpoolKey& day_key) {
    std::array<std::uint8_t, slot_plain_bytes> plain{};
    std::memcpy(plain.data(), record.key.data(), record.key.size());
    put(plain.data() + SpoolKey::size, record.offset);
    put(plain.data() + SpoolKey::size + 8, record.bytes);
    Slot slot{};
    randombytes_buf(slot.data(), nonce_bytes);
    const auto place = place_of(name, index);
    crypto_aead_xchacha20poly1305_ietf_encrypt(slot.data() + nonce_bytes, nullptr, plain.data(), plain.size(), place.data(), place.size(), nullptr,
                                               slot.data(), day_key.bytes().data());
    put(slot.data() + slot_check_at, std::uint64_t{XXH3_64bits(slot.data(), slot_check_at)});
    sodium_memzero(plain.data(), plain.size());
    return slot;
}

bool open_slot(const Slot& slot, SealedPairName name, std::uint32_t index, const SpoolKey& day_key, RecordKey& record) {
    std::array<std::uint8_t, slot_plain_bytes> plain{};
    const auto place = place_of(name, index);
    const bool opened = get<std::uint64_t>(slot.data() + slot_check_at) == XXH3_64bits(slot.data(), slot_check_at) &&
                        crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, slot.data() + nonce_bytes, slot_check_at - nonce_bytes,
                                                                   place.data(), place.size(), slot.data(), day_key.bytes().data()) == 0;
    std::memcpy(record.key.data(), plain.data(), record.key.size());
    record.offset = get<std::uint64_t>(plain.data() + SpoolKey::size);
    record.bytes = get<std::uint64_t>(plain.data() + SpoolKey::size + 8);
    sodium_memzero(plain.data(), plain.size());
    return opened;
}

std::uint8_t* bytes_of(std::string& text) {
    void* const untyped = text.data();
    return static_cast<std::uint8_t*>(untyped);
}

const std::uint8_t* bytes_of(const std::string& text) {
    const void* const untyped = text.data();
    return static_cast<const std::uint8_t*>(untyped);
}

std::string plain_of(const SealedRecord& record) {
    std::array<std::uint8_t, record_head_bytes> head{};
    head[0] = static_cast<std::uint8_t>(record.source.size());
    head[1] = static_cast<std::uint8_t>(record.format.size());
    put(head.data() + 2, std::int64_t{record.received.time_since_epoch().count()});
    std::string plain(head.begin(), head.end());
    plain += record.source;
    plain += record.format;
    plain += record.bytes;
    return plain;
}

std::optional<SealedRecord> record_of(const std::string& plain) {
    const std::uint8_t* const head = bytes_of(plain);
    if (plain.size() < record_head_bytes || plain.size() < record_head_bytes + head[0] + head[1]) {
        return std::nullopt;
    }
    SealedRecord record;
    record.received = Instant(std::chrono::milliseconds(get<std::int64_t>(head + 2)));
    record.source = plain.substr(record_head_bytes, head[0]);
    record.format = plain.substr(record_head_bytes + head[0], head[1]);
    record.bytes = plain.substr(record_head_bytes + head[0] + head[1]);
    return record;
}

tl::unexpected<Error> damaged(const std::string& path, std::uint32_t index) {
    return fail(ErrorCode::corrupt, fmt::format("{} : enregistrement scellé {} abîmé", path, index));
}

}  // namespace

std::string text_of(SealedPairName name) { return fmt::format("{:05}-{:04x}", name.day, name.generation); }

std::optional<SealedPairName> parse_pair_name(std::string_view text) {
    SealedPairName name;
    const char* const begin = text.data();
    const auto day = std::from_chars(begin, begin + text.size(), name.day);
    if (day.ec != std::errc() || day.ptr == begin + text.size()) {
        return std::nullopt;
    }
    std::from_chars(day.ptr + 1, begin + text.size(), name.generation, 16);
    return text_of(name) == text ? std::optional(name) : std::nullopt;
}

SealedPair::SealedPair(const std::string& directory, SealedPairName name)
    : name_(name),
      keys_path_(files::join(directory, text_of(name) + ".keys")),
      records_path_(files::join(directory, text_of(name) + ".records")) {}

Result<SealedPair> SealedPair::create(const std::string& directory, SealedPairName name, const SpoolKey& master) {
    SealedPair made(directory, name);
    made.cipher_ = make_segment_cipher();
    const auto header = make_segment_header(name.number(), *made.cipher_, master);
    const std::string draft = made.keys_path_ + ".new";
    const auto write = [&]() -> Status {
        const auto records = TRY(DiskFile::open(made.records_path_, O_RDWR | O_CREAT | O_EXCL, 0600));
        const auto keys = TRY(DiskFile::open(draft, O_RDWR | O_CREAT | O_TRUNC, 0600));
        TRY(keys.write_at(header.data(), header.size(), 0));
        TRY(keys.sync());
        TRY(records.sync());
        TRY(rename_file(draft, made.keys_path_));
        return files::sync_directory(directory);
    };
    if (const auto written = write(); !written) {
        for (const std::string& path : {draft, made.keys_path_, made.records_path_}) {
            static_cast<void>(remove_file(path));
        }
        return tl::unexpected<Error>(written.error());
    }
    made.keys_bytes_ = header.size();
    return made;
}

Result<SealedPair> SealedPair::load(const std::string& directory, SealedPairName name, const SpoolKey& master) {
    SealedPair loaded(directory, name);
    const auto keys = TRY(DiskFile::open(loaded.keys_path_, O_RDONLY));
    SegmentHeaderBytes header{};
    const std::size_t got = TRY(keys.read_at(header.data(), header.size(), 0));
    auto cipher = open_segment_header(Bytes(header).first(got), name.number(), master);
    if (cipher) {
        loaded.cipher_ = std::move(*cipher);
    } else if (cipher.error().code != ErrorCode::corrupt) {
        return fail(cipher.error().code, fmt::format("{} : {} ; rien n'y a été changé", loaded.keys_path_, cipher.error().message));
    }
    loaded.keys_bytes_ = TRY(keys.size());
    const auto records = DiskFile::open(loaded.records_path_, O_RDONLY);
    if (!records && records.error().code != ErrorCode::not_found) {
        return tl::unexpected<Error>(records.error());
    }
    if (records) {
        loaded.records_bytes_ = TRY(records->size());
    }
    loaded.broken_ = true;  // records are only added to a pair that this process began: no torn slot lies within
    return loaded;
}

std::uint32_t SealedPair::slots() const {
    return keys_bytes_ < segment_header_bytes ? 0 : static_cast<std::uint32_t>((keys_bytes_ - segment_header_bytes) / key_slot_bytes);
}

std::uint64_t SealedPair::bytes_of(std::span<const SealedRecord> records) {
    std::uint64_t bytes = 0;
    for (const SealedRecord& record : records) {
        bytes += key_slot_bytes + record_overhead_bytes + record.source.size() + record.format.size() + record.bytes.size();
    }
    return bytes;
}

Result<std::uint32_t> SealedPair::append(std::span<const SealedRecord> records) {
    const std::uint32_t first = slots();
    std::string sealed_slots;
    std::string bodies;
    std::uint32_t index = first;
    for (const SealedRecord& record : records) {
        std::string plain = plain_of(record);
        RecordKey key;
        randombytes_buf(key.key.data(), key.key.size());
        key.offset = records_bytes_ + bodies.size();
        key.bytes = plain.size() + crypto_aead_chacha20poly1305_ietf_ABYTES;
        const auto place = place_of(name_, index);
        const std::size_t at = bodies.size();
        bodies.resize(at + key.bytes);
        crypto_aead_chacha20poly1305_ietf_encrypt(spool::bytes_of(bodies) + at, nullptr, spool::bytes_of(plain), plain.size(), place.data(), place.size(),
                                                  nullptr, single_use.data(), key.key.data());
        sodium_memzero(plain.data(), plain.size());
        const Slot slot = sealed_slot(key, name_, index, cipher_->key);
        sealed_slots.append(slot.begin(), slot.end());
        ++index;
    }
    TRY(write_both(sealed_slots, bodies));
    keys_bytes_ += sealed_slots.size();
    records_bytes_ += bodies.size();
    return first;
}

/// The records first: a key on disk always opens something.
Status SealedPair::write_both(const std::string& sealed_slots, const std::string& bodies) {
    broken_ = true;  // until all is known to be as it should
    const auto records = TRY(DiskFile::open(records_path_, O_RDWR));
    const auto keys = TRY(DiskFile::open(keys_path_, O_RDWR));
    auto written = records.write_at(bodies.data(), bodies.size(), records_bytes_);
    if (written) {
        TRY(records.sync());
        written = keys.write_at(sealed_slots.data(), sealed_slots.size(), keys_bytes_);
    }
    if (!written) {
        const bool cut = keys.truncate(keys_bytes_).has_value() && records.truncate(records_bytes_).has_value();
        broken_ = !cut;
        return written;
    }
    TRY(keys.sync());
    broken_ = false;
    return {};
}

Result<SealedRecord> SealedPair::unseal(std::uint32_t index) const {
    if (index >= slots()) {
        return fail(ErrorCode::not_found, "enregistrement scellé inconnu");
    }
    if (!cipher_) {
        return fail(ErrorCode::corrupt, fmt::format("{} : en-tête abîmé : rien ne peut en être relu", keys_path_));
    }
    const auto keys = TRY(DiskFile::open(keys_path_, O_RDONLY));
    Slot slot{};
    const std::size_t got = TRY(keys.read_at(slot.data(), slot.size(), segment_header_bytes + std::uint64_t{index} * key_slot_bytes));
    if (got == slot.size() && std::ranges::all_of(slot, [](std::uint8_t byte) { return byte == 0; })) {
        return fail(ErrorCode::not_found, "enregistrement scellé détruit");
    }
    RecordKey key;
    if (got != slot.size() || !open_slot(slot, name_, index, cipher_->key, key) || key.bytes < record_overhead_bytes ||
        key.offset + key.bytes > records_bytes_) {
        return damaged(keys_path_, index);
    }
    const auto records = TRY(DiskFile::open(records_path_, O_RDONLY));
    std::string sealed(key.bytes, '\0');
    const std::size_t had = TRY(records.read_at(sealed.data(), sealed.size(), key.offset));
    std::string plain(key.bytes - crypto_aead_chacha20poly1305_ietf_ABYTES, '\0');
    const auto place = place_of(name_, index);
    if (had != sealed.size() ||
        crypto_aead_chacha20poly1305_ietf_decrypt(spool::bytes_of(plain), nullptr, nullptr, spool::bytes_of(sealed), sealed.size(), place.data(),
                                                  place.size(), single_use.data(), key.key.data()) != 0) {
        return damaged(records_path_, index);
    }
    auto record = record_of(plain);
    return record ? Result<SealedRecord>(std::move(*record)) : damaged(records_path_, index);
}

Status SealedPair::wipe(std::span<const std::uint32_t> indices) const {
    const auto keys = TRY(DiskFile::open(keys_path_, O_RDWR));
    const Slot zeros{};
    for (const std::uint32_t index : indices) {
        if (index < slots()) {
            TRY(keys.write_at(zeros.data(), zeros.size(), segment_header_bytes + std::uint64_t{index} * key_slot_bytes));
        }
    }
    return keys.sync();
}

Status SealedPair::destroy() const {
    const auto keys = DiskFile::open(keys_path_, O_RDWR);
    if (keys) {
        const SegmentHeaderBytes zeros{};
        TRY(keys->write_at(zeros.data(), zeros.size(), 0));
        TRY(keys->sync());
    } else if (keys.error().code != ErrorCode::not_found) {
        return tl::unexpected<Error>(keys.error());
    }
    TRY(remove_file(records_path_));
    return remove_file(keys_path_);
}

}  // namespace vigie::spool
