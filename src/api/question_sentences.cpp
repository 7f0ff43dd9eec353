#include "api/question_sentences.h"

#include <algorithm>

#include "api/reference.h"

namespace vigie::api {

namespace {

class Sentences {
  public:
    Sentences(const AskedQuestion& question, Language language)
        : question_(question.asked.question),
          context_(question.context),
          english_(language == Language::en) {}

    std::vector<std::pair<std::string, std::string>> all() {
        add_period();
        add_lists();
        add_times();
        add_measure();
        return std::move(lines_);
    }

  private:
    void add_period();
    void add_lists();
    void add_times();
    void add_measure();
    void add(std::string_view fr, std::string_view en, std::string value) {
        if (!value.empty()) {
            lines_.emplace_back(english_ ? en : fr, std::move(value));
        }
    }
    [[nodiscard]] std::string pick(std::string_view fr, std::string_view en) const {
        return std::string(english_ ? en : fr);
    }
    /// The names of a list, parted by commas.
    template <class List, class NameOf>
    [[nodiscard]] static std::string names(const List& list, NameOf name_of) {
        std::string text;
        for (const auto& one : list) {
            text += text.empty() ? "" : ", ";
            text += name_of(one);
        }
        return text;
    }

    const past::Question& question_;
    const AnswerContext& context_;
    const bool english_;
    std::vector<std::pair<std::string, std::string>> lines_;
};

void Sentences::add_period() {
    const auto& hours = question_.filter.hours;
    add("Période", "Period",
        pick("du ", "from ") + local_hour_text(hours.begin) +
            pick(" inclus au ", " inclusive to ") + local_hour_text(hours.end) +
            pick(" exclu, heure locale", " exclusive, local time"));
    switch (question_.comparison) {
        case past::Comparison::none:
            break;
        case past::Comparison::previous_period:
            add("Comparaison", "Comparison",
                pick("la période précédente de même longueur",
                     "the preceding period of the same length"));
            break;
        case past::Comparison::same_period_last_year:
            add("Comparaison", "Comparison",
                pick("les mêmes dates un an plus tôt", "the same dates one year earlier"));
            break;
    }
}

void Sentences::add_lists() {
    const auto& filter = question_.filter;
    const auto& reference = *context_.reference;
    add("Catégories", "Categories", names(filter.categories, [&](CategoryId id) {
            const auto& category = reference.taxonomy.categories.at(id.raw());
            return pick(category.label_fr, category.label_en);
        }));
    add("Sources", "Sources", names(filter.sources, [&](SourceId id) {
            const auto& sources = context_.data->sources;
            const auto found = std::find_if(sources.begin(), sources.end(),
                                            [&](const auto& source) { return source.id == id; });
            return found == sources.end() ? std::to_string(id.raw()) : found->label;
        }));
    add("Origines", "Origins", names(filter.origins, [&](Origin origin) {
            switch (origin) {
                case Origin::unknown:
                    return pick("non précisée", "not stated");
                case Origin::resident:
                    return pick("signalé par un habitant", "reported by a resident");
                case Origin::patrol:
                    return pick("constaté en patrouille", "found by a patrol");
                case Origin::sensor:
                    return pick("capteur", "sensor");
            }
            return std::string{};
        }));
    add("Quartiers", "Districts", names(filter.districts, [&](DistrictId id) {
            return id == no_district ? pick("hors quartier", "in no district")
                                     : reference.city.districts.at(id.raw()).name;
        }));
}

void Sentences::add_times() {
    constexpr std::string_view days_fr[] = {"lundi",    "mardi",  "mercredi", "jeudi",
                                            "vendredi", "samedi", "dimanche"};
    constexpr std::string_view days_en[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                            "Friday", "Saturday", "Sunday"};
    const auto& filter = question_.filter;
    std::vector<std::string> days;
    for (std::size_t day = 0; filter.weekdays != 0x7f && day < 7; ++day) {
        if (((filter.weekdays >> day) & 1U) != 0) {
            days.push_back(pick(days_fr[day], days_en[day]));
        }
    }
    add("Jours", "Days", names(days, [](const std::string& day) { return day; }));
    std::vector<std::string> hours;
    for (unsigned hour = 0; filter.hours_of_day != 0xffffff && hour < 24; ++hour) {
        if (((filter.hours_of_day >> hour) & 1U) != 0) {
            hours.push_back(std::to_string(hour) + pick(" h", ":00"));
        }
    }
    add("Heures commençant à", "Hours starting at",
        names(hours, [](const std::string& hour) { return hour; }));
    if (filter.daylight != Daylight::any) {
        add("Soleil", "Sun",
            filter.daylight == Daylight::night ? pick("nuit", "night") : pick("jour", "day"));
    }
}

void Sentences::add_measure() {
    const auto& reference = *context_.reference;
    if (question_.unit == past::Unit::cells) {
        add("Lieux", "Places",
            pick("mailles de ", "cells of ") + std::to_string(question_.cell_m) +
                pick(" m, projection EPSG:", " m, projection EPSG:") +
                std::to_string(reference.city.epsg));
    } else {
        add("Lieux", "Places", pick("quartiers", "districts"));
    }
}

}  // namespace

std::vector<std::pair<std::string, std::string>> question_sentences(const AskedQuestion& question,
                                                                    Language language) {
    return Sentences(question, language).all();
}

}  // namespace vigie::api
