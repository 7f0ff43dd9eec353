#include "intake/record_columns.h"

#include <fmt/format.h>

#include <algorithm>

#include "intake/config_document.h"

namespace vigie::intake {
namespace {

constexpr std::size_t names_shown_max = 30;
constexpr std::size_t name_bytes_max = 40;

/// A file without a header line shows its first record where the names should be: that must not be repeated in a message.
bool look_like_names(const std::vector<std::string>& columns) {
    const auto is_name = [](const std::string& c) {
        return !c.empty() && c.size() <= name_bytes_max && (c[0] < '0' || c[0] > '9') && c[0] != '-' && c[0] != '+';
    };
    const auto names = std::count_if(columns.begin(), columns.end(), is_name);
    return static_cast<std::size_t>(names) * 3 >= columns.size() * 2;
}

std::string list_of(const std::vector<std::string>& columns) {
    std::string text;
    for (std::size_t i = 0; i < std::min(columns.size(), names_shown_max); ++i) {
        text += fmt::format("{}« {} »", i == 0 ? "" : ", ", columns[i]);
    }
    if (columns.size() > names_shown_max) {
        text += fmt::format(" et {} autres", columns.size() - names_shown_max);
    }
    return text;
}

class Finder {
  public:
    Finder(const Manifest& manifest, const std::vector<std::string>& columns, const std::string& description)
        : manifest_(manifest), columns_(columns), description_(description) {}

    Result<std::size_t> find(const std::string& column, const char* role) const {
        if (column.empty()) {
            return no_column;
        }
        const auto at = std::find(columns_.begin(), columns_.end(), column);
        if (at == columns_.end()) {
            return missing(column, role);
        }
        if (std::find(at + 1, columns_.end(), column) != columns_.end()) {
            return fail(ErrorCode::invalid_input,
                        fmt::format("la colonne « {} » ({} dans {}) figure deux fois dans le fichier", column, role, manifest_.name));
        }
        return static_cast<std::size_t>(at - columns_.begin());
    }

  private:
    Result<std::size_t> missing(const std::string& column, const char* role) const {
        if (!look_like_names(columns_)) {
            return fail(ErrorCode::invalid_input,
                        fmt::format("la colonne « {} » ({} dans {}) est introuvable : la première ligne ne porte pas de noms de colonnes "
                                    "({} colonnes, {}) ; colonnes attendues : {}",
                                    column, role, manifest_.name, columns_.size(), description_, list_of(manifest_.columns())));
        }
        return fail(ErrorCode::invalid_input,
                    fmt::format("la colonne « {} » ({} dans {}) est introuvable{} ; colonnes du fichier ({}) : {}", column, role,
                                manifest_.name, nearest_hint(column, columns_), description_, list_of(columns_)));
    }

    const Manifest& manifest_;
    const std::vector<std::string>& columns_;
    const std::string& description_;
};

}  // namespace

Result<RecordColumns> find_columns(const Manifest& manifest, const std::vector<std::string>& columns, const std::string& description) {
    const Finder finder(manifest, columns, description);
    RecordColumns found;
    found.time = TRY(finder.find(manifest.time.column, "time"));
    found.hour = TRY(finder.find(manifest.time.hour_column, "time.hour"));
    found.x = TRY(finder.find(manifest.place.x_column, "place"));
    found.y = TRY(finder.find(manifest.place.y_column, "place"));
    found.code = TRY(finder.find(manifest.place.code_column, "place.code"));
    for (const std::string& column : manifest.category.columns) {
        found.category.push_back(TRY(finder.find(column, "category")));
    }
    found.severity = TRY(finder.find(manifest.severity.column, "severity"));
    found.origin = TRY(finder.find(manifest.origin.column, "origin"));
    found.id = TRY(finder.find(manifest.id.column, "id"));
    if (manifest.terms.text) {
        found.text = TRY(finder.find(manifest.terms.text->column, "text"));
    }
    return found;
}

}  // namespace vigie::intake
