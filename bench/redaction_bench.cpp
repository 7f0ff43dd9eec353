// Megabytes a second of the redactor on one core, beside the limit (memcpy of the same bytes) and cutting them into words.
#include <fmt/format.h>

#include <chrono>
#include <cstring>
#include <string>
#include <vector>

#include "base/random.h"
#include "best_of.h"
#include "intake/redaction/redactor.h"

using namespace vigie;
using vigie::bench::best_seconds;
using vigie::bench::repeats;
using namespace vigie::intake;

namespace {

constexpr std::size_t bytes_wanted = 4'000'000;

/// Lines of a logbook: one in three names somebody.
std::string make_text() {
    static const char* const lines[] = {
        "Le 12/03/2024 à 15h30, différend de voisinage au 12 bis rue Paradis, M. Mohamed Saïdi et Mme Rose Blanc sont séparés.",
        "Stationnement gênant quai du Port, 4 véhicules verbalisés, 2 mises en fourrière, RAS par ailleurs.",
        "patrouille pedestre marche de noailles, vente a la sauvette, 12 paquets de cigarettes saisis, 3 vendeurs evinces",
        "Appel d'un riverain pour tapage nocturne boulevard Baille, musique amplifiée, cessation immédiate à notre arrivée.",
        "VEHICULE AA-123-AA EN FUITE VERS LA RUE DE ROME, TEL DU REQUERANT 06 12 34 56 78",
        "Présence de huit individus dans un hall d'immeuble cité Félix Pyat, dispersés sans incident à 23h10."};
    Random random(1);
    std::string text;
    while (text.size() < bytes_wanted) {
        text += lines[random.below(std::size(lines))];
        text += '\n';
    }
    return text;
}

void say(const char* what, double bytes, double seconds) { fmt::print("{:<44} {:8.1f} MB/s\n", what, bytes / seconds / 1e6); }

std::size_t count_words(const std::string& text) {
    std::size_t words = 0;
    bool inside = false;
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
        words += letter && !inside ? 1U : 0U;
        inside = letter;
    }
    return words;
}

}  // namespace

int main() {
    RedactionFiles files;
    files.folder = VIGIE_SOURCE_DIR "/config/redaction";
    const auto begin = std::chrono::steady_clock::now();
    const auto redactor = Redactor::open(files);
    if (!redactor) {
        fmt::print("{}\n", redactor.error().message);
        return 1;
    }
    fmt::print("{:<44} {:8.2f} s\n", "reading the lists", std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    const std::string text = make_text();
    const auto bytes = static_cast<double>(text.size());
    std::vector<char> copy(text.size());
    std::size_t words = 0;
    std::string out;
    say("limit: memcpy", bytes, best_seconds([&] { std::memcpy(copy.data(), text.data(), text.size()); }));
    say("cutting into words", bytes, best_seconds([&] { words += count_words(text); }));
    say("redactor", bytes, best_seconds([&] { redactor->redact(text, out); }));
    fmt::print("{:<44} {} words, {} bytes out\n", "checked", words / repeats, out.size());
    return 0;
}
