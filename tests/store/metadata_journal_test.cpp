#include "store/metadata.h"

#include <doctest/doctest.h>

#include "store/scratch_folder.h"
#include "store/sqlite_statement.h"

using namespace vigie;
using governance::JournalEntry;
using governance::Purpose;
using governance::Role;

namespace {

const Instant noon{std::chrono::seconds{1'790'000'000}};

std::unique_ptr<Metadata> open_metadata(const std::string& path) {
    auto metadata = Metadata::open(path);
    REQUIRE_MESSAGE(metadata.has_value(), metadata.error().message);
    return std::move(*metadata);
}

JournalEntry entry(const std::string& filters, std::uint64_t rows) {
    return JournalEntry{noon, "agent", Role::analyst, Purpose::control, "past.view", filters, rows};
}

}  // namespace

TEST_CASE("journal entries are numbered, read newest first, and survive") {
    const test::ScratchFolder folder;
    {
        const auto metadata = open_metadata(folder / "m");
        for (std::uint64_t i = 1; i <= 5; ++i) {
            REQUIRE(metadata->record(entry("from=" + std::to_string(i), i)).has_value());
        }
    }
    const auto metadata = open_metadata(folder / "m");
    const auto latest = metadata->read(0, 2);
    REQUIRE(latest->size() == 2);
    CHECK(latest->at(0).number == 5);
    CHECK(latest->at(0).entry.filters == "from=5");
    CHECK(latest->at(0).entry.rows == 5);
    CHECK(latest->at(0).entry.at == noon);
    CHECK(latest->at(0).entry.account == "agent");
    CHECK(latest->at(0).entry.role == Role::analyst);
    CHECK(latest->at(0).entry.purpose == Purpose::control);
    CHECK(latest->at(0).entry.action == "past.view");
    const auto older = metadata->read(latest->at(1).number, 100);
    REQUIRE(older->size() == 3);
    CHECK(older->at(0).number == 3);
    CHECK(metadata->read(1, 100)->empty());
}

TEST_CASE("the journal can not be changed or erased, even by SQL") {
    const test::ScratchFolder folder;
    {
        const auto metadata = open_metadata(folder / "m");
        REQUIRE(metadata->record(entry("a=1", 1)).has_value());
    }
    auto connection = sqlite::Connection::open(folder / "m");
    REQUIRE(connection.has_value());
    CHECK_FALSE(connection->execute("UPDATE journal SET account = 'other'").has_value());
    CHECK_FALSE(connection->execute("DELETE FROM journal").has_value());
    CHECK(*connection->integer("SELECT count(*) FROM journal WHERE account = 'agent'") == 1);
}
