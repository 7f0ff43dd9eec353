#include "governance/accounts.h"

#include <algorithm>
#include <cstddef>
#include <set>

namespace vigie::governance {

namespace {

constexpr int failures_without_wait = 3;
constexpr std::chrono::seconds wait_max = std::chrono::minutes{15};
/// Fewest different characters: refuses « aaaaaaaaaaaa » and « 121212121212 » without a rule of composition.
constexpr std::size_t distinct_characters_min = 5;
/// A clock that was set right by this much does not end anybody's session; a clock set back further does.
constexpr std::chrono::minutes clock_step_max{1};

/// The characters of UTF-8 text, each as its bytes; stray continuation bytes join the character before them.
std::vector<std::string_view> characters_of(std::string_view text) {
    std::vector<std::string_view> characters;
    std::size_t begin = 0;
    for (std::size_t i = 1; i <= text.size(); ++i) {
        if (i == text.size() || (static_cast<unsigned char>(text[i]) & 0xc0U) != 0x80U) {
            characters.push_back(text.substr(begin, i - begin));
            begin = i;
        }
    }
    return characters;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool contains_ignoring_case(std::string_view text, std::string_view part) {
    return std::search(text.begin(), text.end(), part.begin(), part.end(),
                       [](char a, char b) { return lower(a) == lower(b); }) != text.end();
}

}  // namespace

std::chrono::seconds throttle_after(int failures) {
    const int n = failures - failures_without_wait;
    if (n <= 0) {
        return std::chrono::seconds{0};
    }
    constexpr int doublings_below_max = 9;  // 2^10 s is already above 15 minutes
    return n > doublings_below_max ? wait_max : std::chrono::seconds{1LL << n};
}

Status check_new_password(std::string_view login, std::string_view password) {
    // 4 bytes is the longest character of UTF-8: a cheap refusal before a long text is taken apart.
    constexpr std::size_t bytes_max = password_length_max * 4;
    const auto too_long = [] {
        return fail(ErrorCode::invalid_input, "mot de passe trop long : au plus " +
                                                  std::to_string(password_length_max) +
                                                  " caractères");
    };
    if (password.size() > bytes_max) {
        return too_long();
    }
    const std::vector<std::string_view> characters = characters_of(password);
    if (characters.size() < password_length_min) {
        return fail(ErrorCode::invalid_input, "mot de passe trop court : au moins " +
                                                  std::to_string(password_length_min) +
                                                  " caractères");
    }
    if (characters.size() > password_length_max) {
        return too_long();
    }
    const std::set<std::string_view> distinct(characters.begin(), characters.end());
    if (distinct.size() < distinct_characters_min) {
        return fail(ErrorCode::invalid_input, "mot de passe trop répétitif : au moins " +
                                                  std::to_string(distinct_characters_min) +
                                                  " caractères différents");
    }
    if (!login.empty() && contains_ignoring_case(password, login)) {
        return fail(ErrorCode::invalid_input,
                    "mot de passe trop facile à deviner : il ne doit pas contenir l'identifiant");
    }
    return {};
}

bool is_live(const Session& session, Instant now) {
    const auto age = now - session.created;
    const auto idle = now - session.last_seen;
    return age > -clock_step_max && idle > -clock_step_max && age < session_length_max &&
           idle < session_idle_max;
}

}  // namespace vigie::governance
