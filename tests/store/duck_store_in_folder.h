// Opens DuckDB event stores in scratch folders, for the tests of its parts.
#pragma once

#include "store/data_folder.h"
#include "store/event_store_conformance.h"
#include "store/naive_answers.h"

namespace vigie::test {

inline DuckStoreOptions duck_options(const std::string& folder, bool raw_only) {
    DuckStoreOptions options;
    options.database_path = folder + "/events.duckdb";
    options.derived_dir = folder + "/derived";
    options.limits = StoreLimits{.memory_bytes = 256ULL << 20, .threads = 2};
    options.zone = test_zone;
    options.lon_deg = test_city.lon_deg;
    options.lat_deg = test_city.lat_deg;
    options.raw_only = raw_only;
    return options;
}

inline OpenStore duck_opener(bool raw_only) {
    return [raw_only](const std::string& folder) { return open_duck_event_store(duck_options(folder, raw_only)); };
}

}  // namespace vigie::test
