// A data folder with the example city, for tests that import into it.
#pragma once

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "example_city.h"
#include "intake/import.h"
#include "scratch_folder.h"
#include "store/data_folder.h"

namespace vigie::intake {

inline const Instant test_now = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};

class ScratchObservatory {
  public:
    explicit ScratchObservatory(const std::string& name, const City& city = example_city(), const Taxonomy& taxonomy = example_taxonomy())
        : files_(name), folder_(make(files_.path("data"))) {
        REQUIRE(folder_.metadata().save_city(city, test_now).has_value());
        REQUIRE(folder_.metadata().save_taxonomy(taxonomy, test_now).has_value());
    }

    [[nodiscard]] DataFolder& folder() { return folder_; }
    [[nodiscard]] const ScratchFolder& files() const { return files_; }

    /// Imports `files` through the manifest text or, when `manifest` is a path, that file.
    Result<ImportOutcome> try_import(const std::string& manifest, std::vector<std::string> files) {
        ImportRequest request;
        request.manifest_path = manifest.ends_with(".toml") ? manifest : files_.write("manifest.toml", manifest);
        request.files = std::move(files);
        request.now = test_now;
        request.cancel = cancel;
        request.on_progress = on_progress;
        return import_files(folder_, request);
    }

    ImportOutcome import(const std::string& manifest, std::vector<std::string> files) {
        auto outcome = try_import(manifest, std::move(files));
        if (!outcome) {
            FAIL(outcome.error().message);
        }
        CHECK(outcome->read == outcome->stored + outcome->duplicates + outcome->quarantined);
        return *std::move(outcome);
    }

    std::vector<Event> events() {
        std::vector<Event> all;
        const Status status = folder_.events().scan({}, [&](std::span<const Event> block) {
            all.insert(all.end(), block.begin(), block.end());
            return true;
        });
        REQUIRE(status.has_value());
        return all;
    }

    std::vector<QuarantineRecord> quarantine(std::size_t limit = 10'000) {
        auto records = folder_.metadata().quarantine(std::nullopt, 0, limit);
        REQUIRE(records.has_value());
        return *std::move(records);
    }

    const std::atomic<bool>* cancel = nullptr;
    std::function<void(const ImportProgress&)> on_progress;

  private:
    static DataFolder make(const std::string& path) {
        REQUIRE(DataFolder::create(path).has_value());
        auto opened = DataFolder::open(path, StoreLimits{256ULL << 20, 2});
        if (!opened) {
            FAIL(opened.error().message);
        }
        return *std::move(opened);
    }

    ScratchFolder files_;
    DataFolder folder_;
};

}  // namespace vigie::intake
