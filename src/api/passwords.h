// Passwords: Argon2id by libsodium. Also used by the commands that make accounts.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace vigie::api {

/// Argon2id string of `password`, with a fresh salt. Takes 64 MiB and about 0.1 s: never more than
/// one at a time in a server. Parameters: 3 passes, 64 MiB. Source: RFC 9106, section 4, second
/// recommended option.   Errors: unavailable without memory.
[[nodiscard]] Result<std::string> hash_password(std::string_view password);

/// True when `password` is the one behind `hash`. As costly as hash_password.
[[nodiscard]] bool verify_password(const std::string& hash, std::string_view password);

/// Does the work of one verification and fails: an unknown login then takes as long as a wrong
/// password.
void verify_nothing(std::string_view password);

/// A password for a first sign-in: 20 characters that can not be mistaken for one another, in
/// groups of five (100 bits).
[[nodiscard]] std::string random_password();

/// `bytes` random bytes in base64url, for cookies and tokens.
[[nodiscard]] std::string random_token(std::size_t bytes);

}  // namespace vigie::api
