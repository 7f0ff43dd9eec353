// Who is signed in: sessions with what was read of them lately, so that a page full of requests
// does not ask the metadata store for the same session again and again.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"
#include "governance/accounts.h"

namespace vigie::api {

/// A session as routes see it.
struct SignedIn {
    governance::TokenHash token_hash{};
    std::string login;
    governance::Role role = governance::Role::analyst;
    governance::Purpose purpose = governance::Purpose::analysis;
    std::string csrf_token;
    Instant created;
    bool must_change_password = false;
    [[nodiscard]] Instant expires_at() const { return created + governance::session_length_max; }
};

/// How long what was read of a session is believed: an account that was disabled by a command is
/// out this much later.
inline constexpr std::chrono::seconds session_trust{5};
/// How often the moment of last use is written down.
inline constexpr std::chrono::seconds session_note_every{60};
/// Most sessions remembered; the store keeps the others.
inline constexpr std::size_t sessions_remembered_max = 4096;

/// Thread-safe. `store` outlives it.
class SessionDesk {
  public:
    explicit SessionDesk(governance::AccountStore& store) : store_(store) {}

    /// BLAKE2b of a cookie's value, the only form in which it is kept.
    [[nodiscard]] static governance::TokenHash hash_of(std::string_view cookie_value);

    /// The session if it was read within session_trust; never touches the store. Notes the use.
    [[nodiscard]] std::optional<SignedIn> recall(const governance::TokenHash& token_hash,
                                                 Instant now);
    /// The session, read again from the store when need be; none when there is none that is live.
    /// Notes the use.
    [[nodiscard]] Result<std::optional<SignedIn>> check(const governance::TokenHash& token_hash,
                                                        Instant now);

    struct Opened {
        std::string cookie_value;
        SignedIn session;
    };
    [[nodiscard]] Result<Opened> open(const governance::Account& account,
                                      governance::Purpose purpose, Instant now);
    [[nodiscard]] Status close(const governance::TokenHash& token_hash);
    /// Ends every session of the login but `kept`.
    [[nodiscard]] Status close_others(const SignedIn& kept, Instant now);

  private:
    struct Remembered {
        governance::Session session;
        SignedIn signed_in;
        Instant read_at;
        Instant noted_at;
    };
    struct HashOfHash {
        std::size_t operator()(const governance::TokenHash& hash) const;
    };
    void remember(const governance::TokenHash& token_hash, Remembered remembered);

    governance::AccountStore& store_;
    std::mutex mutex_;
    std::unordered_map<governance::TokenHash, Remembered, HashOfHash> remembered_;
};

}  // namespace vigie::api
