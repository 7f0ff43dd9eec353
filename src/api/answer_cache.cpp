#include "api/answer_cache.h"

#include <utility>

namespace vigie::api {

namespace {

/// What the lists and the tables weigh beside the texts, in bytes, about.
constexpr std::size_t overhead_bytes = 400;

std::size_t weight_of(std::string_view key, const Answer& answer) {
    return key.size() + answer.body->size() + answer.filters.size() + overhead_bytes;
}

}  // namespace

std::shared_ptr<const Answer> AnswerCache::find(std::string_view key) {
    const std::lock_guard guard(mutex_);
    auto found = places_.find(key);
    if (found == places_.end()) {
        const auto other = aliases_.find(std::string(key));
        if (other == aliases_.end()) {
            return nullptr;
        }
        found = places_.find(other->second);
        if (found == places_.end()) {
            aliases_.erase(other);
            return nullptr;
        }
    }
    kept_.splice(kept_.begin(), kept_, found->second);
    return found->second->answer;
}

void AnswerCache::insert(std::string key, std::shared_ptr<const Answer> answer) {
    const std::size_t weight = weight_of(key, *answer);
    if (weight > bytes_max_ / 4) {
        return;
    }
    const std::lock_guard guard(mutex_);
    if (places_.contains(key)) {
        return;
    }
    kept_.push_front({std::move(key), std::move(answer)});
    places_.emplace(kept_.front().key, kept_.begin());
    bytes_ += weight;
    while (bytes_ > bytes_max_) {
        drop_oldest();
    }
}

void AnswerCache::alias(std::string other_key, std::string_view key) {
    const std::lock_guard guard(mutex_);
    if (aliases_.size() >= aliases_max) {
        aliases_.clear();
    }
    aliases_.insert_or_assign(std::move(other_key), std::string(key));
}

std::size_t AnswerCache::bytes() const {
    const std::lock_guard guard(mutex_);
    return bytes_;
}

void AnswerCache::drop_oldest() {
    const auto& oldest = kept_.back();
    bytes_ -= weight_of(oldest.key, *oldest.answer);
    places_.erase(oldest.key);
    kept_.pop_back();
}

}  // namespace vigie::api
