// Mail, links, handles, MAC and IPv6 addresses: read on the letters themselves, because their marks are no punctuation.
#include <algorithm>
#include <string>

#include "intake/redaction/token.h"

namespace vigie::intake {
namespace {

constexpr std::size_t hex_groups_max = 9;  // one too many is still no clock

bool is_alnum(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == foreign_letter || c == damaged_letter;
}
bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool in_mail(char c) {
    return is_alnum(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%' || c == '\'';
}

std::size_t link_end(std::string_view plain, std::size_t at) {
    while (at < plain.size() && plain[at] != ' ' && plain[at] != '"' && plain[at] != '<' && plain[at] != '>') {
        ++at;
    }
    while (at > 0 && (plain[at - 1] == '.' || plain[at - 1] == ',' || plain[at - 1] == ')' || plain[at - 1] == ';')) {
        --at;
    }
    return at;
}

/// "x@y.fr", "x @ y . fr", "@handle".
void remove_at_sign(RedactedText& text, std::size_t at) {
    const std::string_view plain = text.text.plain;
    std::size_t begin = at;
    std::size_t end = at + 1;
    while (begin > 0 && in_mail(plain[begin - 1])) {
        --begin;
    }
    const bool spaced =
        begin == at && begin > 1 && plain[begin - 1] == ' ' && in_mail(plain[begin - 2]) && end < plain.size() && plain[end] == ' ';
    if (spaced) {
        --begin;
        while (begin > 0 &&
               (in_mail(plain[begin - 1]) || (begin > 2 && plain[begin - 1] == ' ' && (plain[begin - 2] == '.' || plain[begin] == '.')))) {
            --begin;
        }
        ++end;
    }
    const std::size_t domain = end;
    while (end < plain.size() && in_mail(plain[end])) {
        ++end;
    }
    // "gmail . com"
    while (spaced && plain.substr(end, 3) == " . " && end + 3 < plain.size() && is_alnum(plain[end + 3])) {
        end += 3;
        while (end < plain.size() && is_alnum(plain[end])) {
            ++end;
        }
    }
    while (end > domain && (plain[end - 1] == '.' || plain[end - 1] == '-' || plain[end - 1] == '\'')) {
        --end;
    }
    if (end > domain || begin < at) {
        text.remove(begin, end, begin < at ? Removed::mail : Removed::account);
    }
}

bool is_domain_ending(std::string_view ending) {
    constexpr std::array<std::string_view, 22> endings{"com", "fr", "net", "org", "eu", "io", "me",  "info", "tv", "be", "ch",
                                                       "de",  "it", "es",  "uk",  "ru", "co", "app", "gg",   "ly", "be", "cat"};
    std::string lower(ending);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return std::find(endings.begin(), endings.end(), lower) != endings.end();
}

/// "site.com/page": a dot between letters, an ending that is one of the net's, no space.
void remove_link_at_dot(RedactedText& text, std::size_t dot) {
    const std::string_view plain = text.text.plain;
    std::size_t end = dot + 1;
    while (end < plain.size() && is_alnum(plain[end])) {
        ++end;
    }
    const bool path =
        end + 1 < plain.size() && plain[end] == '/' && is_alnum(plain[end + 1]) && is_domain_ending(plain.substr(dot + 1, end - dot - 1));
    if (!path &&
        (dot < 2 || !is_alnum(plain[dot - 1]) || !is_alnum(plain[dot - 2]) || !is_domain_ending(plain.substr(dot + 1, end - dot - 1)))) {
        return;
    }
    std::size_t begin = dot;
    while (begin > 0 && (is_alnum(plain[begin - 1]) || plain[begin - 1] == '.' || plain[begin - 1] == '-' || plain[begin - 1] == '_')) {
        --begin;
    }
    if (end < plain.size() && plain[end] == '/') {
        end = link_end(plain, end);
    }
    text.remove(begin, end, Removed::account);
}

/// Six pairs or eight groups of hexadecimal digits with ':' (or '-' for pairs): returns the end, or begin when it is none.
std::size_t hex_groups_end(std::string_view plain, std::size_t begin) {
    std::size_t at = begin;
    std::size_t groups = 0;
    std::size_t pairs = 0;
    bool letters = false;
    char separator = 0;
    while (at < plain.size()) {
        const std::size_t start = at;
        for (; at < plain.size() && is_hex(plain[at]) && at - start < 5; ++at) {
            letters = letters || plain[at] > '9';
        }
        if (at - start > 4) {
            return begin;
        }
        groups += at > start ? 1U : 0U;  // "::" leaves groups out
        pairs += at - start == 2 ? 1U : 0U;
        if (at >= plain.size() || (plain[at] != ':' && plain[at] != '-') || (separator != 0 && plain[at] != separator) ||
            groups > hex_groups_max) {
            break;
        }
        separator = plain[at++];
    }
    const bool mac = groups == 6 && pairs == 6;
    const bool ip6 = separator == ':' && groups >= 4 && letters && pairs < groups;
    return mac || ip6 ? at : begin;
}

}  // namespace

void find_addresses_on_the_net(RedactedText& text) {
    const std::string_view plain = text.text.plain;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        if (plain[i] == '@') {
            remove_at_sign(text, i);
            // A run of signs is one address: each byte is read a bounded number of times.
            while (i + 1 < plain.size() && in_mail(plain[i + 1])) {
                ++i;
            }
        } else if (plain[i] == ':' && plain.substr(i, 3) == "://") {
            std::size_t begin = i;
            while (begin > 0 && is_alnum(plain[begin - 1])) {
                --begin;
            }
            const std::size_t end = link_end(plain, i);
            text.remove(begin, end, Removed::account);
            i = std::max(i + 2, end) - 1;
        } else if (plain[i] == '.' && i + 2 < plain.size() && is_alnum(plain[i + 1])) {
            remove_link_at_dot(text, i);
        } else if (is_hex(plain[i]) && (i == 0 || !is_alnum(plain[i - 1]))) {
            if (const std::size_t end = hex_groups_end(plain, i); end > i) {
                text.remove(i, end, Removed::device);
                i = end - 1;
            }
        }
    }
}

}  // namespace vigie::intake
