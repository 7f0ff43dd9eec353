#include "store/identity_index.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <unordered_map>

#include "base/random.h"
#include "store/event_store_fake.h"
#include "store/scratch_folder.h"

using namespace vigie;
using Claim = IdentityIndex::Claim;

namespace {

IdentityIndex open_index(const std::string& path, EventStore& store) {
    auto index = IdentityIndex::open(path, store);
    REQUIRE_MESSAGE(index.has_value(), index.error().message);
    return std::move(*index);
}

/// What an index should say, kept in a map of whole identities.
struct Model {
    std::unordered_map<std::uint64_t, int> file_of;
    int file = 0;
    Claim claim(std::uint64_t id) {
        const auto [place, fresh] = file_of.try_emplace(id, file);
        if (fresh) {
            return Claim::fresh;
        }
        const bool seen = place->second == file;
        place->second = file;
        return seen ? Claim::repeated : Claim::stored;
    }
};

std::uint64_t resident_pages() {
    std::ifstream statm("/proc/self/statm");
    std::uint64_t size = 0;
    std::uint64_t resident = 0;
    statm >> size >> resident;
    return resident;
}

/// A byte of the file at `path` is changed from outside.
void change_byte(const std::string& path, off_t at) {
    const int file = ::open(path.c_str(), O_RDWR);
    REQUIRE(file >= 0);
    unsigned char byte = 0;
    REQUIRE(::pread(file, &byte, 1, at) == 1);
    byte = static_cast<unsigned char>(byte ^ 1U);
    REQUIRE(::pwrite(file, &byte, 1, at) == 1);
    ::close(file);
}

}  // namespace

TEST_CASE("an identity is fresh, then repeated in its file, then stored for the next one") {
    const test::ScratchFolder folder;
    test::EventStoreFake store;
    IdentityIndex index = open_index(folder / "i", store);
    REQUIRE(index.begin_file().has_value());
    CHECK(*index.claim(EventId{42}) == Claim::fresh);
    CHECK(*index.claim(EventId{42}) == Claim::repeated);
    CHECK(*index.claim(EventId{42}) == Claim::repeated);
    REQUIRE(index.end_file(store.version).has_value());
    REQUIRE(index.begin_file().has_value());
    CHECK(*index.claim(EventId{42}) == Claim::stored);
    CHECK(*index.claim(EventId{42}) == Claim::repeated);
    CHECK(index.size() == 1);
}

TEST_CASE("all 64 bits count: identities that differ in any one bit are different") {
    const test::ScratchFolder folder;
    test::EventStoreFake store;
    IdentityIndex index = open_index(folder / "i", store);
    REQUIRE(index.begin_file().has_value());
    for (const std::uint64_t base : {std::uint64_t{0}, ~std::uint64_t{0}, std::uint64_t{0x0123456789abcdef}}) {
        CHECK(*index.claim(EventId{base}) == Claim::fresh);
        for (int bit = 0; bit < 64; ++bit) {
            CHECK(*index.claim(EventId{base ^ (std::uint64_t{1} << bit)}) == Claim::fresh);
        }
    }
    // Low 56 bits all zero: 256 identities that only their highest byte tells apart (two were claimed above as a single bit).
    int fresh = 0;
    for (std::uint64_t high = 0; high < 256; ++high) {
        fresh += *index.claim(EventId{high << 56}) == Claim::fresh ? 1 : 0;
    }
    CHECK(fresh == 256 - 9);  // zero and its eight single bits
}

