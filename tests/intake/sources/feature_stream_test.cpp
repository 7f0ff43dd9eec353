#include "intake/sources/feature_stream.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace vigie;
using namespace vigie::intake;

namespace {

std::vector<std::string> texts(const std::string& json, bool is_sequence, std::size_t block_bytes) {
    auto text = TextStream::open(*memory_byte_stream(json, block_bytes), TextEncoding::utf8);
    REQUIRE(text);
    const auto stream = is_sequence ? make_sequence_stream(std::move(*text), 100)
                                    : make_collection_stream(std::move(*text), 100);
    std::vector<std::string> all;
    FeatureText feature;
    for (;;) {
        const auto more = stream->next(feature);
        if (!more) {
            all.push_back("!");
            return all;
        }
        if (!*more) {
            return all;
        }
        all.push_back(std::to_string(feature.place) + ":" + std::string(feature.json));
    }
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("elements of a collection come one by one, with members before and after") {
    const std::string json =
        " {\"a\" : {\"features\":[0]}, \"features\" : [ {\"x\":1} ,2 , [3] ] , "
        "\"type\":\"FeatureCollection\"} ";
    for (std::size_t block = 1; block < 30; ++block) {
        CHECK(texts(json, false, block) == Texts{"1:{\"x\":1}", "2:2", "3:[3]"});
    }
    CHECK(texts("{\"features\":[]}", false, 4).empty());
    CHECK(texts("{\"features\":[1,]}", false, 4) == Texts{"1:1", "!"});
    CHECK(texts("{\"features\":[1 2]}", false, 4) == Texts{"1:1", "!"});
    CHECK(texts("{\"features\":[{", false, 4) == Texts{"!"});
    CHECK(texts("{\"type\":\"Feature\",\"x\":[1, 2]}", false, 4) ==
          Texts{"1:{\"type\":\"Feature\",\"x\":[1, 2]}"});
}

TEST_CASE("records of a sequence come with their line") {
    CHECK(texts("1\n\n {}\r\n[\n", true, 2) == Texts{"1:1", "3:{}\r", "4:"});
    CHECK(texts("\x1e{\n}\n\x1e\n3\n", true, 2) == Texts{"1:{\n}\n", "4:3\n"});
}
