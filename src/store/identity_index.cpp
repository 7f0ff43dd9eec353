// The file, byte by byte, and why 56 bits are as good as 64: docs/formats/identity.md.
//
//   header (4 KiB) | slot 0 | slot 1 | ... | slot capacity-1 | tail of capacity/256 slots
//
// An identity is first mixed by a bijection, so that identities that are not hashes do not pile up. Its home is its
// highest bits; it lies there or less than capacity/256 slots further. Two identities with equal low 56 bits have homes a
// multiple of capacity/256 slots apart, so within that reach a slot's 56 bits name one identity only.

#include "store/identity_index.h"

#include <cerrno>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "base/random.h"
#include "store/identity_table_file.h"

namespace vigie {

namespace {

/// Smallest table: 512 KiB; below, the reach of capacity/256 slots would be too short for the usual runs.
constexpr int capacity_log2_min = 16;
/// Largest: 2^36 slots are 512 GiB, for 40 thousand million facts.
constexpr int capacity_log2_max = 36;
/// Pages touched by a pass over the whole table before they are given back.
constexpr std::uint64_t pass_slots = 2U << 20;  // 16 MiB
/// Identities fetched ahead when many are inserted: about as many cache misses as a core keeps in flight.
constexpr std::size_t prefetch_distance = 24;

std::uint64_t slots_of(int capacity_log2) {
    const std::uint64_t capacity = std::uint64_t{1} << capacity_log2;
    return capacity + capacity / 256;
}

int capacity_log2_for(std::uint64_t identities) {
    int log2 = capacity_log2_min;
    while (log2 < capacity_log2_max && (std::uint64_t{1} << log2) < identities * 2) {
        ++log2;
    }
    return log2;
}

}  // namespace

struct IdentityIndex::Table {
    std::string path;
    IdentityTableFile file;
    IdentityTableHeader header;
    bool in_file = false;
    // Copies for the hot loop.
    std::uint64_t* slots = nullptr;
    int shift = 0;
    std::uint64_t reach = 0;    // an identity lies less than this many slots after its home
    std::uint64_t grow_at = 0;  // count above which the table is doubled: 65 % full

    enum class Found : std::uint8_t { fresh, stored, repeated, no_room };

    void look_at_file() {
        slots = file.slots();
        shift = 64 - header.capacity_log2;
        reach = std::uint64_t{1} << (header.capacity_log2 - 8);
        grow_at = (std::uint64_t{1} << header.capacity_log2) / 100 * 65;
    }
    [[nodiscard]] static Result<Table> make(const std::string& path, int capacity_log2);
    /// The mixed identity gets the generation, and what was there before is told.
    Found put(std::uint64_t mixed, std::uint8_t generation) {
        std::uint64_t* const home = slots + (mixed >> shift);
        const std::uint64_t wanted = mixed << 8;
        for (std::uint64_t* slot = home; slot != home + reach; ++slot) {
            if (*slot == 0) {
                *slot = wanted | generation;
                ++header.count;
                return Found::fresh;
            }
            if (((*slot ^ wanted) >> 8) == 0) {
                const bool seen = static_cast<std::uint8_t>(*slot) == generation;
                *slot = wanted | generation;
                return seen ? Found::repeated : Found::stored;
            }
        }
        return Found::no_room;
    }
    Result<Claim> claim(std::uint64_t mixed);
    Status grow();
    Result<bool> copy_into(Table& larger);
    void forget_generations();
    Status fill_from(EventStore& store);
    Status fill_block(std::span<const EventId> ids);
};

Result<IdentityIndex::Table> IdentityIndex::Table::make(const std::string& path, int capacity_log2) {
    if (capacity_log2 > capacity_log2_max) {
        return fail(ErrorCode::unavailable, "index des identités : trop de faits pour une seule table");
    }
    Table table;
    table.path = path;
    table.header.capacity_log2 = capacity_log2;
    table.header.generation = 1;
    table.header.dirty = true;
    table.file = TRY(IdentityTableFile::create(path + ".new", slots_of(capacity_log2)));
    TRY(table.file.write_header(table.header));
    table.look_at_file();
    return table;
}

Result<IdentityIndex::Claim> IdentityIndex::Table::claim(std::uint64_t mixed) {
    Found found = put(mixed, header.generation);
    while (found == Found::no_room) {
        TRY(grow());
        found = put(mixed, header.generation);
    }
    if (found == Found::fresh && header.count > grow_at) {
        TRY(grow());
    }
    return found == Found::fresh    ? Claim::fresh
           : found == Found::stored ? Claim::stored
                                    : Claim::repeated;
}

/// Doubles the table into a new file that then takes the place of the old one. Nothing is synced: the table is
/// marked dirty, and whatever of it a power cut leaves is rebuilt.
Status IdentityIndex::Table::grow() {
    int capacity_log2 = header.capacity_log2;
    for (;;) {
        Table larger = TRY(make(path, ++capacity_log2));
        larger.header.generation = header.generation;
        if (!TRY(copy_into(larger))) {
            continue;
        }
        larger.header.store_version = header.store_version;
        TRY(larger.file.write_header(larger.header));
        TRY(larger.file.rename_to(path));
        larger.in_file = in_file;
        *this = std::move(larger);
        return {};
    }
}

/// In the order of slots, which is nearly the order of homes: both files are walked through once, from end to end.
Result<bool> IdentityIndex::Table::copy_into(Table& larger) {
    const std::uint64_t total = slots_of(header.capacity_log2);
    const std::uint64_t low_56 = (std::uint64_t{1} << 56) - 1;
    for (std::uint64_t i = 0; i < total; ++i) {
        if (i % pass_slots == 0) {
            file.release();
            larger.file.release();
        }
        const std::uint64_t word = slots[i];
        if (word == 0) {
            continue;
        }
        // The home is the one slot less than `reach` before this one whose low bits are the identity's.
        const std::uint64_t low = (word >> 8) & low_56;
        const std::uint64_t home_low = low >> shift;
        const std::uint64_t home = i - ((i - home_low) & (reach - 1));
        const std::uint64_t region = home >> (header.capacity_log2 - 8);
        if (larger.put(region << 56 | low, static_cast<std::uint8_t>(word)) == Found::no_room) {
            return false;
        }
    }
    return true;
}

/// Generations are one byte: before they would come round, all of them become 1.
void IdentityIndex::Table::forget_generations() {
    const std::uint64_t total = slots_of(header.capacity_log2);
    for (std::uint64_t i = 0; i < total; ++i) {
        if (i % pass_slots == 0) {
            file.release();
        }
        if (slots[i] != 0) {
            slots[i] = (slots[i] & ~std::uint64_t{0xff}) | 1U;
        }
    }
    header.generation = 1;
}

Status IdentityIndex::Table::fill_block(std::span<const EventId> ids) {
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (i + prefetch_distance < ids.size()) {
            __builtin_prefetch(slots + (mix64(ids[i + prefetch_distance].raw()) >> shift), 1);
        }
        if (TRY(claim(mix64(ids[i].raw()))) != Claim::fresh) {
            continue;  // the same identity twice in the store costs nothing here
        }
    }
    return {};
}

