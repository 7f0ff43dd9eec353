// Checking a password: throttled, one at a time, and as slow for a login that does not exist.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "api/passwords.h"
#include "base/result.h"
#include "governance/accounts.h"

namespace vigie::api {

/// The cookie that carries a session.
inline constexpr std::string_view session_cookie_name = "vigie_session";

/// Longest login, in bytes.
inline constexpr std::size_t login_bytes_max = 128;
/// Most unknown logins whose failures are counted (in memory: strangers must not fill the disk).
inline constexpr std::size_t strangers_max = 4096;

/// Used on the doorman's lane, one request at a time; locks anyway.
class SignInDesk {
  public:
    explicit SignInDesk(governance::AccountStore& store) : store_(store) {}

    enum class Outcome : std::uint8_t { right, wrong, too_early };
    struct Verdict {
        Outcome outcome = Outcome::wrong;
        std::optional<governance::Account> account;  ///< when right
        std::chrono::seconds wait{0};                ///< when too early
    };
    /// Errors: those of the account store.
    [[nodiscard]] Result<Verdict> verify(std::string_view login, std::string_view password,
                                         Instant now);

  private:
    [[nodiscard]] Result<governance::AccountStore::Failures> failures_of(std::string_view login,
                                                                         bool known);
    [[nodiscard]] Status count_failure(std::string_view login, bool known,
                                       governance::AccountStore::Failures failures);

    governance::AccountStore& store_;
    std::mutex mutex_;
    std::unordered_map<std::string, governance::AccountStore::Failures> strangers_;
};

}  // namespace vigie::api
