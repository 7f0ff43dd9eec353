#include "api/passwords.h"

#include <sodium.h>

#include "base/assert.h"

namespace vigie::api {

namespace {

constexpr unsigned long long passes = 3;
constexpr std::size_t memory_bytes = 64ULL << 20;

// The shape of a hash made with the parameters above; no password gives it.
constexpr const char* nobody_hash =
    "$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

void make_ready() {
    // 0 the first time, 1 afterwards; a machine without random numbers must not hand out sessions.
    const int ready = sodium_init();
    VIGIE_ASSERT(ready >= 0);
}

}  // namespace

Result<std::string> hash_password(std::string_view password) {
    make_ready();
    char hash[crypto_pwhash_STRBYTES];
    if (crypto_pwhash_str(hash, password.data(), password.size(), passes, memory_bytes) != 0) {
        return fail(
            ErrorCode::unavailable,
            "Mémoire insuffisante pour protéger le mot de passe : 64 Mio sont nécessaires.");
    }
    return std::string(hash);
}

bool verify_password(const std::string& hash, std::string_view password) {
    make_ready();
    return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

void verify_nothing(std::string_view password) {
    [[maybe_unused]] const bool right = verify_password(nobody_hash, password);
}

std::string random_password() {
    make_ready();
    // Without 0 O o 1 l I: these are read aloud and typed from paper.
    constexpr std::string_view letters = "23456789abcdefghijkmnpqrstuvwxyz";
    std::string password;
    for (int i = 0; i < 20; ++i) {
        if (i > 0 && i % 5 == 0) {
            password += '-';
        }
        password += letters[randombytes_uniform(static_cast<std::uint32_t>(letters.size()))];
    }
    return password;
}

std::string random_token(std::size_t bytes) {
    make_ready();
    VIGIE_ASSERT(bytes <= 64);
    unsigned char random[64];
    randombytes_buf(random, bytes);
    char text[128];
    sodium_bin2base64(text, sizeof text, random, bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(random, sizeof random);
    return text;
}

}  // namespace vigie::api
