#include "intake/sources/csv_dialect.h"

#include <array>
#include <utility>

namespace vigie::intake {

namespace {

/// Records that vote, after the first.
constexpr int records_looked_at = 50;

/// How many records agree with the first, and on how many fields; {0, 0} if the first is not cut at
/// all.
std::pair<int, std::size_t> agreement(CsvText text, char separator) {
    CsvRecord record;
    std::size_t expected = 0;
    int agreeing = 0;
    for (int seen = 0; seen <= records_looked_at && text.begin < text.end;
         text.begin = record.next) {
        read_record(text, separator, record);
        if (!record.is_complete) {
            break;
        }
        const bool is_blank = record.fields.size() == 1 && record.fields[0].empty();
        if (is_blank) {
            continue;
        }
        if (seen == 0) {
            expected = record.fields.size();
            if (record.defect != Defect::none || expected < 2) {
                return {0, 0};
            }
        } else if (record.defect == Defect::none && record.fields.size() == expected) {
            ++agreeing;
        }
        ++seen;
    }
    return {agreeing, expected};
}

}  // namespace

char detect_separator(const CsvText& sample) {
    char best = ',';
    std::pair<int, std::size_t> best_agreement{0, 0};
    for (const char candidate : std::array{',', ';', '\t', '|'}) {
        const auto found = agreement(sample, candidate);
        if (found > best_agreement) {
            best_agreement = found;
            best = candidate;
        }
    }
    return best;
}

const char* separator_name(char separator) {
    switch (separator) {
        case ',':
            return "« , »";
        case ';':
            return "« ; »";
        case '|':
            return "« | »";
        case '\t':
            return "tabulation";
        default:
            return "séparateur déclaré";
    }
}

}  // namespace vigie::intake
