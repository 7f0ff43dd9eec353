#include "base/log.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <string>

TEST_CASE("a log line is one JSON object and keeps control characters out") {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    vigie::Log log(ends[1], vigie::LogLevel::info, nullptr);
    log.write(vigie::LogLevel::debug, "hidden");
    log.info("started", {{"port", std::int64_t{8080}}, {"name", std::string_view("a\"b\n")}});
    close(ends[1]);
    char buffer[256];
    const auto length = read(ends[0], buffer, sizeof buffer);
    close(ends[0]);
    REQUIRE(length > 0);
    CHECK(std::string(buffer, static_cast<std::size_t>(length)) ==
          "{\"level\":\"info\",\"event\":\"started\",\"port\":8080,\"name\":\"a\\\"b\\u000a\"}\n");
}
