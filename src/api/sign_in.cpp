#include "api/sign_in.h"

#include <algorithm>

namespace vigie::api {

Result<SignInDesk::Verdict> SignInDesk::verify(std::string_view login, std::string_view password,
                                               Instant now) {
    const std::lock_guard one_at_a_time(mutex_);
    auto account = login.empty() || login.size() > login_bytes_max
                       ? std::nullopt
                       : TRY(store_.find_account(login));
    const bool known = account.has_value();
    auto failures = TRY(failures_of(login, known));

    // A clock set back must not lock anybody out for longer than the wait itself.
    const auto wait = governance::throttle_after(failures.count);
    const auto since = now - std::min(failures.last, now);
    if (since < wait) {
        return Verdict{Outcome::too_early, std::nullopt,
                       std::chrono::ceil<std::chrono::seconds>(wait - since)};
    }
    const bool can_enter =
        known && !account->disabled && password.size() <= governance::password_length_max * 4;
    bool right = false;
    if (can_enter) {
        right = verify_password(account->password_hash, password);
    } else {
        verify_nothing(password.substr(0, governance::password_length_max * 4));
    }
    if (!right) {
        failures.count = std::min(failures.count + 1, 1000);
        failures.last = now;
        TRY(count_failure(login, known, failures));
        return Verdict{};
    }
    if (failures.count > 0) {
        TRY(store_.save_failures(login, {}));
    }
    return Verdict{Outcome::right, std::move(account), {}};
}

Result<governance::AccountStore::Failures> SignInDesk::failures_of(std::string_view login,
                                                                   bool known) {
    if (known) {
        return store_.failures(login);
    }
    const auto found = strangers_.find(std::string(login.substr(0, login_bytes_max)));
    return found == strangers_.end() ? governance::AccountStore::Failures{} : found->second;
}

Status SignInDesk::count_failure(std::string_view login, bool known,
                                 governance::AccountStore::Failures failures) {
    if (known) {
        return store_.save_failures(login, failures);
    }
    if (strangers_.size() >= strangers_max) {
        strangers_.clear();
    }
    strangers_.insert_or_assign(std::string(login.substr(0, login_bytes_max)), failures);
    return {};
}

}  // namespace vigie::api
