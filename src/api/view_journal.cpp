#include "api/view_journal.h"

#include <utility>

namespace vigie::api {

namespace {

std::string key_of(const SignedIn& who, const Look& look) {
    std::string key(who.token_hash.begin(), who.token_hash.end());
    key += look.action;
    key += '\n';
    key += look.filters;
    return key;
}

}  // namespace

bool ViewJournal::is_written(const SignedIn& who, const Look& look, Instant now) {
    const auto key = key_of(who, look);
    const std::lock_guard guard(mutex_);
    const auto found = written_.find(key);
    return found != written_.end() && now >= found->second.at &&
           now - found->second.at < same_view_within;
}

Status ViewJournal::write_once(const SignedIn& who, const Look& look, Instant now) {
    if (is_written(who, look, now)) {
        return {};
    }
    const std::lock_guard one_writer(writing_);
    if (is_written(who, look, now)) {
        return {};
    }
    TRY(write(who, look, now));
    auto key = key_of(who, look);
    const std::lock_guard guard(mutex_);
    if (const auto old = written_.find(key); old != written_.end()) {
        order_.erase(old->second.place);
        written_.erase(old);
    }
    if (written_.size() >= looks_remembered_max) {
        written_.erase(order_.front());
        order_.pop_front();
    }
    order_.push_back(key);
    written_.emplace(std::move(key), Written{now, std::prev(order_.end())});
    return {};
}

Status ViewJournal::write(const SignedIn& who, const Look& look, Instant now) {
    governance::JournalEntry entry;
    entry.at = now;
    entry.account = who.login;
    entry.role = who.role;
    entry.purpose = who.purpose;
    entry.action = look.action;
    entry.filters = look.filters;
    entry.rows = look.rows;
    return journal_.record(entry);
}

}  // namespace vigie::api
