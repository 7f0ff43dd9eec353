// Claims a second of the identity index, for fresh and for stored identities, with and without prefetch, and what stays
// resident; beside a std::unordered_set of the same identities in the same run.

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <unordered_set>
#include <vector>

#include "base/random.h"
#include "store/identity_index.h"

namespace {

using vigie::EventId;
using vigie::IdentityIndex;

constexpr std::size_t prefetch_distance = 16;

/// An empty store: the index starts from nothing.
class EmptyStore final : public vigie::EventStore {
  public:
    vigie::Result<vigie::AppendResult> append(std::span<const vigie::Event> /*block*/, vigie::BlockId /*id*/) override {
        return vigie::AppendResult{};
    }
    vigie::Status scan(const vigie::EventFilter& /*filter*/,
                       const std::function<bool(std::span<const vigie::Event>)>& /*sink*/) override {
        return {};
    }
    vigie::Result<vigie::Table> aggregate(const vigie::EventFilter& /*filter*/, const vigie::GroupBy& /*group*/) override {
        return vigie::Table{};
    }
    vigie::Result<std::vector<vigie::CellCount>> top_cells(const vigie::EventFilter& /*filter*/, std::int32_t /*cell_m*/,
                                                           std::size_t /*k*/) override {
        return std::vector<vigie::CellCount>{};
    }
    vigie::Result<std::uint64_t> erase(const vigie::EventFilter& /*filter*/) override { return std::uint64_t{0}; }
    vigie::Result<std::uint64_t> drop_before(vigie::LocalHour /*hour*/) override { return std::uint64_t{0}; }
    vigie::Result<vigie::StoreStats> stats() override { return vigie::StoreStats{}; }
    vigie::Status backup(const std::string& /*directory*/) override { return {}; }
    vigie::Status scan_ids(const std::function<void(std::span<const EventId>)>& /*sink*/) override { return {}; }
};

double resident_mib() {
    std::ifstream statm("/proc/self/statm");
    long size = 0;
    long resident = 0;
    statm >> size >> resident;
    return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1048576.0;
}

template <class Work>
double seconds(const Work& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void print(const char* what, std::size_t claims, double taken) {
    std::printf("%-44s %7.3f s  %8.2f M/s  %6.1f MiB resident\n", what, taken,
                static_cast<double>(claims) / taken / 1e6, resident_mib());
}

bool claim_all(IdentityIndex& index, const std::vector<EventId>& ids, bool ahead) {
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (ahead && i + prefetch_distance < ids.size()) {
            index.prefetch(ids[i + prefetch_distance]);
        }
        if (!index.claim(ids[i])) {
            return false;
        }
    }
    return true;
}

}  // namespace

int main(int argument_count, char** arguments) {
    const std::size_t count = argument_count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 5'000'000;
    const auto folder = std::filesystem::temp_directory_path() / ("vigie_identity_bench_" + std::to_string(::getpid()));
    std::filesystem::create_directory(folder);
    vigie::Random random(1);
    std::vector<EventId> ids(count);
    for (EventId& id : ids) {
        id = EventId{random.next()};
    }
    std::printf("%zu identities, random; %.1f MiB resident before\n", count, resident_mib());
    {
        EmptyStore store;
        auto index = IdentityIndex::open((folder / "index").string(), store);
        bool sound = index.has_value();
        const auto run = [&](const char* what, bool ahead) {
            sound = sound && index->begin_file().has_value();
            print(what, count, seconds([&] { sound = sound && claim_all(*index, ids, ahead); }));
        };
        const auto end = [&] {
            const double taken = seconds([&] { sound = sound && index->end_file(1).has_value(); });
            print("  end_file: durable, released", count, taken);
        };
        run("fresh, growing from empty, prefetch", true);
        end();
        run("stored, prefetch", true);
        end();
        run("stored, no prefetch", false);
        index->release_memory();
        print("  release_memory", 0, 1.0);
        if (!sound || index->size() != count) {
            std::printf("wrong: the index failed or lost identities\n");
            return 1;
        }
    }
    {
        std::unordered_set<std::uint64_t> set;
        print("reference: unordered_set, fresh", count, seconds([&] {
                  for (const EventId id : ids) {
                      set.insert(id.raw());
                  }
              }));
        std::size_t found = 0;
        print("reference: unordered_set, stored", count, seconds([&] {
                  for (const EventId id : ids) {
                      found += set.contains(id.raw()) ? 1U : 0U;
                  }
              }));
        if (found != count) {
            return 1;
        }
    }
    std::filesystem::remove_all(folder);
    return 0;
}
