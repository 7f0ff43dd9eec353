#include "api/session_desk.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "api/passwords.h"

namespace vigie::api {

namespace {

/// Bytes of randomness in a cookie: not to be guessed. Source: NIST SP 800-63B, 7.1 asks for 64
/// bits at least.
constexpr std::size_t token_bytes = 32;

SignedIn signed_in_of(const governance::Session& session, const governance::Account& account) {
    SignedIn signed_in;
    signed_in.token_hash = session.token_hash;
    signed_in.login = account.login;
    signed_in.role = account.role;
    signed_in.purpose = session.purpose;
    signed_in.csrf_token = session.csrf_token;
    signed_in.created = session.created;
    signed_in.must_change_password = account.must_change_password;
    return signed_in;
}

}  // namespace

std::size_t SessionDesk::HashOfHash::operator()(const governance::TokenHash& hash) const {
    std::size_t first = 0;
    std::memcpy(&first, hash.data(), sizeof first);
    return first;
}

governance::TokenHash SessionDesk::hash_of(std::string_view cookie_value) {
    governance::TokenHash hash{};
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<const unsigned char*>(cookie_value.data()),
                       cookie_value.size(), nullptr, 0);
    return hash;
}

std::optional<SignedIn> SessionDesk::recall(const governance::TokenHash& token_hash, Instant now) {
    const std::lock_guard guard(mutex_);
    const auto found = remembered_.find(token_hash);
    if (found == remembered_.end()) {
        return std::nullopt;
    }
    auto& known = found->second;
    const bool fresh = now >= known.read_at && now - known.read_at < session_trust;
    if (!fresh || !governance::is_live(known.session, now)) {
        return std::nullopt;
    }
    known.session.last_seen = now;
    return known.signed_in;
}

Result<std::optional<SignedIn>> SessionDesk::check(const governance::TokenHash& token_hash,
                                                   Instant now) {
    if (auto recalled = recall(token_hash, now)) {
        return recalled;
    }
    auto session = TRY(store_.find_session(token_hash));
    auto account = session ? TRY(store_.find_account(session->login)) : std::nullopt;
    {
        const std::lock_guard guard(mutex_);
        const auto found = remembered_.find(token_hash);
        if (session && found != remembered_.end()) {
            session->last_seen = std::max(session->last_seen, found->second.session.last_seen);
        }
        if (!session || !account || account->disabled || !governance::is_live(*session, now)) {
            remembered_.erase(token_hash);
            return std::optional<SignedIn>{};
        }
    }
    Remembered known{*session, signed_in_of(*session, *account), now, session->last_seen};
    known.session.last_seen = now;
    if (now - known.noted_at >= session_note_every) {
        TRY(store_.save_session(known.session));
    }
    auto signed_in = known.signed_in;
    remember(token_hash, std::move(known));
    return std::optional<SignedIn>(std::move(signed_in));
}

void SessionDesk::remember(const governance::TokenHash& token_hash, Remembered remembered) {
    const std::lock_guard guard(mutex_);
    if (remembered_.size() >= sessions_remembered_max) {
        remembered_.clear();  // the store still has them all
    }
    remembered_.insert_or_assign(token_hash, std::move(remembered));
}

Result<SessionDesk::Opened> SessionDesk::open(const governance::Account& account,
                                              governance::Purpose purpose, Instant now) {
    Opened opened;
    opened.cookie_value = random_token(token_bytes);
    governance::Session session;
    session.token_hash = hash_of(opened.cookie_value);
    session.login = account.login;
    session.purpose = purpose;
    session.csrf_token = random_token(token_bytes);
    session.created = now;
    session.last_seen = now;
    TRY(store_.save_session(session));
    opened.session = signed_in_of(session, account);
    remember(session.token_hash, Remembered{session, opened.session, now, now});
    return opened;
}

Status SessionDesk::close(const governance::TokenHash& token_hash) {
    {
        const std::lock_guard guard(mutex_);
        remembered_.erase(token_hash);
    }
    return store_.end_session(token_hash);
}

Status SessionDesk::close_others(const SignedIn& kept, Instant now) {
    TRY(store_.end_sessions_of(kept.login));
    governance::Session session;
    session.token_hash = kept.token_hash;
    session.login = kept.login;
    session.purpose = kept.purpose;
    session.csrf_token = kept.csrf_token;
    session.created = kept.created;
    session.last_seen = now;
    TRY(store_.save_session(session));
    const std::lock_guard guard(mutex_);
    std::erase_if(remembered_,
                  [&](const auto& entry) { return entry.second.signed_in.login == kept.login; });
    return {};
}

}  // namespace vigie::api
