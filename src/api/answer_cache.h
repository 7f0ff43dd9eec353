// Answers given lately, kept ready to be sent, the least recently used thrown out first.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace vigie::api {

/// One answer, made of data of one version for one role, ready to be sent.
struct Answer {
    std::shared_ptr<const std::string> body;  // shared by the cache and the answers being sent
    bool gzip = false;
    std::string etag;
    std::string filters;     ///< canonical question, for the journal
    std::uint64_t rows = 0;  ///< facts behind it
};

/// Thread-safe. Keys carry everything the answer depends on: role, question, data version,
/// language, encoding.
class AnswerCache {
  public:
    /// bytes_max: bodies and keys together; an answer larger than a quarter of it is not kept.
    explicit AnswerCache(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    /// None when it is not here. Views of `key` are not kept.
    [[nodiscard]] std::shared_ptr<const Answer> find(std::string_view key);
    void insert(std::string key, std::shared_ptr<const Answer> answer);
    /// Another way of asking for `key`: found by find() as long as `key` is here.
    void alias(std::string other_key, std::string_view key);
    [[nodiscard]] std::size_t bytes() const;

  private:
    struct Kept {
        std::string key;
        std::shared_ptr<const Answer> answer;  // shared with the answers being sent
    };
    using Place = std::list<Kept>::iterator;
    void drop_oldest();

    const std::size_t bytes_max_;
    mutable std::mutex mutex_;
    std::size_t bytes_ = 0;
    std::list<Kept> kept_;                                // most recently used first
    std::unordered_map<std::string_view, Place> places_;  // views into kept_
    std::unordered_map<std::string, std::string> aliases_;
};

/// Most other ways of asking that are remembered; all are forgotten at once when there are more.
inline constexpr std::size_t aliases_max = 4096;

}  // namespace vigie::api
