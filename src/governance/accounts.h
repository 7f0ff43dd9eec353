// Local accounts and sessions: what is decided here, what store/ must keep. An account is an agent of
// the service who signs in; it is not a subject of any figure.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "city/time/instant.h"
#include "governance/roles.h"

namespace vigie::governance {

struct Account {
    std::string login;
    Role role = Role::analyst;
    std::string password_hash;  ///< libsodium's Argon2id string; never leaves the process
    bool must_change_password = false;
    bool disabled = false;
};

using TokenHash = std::array<std::uint8_t, 32>;

struct Session {
    TokenHash token_hash{};  ///< BLAKE2b of the cookie; the cookie itself is never stored
    std::string login;
    Purpose purpose = Purpose::analysis;
    std::string csrf_token;
    Instant created;
    Instant last_seen;
};

/// Trust goals G35: a sign-in lasts 12 h at most and 15 min without use... of the whole browser; the page renews while open.
inline constexpr std::chrono::hours session_length_max{12};
inline constexpr std::chrono::minutes session_idle_max{60};
inline constexpr std::size_t password_length_min = 12;
inline constexpr std::size_t password_length_max = 1024;

/// How long a login must wait after `failures` wrong passwords in a row: nothing for 3, then 2^n seconds up to 15 minutes.
[[nodiscard]] std::chrono::seconds throttle_after(int failures);
/// Errors: invalid_input with the rule that failed, in French.
[[nodiscard]] Status check_new_password(std::string_view login, std::string_view password);
[[nodiscard]] bool is_live(const Session& session, Instant now);

class AccountStore {
  public:
    virtual ~AccountStore() = default;
    [[nodiscard]] virtual Result<std::optional<Account>> find_account(std::string_view login) = 0;
    [[nodiscard]] virtual Result<std::vector<Account>> accounts() = 0;
    /// Inserts or replaces.
    [[nodiscard]] virtual Status save_account(const Account& account) = 0;
    /// Wrong passwords in a row and when the last was; zeroed by a right one.
    struct Failures {
        int count = 0;
        Instant last;
    };
    [[nodiscard]] virtual Result<Failures> failures(std::string_view login) = 0;
    [[nodiscard]] virtual Status save_failures(std::string_view login, Failures failures) = 0;
    [[nodiscard]] virtual Status save_session(const Session& session) = 0;
    [[nodiscard]] virtual Result<std::optional<Session>> find_session(const TokenHash& token_hash) = 0;
    [[nodiscard]] virtual Status end_session(const TokenHash& token_hash) = 0;
    /// Ends every session of a login (password changed, account disabled).
    [[nodiscard]] virtual Status end_sessions_of(std::string_view login) = 0;
};

}  // namespace vigie::governance
