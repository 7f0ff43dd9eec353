// A configuration file (TOML) as a plain tree with line numbers, and a strict reader of one table: a key that nobody
// asked for is refused, with the nearest known key as a hint.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace vigie::intake {

struct ConfigNode {
    enum class Kind : std::uint8_t { table, array, text, integer, real, boolean, other };
    Kind kind = Kind::table;
    std::uint32_t line = 0;
    std::string text;
    std::int64_t integer = 0;
    double real = 0.0;
    bool boolean = false;
    struct Member;
    std::vector<Member> members;  ///< of a table, by key
    std::vector<ConfigNode> items;  ///< of an array
};
struct ConfigNode::Member {
    std::string key;
    ConfigNode value;
};

/// Largest configuration file read, in bytes: a person wrote it.
inline constexpr std::size_t config_bytes_max = 4U << 20;

/// `name` is the file's name for messages. Errors: invalid_input with line and column.
[[nodiscard]] Result<ConfigNode> parse_config(std::string_view text, const std::string& name);
/// Reads a whole small file. Errors: not_found, invalid_input when larger than `bytes_max`.
[[nodiscard]] Result<std::string> read_small_file(const std::string& path, std::size_t bytes_max);
/// The path's last component.
[[nodiscard]] std::string file_name_of(std::string_view path);
/// `path` as seen from the folder of the file `from`; an absolute path is itself.
[[nodiscard]] std::string path_beside(std::string_view from, std::string_view path);

/// Edit distance (insert, delete, replace). Source: Wagner & Fischer 1974, doi:10.1145/321796.321811.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);
/// « (vouliez-vous dire « x » ?) » for the nearest of `known` when it is near, else empty.
[[nodiscard]] std::string nearest_hint(std::string_view word, const std::vector<std::string>& known);

/// Reads a table key by key. The first fault is kept and later reads answer their defaults, so that a caller
/// asks for everything and looks once, at finish().
class TableReader {
  public:
    /// node: the table, or null when the file has none of that name (then every key is absent).
    TableReader(const ConfigNode* node, std::string file, std::string table);

    [[nodiscard]] bool present() const { return node_ != nullptr; }
    [[nodiscard]] std::string text(std::string_view key, std::string_view fallback = {});
    [[nodiscard]] std::string required_text(std::string_view key);
    [[nodiscard]] std::optional<double> number(std::string_view key);
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view key, std::int64_t min, std::int64_t max);
    [[nodiscard]] bool boolean(std::string_view key, bool fallback);
    [[nodiscard]] std::vector<std::string> texts(std::string_view key);
    /// The sub-table or array, or null.
    [[nodiscard]] const ConfigNode* child(std::string_view key, ConfigNode::Kind kind);
    /// One of `allowed`; `fallback` when absent.
    [[nodiscard]] std::string one_of(std::string_view key, const std::vector<std::string>& allowed, std::string_view fallback);

    /// Line of the key, or of the table.
    [[nodiscard]] std::uint32_t line_of(std::string_view key) const;
    /// Keeps a fault found by the caller, at the key's line. Only the first one counts.
    void refuse(std::string_view key, const std::string& message);
    /// The first fault, or the first key that was never asked for.
    [[nodiscard]] Status finish();

  private:
    [[nodiscard]] const ConfigNode* find(std::string_view key);
    [[nodiscard]] std::string qualified(std::string_view key) const;
    const ConfigNode* node_;
    std::string file_;
    std::string table_;
    std::vector<std::string> asked_;
    std::optional<Error> fault_;
};

}  // namespace vigie::intake
