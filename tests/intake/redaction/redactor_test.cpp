#include "intake/redaction/redactor.h"

#include <algorithm>
#include <chrono>

#include "base/random.h"
#include "intake/redaction/french_redactor.h"
#include "intake/redaction/plain_text.h"
#include "intake/redaction/token.h"

using namespace vigie;
using namespace vigie::intake;

namespace {

const std::vector<std::string> texts{
    "Le 12/03/2024 à 15h30, rue Paradis Mohamed Saïdi a frappé son voisin M. Dupont au 12 bis rue Jean Jaurès.",
    "interpelle le nommé karim benali né le 3 mai 1999, tel 06 12 34 56 78, plaque aa-123-bb, rue felix pyat",
    "Monsieur Ali Mmadi, alias \"Momo le Fou\", joignable au zéro six douze trente-quatre cinquante-six soixante-dix-huit.",
    "iban FR76 3000 6000 0112 3456 7890 189, CNI n° 123456789012, jean.dupont@orange.fr, 43.29651, 5.37698",
    "M0hamed Sa1di a \xE9t\xE9 vu. Le v?hicule a fui. Le v\xC3\x83\xC2\xA9hicule de Fr\xC3\x83\xC2\xA9"
    "d\xC3\x83\xC2\xA9ric."};

/// A text with bytes changed, doubled, cut or taken from another.
std::string damaged(const std::string& text, Random& random) {
    std::string out = text;
    for (int i = 0; i < 6 && !out.empty(); ++i) {
        const std::size_t at = random.below(out.size());
        switch (random.below(4)) {
            case 0:
                out[at] = static_cast<char>(random.below(256));
                break;
            case 1:
                out.insert(at, 1, static_cast<char>(random.below(128)));
                break;
            case 2:
                out.erase(at, 1 + random.below(4));
                break;
            default:
                out.insert(at, texts[random.below(texts.size())].substr(0, random.below(30)));
                break;
        }
    }
    std::replace(out.begin(), out.end(), '\n', ' ');
    return out;
}

/// Reading it changes nothing: no invalid byte, no invisible letter.
bool is_as_shown(const std::string& text) {
    PlainText read;
    read.read(text);
    return read.shown == text;
}

}  // namespace

TEST_CASE("what is redacted once is redacted for good, and is valid UTF-8 on one line") {
    Random random(7);
    for (int i = 0; i < 3000; ++i) {
        const std::string text = damaged(texts[static_cast<std::size_t>(i) % texts.size()], random);
        const std::string once = redacted(text);
        CAPTURE(text);
        REQUIRE(redacted(once) == once);
        REQUIRE(is_as_shown(once));
        REQUIRE(once.find('\n') == std::string::npos);
    }
}

TEST_CASE("no line is lost and no line is made") {
    CHECK(redacted("") == "");
    CHECK(redacted("\n") == "\n");
    CHECK(redacted("vol\n\nRAS\n") == "vol\n\nRAS\n");
}

TEST_CASE("what went once in a text goes everywhere in it") {
    const std::string out = redacted("Contact Zorglubovic, matricule 45219, puis zorglubovic rappelle, dossier 45219");
    CHECK(out.find("orglubovic") == std::string::npos);
    CHECK(out.find("45219") == std::string::npos);
}

TEST_CASE("every passage is counted once, by class") {
    RedactionCounts counts{};
    std::string out;
    french_redactor().redact("Mme Rose Blanc, tel 06 12 34 56 78, et Mohamed Saïdi", out, counts);
    CHECK(counts[static_cast<std::size_t>(Removed::name)] == 2);
    CHECK(counts[static_cast<std::size_t>(Removed::phone)] == 1);
}

TEST_CASE("a very long line takes a time that grows with its length, whatever it holds") {
    for (const std::string unit : {"a", "1 ", "A-", "06 ", "@", "a.", "rue ", "M. ", "zéro ", "de la ", "né ", "a@", "AB-12-", "::", "'",
                                   "Mohamed ", "code ", "(", "0 @ "}) {
        CAPTURE(unit);
        const auto seconds = [&](std::size_t bytes) {
            std::string text;
            while (text.size() < bytes) {
                text += unit;
            }
            const auto start = std::chrono::steady_clock::now();
            redacted(text);
            return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        };
        const double small = seconds(50'000);
        CHECK(seconds(400'000) < 40 * small + 0.5);
    }
}
