#include "store/spool/disk_file.h"

#include <doctest/doctest.h>
#include <fcntl.h>

#include "store/file_bytes.h"
#include "store/scratch_folder.h"

using namespace vigie;
using spool::DiskFile;

TEST_CASE("a disk file reads what was written, knows its end, and says where it failed") {
    const test::ScratchFolder folder;
    const std::string path = folder / "file";
    CHECK(DiskFile::open(path, O_RDONLY).error().code == ErrorCode::not_found);
    auto file = DiskFile::open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
    REQUIRE(file.has_value());
    CHECK(DiskFile::open(path, O_RDWR | O_CREAT | O_EXCL, 0600).error().code == ErrorCode::unavailable);
    REQUIRE(file->write_at("abcdef", 6, 2).has_value());
    REQUIRE(file->sync().has_value());
    CHECK(*file->size() == 8);
    CHECK(test::file_bytes(path) == std::string("\0\0abcdef", 8));
    std::string read(10, '?');
    CHECK(*file->read_at(read.data(), 10, 4) == 4);
    CHECK(read == "cdef??????");
    CHECK(*file->read_at(read.data(), 10, 20) == 0);
    REQUIRE(file->truncate(3).has_value());
    CHECK(*file->size() == 3);
    DiskFile other = std::move(*file);
    CHECK(*other.size() == 3);
    REQUIRE(spool::rename_file(path, path + "2").has_value());
    CHECK(spool::rename_file(path, path + "3").error().code == ErrorCode::not_found);
    CHECK(spool::remove_file(path + "2").has_value());
    CHECK(spool::remove_file(path + "2").has_value());
    const auto full = DiskFile::open("/dev/full", O_WRONLY);
    REQUIRE(full.has_value());
    const auto written = full->write_at("x", 1, 0);
    REQUIRE_FALSE(written.has_value());
    CHECK(written.error().message.find("/dev/full") != std::string::npos);
    CHECK(written.error().message.find("disque plein") != std::string::npos);
}
