#include "store/spool/sealed_store.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <string_view>
#include <utility>

#include "store/data_folder_files.h"
#include "store/spool/disk_file.h"
#include "store/spool/sealed_pair.h"

namespace vigie {

namespace {

using spool::SealedPair;
using spool::SealedPairName;

constexpr std::string_view keys_ending = ".keys";
constexpr std::string_view records_ending = ".records";
constexpr std::string_view draft_ending = ".new";
constexpr std::uint64_t slots_max = 1ULL << 31;

/// From the high bit down: day (16), generation (16), index (32).
SealedId id_of(SealedPairName name, std::uint32_t index) { return SealedId(name.number() << 32 | index); }

SealedPairName name_of(SealedId id) {
    return {static_cast<std::uint16_t>(id.raw() >> 48), static_cast<std::uint16_t>(id.raw() >> 32 & 0xffffU)};
}

std::int64_t day_of(Instant instant) { return std::chrono::floor<std::chrono::days>(instant).time_since_epoch().count(); }

Status check_sizes(std::span<const SealedRecord> records) {
    for (const SealedRecord& record : records) {
        if (record.bytes.size() > sealed_record_bytes_max || record.source.size() > 255 || record.format.size() > 255) {
            return fail(ErrorCode::invalid_input, fmt::format("enregistrement à sceller de {} octets : {} au plus, et 255 pour sa source et son format",
                                                              record.bytes.size(), sealed_record_bytes_max));
        }
    }
    return {};
}

}  // namespace

struct SealedStore::Core {
    Core(std::string directory_path, SpoolKey key, std::uint64_t bound, files::Lock taken)
        : directory(std::move(directory_path)), master(std::move(key)), bytes_max(bound), lock(std::move(taken)) {}

    [[nodiscard]] Status load();
    [[nodiscard]] Result<SealedPair*> pair_of_day(std::uint16_t day);
    [[nodiscard]] SealedPair* find(SealedPairName name);
    [[nodiscard]] std::uint64_t disk_bytes() const;