Status IdentityIndex::Table::fill_from(EventStore& store) {
    Status filled;
    TRY(store.scan_ids([&](std::span<const EventId> ids) {
        if (filled) {
            filled = fill_block(ids);
            file.release();
        }
    }));
    return filled;
}

IdentityIndex::IdentityIndex(std::unique_ptr<Table> table) : table_(std::move(table)) {}
IdentityIndex::IdentityIndex(IdentityIndex&&) noexcept = default;
IdentityIndex& IdentityIndex::operator=(IdentityIndex&&) noexcept = default;
IdentityIndex::~IdentityIndex() = default;

Result<IdentityIndex> IdentityIndex::open(const std::string& path, EventStore& store) {
    const StoreStats stats = TRY(store.stats());
    auto table = std::make_unique<Table>();
    const auto header = read_identity_header(path);
    if (header && !header->dirty && header->store_version == stats.version &&
        header->capacity_log2 >= capacity_log2_min && header->capacity_log2 <= capacity_log2_max) {
        auto file = IdentityTableFile::map(path, slots_of(header->capacity_log2));
        if (file) {
            table->path = path;
            table->header = *header;
            table->file = std::move(*file);
            table->look_at_file();
            return IdentityIndex(std::move(table));
        }
    }
    *table = TRY(Table::make(path, capacity_log2_for(stats.events)));
    TRY(table->file.rename_to(path));
    TRY(table->fill_from(store));
    IdentityIndex index(std::move(table));
    index.table_->in_file = true;
    TRY(index.end_file(stats.version));
    return index;
}

Status IdentityIndex::begin_file() {
    Table& table = *table_;
    if (table.in_file) {
        // What the file before claimed may never have been stored: to call it « stored » would lose facts.
        return fail(ErrorCode::conflict,
                    "index des identités : le fichier précédent n'est pas allé à son terme, il faut rouvrir l'index");
    }
    IdentityTableHeader header = table.header;
    header.dirty = true;
    TRY(table.file.write_header(header));
    TRY(table.file.sync());
    table.header.dirty = true;
    if (table.header.generation == 0xff) {
        table.forget_generations();
    }
    ++table.header.generation;
    table.in_file = true;
    return {};
}

Result<IdentityIndex::Claim> IdentityIndex::claim(EventId id) {
    VIGIE_ASSERT(table_->in_file);
    return table_->claim(mix64(id.raw()));
}

void IdentityIndex::prefetch(EventId id) const {
    __builtin_prefetch(table_->slots + (mix64(id.raw()) >> table_->shift), 1);
}

void IdentityIndex::release_memory() { table_->file.release(); }

Status IdentityIndex::end_file(std::uint64_t store_version) {
    Table& table = *table_;
    VIGIE_ASSERT(table.in_file);
    // The slots first, the word that they are whole after them.
    TRY(table.file.sync());
    IdentityTableHeader header = table.header;
    header.dirty = false;
    header.store_version = store_version;
    TRY(table.file.write_header(header));
    TRY(table.file.sync());
    table.header = header;
    table.in_file = false;
    table.file.release();
    return {};
}

std::uint64_t IdentityIndex::size() const { return table_->header.count; }

}  // namespace vigie
