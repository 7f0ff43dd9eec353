// Residents by district: a CSV of two columns, code and residents.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "intake/config_document.h"
#include "intake/import.h"
#include "intake/number.h"
#include "intake/sources/record_reader.h"

namespace vigie::intake {
namespace {

// More people than any district on Earth holds: a larger number is a slip.
constexpr std::uint32_t residents_max = 50'000'000;

Result<std::size_t> column_named(const RecordReader& reader, std::string_view name, const std::string& file) {
    const auto& columns = reader.columns();
    const auto at = std::find(columns.begin(), columns.end(), name);
    if (at == columns.end()) {
        return fail(ErrorCode::invalid_input, fmt::format("{} : la colonne « {} » manque (attendu : code,residents)", file, name));
    }
    return static_cast<std::size_t>(at - columns.begin());
}

Result<std::uint32_t> residents_of(std::string_view text, const std::string& file, std::uint64_t line) {
    std::uint32_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end || value > residents_max) {
        return fail(ErrorCode::invalid_input, fmt::format("{}, ligne {} : colonne « residents » : attendu un nombre entier d'habitants", file, line));
    }
    return value;
}

}  // namespace

Result<std::size_t> load_population(const std::string& csv_path, City& city) {
    const std::string file = file_name_of(csv_path);
    const std::unique_ptr<RecordReader> reader = TRY(open_records(csv_path, ReaderOptions{}, {}));
    const std::size_t code_column = TRY(column_named(*reader, "code", file));
    const std::size_t residents_column = TRY(column_named(*reader, "residents", file));
    std::unordered_map<std::string_view, District*> by_code;
    for (District& district : city.districts) {
        by_code.emplace(district.code, &district);
    }
    std::unordered_map<DistrictId, std::uint32_t> found;
    RecordBatch batch;
    for (TRY(reader->next(batch)); batch.size() > 0; TRY(reader->next(batch))) {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (batch.defects[i] != Defect::none) {
                return fail(ErrorCode::invalid_input, fmt::format("{}, ligne {} : ligne illisible (attendu : code,residents)", file, batch.lines[i]));
            }
            const auto at = by_code.find(trimmed(batch.value(i, code_column)));
            const std::uint32_t residents = TRY(residents_of(trimmed(batch.value(i, residents_column)), file, batch.lines[i]));
            if (at != by_code.end() && !found.emplace(at->second->id, residents).second) {
                return fail(ErrorCode::invalid_input, fmt::format("{}, ligne {} : ce code figure déjà plus haut", file, batch.lines[i]));
            }
        }
    }
    // Only a file that was read whole changes the city.
    for (const auto& [id, residents] : found) {
        city.districts[id.raw()].residents = residents;
    }
    return found.size();
}

}  // namespace vigie::intake