    const std::string directory;
    const SpoolKey master;
    const std::uint64_t bytes_max;
    const files::Lock lock;
    mutable std::mutex mutex;
    std::vector<SealedPair> pairs;
    std::string last_error;
};

SealedStore::SealedStore(std::unique_ptr<Core> core) : core_(std::move(core)) {}
SealedStore::~SealedStore() = default;

Result<std::unique_ptr<SealedStore>> SealedStore::open(const std::string& directory, const SpoolKey& key, std::uint64_t bytes_max) {
    if (!files::exists(directory)) {
        TRY(files::make_directory(directory));
    }
    auto lock = TRY(files::Lock::take(directory, "lock"));
    auto core = std::make_unique<Core>(directory, key.copy(), bytes_max, std::move(lock));
    TRY(core->load());
    return std::unique_ptr<SealedStore>(new SealedStore(std::move(core)));
}

Status SealedStore::Core::load() {
    const std::vector<std::string> names = TRY(files::file_names(directory));
    for (const std::string& name : names) {
        const auto pair = name.ends_with(keys_ending) ? spool::parse_pair_name(name.substr(0, name.size() - keys_ending.size())) : std::nullopt;
        if (pair) {
            pairs.push_back(TRY(SealedPair::load(directory, *pair, master)));
            if (!pairs.back().is_readable()) {
                last_error = fmt::format("{}/{} : en-tête abîmé : ce que le fichier scelle est perdu", directory, name);
            }
        }
    }
    // Only now, with the right key: what a crash left half made or half destroyed. Records without keys open to nobody.
    for (const std::string& name : names) {
        const auto records = name.ends_with(records_ending) ? spool::parse_pair_name(name.substr(0, name.size() - records_ending.size())) : std::nullopt;
        if (name.ends_with(draft_ending) || (records && find(*records) == nullptr)) {
            TRY(spool::remove_file(files::join(directory, name)));
        }
    }
    return {};
}

SealedPair* SealedStore::Core::find(SealedPairName name) {
    const auto found = std::ranges::find_if(pairs, [&](const SealedPair& pair) { return pair.name() == name; });
    return found == pairs.end() ? nullptr : &*found;
}

std::uint64_t SealedStore::Core::disk_bytes() const {
    std::uint64_t bytes = 0;
    for (const SealedPair& pair : pairs) {
        bytes += pair.disk_bytes();
    }
    return bytes;
}

/// The pair that takes the records of a day, made if there is none.
Result<SealedPair*> SealedStore::Core::pair_of_day(std::uint16_t day) {
    const auto found = std::ranges::find_if(pairs, [day](const SealedPair& pair) {
        return pair.name().day == day && !pair.is_broken() && pair.slots() < slots_max;
    });
    if (found != pairs.end()) {
        return &*found;
    }
    SealedPairName name{day, 0};
    do {
        randombytes_buf(&name.generation, sizeof(name.generation));
    } while (find(name) != nullptr);
    pairs.push_back(TRY(SealedPair::create(directory, name, master)));
    return &pairs.back();
}

Result<std::vector<SealedId>> SealedStore::put(std::span<const SealedRecord> records, Instant now) {
    TRY(check_sizes(records));
    const std::int64_t day = day_of(now);
    if (day < 0 || day > UINT16_MAX) {
        return fail(ErrorCode::invalid_input, "date hors de 1970 à 2149");
    }
    std::vector<SealedId> ids;
    if (records.empty()) {
        return ids;
    }
    const std::lock_guard held(core_->mutex);
    if (core_->disk_bytes() + SealedPair::bytes_of(records) + spool::segment_header_bytes > core_->bytes_max) {
        return fail(ErrorCode::unavailable, fmt::format("{} : la place des enregistrements refusés est prise ({} octets au plus)", core_->directory,
                                                        core_->bytes_max));
    }
    SealedPair* const pair = TRY(core_->pair_of_day(static_cast<std::uint16_t>(day)));
    const auto first = pair->append(records);
    if (!first) {
        core_->last_error = first.error().message;
        return tl::unexpected<Error>(first.error());
    }
    for (std::uint32_t i = 0; i < records.size(); ++i) {
        ids.push_back(id_of(pair->name(), *first + i));
    }
    return ids;
}

Result<SealedRecord> SealedStore::unseal(SealedId id) {
    const std::lock_guard held(core_->mutex);
    const SealedPair* const pair = core_->find(name_of(id));
    if (pair == nullptr) {
        return fail(ErrorCode::not_found, "enregistrement scellé inconnu, ou détruit avec son jour");
    }
    return pair->unseal(static_cast<std::uint32_t>(id.raw() & UINT32_MAX));
}

Status SealedStore::destroy(std::span<const SealedId> ids) {
    std::map<std::uint64_t, std::vector<std::uint32_t>> by_pair;  // by the number of the pair's name
    for (const SealedId id : ids) {
        by_pair[id.raw() >> 32].push_back(static_cast<std::uint32_t>(id.raw() & UINT32_MAX));
    }
    const std::lock_guard held(core_->mutex);
    for (const auto& [number, indices] : by_pair) {
        const SealedPair* const pair = core_->find(name_of(SealedId(number << 32)));
        if (pair != nullptr) {
            TRY(pair->wipe(indices));
        }
    }
    return {};
}

Result<std::uint64_t> SealedStore::expire(Instant before) {
    const std::int64_t first_kept = day_of(before);
    const std::lock_guard held(core_->mutex);
    Status outcome;
    const auto gone = std::erase_if(core_->pairs, [&](const SealedPair& pair) {
        if (pair.name().day >= first_kept) {
            return false;
        }
        auto destroyed = pair.destroy();
        const bool is_gone = destroyed.has_value();
        if (!is_gone) {
            outcome = std::move(destroyed);
        }
        return is_gone;
    });
    TRY(files::sync_directory(core_->directory));
    TRY(std::move(outcome));
    return gone;
}

SealedStats SealedStore::stats() const {
    const std::lock_guard held(core_->mutex);
    return {core_->disk_bytes(), core_->pairs.size(), core_->last_error};
}

}  // namespace vigie
