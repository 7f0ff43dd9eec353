// What the fault tests of the sealed records run under the disk shim.
//
//   sealed_session sweep FOLDER KIND FAULT [forever]   a scripted session, once for every call that can fail, and what must hold after each
#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "fault_programs/fault_sweep.h"
#include "store/spool/sealed_store.h"

namespace {

using namespace vigie;
using namespace std::chrono_literals;
using tests::DiskFaults;
using tests::fixed_key;
using tests::give_up;

constexpr std::uint64_t first_day = 20'000;

void compare(SealedStore& store, const std::map<std::uint64_t, std::string>& sealed, const std::set<std::uint64_t>& destroyed, bool expired) {
    for (const auto& [id, bytes] : sealed) {
        const bool is_old = id >> 48 == first_day;
        const auto unsealed = store.unseal(SealedId(id));
        if (unsealed ? (unsealed->bytes != bytes || (is_old && expired)) : !is_old) {
            give_up("a sealed record is lost, changed or not expired");
        }
    }
    for (const std::uint64_t id : destroyed) {
        if (store.unseal(SealedId(id))) {
            give_up("a destroyed record opens");
        }
    }
}

void sealed_session(const std::string& folder, DiskFaults& faults) {
    const Instant day = Instant(std::chrono::days(first_day));
    std::map<std::uint64_t, std::string> sealed;
    std::set<std::uint64_t> destroyed;
    std::unique_ptr<SealedStore> store;
    const auto open = [&] {
        store.reset();
        for (int i = 0; i < 3 && store == nullptr; ++i) {
            auto opened = SealedStore::open(folder, fixed_key(), 1U << 20);
            if (opened) {
                store = std::move(*opened);
            } else if (i == 1) {
                faults.set("");
            }
        }
        if (store == nullptr) {
            give_up("opening sealed records without faults");
        }
    };
    const auto put = [&](const std::string& stem, Instant now) {
        std::vector<SealedRecord> records;
        for (int i = 0; i < 3; ++i) {
            records.push_back({"logbook", "csv", now, stem + std::to_string(i) + std::string(200, '.')});
        }
        const auto ids = store->put(records, now);
        for (std::size_t i = 0; ids && i < ids->size(); ++i) {
            if (!sealed.try_emplace((*ids)[i].raw(), records[i].bytes).second) {
                give_up("an id was given twice");
            }
        }
    };
    const auto destroy_first = [&] {
        if (!sealed.empty()) {
            const std::uint64_t id = sealed.begin()->first;
            const bool done = store->destroy(std::vector{SealedId(id)}).has_value();
            sealed.erase(id);
            if (done) {
                destroyed.insert(id);
            }
        }
    };
    open();
    put("one", day);
    put("two", day);
    destroy_first();
    put("three", day + 24h);
    open();
    put("four", day + 24h);
    destroy_first();
    const bool expired = store->expire(day + 24h).has_value();
    put("five", day + 24h);
    faults.set("");
    const auto before = sealed.size();
    put("six", day + 24h);
    if (sealed.size() != before + 3) {
        give_up("sealed records do not resume: " + store->stats().last_error);
    }
    for (int round = 0; round < 2; ++round) {
        compare(*store, sealed, destroyed, expired);
        open();
    }
}

}  // namespace

int main(int count, char** arguments) {
    const std::vector<std::string> words(arguments + 1, arguments + count);
    return words.size() >= 4 && words[0] == "sweep" ? tests::sweep({words.begin() + 1, words.end()}, sealed_session) : 2;
}
