// Just enough of an EventStore to test what stands around it: identities, a version, nothing on disk.
#pragma once

#include <set>
#include <vector>

#include "store/event_store.h"

namespace vigie::test {

class EventStoreFake final : public EventStore {
  public:
    std::vector<EventId> ids;
    std::uint64_t version = 0;
    int id_scans = 0;

    void add(EventId id) {
        ids.push_back(id);
        ++version;
    }
    Result<AppendResult> append(std::span<const Event> block, BlockId id) override {
        if (!blocks_.insert(id).second) {
            return AppendResult{0, true};
        }
        for (const Event& event : block) {
            ids.push_back(event.id);
        }
        ++version;
        return AppendResult{block.size(), false};
    }
    Result<StoreStats> stats() override {
        StoreStats stats;
        stats.events = ids.size();
        stats.version = version;
        return stats;
    }
    Status scan_ids(const std::function<void(std::span<const EventId>)>& sink) override {
        ++id_scans;
        constexpr std::size_t block = 1000;
        for (std::size_t i = 0; i < ids.size(); i += block) {
            sink(std::span(ids).subspan(i, std::min(block, ids.size() - i)));
        }
        return {};
    }
    Status scan(const EventFilter& /*filter*/, const std::function<bool(std::span<const Event>)>& /*sink*/) override {
        return none();
    }
    Result<Table> aggregate(const EventFilter& /*filter*/, const GroupBy& /*group*/) override { return none(); }
    Result<std::vector<CellCount>> top_cells(const EventFilter& /*filter*/, std::int32_t /*cell_m*/, std::size_t /*k*/) override {
        return none();
    }
    Result<std::uint64_t> erase(const EventFilter& /*filter*/) override { return none(); }
    Result<std::uint64_t> drop_before(LocalHour /*hour*/) override { return none(); }
    Status backup(const std::string& /*directory*/) override { return none(); }

  private:
    static tl::unexpected<Error> none() { return fail(ErrorCode::internal, "not in the fake"); }
    std::set<BlockId> blocks_;
};

}  // namespace vigie::test
