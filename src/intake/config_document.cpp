#include "intake/config_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <numeric>
#include <system_error>

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

namespace vigie::intake {

ConfigNode::ConfigNode() = default;
ConfigNode::~ConfigNode() = default;
ConfigNode::ConfigNode(const ConfigNode&) = default;
ConfigNode::ConfigNode(ConfigNode&&) noexcept = default;
ConfigNode& ConfigNode::operator=(const ConfigNode&) = default;
ConfigNode& ConfigNode::operator=(ConfigNode&&) noexcept = default;

namespace {

using Kind = ConfigNode::Kind;

// toml++ keeps deeper nesting than we follow; our files have three levels.
constexpr int depth_max = 16;

ConfigNode convert(const toml::node& from, int depth) {
    ConfigNode to;
    to.line = static_cast<std::uint32_t>(from.source().begin.line);
    if (depth > depth_max) {
        to.kind = Kind::other;
    } else if (const auto* table = from.as_table()) {
        for (const auto& [key, value] : *table) {
            to.members.emplace_back(std::string(key.str()), convert(value, depth + 1));
            to.members.back().second.line = std::max(to.members.back().second.line, 1U);
        }
    } else if (const auto* array = from.as_array()) {
        to.kind = Kind::array;
        for (const auto& item : *array) {
            to.items.push_back(convert(item, depth + 1));
        }
    } else if (const auto* text = from.as_string()) {
        to.kind = Kind::text;
        to.text = text->get();
    } else if (const auto* integer = from.as_integer()) {
        to.kind = Kind::integer;
        to.integer = integer->get();
        to.real = static_cast<double>(to.integer);
    } else if (const auto* real = from.as_floating_point()) {
        to.kind = Kind::real;
        to.real = real->get();
    } else if (const auto* boolean = from.as_boolean()) {
        to.kind = Kind::boolean;
        to.boolean = boolean->get();
    } else {
        to.kind = Kind::other;
    }
    return to;
}

const char* french_name(Kind kind) {
    switch (kind) {
        case Kind::table: return "une table";
        case Kind::array: return "une liste";
        case Kind::text: return "un texte entre guillemets";
        case Kind::integer: return "un nombre entier";
        case Kind::real: return "un nombre";
        case Kind::boolean: return "true ou false";
        case Kind::other: return "une autre valeur";
    }
    return "une autre valeur";
}

}  // namespace

Result<ConfigNode> parse_config(std::string_view text, const std::string& name) {
    toml::parse_result parsed = toml::parse(text, name);
    if (!parsed) {
        const auto& at = parsed.error().source().begin;
        return fail(ErrorCode::invalid_input, fmt::format("{}, ligne {}, colonne {} : ce n'est pas du TOML valide ({})", name,
                                                          at.line, at.column, parsed.error().description()));
    }
    return convert(parsed.table(), 0);
}

Result<std::string> read_small_file(const std::string& path, std::size_t bytes_max) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rbe"), &std::fclose);
    if (!file) {
        const auto code = errno == ENOENT ? ErrorCode::not_found : ErrorCode::invalid_input;
        return fail(code, fmt::format("{} : fichier {} ({})", path, errno == ENOENT ? "introuvable" : "illisible",
                                      std::generic_category().message(errno)));
    }
    std::string bytes;
    char piece[65536];
    while (const std::size_t count = std::fread(piece, 1, sizeof piece, file.get())) {
        bytes.append(piece, count);
        if (bytes.size() > bytes_max) {
            return fail(ErrorCode::invalid_input,
                        fmt::format("{} : fichier trop grand, {} octets au plus étaient attendus", path, bytes_max));
        }
    }
    if (std::ferror(file.get()) != 0) {
        return fail(ErrorCode::invalid_input, fmt::format("{} : fichier illisible", path));
    }
    return bytes;
}

