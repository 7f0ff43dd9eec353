// The stamp of an export: a figure that travels without what was asked, of what and when is a
// rumour.

#include <algorithm>

#include "api/export_table.h"
#include "api/question_sentences.h"
#include "base/version.h"

namespace vigie::api {

namespace {

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const auto& part : parts) {
        text += text.empty() ? "" : " ; ";
        text += part;
    }
    return text;
}

std::vector<std::string> licences_of(const ExportContent& content) {
    std::vector<std::string> licences;
    for (const auto& source : content.question.context.data->sources) {
        const auto& shown = content.yesterday.sources;
        const bool is_shown =
            std::any_of(shown.begin(), shown.end(), [&](const past::Breakdown& breakdown) {
                return breakdown.key == source.id.raw() && breakdown.count > 0;
            });
        if (is_shown && !source.licence.empty()) {
            licences.push_back(source.label + " : " + source.licence);
        }
    }
    return licences;
}

}  // namespace

Stamp export_stamp(const ExportContent& content, const std::string& exported_at) {
    const bool english = content.language == Language::en;
    const auto& context = content.question.context;
    const auto& city = context.reference->city;
    Stamp stamp;
    const auto add = [&](std::string_view fr, std::string_view en, std::string value) {
        stamp.emplace_back(english ? en : fr, std::move(value));
    };
    add("Observatoire", "Observatory", "Vigie, " + city.name);
    if (city.synthetic) {
        add("Attention", "Warning",
            english ? "SYNTHETIC DATA: invented facts, for demonstration"
                    : "DONNÉES SYNTHÉTIQUES : faits inventés, pour démonstration");
    }
    for (auto& [name, value] : question_sentences(content.question, content.language)) {
        stamp.emplace_back(std::move(name), std::move(value));
    }
    add("Filtres (texte exact)", "Filters (exact text)", content.question.filters);
    add("Faits", "Facts", std::to_string(content.yesterday.total));
    add("Exporté le", "Exported at", exported_at);
    add("Version des données", "Data version", std::to_string(context.data->stats.version));
    add("Programme", "Program", "Vigie " + std::string(program_version()));
    add("Attribution", "Attribution", joined(attributions_of(context, content.yesterday.sources)));
    add("Licence", "Licence", joined(licences_of(content)));
    return stamp;
}

}  // namespace vigie::api
