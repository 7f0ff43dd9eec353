#include "store/data_folder_backup.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <tuple>
#include <utility>
#include <vector>

#include "store/backup_manifest.h"
#include "store/data_folder.h"
#include "store/data_folder_files.h"

namespace vigie {

namespace {

constexpr std::string_view manifest_name = "MANIFEST";

Result<std::vector<ListedFile>> read_manifest(const std::string& directory) {
    const auto text = files::read_small(files::join(directory, manifest_name));
    if (!text && text.error().code == ErrorCode::not_found) {
        return fail(ErrorCode::not_found,
                    fmt::format("{} n'est pas une sauvegarde achevée : le fichier MANIFEST manque", directory));
    }
    if (!text) {
        return tl::unexpected<Error>(text.error());
    }
    auto listed = parse_backup_manifest(*text);
    if (!listed) {
        return fail(listed.error().code, fmt::format("{} : {}", directory, listed.error().message));
    }
    return listed;
}

Status check_file(const std::string& directory, const ListedFile& file) {
    const auto found = files::digest(files::join(directory, file.name));
    if (!found && found.error().code != ErrorCode::not_found) {
        return tl::unexpected<Error>(found.error());
    }
    if (!found || *found != file.digest) {
        return fail(ErrorCode::corrupt,
                    fmt::format("{}/{} {} : la sauvegarde est abîmée, rien n'a été écrit", directory, file.name,
                                found ? "n'est pas ce qui a été sauvegardé" : "manque"));
    }
    return {};
}

/// VERSION goes last: a folder where the copy was cut short is not a data folder.
Status copy_listed(const std::string& from, const std::string& to, std::vector<ListedFile> listed) {
    std::stable_sort(listed.begin(), listed.end(), [](const ListedFile& a, const ListedFile& b) {
        return (a.name == "VERSION") < (b.name == "VERSION");
    });
    TRY(files::make_directory(files::join(to, "derived")));
    for (const ListedFile& file : listed) {
        if (TRY(files::copy(files::join(from, file.name), files::join(to, file.name))) != file.digest) {
            return fail(ErrorCode::corrupt,
                        fmt::format("{}/{} a changé pendant la restauration", from, file.name));
        }
    }
    return files::sync_directory(to);
}

/// Neither the lock nor SQLite's shared memory mean anything in a copy; drafts are what a crash left.
bool belongs_in_copy(const std::string& name) {
    return name != "lock" && name != manifest_name && !name.ends_with("-shm") && !name.ends_with(".new") &&
           is_plain_file_name(name);
}

Status fill_closed_copy(const std::string& directory, const std::string& target,
                        const std::vector<std::string>& names) {
    for (const std::string& name : names) {
        std::ignore = TRY(files::copy(files::join(directory, name), files::join(target, name)));
    }
    return write_backup_manifest(target);
}

}  // namespace

Result<int> read_folder_version(const std::string& directory) {
    const auto text = files::read_small(files::join(directory, "VERSION"));
    if (!text) {
        if (text.error().code == ErrorCode::not_found) {
            return fail(ErrorCode::not_found,
                        fmt::format("{} n'est pas un dossier de données de Vigie (le fichier VERSION manque) : "
                                    "« vigie init » en crée un",
                                    directory));
        }
        return tl::unexpected<Error>(text.error());
    }
    int version = -1;
    const char* const end = text->data() + text->size();
    const auto [stop, error] = std::from_chars(text->data(), end, version);
    if (error != std::errc{} || version < 0 || std::string_view(stop, end) != "\n") {
        return fail(ErrorCode::corrupt,
                    fmt::format("{}/VERSION : un nombre et un saut de ligne étaient attendus", directory));
    }
    return version;
}

Status write_backup_manifest(const std::string& directory) {
    std::vector<ListedFile> listed;
    for (const std::string& name : TRY(files::file_names(directory))) {
        if (name != manifest_name) {
            TRY(files::sync_file(files::join(directory, name)));
            files::Digest digest = TRY(files::digest(files::join(directory, name)));
            listed.push_back({name, std::move(digest)});
        }
    }
    return files::write_small(directory, manifest_name, backup_manifest_text(listed));
}

Status copy_closed_folder(const std::string& directory, const std::string& target) {
    std::vector<std::string> names = TRY(files::file_names(directory));
    std::erase_if(names, [](const std::string& name) { return !belongs_in_copy(name); });
    std::uint64_t bytes = 0;
    for (const std::string& name : names) {
        bytes += TRY(files::size(files::join(directory, name)));
    }
    TRY(files::make_directory(target));
    const auto room = files::free_bytes(target);
    if (room && *room < bytes) {
        files::remove_all(target);
        return fail(ErrorCode::unavailable,
                    fmt::format("{} : la copie demande {} octets, il en reste {} sur ce disque", target, bytes, *room));
    }
    Status filled = fill_closed_copy(directory, target, names);
    if (!filled) {
        files::remove_all(target);
    }
    return filled;
}

Status DataFolder::backup(const std::string& target) {
    const std::string copy = files::normalised(target);
    TRY(files::make_directory(copy));
    const auto fill = [&]() -> Status {
        // Events first: a fact's source and category are in the metadata before the fact is stored.
        const std::string stage = files::join(copy, "events");
        TRY(events().backup(stage));
        for (const std::string& name : TRY(files::file_names(stage))) {
            if (std::rename(files::join(stage, name).c_str(), files::join(copy, name).c_str()) != 0) {
                return fail(ErrorCode::unavailable, fmt::format("{} : déplacement impossible", stage));
            }
        }
        files::remove_all(stage);
        TRY(metadata().backup(files::join(copy, "metadata.sqlite")));
        TRY(files::write_small(copy, "VERSION", fmt::format("{}\n", data_folder_version)));
        return write_backup_manifest(copy);
    };
    Status filled = fill();
    if (!filled) {
        files::remove_all(copy);
    }
    return filled;
}

Status DataFolder::restore(const std::string& backup, const std::string& directory) {
    const std::string from = files::normalised(backup);
    const std::string to = files::normalised(directory);
    const std::vector<ListedFile> listed = TRY(read_manifest(from));
    for (const ListedFile& file : listed) {
        TRY(check_file(from, file));
    }
    const int version = TRY(read_folder_version(from));
    if (version > data_folder_version) {
        return fail(ErrorCode::conflict,
                    fmt::format("{} est au format {}, ce programme connaît le format {} : il faut une version plus "
                                "récente de Vigie",
                                from, version, data_folder_version));
    }
    TRY(files::make_empty_directory(to));
    Status copied = copy_listed(from, to, listed);
    if (!copied) {
        files::remove_all(to);
    }
    return copied;
}

}  // namespace vigie
