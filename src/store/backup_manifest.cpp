#include "store/backup_manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace vigie {

namespace {

constexpr std::string_view manifest_first_line = "vigie-backup 1\n";
constexpr std::string_view manifest_last_word = "end ";
/// A data folder has a handful of files; a MANIFEST with more was not written by us.
constexpr std::size_t manifest_files_max = 1000;
constexpr std::size_t name_bytes_max = 255;

tl::unexpected<Error> unreadable_manifest() {
    return fail(ErrorCode::corrupt, "le fichier MANIFEST ne se lit pas : la sauvegarde est abîmée");
}

/// « size hash name ».
Result<ListedFile> parse_line(std::string_view line) {
    const auto first = line.find(' ');
    const auto second = first == std::string_view::npos ? first : line.find(' ', first + 1);
    if (second == std::string_view::npos) {
        return unreadable_manifest();
    }
    ListedFile file;
    const char* const end = line.data() + first;
    const auto [stop, error] = std::from_chars(line.data(), end, file.digest.bytes);
    file.digest.blake2b = line.substr(first + 1, second - first - 1);
    file.name = line.substr(second + 1);
    if (error != std::errc{} || stop != end || !is_plain_file_name(file.name)) {
        return unreadable_manifest();
    }
    return file;
}

}  // namespace

bool is_plain_file_name(std::string_view name) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '_' || c == '-';
    };
    return !name.empty() && name.size() <= name_bytes_max && name.front() != '.' &&
           std::all_of(name.begin(), name.end(), allowed);
}

std::string backup_manifest_text(const std::vector<ListedFile>& listed) {
    std::string text(manifest_first_line);
    for (const ListedFile& file : listed) {
        text += fmt::format("{} {} {}\n", file.digest.bytes, file.digest.blake2b, file.name);
    }
    return text + fmt::format("{}{}\n", manifest_last_word, files::blake2b_of(text));
}

Result<std::vector<ListedFile>> parse_backup_manifest(std::string_view text) {
    const auto last_line = text.rfind("\nend ");
    if (!text.starts_with(manifest_first_line) || last_line == std::string_view::npos ||
        text.substr(last_line + 1) !=
            fmt::format("{}{}\n", manifest_last_word, files::blake2b_of(text.substr(0, last_line + 1)))) {
        return unreadable_manifest();
    }
    std::vector<ListedFile> listed;
    const std::size_t begin = std::min(manifest_first_line.size(), last_line + 1);
    std::string_view rest = text.substr(begin, last_line + 1 - begin);
    while (!rest.empty() && listed.size() < manifest_files_max) {
        const auto end = rest.find('\n');
        listed.push_back(TRY(parse_line(rest.substr(0, end))));
        rest.remove_prefix(end + 1);
    }
    if (!rest.empty()) {
        return unreadable_manifest();
    }
    return listed;
}

}  // namespace vigie