std::string file_name_of(std::string_view path) {
    const auto slash = path.rfind('/');
    return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

std::string path_beside(std::string_view from, std::string_view path) {
    const auto slash = from.rfind('/');
    if (path.starts_with('/') || slash == std::string_view::npos) {
        return std::string(path);
    }
    return std::string(from.substr(0, slash + 1)) + std::string(path);
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

std::string nearest_hint(std::string_view word, const std::vector<std::string>& known) {
    constexpr std::size_t hint_word_bytes_max = 64;  // a longer word is no slip of the keyboard
    if (word.size() > hint_word_bytes_max) {
        return {};
    }
    const std::string* best = nullptr;
    std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const std::string& candidate : known) {
        const std::size_t distance = edit_distance(word, candidate);
        if (distance < best_distance && distance < candidate.size()) {
            best = &candidate;
            best_distance = distance;
        }
    }
    return best == nullptr ? std::string() : fmt::format(" (vouliez-vous dire « {} » ?)", *best);
}

TableReader::TableReader(const ConfigNode* node, std::string file, std::string table)
    : node_(node), file_(std::move(file)), table_(std::move(table)) {
    if (node_ != nullptr && node_->kind != Kind::table) {
        fault_ = Error{ErrorCode::invalid_input, fmt::format("{}, ligne {} : [{}] doit être une table", file_, node_->line, table_)};
        node_ = nullptr;
    }
}

const ConfigNode* TableReader::find(std::string_view key) {
    asked_.emplace_back(key);
    if (node_ == nullptr) {
        return nullptr;
    }
    const auto at = std::find_if(node_->members.begin(), node_->members.end(), [&](const auto& m) { return m.first == key; });
    return at == node_->members.end() ? nullptr : &at->second;
}

std::string TableReader::qualified(std::string_view key) const {
    return table_.empty() ? std::string(key) : fmt::format("{}.{}", table_, key);
}

std::uint32_t TableReader::line_of(std::string_view key) const {
    if (node_ == nullptr) {
        return 1;
    }
    for (const auto& [name, value] : node_->members) {
        if (name == key) {
            return value.line;
        }
    }
    return std::max(node_->line, 1U);
}

void TableReader::refuse(std::string_view key, const std::string& message) {
    if (!fault_) {
        fault_ = Error{ErrorCode::invalid_input, fmt::format("{}, ligne {} : « {} » {}", file_, line_of(key), qualified(key), message)};
    }
}

std::string TableReader::text(std::string_view key, std::string_view fallback) {
    const ConfigNode* node = find(key);
    if (node == nullptr) {
        return std::string(fallback);
    }
    if (node->kind != Kind::text) {
        refuse(key, fmt::format("doit être {}", french_name(Kind::text)));
        return std::string(fallback);
    }
    return node->text;
}

std::string TableReader::required_text(std::string_view key) {
    std::string value = text(key);
    if (value.empty()) {
        refuse(key, "manque : un texte est attendu");
    }
    return value;
}

std::optional<double> TableReader::number(std::string_view key) {
    const ConfigNode* node = find(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    if (node->kind != Kind::integer && node->kind != Kind::real) {
        refuse(key, "doit être un nombre");
        return std::nullopt;
    }
    return node->real;
}

std::optional<std::int64_t> TableReader::integer(std::string_view key, std::int64_t min, std::int64_t max) {
    const ConfigNode* node = find(key);
    if (node == nullptr) {
        return std::nullopt;
    }
    if (node->kind != Kind::integer || node->integer < min || node->integer > max) {
        refuse(key, fmt::format("doit être un nombre entier de {} à {}", min, max));
        return std::nullopt;
    }
    return node->integer;
}

bool TableReader::boolean(std::string_view key, bool fallback) {
    const ConfigNode* node = find(key);
    if (node != nullptr && node->kind != Kind::boolean) {
        refuse(key, "doit être true ou false");
        return fallback;
    }
    return node == nullptr ? fallback : node->boolean;
}

std::vector<std::string> TableReader::texts(std::string_view key) {
    const ConfigNode* node = find(key);
    std::vector<std::string> values;
    if (node == nullptr) {
        return values;
    }
    const bool all_text = node->kind == Kind::array && std::all_of(node->items.begin(), node->items.end(),
                                                                  [](const ConfigNode& i) { return i.kind == Kind::text; });
    if (!all_text) {
        refuse(key, "doit être une liste de textes, comme [\"a\", \"b\"]");
        return values;
    }
    for (const ConfigNode& item : node->items) {
        values.push_back(item.text);
    }
    return values;
}

const ConfigNode* TableReader::child(std::string_view key, ConfigNode::Kind kind) {
    const ConfigNode* node = find(key);
    if (node != nullptr && node->kind != kind) {
        refuse(key, fmt::format("doit être {}", french_name(kind)));
        return nullptr;
    }
    return node;
}

std::string TableReader::one_of(std::string_view key, const std::vector<std::string>& allowed, std::string_view fallback) {
    std::string value = text(key, fallback);
    if (std::find(allowed.begin(), allowed.end(), value) == allowed.end() && value != fallback) {
        refuse(key, fmt::format("vaut « {} » : attendu {}{}", value, fmt::join(allowed, ", "), nearest_hint(value, allowed)));
        return std::string(fallback);
    }
    return value;
}

Status TableReader::finish() {
    if (fault_) {
        return tl::unexpected<Error>(*fault_);
    }
    if (node_ == nullptr) {
        return {};
    }
    for (const auto& [key, value] : node_->members) {
        if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) {
            return fail(ErrorCode::invalid_input, fmt::format("{}, ligne {} : clé inconnue « {} »{}", file_, value.line,
                                                              qualified(key), nearest_hint(key, asked_)));
        }
    }
    return {};
}

}  // namespace vigie::intake
