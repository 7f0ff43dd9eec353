#include "simulator/text_file.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "simulator/output_folder.h"

using namespace vigie;
using namespace vigie::simulator;

TEST_CASE("numbers and dates are written in the form asked for") {
    const std::string folder = fresh_folder("text");
    std::filesystem::create_directories(folder);
    auto file = TextFile::create(folder + "/a.txt");
    REQUIRE(file.has_value());
    const auto sep = [&] { file->character('|'); };
    file->integer(-42);
    sep();
    file->padded(7, 3);
    sep();
    file->padded(12'345, 3);
    sep();
    file->fixed(5.37412, 6, ',');
    sep();
    file->fixed(-0.05, 1);
    sep();
    file->fixed(-0.0001, 2);
    sep();
    file->fixed(1.9999996, 6);
    sep();
    using namespace std::chrono_literals;
    file->iso_date(day_from_civil(2025y / 7 / 4));
    sep();
    file->french_date(day_from_civil(2025y / 7 / 4));
    sep();
    file->hour_minute(((9 * 60 + 5) * 60 + 59) * 1000);
    sep();
    file->second(((9 * 60 + 5) * 60 + 59) * 1000);
    REQUIRE(file->flush_if_large().has_value());
    REQUIRE(file->close().has_value());
    CHECK(read_file(folder + "/a.txt") ==
          "-42|007|12345|5,374120|-0.1|0.00|2.000000|2025-07-04|04/07/2025|09:05|59");
}

TEST_CASE("a file that can not be made or filled says so") {
    const auto file = TextFile::create(fresh_folder("no_such_folder") + "/a.txt");
    REQUIRE(!file.has_value());
    CHECK(file.error().code == ErrorCode::unavailable);
    if (std::filesystem::exists("/dev/full")) {
        auto full = TextFile::create("/dev/full");
        REQUIRE(full.has_value());
        full->text("x");
        const Status closed = full->close();
        REQUIRE(!closed.has_value());
        CHECK(closed.error().code == ErrorCode::unavailable);
    }
}
