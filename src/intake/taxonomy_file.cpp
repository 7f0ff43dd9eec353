// config/taxonomy/*.toml (docs/formats/taxonomy.md).
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "intake/config_document.h"
#include "intake/import.h"

namespace vigie::intake {
namespace {

using Kind = ConfigNode::Kind;

constexpr std::size_t categories_max = 1'000;  // more is not a nomenclature that people can read
constexpr std::size_t key_bytes_max = 64;

bool is_key(std::string_view key) {
    return !key.empty() && key.size() <= key_bytes_max &&
           std::all_of(key.begin(), key.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

Result<std::string> read_key(TableReader& from) {
    std::string key = from.required_text("key");
    if (!key.empty() && !is_key(key)) {
        from.refuse("key", "doit être en minuscules sans accent, chiffres et _");
    }
    return key;
}

Result<Theme> read_theme(const ConfigNode& node, const std::string& file) {
    TableReader from(&node, file, "themes");
    Theme theme;
    theme.key = TRY(read_key(from));
    theme.label_fr = from.required_text("fr");
    theme.label_en = from.text("en", theme.label_fr);
    TRY(from.finish());
    return theme;
}

Result<Category> read_category(const ConfigNode& node, const std::string& file, const std::vector<Theme>& themes) {
    TableReader from(&node, file, "categories");
    Category category;
    category.key = TRY(read_key(from));
    category.theme = from.required_text("theme");
    category.label_fr = from.required_text("fr");
    category.label_en = from.text("en", category.label_fr);
    category.usual_severity = Severity{static_cast<std::uint8_t>(from.integer("severity", 0, 4).value_or(0))};
    std::vector<std::string> keys;
    keys.reserve(themes.size());
    for (const Theme& theme : themes) {
        keys.push_back(theme.key);
    }
    if (std::find(keys.begin(), keys.end(), category.theme) == keys.end()) {
        from.refuse("theme", fmt::format("vaut « {} », qui n'est pas un thème{}", category.theme, nearest_hint(category.theme, keys)));
    }
    TRY(from.finish());
    return category;
}

Result<Taxonomy> read_taxonomy(const ConfigNode& document, const std::string& file) {
    TableReader root(&document, file, "");
    Taxonomy taxonomy;
    taxonomy.name = root.required_text("name");
    const ConfigNode* themes = root.child("themes", Kind::array);
    const ConfigNode* categories = root.child("categories", Kind::array);
    TRY(root.finish());
    if (themes == nullptr || categories == nullptr || categories->items.size() > categories_max) {
        return fail(ErrorCode::invalid_input, fmt::format("{} : attendu une liste « themes » et une liste « categories » de {} au plus", file, categories_max));
    }
    for (const ConfigNode& node : themes->items) {
        taxonomy.themes.push_back(TRY(read_theme(node, file)));
    }
    std::set<std::string> seen;
    for (const ConfigNode& node : categories->items) {
        Category category = TRY(read_category(node, file, taxonomy.themes));
        category.id = CategoryId{static_cast<std::uint16_t>(taxonomy.categories.size())};
        if (!seen.insert(category.key).second) {
            return fail(ErrorCode::invalid_input, fmt::format("{}, ligne {} : la catégorie « {} » est écrite deux fois", file, node.line, category.key));
        }
        taxonomy.categories.push_back(std::move(category));
    }
    if (!seen.contains(std::string(unmapped_category_key))) {
        return fail(ErrorCode::invalid_input, fmt::format("{} : la catégorie « {} » manque (elle reçoit ce qu'aucun manifeste ne rattache)", file, unmapped_category_key));
    }
    return taxonomy;
}

}  // namespace

Result<Taxonomy> load_taxonomy(const std::string& toml_path) {
    const std::string text = TRY(read_small_file(toml_path, config_bytes_max));
    const std::string name = file_name_of(toml_path);
    const ConfigNode document = TRY(parse_config(text, name));
    return read_taxonomy(document, name);
}

}  // namespace vigie::intake
