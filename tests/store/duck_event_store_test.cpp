#include <doctest/doctest.h>

#include "store/duck_store_in_folder.h"
#include "store/event_store_conformance.h"

using namespace vigie;
using namespace vigie::test;

TEST_CASE("the DuckDB store answers by the seam's rules, from raw rows") {
    run_conformance(duck_opener(true), duck_opener(true));
}

TEST_CASE("the DuckDB store answers by the seam's rules, with its fact cube") {
    run_conformance(duck_opener(false), duck_opener(false));
}