TEST_CASE("identities equal in 56 of their mixed bits stay apart, through growth too") {
    // unmix(x) is the identity whose mixed form is x, so that the test chooses where identities lie in the table.
    const auto unmix = [](std::uint64_t x) {
        x = (x ^ (x >> 31) ^ (x >> 62)) * 0x319642b2d24d8ec3ULL;
        x = (x ^ (x >> 27) ^ (x >> 54)) * 0x96de1b173f119089ULL;
        x = x ^ (x >> 30) ^ (x >> 60);
        return x - 0x9e3779b97f4a7c15ULL;
    };
    REQUIRE(mix64(unmix(0x123456789abcdef0ULL)) == 0x123456789abcdef0ULL);
    const test::ScratchFolder folder;
    test::EventStoreFake store;
    IdentityIndex index = open_index(folder / "i", store);
    REQUIRE(index.begin_file().has_value());
    Model model;
    model.file = 1;
    // The smallest table has 256 slots a region. 300 neighbours in each of 100 regions, twins in their low 56 bits: without
    // the bound on how far an identity may lie from its home, a look-up would run on into the next region and meet the twin.
    for (std::uint64_t i = 0; i < 300; ++i) {
        for (std::uint64_t region = 0; region < 100; ++region) {
            const std::uint64_t id = unmix(region << 56 | (i * 0x10000));
            REQUIRE(*index.claim(EventId{id}) == model.claim(id));
        }
    }
    CHECK(index.size() == 30'000);
    for (const auto& [id, file] : model.file_of) {
        REQUIRE(*index.claim(EventId{id}) == Claim::repeated);
    }
}

TEST_CASE("files of random identities agree with a map, whatever the growth between them") {
    for (const std::uint64_t seed : {1ULL, 2ULL, 3ULL}) {
        const test::ScratchFolder folder;
        test::EventStoreFake store;
        Random random(seed);
        Model model;
        IdentityIndex index = open_index(folder / "i", store);
        for (int file = 1; file <= 12; ++file) {
            REQUIRE(index.begin_file().has_value());
            model.file = file;
            const std::uint64_t claims = random.below(60'000);
            // Small universes repeat a lot, large ones grow the table in the middle of a file.
            const std::uint64_t universe = std::uint64_t{1} << (10 + random.below(30));
            const bool hashed = random.below(2) == 0;
            int wrong = 0;
            for (std::uint64_t i = 0; i < claims; ++i) {
                const std::uint64_t raw = random.below(universe);
                const std::uint64_t id = hashed ? mix64(raw) : raw;
                const Claim expected = model.claim(id);
                if (expected == Claim::fresh) {
                    store.ids.push_back(EventId{id});
                }
                wrong += *index.claim(EventId{id}) == expected ? 0 : 1;
                if (random.below(10'000) == 0) {
                    index.release_memory();
                }
            }
            CHECK(wrong == 0);
            CHECK(index.size() == model.file_of.size());
            REQUIRE(index.end_file(++store.version).has_value());
            const std::uint64_t event = random.below(3);
            if (event == 0) {
                index = open_index(folder / "i", store);  // clean: trusted as it is
            } else if (event == 1) {
                std::filesystem::remove(folder / "i");  // derived: may be deleted at any time
                index = open_index(folder / "i", store);
            }
        }
    }
}

TEST_CASE("more files than generations") {
    const test::ScratchFolder folder;
    test::EventStoreFake store;
    IdentityIndex index = open_index(folder / "i", store);
    Model model;
    Random random(5);
    for (int file = 1; file <= 600; ++file) {
        REQUIRE(index.begin_file().has_value());
        model.file = file;
        for (int i = 0; i < 20; ++i) {
            const std::uint64_t id = random.below(400);
            REQUIRE(*index.claim(EventId{id}) == model.claim(id));
        }
        REQUIRE(index.end_file(0).has_value());
        if (file % 100 == 0) {
            index = open_index(folder / "i", store);
        }
    }
    CHECK(store.id_scans == 1);
}

TEST_CASE("a clean table is trusted; a missing, stale, damaged or dirty one is rebuilt") {
    const test::ScratchFolder folder;
    const std::string path = folder / "i";
    test::EventStoreFake store;
    for (std::uint64_t id = 0; id < 3'000; ++id) {
        store.add(EventId{mix64(id)});
    }
    const auto knows_all = [&] {
        IdentityIndex index = open_index(path, store);
        REQUIRE(index.begin_file().has_value());
        for (const EventId id : store.ids) {
            REQUIRE(*index.claim(id) == Claim::stored);
        }
        CHECK(*index.claim(EventId{999'999}) == Claim::fresh);
        // Not ended: the next opening finds it dirty, without the identity that never reached the store.
    };
    knows_all();
    CHECK(store.id_scans == 1);
    open_index(path, store);  // was dirty
    CHECK(store.id_scans == 2);
    open_index(path, store);  // is clean
    CHECK(store.id_scans == 2);
    store.add(EventId{mix64(3'000)});  // the store moved on without the index
    open_index(path, store);
    CHECK(store.id_scans == 3);
    for (const off_t at : {0, 8, 12, 16, 24, 32, 33, 40}) {
        change_byte(path, at);
        open_index(path, store);
    }
    CHECK(store.id_scans == 11);
    REQUIRE(::truncate(path.c_str(), 5000) == 0);
    open_index(path, store);
    CHECK(store.id_scans == 12);
    REQUIRE(::truncate(path.c_str(), 100) == 0);
    open_index(path, store);
    CHECK(store.id_scans == 13);
    knows_all();
    knows_all();
}

TEST_CASE("a process killed in the middle of a file leaves a table that is rebuilt") {
    const test::ScratchFolder folder;
    const std::string path = folder / "i";
    test::EventStoreFake store;
    for (std::uint64_t id = 0; id < 1'000; ++id) {
        store.add(EventId{id});
    }
    open_index(path, store);
    for (const std::uint64_t claims : {0ULL, 10ULL, 45'000ULL, 200'000ULL}) {  // the last two die during or after growth
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            auto index = IdentityIndex::open(path, store);
            if (index && index->begin_file()) {
                for (std::uint64_t i = 0; i < claims; ++i) {
                    static_cast<void>(index->claim(EventId{1'000'000 + i}));
                }
                ::raise(SIGKILL);
            }
            ::_exit(1);
        }
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        REQUIRE(WIFSIGNALED(status));
        const int scans = store.id_scans;
        IdentityIndex index = open_index(path, store);
        CHECK(store.id_scans == scans + 1);
        CHECK(index.size() == 1'000);
        REQUIRE(index.begin_file().has_value());
        CHECK(*index.claim(EventId{1'000'000}) == Claim::fresh);
        CHECK(*index.claim(EventId{999}) == Claim::stored);
        index = open_index(path, store);
    }
}

TEST_CASE("a file that did not come to its end must not make its claims « stored »") {
    const test::ScratchFolder folder;
    test::EventStoreFake store;
    IdentityIndex index = open_index(folder / "i", store);
    REQUIRE(index.begin_file().has_value());
    CHECK(*index.claim(EventId{1}) == Claim::fresh);
    const auto status = index.begin_file();
    REQUIRE_FALSE(status.has_value());
    CHECK(status.error().code == ErrorCode::conflict);
}

TEST_CASE("releasing gives the memory back and loses nothing") {
    const test::ScratchFolder folder;
    test::EventStoreFake store;
    IdentityIndex index = open_index(folder / "i", store);
    REQUIRE(index.begin_file().has_value());
    constexpr std::uint64_t count = 1'000'000;
    for (std::uint64_t i = 0; i < count; ++i) {
        REQUIRE(index.claim(EventId{i}).has_value());
    }
    const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    const std::uint64_t before = resident_pages() * page;
    index.release_memory();
    const std::uint64_t after = resident_pages() * page;
    // One million identities lie in 2^21 slots of 8 bytes: 16 MiB, all touched.
    CHECK(before - after > 14ULL << 20);
    int repeated = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        repeated += *index.claim(EventId{i}) == Claim::repeated ? 1 : 0;
    }
    CHECK(repeated == count);
}

TEST_CASE("a full disk is an error, not a signal, and a later opening puts things right") {
    const test::ScratchFolder folder;
    const std::string path = folder / "i";
    test::EventStoreFake store;
    open_index(path, store);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{3 << 20, 3 << 20};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        auto index = IdentityIndex::open(path, store);
        if (!index || !index->begin_file()) {
            ::_exit(1);
        }
        for (std::uint64_t i = 0; i < 1'000'000; ++i) {
            const auto claim = index->claim(EventId{i});
            if (!claim) {
                ::_exit(claim.error().code == ErrorCode::unavailable ? 0 : 2);
            }
        }
        ::_exit(3);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    CHECK_FALSE(std::filesystem::exists(path + ".new"));
    CHECK(open_index(path, store).size() == 0);
    CHECK(IdentityIndex::open(folder / "absent/i", store).error().code == ErrorCode::unavailable);
}
