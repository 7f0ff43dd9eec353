#include "intake/redaction/redactor.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace vigie::intake {
namespace {

constexpr int passes_max = 8;  // two settle nearly every text: one that takes out, one that finds nothing more

/// A number that went once goes everywhere in the same text.
void remove_repeats(RedactedText& text) {
    constexpr std::size_t telling = 4;  // shorter ones repeat by chance
    std::unordered_set<std::uint64_t> gone;
    const auto key = [&](const Token& token) { return hash_of_word(text.plain(token)); };
    for (const Token& token : text.tokens) {
        if ((token.kind == TokenKind::number || token.kind == TokenKind::mixed) && token.removed != Removed::none &&
            token.size() >= telling) {
            gone.insert(key(token));
        }
    }
    if (gone.empty()) {
        return;
    }
    for (Token& token : text.tokens) {
        if (token.removed == Removed::none && (token.kind == TokenKind::number || token.kind == TokenKind::mixed) &&
            token.size() >= telling && gone.contains(key(token))) {
            token.removed = Removed::number;
        }
    }
}

/// Only spaces, hyphens and the like between two passages of one class: they are one.
bool is_joint(const RedactedText& text, std::size_t last, std::size_t next) {
    const Token& left = text.tokens[last];
    const std::string_view gap = std::string_view(text.text.plain).substr(left.end, text.tokens[next].begin - left.end);
    const bool initial = left.size() == 1;  // "J. Durand"
    return gap.find_first_not_of(" -'._/") == std::string_view::npos && (initial || gap.find(". ") == std::string_view::npos);
}

void write(const RedactedText& text, std::string& out, RedactionCounts& counts) {
    const std::string_view shown = text.text.shown;
    const auto place = [&](std::uint32_t plain) { return text.text.at[plain]; };
    std::size_t written = 0;
    for (std::size_t i = 0; i < text.tokens.size(); ++i) {
        const Token& token = text.tokens[i];
        if (token.removed == Removed::none) {
            continue;
        }
        bool fresh = token.kind != TokenKind::bracketed;
        std::size_t last = i;
        for (std::size_t next = i + 1; next < text.tokens.size() && next <= last + 3; ++next) {
            if (text.tokens[next].removed == token.removed && is_joint(text, last, next)) {
                fresh = fresh || text.tokens[next].kind != TokenKind::bracketed;
                last = next;
            } else if (text.tokens[next].removed != Removed::none || text.tokens[next].kind != TokenKind::mark) {
                break;
            }
        }
        out += shown.substr(written, place(token.begin) - written);
        out += bracketed(token.removed);
        counts[static_cast<std::size_t>(token.removed)] += fresh ? 1U : 0U;
        written = place(text.tokens[last].end);
        i = last;
    }
    out += shown.substr(written);
}

}  // namespace

RedactionFiles redaction_files(const std::string& config_dir, const City& city) {
    RedactionFiles files;
    files.folder = config_dir + "/redaction";
    for (const District& district : city.districts) {
        files.places.push_back(district.name);
    }
    return files;
}

Result<Redactor> Redactor::open(const RedactionFiles& files) {
    RedactionLexicon lexicon = TRY(RedactionLexicon::load(files));
    return Redactor(std::make_shared<const RedactionLexicon>(std::move(lexicon)));
}

void Redactor::redact_line(std::string_view line, RedactedText& text, std::string& out, RedactionCounts& counts) {
    std::string before;
    std::string after(line);
    for (int pass = 0; pass < passes_max; ++pass) {
        before.swap(after);
        after.clear();
        text.read(before);
        find_addresses_on_the_net(text);
        find_accounts(text);
        find_dates(text);
        find_measures(text);
        find_plates(text);
        find_vehicles(text);
        find_places(text);
        find_house_numbers(text);
        find_spoken(text);
        find_numbers(text);
        find_announced(text);
        find_announced_names(text);
        find_names(text);
        remove_repeats(text);
        write(text, after, counts);
        if (after == before) {
            out += after;
            return;
        }
    }
    out += bracketed(Removed::text);
    ++counts[static_cast<std::size_t>(Removed::text)];
}

void Redactor::redact(std::string_view text, std::string& out, RedactionCounts& counts) const {
    out.clear();
    RedactedText words(*lexicon_);
    for (std::size_t begin = 0;;) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        redact_line(text.substr(begin, end - begin), words, out, counts);
        if (end == text.size()) {
            return;
        }
        out += '\n';
        begin = end + 1;
    }
}

void Redactor::redact(std::string_view text, std::string& out) const {
    RedactionCounts counts{};
    redact(text, out, counts);
}

}  // namespace vigie::intake
