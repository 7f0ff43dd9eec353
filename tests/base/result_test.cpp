#include "base/result.h"

#include <doctest/doctest.h>

#include <memory>

using namespace vigie;

namespace {

Status only_positive(int number) {
    if (number <= 0) {
        return fail(ErrorCode::invalid_input, "a positive number, not " + std::to_string(number));
    }
    return {};
}

Result<std::unique_ptr<int>> boxed(int number) {
    TRY(only_positive(number));
    return std::make_unique<int>(number);
}

Result<int> doubled(int number) {
    const std::unique_ptr<int> box = TRY(boxed(number));
    return *box * 2;
}

}  // namespace

TEST_CASE("TRY gives the value, or passes the error up, for results with and without a value") {
    CHECK(doubled(21).value() == 42);
    REQUIRE(!doubled(-1));
    CHECK(doubled(-1).error().code == ErrorCode::invalid_input);
    CHECK(doubled(-1).error().message == "a positive number, not -1");
}
