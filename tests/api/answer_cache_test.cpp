#include "api/answer_cache.h"

#include <doctest/doctest.h>

using namespace vigie::api;

namespace {

std::shared_ptr<const Answer> answer_of(std::size_t bytes) {
    auto answer = std::make_shared<Answer>();
    answer->body = std::make_shared<const std::string>(bytes, 'x');
    return answer;
}

}  // namespace

TEST_CASE("the least recently used answer goes first, and the bound holds") {
    AnswerCache cache(40'000);
    for (int i = 0; i < 3; ++i) {
        cache.insert("k" + std::to_string(i), answer_of(9'000));
    }
    CHECK(cache.find("k0") != nullptr);  // now the youngest
    cache.insert("k3", answer_of(9'000));
    CHECK(cache.find("k3") != nullptr);
    cache.insert("k4", answer_of(9'000));
    CHECK(cache.find("k1") == nullptr);
    CHECK(cache.find("k0") != nullptr);
    CHECK(cache.bytes() <= 40'000);
}

TEST_CASE("an answer too large for the cache is not kept") {
    AnswerCache cache(40'000);
    cache.insert("small", answer_of(100));
    cache.insert("large", answer_of(20'000));
    CHECK(cache.find("large") == nullptr);
    CHECK(cache.find("small") != nullptr);
}

TEST_CASE("another way of asking finds the same answer for as long as it is kept") {
    AnswerCache cache(4'000);
    cache.insert("canonical", answer_of(500));
    cache.alias("as sent", "canonical");
    CHECK(cache.find("as sent") == cache.find("canonical"));
    for (int i = 0; i < 10; ++i) {
        cache.insert("k" + std::to_string(i), answer_of(500));
    }
    CHECK(cache.find("canonical") == nullptr);
    CHECK(cache.find("as sent") == nullptr);
    CHECK(cache.bytes() <= 4'000);
}
