#include "intake/import_lock.h"

#include <doctest/doctest.h>

#include <utility>

#include "scratch_folder.h"

using namespace vigie;
using namespace vigie::intake;

TEST_CASE("the lock is one import's, also within one process, and is given back at its end") {
    const ScratchFolder folder("lock");
    const std::string path = folder.path("import.lock");
    {
        auto first = ImportLock::take(path);
        REQUIRE(first.has_value());
        const auto second = ImportLock::take(path);
        REQUIRE_FALSE(second.has_value());
        CHECK(second.error().code == ErrorCode::conflict);
        const ImportLock moved = *std::move(first);
        CHECK_FALSE(ImportLock::take(path).has_value());
    }
    CHECK(ImportLock::take(path).has_value());
    CHECK(ImportLock::take(folder.path("absent/import.lock")).error().code == ErrorCode::unavailable);
}
