// Makes and models of vehicles stay, also those that are first names: Clio, Leon, Giulietta, Mercedes.
#include "intake/redaction/token.h"

namespace vigie::intake {
namespace {

constexpr std::size_t words_of_a_model_max = 3;

class VehicleReader {
  public:
    explicit VehicleReader(RedactedText& text) : text_(text) {}

    void run() {
        for (std::size_t i = 0; i < text_.tokens.size(); ++i) {
            const bool radio = text_.has(i, WordRole::radio) && !(text_.is_word(i, "alfa") && text_.is_word(i + 1, "romeo"));
            if (text_.has(i, WordRole::make) && !radio && text_.tokens[i].removed == Removed::none && text_.tokens[i].is_wordlike()) {
                i = read(i) - 1;
            }
        }
    }

  private:
    [[nodiscard]] bool is_model(std::size_t i) const {
        if (i >= text_.tokens.size() || text_.tokens[i].removed != Removed::none) {
            return false;
        }
        const Token& token = text_.tokens[i];
        // "Seat Ibiza Delta Juliett 4 4 0": the radio alphabet begins a plate.
        const bool radio = token.has(WordRole::radio) &&
                           (text_.has(i + 1, WordRole::radio) || text_.has(i + 1, WordRole::number) || text_.is(i + 1, TokenKind::number));
        if (radio) {
            return false;
        }
        const bool figures =
            (token.kind == TokenKind::number && token.size() <= 3) || (token.kind == TokenKind::mixed && token.size() <= 4);
        return token.has(WordRole::model) || figures || (text_.is_word(i, "serie") || text_.is_word(i, "classe"));
    }
    /// "Mercedes", "Ferrari" alone may be somebody: a word for a vehicle or its article has to stand before.
    [[nodiscard]] bool is_vehicle(std::size_t i) const {
        constexpr std::array<KnownWord, 22> nouns{
            {"une", "vehicule", "vl",    "voiture", "marque", "berline",      "fourgon",    "camion", "scooter", "moto",  "vh",
             "veh", "vhl",      "vehic", "2rm",     "la",     "fourgonnette", "utilitaire", "taxi",   "caisse",  "scoot", "deux"}};
        for (const KnownWord word : nouns) {
            if (i > 0 && text_.is_word(i - 1, word)) {
                return true;
            }
        }
        return false;
    }

    std::size_t read(std::size_t i) {
        constexpr WordRoles names = bit(WordRole::first_name) | bit(WordRole::family_name);
        std::size_t past = i + 1;
        for (std::size_t words = 0; words < words_of_a_model_max; ++words) {
            const std::size_t next = text_.mark(past) == '-' && !text_.tokens[past].space_before ? past + 1 : past;
            const bool figures_after_figures = words > 0 && text_.is(next, TokenKind::number) && text_.is(past - 1, TokenKind::number);
            if (!is_model(next) || figures_after_figures) {
                break;
            }
            past = next + 1;
        }
        if (text_.tokens[i].has_any(names) && past == i + 1 && !is_vehicle(i)) {
            return past;
        }
        for (std::size_t k = i; k < past; ++k) {
            text_.tokens[k].place = true;
        }
        return past;
    }

    RedactedText& text_;
};

}  // namespace

void find_vehicles(RedactedText& text) {
    VehicleReader(text).run();
}

}  // namespace vigie::intake
