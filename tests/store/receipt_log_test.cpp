#include "store/receipt_log.h"

#include <doctest/doctest.h>

#include <fstream>

#include "store/scratch_folder.h"

using namespace vigie;

namespace {

NumberedReceipt receipt(std::uint64_t number, std::uint32_t read) {
    return {number, {SourceId{3}, Verdict::taken, read, read / 2, read - read / 2, 0, 0}};
}

}  // namespace

TEST_CASE("receipts are found by their number, after reopening too") {
    const test::ScratchFolder scratch;
    auto log = *ReceiptLog::open(scratch / "receipts");
    const std::vector<NumberedReceipt> written{receipt(1, 5), receipt(2, 6), receipt(5, 7), receipt(receipts_per_file - 1, 8), receipt(receipts_per_file, 9)};
    REQUIRE(log->write(written));
    for (int pass = 0; pass < 2; ++pass) {
        for (const NumberedReceipt& one : written) {
            CHECK(*log->find(one.number) == one.receipt);
        }
        for (const std::uint64_t number : {0ULL, 3ULL, 4ULL, 6ULL, 77ULL * receipts_per_file}) {
            CHECK_FALSE(log->find(number)->has_value());
        }
        log.reset();
        log = *ReceiptLog::open(scratch / "receipts");
    }
}

TEST_CASE("old files of receipts are dropped") {
    const test::ScratchFolder scratch;
    auto log = *ReceiptLog::open(scratch / "receipts");
    for (std::uint64_t file = 0; file <= receipt_files_max; ++file) {
        const std::vector<NumberedReceipt> one{receipt(file * receipts_per_file + 1, 1)};
        REQUIRE(log->write(one));
    }
    CHECK_FALSE(log->find(1)->has_value());
    CHECK(log->find(receipts_per_file + 1)->has_value());
    CHECK(log->find(receipt_files_max * receipts_per_file + 1)->has_value());
}

TEST_CASE("a receipt that was changed or moved is noticed") {
    const test::ScratchFolder scratch;
    const std::string path = scratch / "receipts";
    auto log = *ReceiptLog::open(path);
    const std::vector<NumberedReceipt> two{receipt(1, 5), receipt(2, 6)};
    REQUIRE(log->write(two));
    std::fstream file(path + "/0000000000000.receipts", std::ios::in | std::ios::out | std::ios::binary);
    std::array<char, 32> slot{};
    file.seekg(32);
    file.read(slot.data(), 32);
    file.seekp(64);
    file.write(slot.data(), 32);
    file.close();
    CHECK(*log->find(1) == two[0].receipt);
    CHECK(log->find(2).error().code == ErrorCode::corrupt);
}
