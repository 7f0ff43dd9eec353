#include "simulator/live/logbook_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "simulator/live/logbook_phrases.h"

namespace vigie::simulator {
namespace {

constexpr double formal_share = 0.3;
constexpr double usual_share = 0.45;
constexpr double named_share = 0.7;  // texts with at least one clause about a person
constexpr double second_clause_share = 0.25;
constexpr double without_accents_share = 0.5;  // of the hurried texts

template <class Table>
std::string_view pick(const Table& table, Random& random) {
    return table[random.below(table.size())];
}

/// Letters of U+00C0..U+00FF without their accents; the rest as it is.
std::string without_accents(std::string_view text) {
    constexpr std::string_view plain =
        "AAAAAAACEEEEIIIIDNOOOOOxOUUUUYTsaaaaaaaceeeeiiiidnooooo/ouuuuyty";
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (static_cast<unsigned char>(text[i]) == 0xC3 && i + 1 < text.size()) {
            out += plain[static_cast<unsigned char>(text[++i]) & 0x3FU];
        } else {
            out += text[i];
        }
    }
    return out;
}

std::string_view preposition_of(std::string_view street) {
    return street.starts_with("quai") || street.starts_with("cours") ? "sur le "
           : street.starts_with("corniche")                          ? "sur la "
                                                                     : "";
}

/// Fills the marks of phrases and remembers what it planted.
class TextWriter {
  public:
    TextWriter(const LogbookScene& scene, WritingStyle style, Random& random)
        : scene_(scene),
          style_(style),
          random_(random),
          street_(pick(street_names(), random)),
          drops_accents_(style == WritingStyle::hurried &&
                         random.uniform() < without_accents_share) {}

    void say(std::string_view phrase) {
        std::size_t from = 0;
        for (std::size_t i = 0; i + 1 < phrase.size(); ++i) {
            if (phrase[i] == '%') {
                ordinary(phrase.substr(from, i - from));
                mark(phrase[++i]);
                from = i + 1;
            }
        }
        ordinary(phrase.substr(from));
    }

    [[nodiscard]] LogbookText take() { return std::move(made_); }

  private:
    void ordinary(std::string_view text) {
        made_.text += drops_accents_ ? without_accents(text) : std::string(text);
    }

    void mark(char what) {
        switch (what) {
            case 'r':
                ordinary(preposition_of(street_));
                ordinary(street_);
                break;
            case 'q':
                ordinary(scene_.district.empty() ? std::string_view("centre") : scene_.district);
                break;
            case 'h':
                hour();
                break;
            case 'a': {
                const std::string street(pick(street_names(), random_));
                plant(IdentifierKind::house_number, street);
                made_.text += ' ';
                made_.text += street;
                break;
            }
            case 'n':
                plant(IdentifierKind::full_name, {});
                break;
            case 't':
                plant(IdentifierKind::telephone, {});
                break;
            case 'p':
                plant(IdentifierKind::plate, {});
                break;
            case 'c':
                plant(IdentifierKind::handle, {});
                break;
            default:
                plant(IdentifierKind::email, {});
                break;
        }
    }

    void hour() {
        const int minutes = scene_.local.milliseconds_of_day / 60'000;
        constexpr std::array<std::string_view, 3> forms{"{:02} h {:02}", "{:02}h{:02}",
                                                        "{:02}:{:02}"};
        made_.text += fmt::format(fmt::runtime(forms[random_.below(forms.size())]), minutes / 60,
                                  minutes % 60);
    }

    void plant(IdentifierKind kind, std::string_view street) {
        const std::string& before = made_.text;
        const Called called =
            before.ends_with("Mme ") || before.ends_with("Madame ")    ? Called::madam
            : before.ends_with("M. ") || before.ends_with("Monsieur ") ? Called::sir
                                                                       : Called::either;
        made_.planted.push_back(invent_identifier(kind, {style_, called, street}, random_));
        made_.text += made_.planted.back().text;
    }

    const LogbookScene& scene_;
    WritingStyle style_;
    Random& random_;
    std::string_view street_;
    bool drops_accents_;
    LogbookText made_;
};

}  // namespace

LogbookText write_logbook_text(const LogbookScene& scene, Random& random) {
    const double drawn = random.uniform();
    const WritingStyle style = drawn < formal_share                 ? WritingStyle::formal
                               : drawn < formal_share + usual_share ? WritingStyle::usual
                                                                    : WritingStyle::hurried;
    TextWriter writer(scene, style, random);
    const auto table = category_phrases();
    const auto found =
        std::find_if(table.begin(), table.end(),
                     [&](const CategoryPhrases& phrases) { return phrases.code == scene.code; });
    writer.say(pick(openings(style), random));
    if (found == table.end()) {
        writer.say("intervention %r");
    } else {
        writer.say(pick(found->by_style[static_cast<std::size_t>(style)], random));
    }
    if (random.uniform() < named_share) {
        writer.say(pick(person_clauses(style), random));
        if (random.uniform() < second_clause_share) {
            writer.say(pick(person_clauses(style), random));
        }
    }
    writer.say(pick(closings(style), random));
    return writer.take();
}

}  // namespace vigie::simulator
