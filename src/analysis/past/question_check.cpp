#include "analysis/past/question_check.h"

#include "analysis/past/question_text.h"

namespace vigie::past {
namespace {

Status refuse(const std::string& message) {
    return fail(ErrorCode::invalid_input, message);
}

}  // namespace

Status check_period_and_unit(const Question& question) {
    const HourRange period = question.filter.hours;
    if (period.begin < first_local_hour || period.end > last_local_hour) {
        return refuse("Période hors du calendrier ; attendu : entre " +
                      write_local_hour(first_local_hour) + " et " +
                      write_local_hour(last_local_hour) + ".");
    }
    if (period.begin >= period.end) {
        return refuse("Période vide : de " + write_local_hour(period.begin) + " à " +
                      write_local_hour(period.end) +
                      ", fin non comprise ; attendu : un début avant la fin.");
    }
    const std::int32_t cell_m = question.cell_m;
    if (cell_m < finest_cell_m || cell_m > coarsest_cell_m || cell_m % finest_cell_m != 0) {
        return refuse("Côté de maille de " + std::to_string(cell_m) +
                      " m ; attendu : un multiple de 100 m, de 100 à 10000 m.");
    }
    return {};
}

Status check_question(const Question& question, const City& city) {
    TRY(check_period_and_unit(question));
    if (question.unit == Unit::districts && city.districts.empty()) {
        return refuse("Cette ville n'a pas de quartiers ; attendu : des mailles (« unit=cells »).");
    }
    if (question.measure == Measure::rate_per_1000_residents && question.unit == Unit::cells) {
        return refuse(
            "Le taux par habitant n'est connu que par quartier ; attendu : « unit=districts » avec "
            "« measure=rate_residents ».");
    }
    if (question.measure == Measure::change && question.comparison == Comparison::none) {
        return refuse(
            "Une évolution demande une période à comparer ; attendu : « compare=previous » ou "
            "« compare=year » avec « measure=change ».");
    }
    return {};
}

}  // namespace vigie::past
